/** What results of probes make of a region, and when the next one is due. It must not know calls. */
import { toNs } from '../../engine/time.ts';
import type { Target } from './authority.ts';
import type { RouterParams } from './spec.ts';

export interface CheckRules {
  readonly intervalNs: number;
  readonly timeoutNs: number;
  /** Results in a row that take a region out, or bring it back. */
  readonly inARow: number;
  readonly isDeep: boolean;
}

/** Null where regions are not probed. */
export function checkRules(p: RouterParams): CheckRules | null {
  if (!p.check) return null;
  const [intervalNs, timeoutNs] = [toNs(p.checkMs), toNs(p.checkTimeoutMs)];
  return { intervalNs, timeoutNs, inARow: p.checkFails, isDeep: p.depth === 'deep' };
}

/** Counts a result; true when it changed what is thought of the region. */
export function noteProbe(target: Target, passed: boolean, { inARow }: CheckRules): boolean {
  if (passed === target.up) target.against = 0;
  else if (++target.against >= inARow) {
    target.up = passed;
    target.against = 0;
    return true;
  }
  return false;
}
