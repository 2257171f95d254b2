/** Words about services. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'A program that runs as several instances. Each has workers and a queue, or cores that all its requests share. A request takes its own work first, then the dependencies one after another, in the order given at the links, or those at the same place all at once.',
  whenToUse:
    'For everything that computes, decides or combines. A cache linked beside a store is asked first; a hit saves the call to the store that follows it in the order. It can deploy new versions and scale by itself.',
  whenNot:
    'Without timeouts at its links: a blocking worker waits as long as its dependency likes, and when all wait, the service is down although nothing of it is.',
  notModelled: [
    'A slow-down and the slowness of a cold start change work that begins under them, not work already begun.',
    'Without a balancer callers take the instances in turn, crashed ones included, as with plain DNS.',
    'During a pause the timeouts of its own calls go on. Each call is a connection of its own in the backlog.',
    'An instance is ready when it has started: no readiness probe beside those of a balancer.',
    'In a deploy instances on their way out still count, which Kubernetes leaves out by default.',
    'The autoscaler looks at two metrics at most; requests in flight are those at the end of a window, not their mean.',
    'Room for new instances is always there: no nodes that have to be started first.',
  ],
};
