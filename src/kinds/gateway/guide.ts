/** Words about the gateway. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'A gateway that counts requests, for each client, visitor or caller, and answers 429 to what is over the limit, before it costs anything behind it. The answer says when it is worth trying again. Each of its links may be for a path, a header or both: a request goes over the link that fits it most closely, the path first.',
  whenToUse:
    'In front of what cannot take any load: so that one client cannot take it all, or that a surge is turned away where it is cheap. Buckets allow bursts; a leaky bucket makes a steady stream of them.',
  whenNot:
    'Against an overload that many clients make together, each below its limit: that takes a limit for all, a queue limit, or load shedding. Fixed windows let twice the limit through around their edges.',
  notModelled: [
    'The shared store of counts beyond well, slow and down: it takes a constant time, loses no counts in an outage, and learns of requests that end meanwhile.',
    'Routes by anything but a path and a header, authentication, and transformation of requests.',
    'API keys: a limit for each caller stands for them. Its own capacity: it never runs out of workers.',
  ],
};
