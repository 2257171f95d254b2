// Distribution of recorded values in logarithmic buckets, straight from the top bits of the double: 128
// buckets per octave, so a quantile is at most 0.4 % off. Mergeable by addition; never averages
// percentiles. It does not know what the values are, except that they are durations in milliseconds or
// anything else between 2^-10 and 2^30.

/** Values from 0 to 2^-10 (1 µs, as milliseconds) share one bucket, exact zeros have one of their own. */
export const LOWEST_RESOLVED = 0.0009765625;
/**
 * Values from 2^30 on (12 days, as milliseconds) share one bucket, reported as the largest value recorded.
 */
export const HIGHEST_RESOLVED = 1073741824;
/** A bucket is 1/128 of its octave wide; its midpoint is off by at most half of that, 1/256 of the value. */
export const RELATIVE_ERROR = 1 / 256;

/**
 * Position of the sign-and-exponent half of a double seen as two 32-bit words: 1 on little-endian machines.
 */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const double = new Float64Array(1);
/** What `enter` takes in. A cell, because a double given as an argument may be a number allocated. */
export const entering = double;
const words = new Int32Array(double.buffer);

/** Of the high word, 13 bits beyond the 7 that number the buckets of an octave. */
const DROPPED_BITS = 13;
const ZERO = 0;
const BELOW = 1;
const FIRST = 2;
/** High word of 2^-10, without its dropped bits, less the two special buckets. */
const OFFSET = ((1023 - 10) << 7) - FIRST;
const OVERFLOW = FIRST + 40 * 128;

/** How many buckets there are: zero, below, 40 octaves of 128, overflow. */
export const BUCKETS = OVERFLOW + 1;

const COUNT = 0;
const SUM = 1;
const MIN = 2;
const MAX = 3;
const HEADER = 4;

function indexOf(value: number): number {
  double[0] = value;
  const index = (words[HIGH] >> DROPPED_BITS) - OFFSET;
  if (index < FIRST) return value === 0 ? ZERO : BELOW;
  return index < OVERFLOW ? index : OVERFLOW;
}

/** Lower bound of a bucket, inclusive; the upper bound, exclusive, is that of the next. */
export function bucketStart(index: number): number {
  if (index <= BELOW) return 0;
  double[0] = 0;
  words[HIGH] = (index + OFFSET) << DROPPED_BITS;
  return double[0];
}

/** Counts values per logarithmic bucket, with exact number, sum, smallest and largest. */
export class Histogram {
  /**
   * All state: number, sum, smallest, largest, then the count of each bucket. A checkpoint is a copy of it,
   * restoring is `data.set(copy)`. Doubles and not 32-bit counts, because they stay exact to 2^53 where a
   * 32-bit count would silently wrap (12 hours at 100,000 per second) and recording costs the same.
   */
  readonly data = new Float64Array(HEADER + BUCKETS);

  constructor() {
    this.data[MIN] = Infinity;
    this.data[MAX] = -Infinity;
  }

  /** Takes a value, at least 0; RangeError for a negative or NaN, because either means a broken clock. */
  record(value: number): void {
    double[0] = value;
    this.enter();
  }

  /** `record` of the value in `entering`. */
  enter(): void {
    const value = double[0];
    if (!(value >= 0)) refuse(value);
    const data = this.data;
    data[COUNT]++;
    data[SUM] += value;
    if (value < data[MIN]) data[MIN] = value;
    if (value > data[MAX]) data[MAX] = value;
    const index = (words[HIGH] >> DROPPED_BITS) - OFFSET;
    if (index >= FIRST && index < OVERFLOW) data[HEADER + index]++;
    else data[HEADER + indexOf(value)]++;
  }

  /** How many values were recorded. */
  get n(): number {
    return this.data[COUNT];
  }

  get sum(): number {
    return this.data[SUM];
  }

  /** Exact; NaN if empty, as are max and mean. */
  get min(): number {
    return this.n > 0 ? this.data[MIN] : NaN;
  }

  get max(): number {
    return this.n > 0 ? this.data[MAX] : NaN;
  }

  get mean(): number {
    return this.data[SUM] / this.data[COUNT];
  }

  /** Index of the lowest bucket in use; above `lastBucket` if empty. */
  get firstBucket(): number {
    return this.n > 0 ? indexOf(this.data[MIN]) : BUCKETS;
  }

  /** Index of the highest bucket in use. */
  get lastBucket(): number {
    return this.n > 0 ? indexOf(this.data[MAX]) : -1;
  }

  /** How many values lie in bucket `index`, 0 to BUCKETS - 1. */
  countAt(index: number): number {
    return this.data[HEADER + index];
  }

