// A histogram loses at most 0.4 % of a value and nothing else: counts, sums and extremes are exact.
import { describe, expect, it } from 'vitest';
import {
  BUCKETS,
  bucketStart,
  HIGHEST_RESOLVED,
  Histogram,
  LOWEST_RESOLVED,
  RELATIVE_ERROR,
} from '../../src/engine/records/histogram.ts';
import { createSampler } from '../../src/engine/chance/distributions.ts';
import { createStream } from '../../src/engine/chance/random.ts';

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Values evenly spread over the logarithm, from 2^-10 to 2^30: 12 decades. */
function twelveDecades(n: number): Float64Array {
  const stream = createStream(1, 'test', 'decades');
  return Float64Array.from({ length: n }, () => LOWEST_RESOLVED * Math.pow(2, 40 * stream.uniform()));
}

/** The ⌈q n⌉-th smallest. */
function nearestRank(sorted: Float64Array, q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

const QUANTILES = [0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1];

describe('precision', () => {
  it('each of 100,000 values over 12 decades is reported within 1/256 = 0.39 %', () => {
    let worst = 0;
    const histogram = histogramOf([LOWEST_RESOLVED, HIGHEST_RESOLVED]);
    for (const value of twelveDecades(100_000)) {
      const single = histogramOf([value]);
      worst = Math.max(worst, Math.abs(histogram.valueAt(single.firstBucket) / value - 1));
    }
    expect(worst).toBeLessThanOrEqual(RELATIVE_ERROR);
    expect(worst).toBeGreaterThan(0.9 * RELATIVE_ERROR);
    expect(RELATIVE_ERROR).toBeLessThan(0.004);
  });

  it('a value lies in its bucket: from its start, inclusive, to the start of the next, exclusive', () => {
    for (const value of [...twelveDecades(10_000), 1, 2, 4, 1 + 1 / 128, LOWEST_RESOLVED]) {
      const bucket = histogramOf([value]).firstBucket;
      expect(bucketStart(bucket)).toBeLessThanOrEqual(value);
      expect(bucketStart(bucket + 1)).toBeGreaterThan(value);
    }
  });

  it('buckets are 2 + 40 octaves x 128 + 1, ascending from 0 over 2^-10 to 2^30', () => {
    expect(BUCKETS).toBe(5123);
    const starts = Array.from({ length: BUCKETS }, (_, i) => bucketStart(i));
    expect(starts.slice(0, 4)).toEqual([0, 0, 2 ** -10, 2 ** -10 * (1 + 1 / 128)]);
    expect(starts[BUCKETS - 1]).toBe(2 ** 30);
    expect(starts.slice(1)).toEqual([...starts.slice(1)].sort((a, b) => a - b));
  });

  it.each([
    ['exponential', createSampler({ distribution: 'exponential', mean: 12 })],
    ['lognormal, cv 3', createSampler({ distribution: 'lognormal', mean: 0.3, cv: 3 })],
    ['uniform', createSampler({ distribution: 'uniform', min: 5, max: 6 })],
  ])('quantiles of 200,000 %s values are within 0.39 % of the sorted sample', (_, sampler) => {
    const stream = createStream(2, 'test', 'quantiles');
    const sorted = Float64Array.from({ length: 200_000 }, () => sampler.sample(stream)).sort();
    const histogram = histogramOf(sorted);
    for (const q of QUANTILES) {
      const exact = nearestRank(sorted, q);
      expect(Math.abs(histogram.quantile(q) - exact)).toBeLessThanOrEqual(
        Math.max(RELATIVE_ERROR * exact, 2 ** -10),
      );
    }
  });

  it('quantiles are by nearest rank: of 1, 2, 4, 8 the median is 2, and anything above it 4', () => {
    const histogram = histogramOf([1, 2, 4, 8]);
    const nearest = [0.25, 0.26, 0.5, 0.51, 0.75, 0.76].map((q) => Math.round(histogram.quantile(q)));
    expect(nearest).toEqual([1, 2, 2, 4, 4, 8]);
  });

  it('number, sum, mean, smallest and largest are exact', () => {
    const histogram = histogramOf([3, 1.1, 7, 0.25]);
    expect([histogram.n, histogram.sum, histogram.mean, histogram.min, histogram.max]).toEqual([
      4,
      3 + 1.1 + 7 + 0.25,
      (3 + 1.1 + 7 + 0.25) / 4,
      0.25,
      7,
    ]);
  });

  it('quantiles stay within smallest and largest: a thousand times 5.0001 has 5.0001 everywhere', () => {
    const histogram = histogramOf(new Array<number>(1000).fill(5.0001));
    expect(QUANTILES.map((q) => histogram.quantile(q))).toEqual(QUANTILES.map(() => 5.0001));
  });
});

describe('edges', () => {
  it('nothing recorded: n 0, sum 0, all else NaN', () => {
    const empty = new Histogram();
    expect([empty.n, empty.sum, empty.mean, empty.min, empty.max, empty.quantile(0.5)]).toEqual([
      0,
      0,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect(empty.firstBucket).toBeGreaterThan(empty.lastBucket);
    expect(empty.countBetween(0, Infinity)).toBe(0);
  });

  it('zero is exact: with 90 % zeros the median wait is 0 and the p99 is not', () => {
    const histogram = histogramOf([...new Array<number>(90).fill(0), ...new Array<number>(10).fill(40)]);
    expect(histogram.quantile(0.9)).toBe(0);
    expect(Math.abs(histogram.quantile(0.95) / 40 - 1)).toBeLessThanOrEqual(RELATIVE_ERROR);
  });

  it('values below 2^-10 are counted and reported within 2^-11 of the truth', () => {
    const histogram = histogramOf([0, 5e-324, 1e-6, 0.0009, 0.00097, 8]);
    expect(histogram.countBetween(0, LOWEST_RESOLVED)).toBe(5);
    expect(histogram.quantile(0.5)).toBe(2 ** -11);
    expect(histogram.quantile(0.1)).toBe(0);
  });

  it('values from 2^30 on are counted and reported as the largest', () => {
    const histogram = histogramOf([1, 2 ** 30, 1e12, 3e12, 3e12]);
    expect(histogram.countAt(BUCKETS - 1)).toBe(4);
    expect(histogram.quantile(0.7)).toBe(3e12);
  });

  it.each([-1, -1e-300, NaN, -Infinity])('refuses %d and stays as it was', (value) => {
    const histogram = histogramOf([1]);
    expect(() => histogram.record(value)).toThrow(`A histogram takes values from 0 on, not ${value}.`);
    expect(histogram.data).toEqual(histogramOf([1]).data);
  });

  it('counts beyond 2^32 without wrapping', () => {
    const histogram = histogramOf([1]);
    for (let i = 0; i < 33; i++) histogram.merge(histogram);
    expect(histogram.n).toBe(2 ** 33);
    expect(histogram.countBetween(1, 1.001)).toBe(2 ** 33);
  });
});

describe('merging and clearing', () => {
  const values = twelveDecades(20_000).map((value) => Math.round(value * 1024) / 1024);
  const [left, right] = [values.subarray(0, 7000), values.subarray(7000)];

  it('merge is the record of the union', () => {
    const merged = histogramOf(left);
    merged.merge(histogramOf(right));
    // The values are multiples of 2^-10, so that even the sum does not depend on the order.
    expect(merged.data).toEqual(histogramOf(values).data);
  });

  it('addTo adds to the other and leaves its own as it was', () => {
    const [window, total] = [histogramOf(left), histogramOf(right)];
    total.merge(window);
    expect(total.data).toEqual(histogramOf(values).data);
    expect(window.data).toEqual(histogramOf(left).data);
  });

  it('merging with an empty one changes nothing, in both directions', () => {
    const histogram = histogramOf(left);
    histogram.merge(new Histogram());
    expect(histogram.data).toEqual(histogramOf(left).data);
    const empty = new Histogram();
    empty.merge(histogramOf(left));
    expect(empty.data).toEqual(histogramOf(left).data);
  });

  it('clear makes it like new, wherever the values were', () => {
    for (const used of [[], [0], [1e-7, 1e20], values]) {
      const histogram = histogramOf(used);
      histogram.clear();
      expect(histogram.data).toEqual(new Histogram().data);
    }
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 17, 200, 5_000])(
    '%d values moved elsewhere: quantiles, union and an empty rest',
    (n) => {
      const stream = createStream(n, 'test', 'moved');
      const values = Array.from({ length: n }, () =>
        stream.uniform() < 0.1 ? 0 : 2 ** (44 * stream.uniform() - 12),
      );
      const others = twelveDecades(300);
      const moved = histogramOf(values);
      const into = histogramOf(others);
      const out = new Float64Array(QUANTILES.length);
      moved.moveInto(into, QUANTILES, out);
      expect([...out]).toEqual(QUANTILES.map((q) => histogramOf(values).quantile(q)));
      const union = histogramOf(others);
      union.merge(histogramOf(values));
      expect(into.data).toEqual(union.data);
      expect(moved.data).toEqual(new Histogram().data);
    },
  );

  it('goes on from a copy of its data', () => {
    const histogram = histogramOf(left);
    const checkpoint = histogram.data.slice();
    for (const value of right) histogram.record(value);
    histogram.data.set(checkpoint);
    expect(histogram.data).toEqual(histogramOf(left).data);
  });
});

describe('cells of a heat map', () => {
  it('on edges that are powers of two, counts are exact', () => {
    const values = twelveDecades(10_000);
    const edges = Float64Array.from({ length: 11 }, (_, i) => 2 ** (i * 4 - 10));
    const out = new Uint32Array(10).fill(99);
    histogramOf(values).rebin(edges, out);
    const expected = Array.from(
      out,
      (_, j) => values.filter((v) => v >= edges[j] && v < edges[j + 1]).length,
    );
    expect([...out]).toEqual(expected);
  });

  it('the first and the last cell take what lies outside, so that the sum is n', () => {
    const out = new Float64Array(3);
    histogramOf([0, 0.0001, 1, 1.9, 2, 4.5, 8, 1e12]).rebin(new Float64Array([1, 2, 4, 8]), out);
    expect([...out]).toEqual([4, 1, 3]);
  });

  it('countBetween counts [low, high) exactly where the bounds are powers of two', () => {
    const histogram = histogramOf([0, 0.5, 0.99, 1, 1.5, 1.999, 2, 3]);
    expect(histogram.countBetween(1, 2)).toBe(3);
    expect(histogram.countBetween(0, 1)).toBe(3);
    expect(histogram.countBetween(2, Infinity)).toBe(2);
  });
});
