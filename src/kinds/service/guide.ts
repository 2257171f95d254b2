/** Words about services. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'A program that runs as several instances. Each has workers and a queue, or cores that all its requests share. A request takes its own work first, then the dependencies one after another, in the order given at the links, or those at the same place all at once.',
  whenToUse:
    'For everything that computes, decides or combines. A cache linked beside a store is asked first; a hit saves the call to the store that follows it in the order.',
  whenNot:
    'Without timeouts at its links: a blocking worker waits as long as its dependency likes, and when all wait, the service is down although nothing of it is.',
  notModelled: [
    'During a pause the timeouts of its own calls go on. Each call is a connection of its own in the backlog.',
    'A slow-down changes work that begins under it, not work already begun.',
    'Without a balancer callers take the instances in turn, crashed ones included, as with plain DNS.',
  ],
};