  /**
   * The value that stands for bucket `index`: its midpoint, kept within the smallest and largest recorded.
   */
  valueAt(index: number): number {
    if (index === OVERFLOW) return this.max;
    const middle = 0.5 * (bucketStart(index) + bucketStart(index + 1));
    return index === ZERO ? 0 : Math.min(this.data[MAX], Math.max(this.data[MIN], middle));
  }

  /**
   * The q-quantile by nearest rank: the ⌈q n⌉-th smallest value, at most RELATIVE_ERROR off (within 2^-10
   * below LOWEST_RESOLVED). Exact at q = 0 and q = 1. q from 0 to 1; NaN if empty.
   */
  quantile(q: number): number {
    const data = this.data;
    const rank = Math.ceil(q * data[COUNT]);
    if (!(data[COUNT] > 0)) return NaN;
    if (rank <= 1) return data[MIN];
    if (rank >= data[COUNT]) return data[MAX];
    let seen = 0;
    let index = this.firstBucket - 1;
    while (seen < rank) seen += data[HEADER + ++index];
    return this.valueAt(index);
  }

  /**
   * How many values lie in [low, high), to the resolution of a bucket: each bucket counts where its start
   * lies.
   */
  countBetween(low: number, high: number): number {
    const last = this.lastBucket;
    let sum = 0;
    for (let i = this.firstBucket; i <= last; i++) {
      const start = bucketStart(i);
      if (start >= low && start < high) sum += this.data[HEADER + i];
    }
    return sum;
  }

  /**
   * Counts for the cells of a heat map, replacing what `out` holds: out[j] is the number of values from
   * edges[j] to edges[j + 1], edges ascending. Each bucket goes whole to the cell of its start; the first
   * and the last cell also take what lies outside, so the sum is `n`.
   */
  rebin(edges: Float64Array, out: Uint32Array | Float64Array): void {
    const cells = edges.length - 1;
    const last = this.lastBucket;
    let cell = 0;
    out.fill(0);
    for (let i = this.firstBucket; i <= last; i++) {
      const count = this.data[HEADER + i];
      if (count === 0) continue;
      const start = bucketStart(i);
      while (cell < cells - 1 && start >= edges[cell + 1]) cell++;
      out[cell] += count;
    }
  }

  /** Adds everything the other holds, as if it had been recorded here. */
  merge(other: Histogram): void {
    const data = this.data;
    const added = other.data;
    const last = HEADER + other.lastBucket;
    for (let i = HEADER + other.firstBucket; i <= last; i++) data[i] += added[i];
    data[COUNT] += added[COUNT];
    data[SUM] += added[SUM];
    data[MIN] = Math.min(data[MIN], added[MIN]);
    data[MAX] = Math.max(data[MAX], added[MAX]);
  }

  /**
   * Moves everything into another histogram and leaves in `out` the quantiles `qs`, ascending, of what was moved, as
   * `quantile` gives them. All in one pass, because every station and link does so at the end of each window.
   */
  moveInto(into: Histogram, qs: readonly number[], out: Float64Array): void {
    const { data } = this;
    const sums = into.data;
    const n = data[COUNT];
    const last = HEADER + this.lastBucket;
    let seen = 0;
    let k = 0;
    let rank = Math.ceil(qs[0] * n);
    for (let i = HEADER + this.firstBucket; i <= last; i++) {
      const count = data[i];
      if (count === 0) continue;
      data[i] = 0;
      sums[i] += count;
      seen += count;
      while (seen >= rank) {
        out[k] = rank <= 1 ? data[MIN] : rank >= n ? data[MAX] : this.valueAt(i - HEADER);
        rank = ++k < qs.length ? Math.ceil(qs[k] * n) : Infinity;
      }
    }
    if (n === 0) out.fill(NaN);
    sums[COUNT] += n;
    sums[SUM] += data[SUM];
    sums[MIN] = Math.min(sums[MIN], data[MIN]);
    sums[MAX] = Math.max(sums[MAX], data[MAX]);
    this.empty();
  }

  /** Forgets everything. Touches only the buckets between the smallest and the largest value. */
  clear(): void {
    const data = this.data;
    data.fill(0, HEADER + this.firstBucket, HEADER + this.lastBucket + 1);
    this.empty();
  }

  /** With all buckets at zero. */
  private empty(): void {
    const { data } = this;
    data[COUNT] = data[SUM] = 0;
    data[MIN] = Infinity;
    data[MAX] = -Infinity;
  }
}

function refuse(value: number): never {
  throw new RangeError(`A histogram takes values from 0 on, not ${value}.`);
}
