// The pauses before retries have the means of their formulas (balancing.md §6, O-17) and stay within base and cap.
import { describe, expect, it } from 'vitest';
import { backoff, type BackoffKind } from '../../src/engine/link/backoff.ts';
import { createStream } from '../../src/engine/chance/random.ts';

const BASE = 100_000_000;
const CAP = 10_000_000_000;
const MS = 1e6;
const N = 40_000;
const DOUBLING = { base: BASE, cap: CAP, factor: 2, startsGrown: false };

/** Mean and standard error of the pauses before retries 1 … count, over many calls, in ms. */
function pauses(kind: BackoffKind, count: number): { readonly mean: number; readonly error: number }[] {
  const stream = createStream(17, 'test', kind);
  const sums = Array.from({ length: count }, () => ({ sum: 0, squares: 0 }));
  for (let call = 0; call < N; call++) {
    let previous = BASE;
    for (let n = 1; n <= count; n++) {
      previous = backoff({ ...DOUBLING, kind }, n, previous, stream);
      sums[n - 1].sum += previous / MS;
      sums[n - 1].squares += (previous / MS) ** 2;
    }
  }
  return sums.map(({ sum, squares }) => ({
    mean: sum / N,
    error: Math.sqrt(Math.max(0, squares / N - (sum / N) ** 2) / N),
  }));
}

const MEANS: Readonly<Record<BackoffKind, readonly number[]>> = {
  constant: [100, 100, 100, 100],
  exponential: [100, 200, 400, 800, 1600, 3200, 6400, 10_000],
  full: [50, 100, 200, 400, 800, 1600, 3200, 5000],
  equal: [75, 150, 300, 600, 1200, 2400, 4800, 7500],
  decorrelated: [200, 350, 575, 913, 1413],
};

describe.each(Object.keys(MEANS) as BackoffKind[])('%s', (kind) => {
  it('has the stated mean before every retry', () => {
    pauses(kind, MEANS[kind].length).forEach(({ mean, error }, i) => {
      // The table is rounded to whole ms; its decorrelated column was simulated to 1 %.
      const known = kind === 'decorrelated' ? 0.01 * MEANS[kind][i] : 0.5;
      expect(Math.abs(mean - MEANS[kind][i]), `retry ${i + 1}: ${mean}`).toBeLessThanOrEqual(
        4 * error + known,
      );
      expect(error / mean).toBeLessThan(0.01);
    });
  });

  it('is a whole number of ns, never below 0 and never above the cap', () => {
    const stream = createStream(3, 'test', kind);
    for (const cap of [0, 1, 50_000_000, CAP]) {
      let previous = BASE;
      for (let n = 1; n <= 12; n++) {
        previous = backoff({ ...DOUBLING, kind, cap }, n, previous, stream);
        expect(Number.isInteger(previous)).toBe(true);
        expect(previous).toBeGreaterThanOrEqual(0);
        expect(previous).toBeLessThanOrEqual(cap);
      }
    }
  });

  it('with a base of 0 retries at once', () => {
    expect(backoff({ ...DOUBLING, kind, base: 0 }, 3, 0, createStream(1, 'test', 'zero'))).toBe(0);
  });
});

describe('growth', () => {
  const pausesOf = (factor: number, startsGrown: boolean) =>
    [1, 2, 3, 4].map((n) => {
      const settings = { kind: 'exponential', base: BASE, cap: CAP, factor, startsGrown } as const;
      return backoff(settings, n, BASE, createStream(1, 'test', 'growth')) / MS;
    });

  it.each([
    [2, false, [100, 200, 400, 800]],
    [2, true, [200, 400, 800, 1_600]],
    [1, false, [100, 100, 100, 100]],
    [1.5, false, [100, 150, 225, 337.5]],
    [10, true, [1_000, 10_000, 10_000, 10_000]],
  ])('by %d, the first grown already: %s', (factor, startsGrown, expected) => {
    expect(pausesOf(factor, startsGrown)).toEqual(expected);
  });
});
