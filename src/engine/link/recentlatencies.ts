/** A quantile of the last latencies, renewed now and then; for decisions, not for statistics. */

/** Latencies remembered, and how many come before the quantile is worked out again. */
const REMEMBERED = 1_000;
const RENEWED_AFTER = 100;

export class RecentLatencies {
  /** ns; NaN before there are enough of them. */
  quantileNs = NaN;
  private readonly q: number;
  private readonly last = new Float64Array(REMEMBERED);
  private readonly sorted = new Float64Array(REMEMBERED);
  private seen = 0;

  /** `q`: 0 … 1. */
  constructor(q: number) {
    this.q = q;
  }

  add(ns: number): void {
    this.last[this.seen++ % REMEMBERED] = ns;
    if (this.seen % RENEWED_AFTER === 0) this.renew();
  }

  private renew(): void {
    const n = Math.min(this.seen, REMEMBERED);
    const sorted = this.sorted.subarray(0, n);
    sorted.set(this.last.subarray(0, n));
    sorted.sort();
    this.quantileNs = sorted[Math.min(n - 1, Math.floor(this.q * n))];
  }
}
