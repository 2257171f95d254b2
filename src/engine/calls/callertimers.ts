/**
 * What a caller waits for goes on when the callee's process is gone: all events of the call were made void then, the
 * caller's own timers among them. It must not know why the process is gone.
 */
import { TIMER } from '../agenda/agenda.ts';
import { DEADLINE, FLAGS, GENERATION, LATE, OPEN, PROBE, REPEATED } from './calls.ts';
import type { Core } from '../core.ts';
import { DEADLINE_PASSED, forCall } from '../events.ts';

/** Starts the timers of a call anew that the reset may not reach: of a probe, of a later attempt, and of its hedge. */
export function renewCallersTimers(
  { agenda, calls }: Core,
  link: { readonly hedging: { renew(c: number): void } | null },
  c: number,
): void {
  if ((calls.rows[c + FLAGS] & OPEN) === 0) return;
  const deadline = calls.times[(c >> 1) + DEADLINE];
  if (deadline < Infinity && calls.rows[c + FLAGS] & (PROBE | LATE | REPEATED))
    agenda.at(
      Math.max(agenda.time, deadline),
      TIMER,
      forCall(DEADLINE_PASSED, calls.rows[c + GENERATION]),
      c,
    );
  link.hedging?.renew(c);
}
