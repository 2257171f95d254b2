/**
 * Direct server return at layer 4: the answer of a peer goes straight to the balancer's caller, and the balancer sees
 * nothing of it. It must not know how a peer is chosen.
 */
import { LINK, OUTCOME } from '../../engine/calls/calls.ts';
import { HTTP_429, OK } from '../../engine/calls/outcomes.ts';
import type { Station } from '../../engine/station/station.ts';

/** From now on answers go past the balancer, or through it again; anew whenever its links change. */
export function letAnswersPass(station: Station, past: boolean): void {
  station.answersBypass = past;
  for (const { wire } of station.outgoing) wire.isBypassed = past;
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
