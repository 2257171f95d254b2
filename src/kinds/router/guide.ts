/** Words about the global router. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'It tells clients which region to go to and is not in the way of their requests: they travel from where they start straight to the front door of the region. By DNS the answer is cached, by resolvers for its time to live and by some clients for longer, so a lost region keeps getting requests for a while. By anycast the network itself leads to the nearest region that announces the address.',
  whenToUse:
    'In front of two or more regions: nearest by latency for speed, failover for a standby region, weighted to move traffic bit by bit. Set a place for each region, so that there is a nearest one.',
  whenNot:
    'Inside a region: a balancer notices a dead peer in seconds, a cached answer lasts for minutes. And not as the only remedy: what is left has to take the load of what is lost.',
  notModelled: [
    'The latency of the link into it: a request pays for a lookup when its resolver has none in memory, and then travels straight to the region.',
    'The path of a lookup: it takes the time that is set, is never lost, and a resolver that asks for several clients asks once for each that waits.',
    'Resolvers that clamp the time to live, serve stale answers during an outage, or pass on from where a client asks.',
    'Health checkers in several places that vote: one stands outside of all regions and sees the way a cut leaves it.',
    'How DNS and routing tables are changed: a decision holds from the instant it is made.',
    'Paths of anycast that are not the nearest, and flapping; a request that is refused does not move its client.',
    'A greatest age of kept connections: they end when nothing was asked for a while, or by an error.',
    'Visitors beyond 65,536 behind one client: they share what others remember.',
  ],
};
