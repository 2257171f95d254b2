/**
 * Layer 4 does not end connections: they go through to the peers, with their TLS, and answers may even go past the
 * balancer, straight to its caller (direct server return). It must not know how a peer is chosen.
 */
import { LINK, OUTCOME } from '../../engine/calls/calls.ts';
import { HTTP_429, OK } from '../../engine/calls/outcomes.ts';
import type { Station } from '../../engine/station/station.ts';
import type { Rules } from './rules.ts';

/** From now on connections go through, and answers past the balancer, or not; anew whenever its links change. */
export function letPass(station: Station, { connections, isDirect }: Rules): void {
  for (const { drafts, wire } of station.outgoing) {
    drafts.goesThrough = connections !== null;
    wire.isBypassed = isDirect;
  }
}

/**
 * Ends a request with the answer that its peer has just sent, over the link that the request came by. The straight way
 * takes as long as the longer of the two links: exact where the balancer stands beside its peers or beside its caller.
 */
export function returnStraight(station: Station, parent: number, child: number): void {
  const { links } = station;
  const { calls } = station.core;
  const { rows } = calls;
  const outcome = rows[child + OUTCOME];
  const { wire } = links[rows[parent + LINK]];
  const beyondNs = links[rows[child + LINK]].wire.meanNs(calls.callerUnit(child));
  wire.longerBackNs = Math.max(0, beyondNs - wire.meanNs(calls.callerUnit(parent)));
  if (outcome === OK) station.inheritAnswer(parent, child);
  if (outcome === HTTP_429) station.answerTooMany(parent, calls.retryAfter(child));
  else station.answer(parent, outcome);
  wire.longerBackNs = 0;
}
