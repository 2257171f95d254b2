/** A histogram as it travels: only the buckets in use. Turning one into the other and back loses nothing. */
import { BUCKETS, Histogram } from '../engine/records/histogram.ts';

export interface SparseHistogram {
  readonly sum: number;
  /** Smallest and largest value; null when there is none. */
  readonly min: number | null;
  readonly max: number | null;
  /** Index and count of each bucket in use, by index. */
  readonly buckets: readonly (readonly [index: number, count: number])[];
}

export function toSparse(histogram: Histogram): SparseHistogram {
  const buckets: [number, number][] = [];
  for (let index = histogram.firstBucket; index <= histogram.lastBucket; index++) {
    const count = histogram.countAt(index);
    if (count > 0) buckets.push([index, count]);
  }
  const isEmpty = buckets.length === 0;
  return {
    sum: histogram.sum,
    min: isEmpty ? null : histogram.min,
    max: isEmpty ? null : histogram.max,
    buckets,
  };
}

export function fromSparse({ sum, min, max, buckets }: SparseHistogram): Histogram {
  const histogram = new Histogram();
  const { data } = histogram;
  const header = data.length - BUCKETS;
  let n = 0;
  for (const [index, count] of buckets) {
    data[header + index] = count;
    n += count;
  }
  data.set([n, sum, min ?? Infinity, max ?? -Infinity]);
  return histogram;
}

/** Whether buckets ascend and smallest and largest value lie in the first and the last, as `toSparse` leaves them. */
export function isConsistent(sparse: Omit<SparseHistogram, 'sum'>): boolean {
  const { min, max, buckets } = sparse;
  if (buckets.length === 0 || min === null || max === null)
    return buckets.length === 0 && min === null && max === null;
  const { firstBucket, lastBucket } = fromSparse({ ...sparse, sum: 0 });
  const ascends = buckets.every(([index], i) => i === 0 || buckets[i - 1][0] < index);
  return ascends && firstBucket === buckets[0][0] && lastBucket === buckets.at(-1)![0];
}
