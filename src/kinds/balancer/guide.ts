/** Words about the balancer. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'A layer 7 balancer: it chooses an instance for every request, among all instances of everything it is linked to, and sees how each request ends.',
  whenToUse:
    'Wherever a service has more than one instance. Least connections or two random choices where instances differ or requests vary; IP hash where a visitor should stay with one instance.',
  whenNot:
    'Round robin in front of unequal instances: every one gets the same share, also the slow one. IP hash behind one proxy: everybody has the same address.',
  notModelled: [
    'Active health checks: it learns only from its own requests.',
    'Weights, slow start, draining and connection limits per instance.',
    'Layer 4 balancing, sticky cookies, and several balancers with views of their own.',
    'Its own capacity: it never runs out of workers.',
  ],
};
