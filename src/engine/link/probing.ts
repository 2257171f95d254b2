/**
 * Health checks: calls of one unit past retry, breaker and bulkhead, with a timeout of their own, that end as children of
 * nobody. It must not know who checks, nor what becomes of the result.
 */
import { TIMER } from '../agenda/agenda.ts';
import { DEADLINE, FLAGS, GENERATION, NONE, PROBE, READ, SHALLOW, UNIT } from '../calls/calls.ts';
import { ANY_UNIT } from '../calls/ends.ts';
import { DEADLINE_PASSED, forCall } from '../events.ts';
import type { Link } from './link.ts';

/** `isDeep`: it goes through queue and work of the callee. Returns the call; NONE at the simulator's limit. */
export function sendProbe(
  link: Link,
  callerUnit: number,
  unit: number,
  isDeep: boolean,
  timeoutNs: number,
): number {
  const { agenda, calls } = link.core;
  const c = link.drafts.take(NONE, callerUnit, READ, 1);
  if (c === NONE) return NONE;
  const { rows, times } = calls;
  link.drafts.originate(c, 0, 0, NONE);
  times[(c >> 1) + DEADLINE] = agenda.time + timeoutNs;
  rows[c + FLAGS] = isDeep ? PROBE : PROBE | SHALLOW;
  link.begin(c);
  rows[c + UNIT] = unit === ANY_UNIT ? link.callee.chooseUnit(c) : unit;
  agenda.due = agenda.time + timeoutNs;
  agenda.push(TIMER, forCall(DEADLINE_PASSED, rows[c + GENERATION]), c);
  link.send(c);
  return c;
}
