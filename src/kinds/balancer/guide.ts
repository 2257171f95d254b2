/** Words about the balancer. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'A balancer: at layer 7 it chooses an instance for every request, at layer 4 once for a connection, among all instances of everything it is linked to. Weights and tiers are set on its links. What it knows of an instance it has from probes and from answers, so it always knows it late.',
  whenToUse:
    'Wherever a service has more than one instance. Least connections or two random choices where instances differ or requests vary; a hash where the same visitor or key should meet the same instance; layer 4 where it must cost little.',
  whenNot:
    'Round robin in front of unequal instances: every one gets the same share, also the slow one. IP hash behind one proxy: everybody has the same address. Layer 4 in front of long connections: instances that come later get nothing.',
  notModelled: [
    'Direct server return: the straight way takes as long as the longer of the two links, and is whole while the link from the caller is. A balancer that crashes resets what its peers still work on, and policies on links to them work as if it saw the answers.',
    'TLS ends here at layer 7 and at the peer at layer 4; the round trips of a handshake reach the balancer only.',
    'Time per packet at layer 4, and the size of what passes: the time per request is all it takes.',
    'Zone aware: residual capacity is counted in peers, and a request crosses zones only on the way it is drawn; a balancer in no zone stands beside each of its callers.',
    'Rarer probes while there was no traffic yet (Envoy); all peers forgiven at once when none is left (nginx before 1.11.5).',
    'A visitor with a cookie whose peer is full goes to another one, where HAProxy lets it wait for its own. A link of weight 0 gets no new requests, but those open there are never reset.',
    'During a pause of its own its waiting requests still end when their time is up.',
  ],
};
