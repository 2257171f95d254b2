/** What the ways a call to a peer can end mean to a balancer. */
import * as outcomes from '../../engine/calls/outcomes.ts';

function isLost(outcome: number): boolean {
  return (
    outcome === outcomes.RESET ||
    outcome === outcomes.ATTEMPT_TIMEOUT ||
    outcome === outcomes.DEADLINE_EXCEEDED
  );
}

/** It did answer, and not as wanted. */
export function isServerError(outcome: number): boolean {
  return (
    outcome === outcomes.HTTP_500 ||
    outcome === outcomes.HTTP_502 ||
    outcome === outcomes.HTTP_503 ||
    outcome === outcomes.HTTP_504 ||
    outcome === outcomes.QUEUE_FULL ||
    outcome === outcomes.TOO_MANY_CONNECTIONS ||
    outcome === outcomes.SHED
  );
}

/** What is seen of how a call ended: at layer 4 an answer is an answer, whatever it says. */
export function asSeen(outcome: number, isLayer4: boolean): number {
  return isLayer4 && isServerError(outcome) ? outcomes.OK : outcome;
}

/** For outlier detection: errors on the way and all 5xx answers. */
export function isBroken(outcome: number): boolean {
  return isLost(outcome) || outcomes.isUnconnected(outcome) || isServerError(outcome);
}

/** For outlier detection by gateway errors: what stands before the peer's own work failed, or did not come through. */
export function isGatewayError(outcome: number): boolean {
  return outcome !== outcomes.HTTP_500 && isBroken(outcome);
}

/**
 * For the passive check: errors, resets and timeouts always; 5xx only where they also lead to the next peer, and there
 * is one left to try (nginx).
 */
export function countsAgainst(outcome: number, tryNext: string): boolean {
  if (isLost(outcome) || outcomes.isUnconnected(outcome)) return true;
  return tryNext === 'errors' && isServerError(outcome);
}

export function leadsToNext(outcome: number, tryNext: string): boolean {
  if (outcomes.isUnconnected(outcome)) return true;
  if (isLost(outcome)) return tryNext !== 'connect';
  return tryNext === 'errors' && isServerError(outcome);
}

/** What the caller of a layer 7 balancer is told: 502 for a peer that broke off, 504 for one that did not answer. */
export function toClient(outcome: number): number {
  if (outcomes.isUnconnected(outcome) || outcome === outcomes.RESET) return outcomes.HTTP_502;
  return outcomes.asAnswer(outcome);
}
