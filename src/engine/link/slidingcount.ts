/** A count over the last so many slices of time. It must not know what is counted. */
import { DOUBLE } from '../time.ts';

/** Counts over the last slices of time, the current one included. It must be moved on before it is read or added to. */
export class SlidingCount {
  private readonly slices: Float64Array;
  private readonly sliceNs: number;
  private current = DOUBLE;
  total = DOUBLE;

  constructor(slices: number, sliceNs: number) {
    this.slices = new Float64Array(slices);
    this.sliceNs = sliceNs;
    this.current = this.total = 0;
  }

  /** Forgets what is older than all slices together at `now`, ns. */
  moveTo(now: number): void {
    const slice = Math.floor(now / this.sliceNs);
    const { slices } = this;
    const steps = Math.min(slice - this.current, slices.length);
    for (let i = 1; i <= steps; i++) {
      const at = (this.current + i) % slices.length;
      this.total -= slices[at];
      slices[at] = 0;
    }
    if (steps > 0) this.current = slice;
  }

  add(n: number): void {
    this.slices[this.current % this.slices.length] += n;
    this.total += n;
  }
}
