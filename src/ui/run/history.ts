/**
 * The closed windows of the run so far, in rings of typed arrays: what the timeline draws. Bounded, so an hour
 * at full speed costs no more than the first minute. It must not know React or how anything is drawn.
 */
import { HEAT_BINS, WINDOW_FIELDS, type Frame, type Layout } from '../../session/protocol.ts';

/** An hour of half-second windows; older ones are forgotten first. */
export const HISTORY_WINDOWS = 7_200;
/** Ways to fail that are told apart; far more than the engine has. */
const MAX_FAILURES = 32;

export type WindowField = (typeof WINDOW_FIELDS)[number];
export interface FailureKind {
  readonly id: string;
  readonly label: string;
}

const FIELDS = WINDOW_FIELDS.length;
const COLUMN = Object.fromEntries(WINDOW_FIELDS.map((name, index) => [name, index])) as Record<
  WindowField,
  number
>;

export class History {
  /** Windows ever added since `clear`. Those from `first` up to this, exclusive, can be read by number. */
  count = 0;
  /** Changes with every change of content, so that charts know when to redraw. */
  revision = 0;
  failures: readonly FailureKind[] = [];
  /** Columns of the failures that occurred, in the order they first did: most of those there are never do. */
  seen: readonly number[] = [];
  private readonly values: Float64Array;
  private readonly failed: Uint32Array;
  private readonly heats: Uint32Array;
  /** Column of `failed` for each column of the frames' `windowFailures`. */
  private columns: readonly number[] = [];

  constructor(private readonly capacity = HISTORY_WINDOWS) {
    this.values = new Float64Array(capacity * FIELDS);
    this.failed = new Uint32Array(capacity * MAX_FAILURES);
    this.heats = new Uint32Array(capacity * HEAT_BINS);
  }

  get first(): number {
    return Math.max(0, this.count - this.capacity);
  }

  clear(): void {
    this.count = 0;
    this.seen = [];
    this.revision++;
  }

  /** Failures keep their column for good, whatever order a later layout lists them in. */
  adopt(layout: Layout): void {
    const known = [...this.failures];
    this.columns = layout.failures.map(({ id, label }) => {
      const at = known.findIndex((failure) => failure.id === id);
      if (at >= 0) return at;
      return known.length < MAX_FAILURES ? known.push({ id, label }) - 1 : MAX_FAILURES - 1;
    });
    this.failures = known;
  }

  add(frame: Frame): void {
    const windows = Math.floor(frame.windows.length / FIELDS);
    const reasons = windows > 0 ? Math.floor(frame.windowFailures.length / windows) : 0;
    for (let w = 0; w < windows; w++) {
      const slot = this.count % this.capacity;
      this.values.set(frame.windows.subarray(w * FIELDS, (w + 1) * FIELDS), slot * FIELDS);
      this.heats.set(frame.windowHeat.subarray(w * HEAT_BINS, (w + 1) * HEAT_BINS), slot * HEAT_BINS);
      this.failed.fill(0, slot * MAX_FAILURES, (slot + 1) * MAX_FAILURES);
      for (let r = 0; r < reasons; r++) {
        const count = frame.windowFailures[w * reasons + r];
        if (count === 0) continue;
        const column = this.columns[r] ?? 0;
        this.failed[slot * MAX_FAILURES + column] += count;
        if (!this.seen.includes(column)) this.seen = [...this.seen, column];
      }
      this.count++;
    }
    if (windows > 0) this.revision++;
  }

  /** NaN for a window that is forgotten or has not been. */
  value(window: number, field: WindowField): number {
    if (window < this.first || window >= this.count) return NaN;
    return this.values[(window % this.capacity) * FIELDS + COLUMN[field]];
  }

  /** Requests that failed in a window for one of `failures`. */
  failure(window: number, column: number): number {
    return this.failed[(window % this.capacity) * MAX_FAILURES + column];
  }

  /** Requests answered in a window with a latency in one row of the heat map. */
  heat(window: number, bin: number): number {
    return this.heats[(window % this.capacity) * HEAT_BINS + bin];
  }

  /** Number of the window that holds a simulated instant, the last begun before it; −1 when there is none. */
  at(simMs: number): number {
    let low = this.first;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.value(middle, 'startMs') <= simMs) low = middle + 1;
      else high = middle - 1;
    }
    return low - 1 >= this.first ? low - 1 : -1;
  }
}
