/**
 * The pause before a retry. Formulas: Brooker, "Exponential Backoff and Jitter" (2015); n counts retries from 1. It must
 * not know calls.
 */
import type { Stream } from '../chance/random.ts';

export type BackoffKind = 'constant' | 'exponential' | 'full' | 'equal' | 'decorrelated';

export interface BackoffSettings {
  readonly kind: BackoffKind;
  /** ns. */
  readonly base: number;
  /** No pause is longer, ns. */
  readonly cap: number;
  /** Of kinds that grow with n: each pause over the one before, from 1 on. */
  readonly factor: number;
  /** The first pause is grown already, base × factor, as in the simulator that came with the formulas. */
  readonly startsGrown: boolean;
}

/** Pause in ns before retry `n`. `previous` is the pause before (for `decorrelated`; the base for the first). */
export function backoff(
  { kind, base, cap, factor, startsGrown }: BackoffSettings,
  n: number,
  previous: number,
  stream: Stream,
): number {
  let grown = base;
  for (let i = startsGrown ? 0 : 1; i < n && grown < cap; i++) grown *= factor;
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
