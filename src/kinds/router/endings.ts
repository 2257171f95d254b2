/** What the end of a request over a region's link means for the client. It must not know addresses. */
import * as outcomes from '../../engine/calls/outcomes.ts';

/** Whether it makes a client let go of an address. */
export function isConnectionError(outcome: number): boolean {
  return (
    outcomes.isUnconnected(outcome) || outcome === outcomes.RESET || outcome === outcomes.ATTEMPT_TIMEOUT
  );
}

/** The client sees what it would see without a router in the picture; what a policy of the link refused is a 503. */
export function passedOn(outcome: number): number {
  const isOwn = outcomes.isLocal(outcome) || outcome === outcomes.CANCELLED;
  return isOwn ? outcomes.asAnswer(outcome) : outcome;
}
