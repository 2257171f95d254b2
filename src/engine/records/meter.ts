/**
 * Counts and latencies of one station or link: since the start, and over the current window. It must not know what is
 * counted.
 */
import { entering, Histogram } from './histogram.ts';
import { DOUBLE, MS_PER_NS } from '../time.ts';

const QUANTILES = [0.5, 0.95, 0.99];
const quantiles = new Float64Array(QUANTILES.length);

export class Meter {
  arrived = 0;
  ok = 0;
  failed = 0;
  /** Ended without an answer, because the caller had given up. */
  dropped = 0;
  /** Latencies of good answers in the current window, and since the start; made when first needed. */
  private current: Histogram | null = null;
  private total: Histogram | null = null;

  private arrivedBefore = 0;
  private okBefore = 0;
  private failedBefore = 0;

  /** Of the last closed window. */
  rateRps = DOUBLE;
  okRps = DOUBLE;
  failedShare = NaN;
  meanMs = NaN;
  p50Ms = NaN;
  p95Ms = NaN;
  p99Ms = NaN;

  constructor() {
    this.rateRps = this.okRps = 0;
  }

  /** Under way: begun and not ended in any way. */
  get open(): number {
    return this.arrived - this.ok - this.failed - this.dropped;
  }

  /** A good answer comes now, to what began at `times[at]`, ns. No instants are handed over: they might be allocated. */
  record(clock: { readonly time: number }, times: Float64Array, at: number): void {
    this.current ??= new Histogram();
    entering[0] = (clock.time - times[at]) * MS_PER_NS;
    this.current.enter();
  }

  /** Latencies of the window so far. */
  get window(): Histogram | null {
    return this.current;
  }

  /** Ends the window of this length: rates and quantiles become readable, the latencies join the total. */
  closeWindow(lengthMs: number): void {
    const perSecond = 1000 / lengthMs;
    const ended = this.ok - this.okBefore + this.failed - this.failedBefore;
    this.rateRps = (this.arrived - this.arrivedBefore) * perSecond;
    this.okRps = (this.ok - this.okBefore) * perSecond;
    this.failedShare = ended === 0 ? NaN : (this.failed - this.failedBefore) / ended;
    this.arrivedBefore = this.arrived;
    this.okBefore = this.ok;
    this.failedBefore = this.failed;
    const histogram = this.current;
    if (histogram === null || histogram.n === 0) {
      this.meanMs = this.p50Ms = this.p95Ms = this.p99Ms = NaN;
      return;
    }
    this.meanMs = histogram.mean;
    histogram.moveInto((this.total ??= new Histogram()), QUANTILES, quantiles);
    this.p50Ms = quantiles[0];
    this.p95Ms = quantiles[1];
    this.p99Ms = quantiles[2];
  }

  /** Latencies since the start, the open window included. */
  latency(): Histogram {
    const all = new Histogram();
    if (this.total) all.merge(this.total);
    if (this.current) all.merge(this.current);
    return all;
  }

  /** Forgets latencies and counts so far, for a warm-up; what is under way counts as having arrived now. */
  restart(): void {
    const inFlight = this.open;
    this.total?.clear();
    this.current?.clear();
    this.arrived = inFlight;
    this.ok = this.failed = this.dropped = 0;
    this.arrivedBefore = inFlight;
    this.okBefore = this.failedBefore = 0;
  }
}
