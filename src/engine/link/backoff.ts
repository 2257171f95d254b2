/**
 * The pause before a retry. Formulas: Brooker, "Exponential Backoff and Jitter" (2015), with doubling; n counts retries
 * from 1. It must not know calls.
 */
import type { Stream } from '../chance/random.ts';

export type BackoffKind = 'constant' | 'exponential' | 'full' | 'equal' | 'decorrelated';

/**
 * Pause in ns before retry `n`. `previous` is the pause before (for `decorrelated`; the base for the first).
 * No pause exceeds `cap`.
 */
export function backoff(
  kind: BackoffKind,
  n: number,
  base: number,
  cap: number,
  previous: number,
  stream: Stream,
): number {
  let grown = base;
  for (let i = 1; i < n && grown < cap; i++) grown *= 2;
  if (grown > cap) grown = cap;
  switch (kind) {
    case 'constant':
      return Math.min(base, cap);
    case 'exponential':
      return Math.round(grown);
    case 'full':
      return Math.round(grown * stream.uniform());
    case 'equal':
      return Math.round(grown * 0.5 * (1 + stream.uniform()));
    case 'decorrelated':
      return Math.round(Math.min(cap, base + (3 * previous - base) * stream.uniform()));
  }
}
