/**
 * The windows of a stretch of time, gathered into columns wide enough to be seen. Counts are added; percentiles are
 * never averaged: a column shows its worst window. It must not know pixels beyond their number, nor React.
 */
import { HEAT_BINS } from '../../session/protocol.ts';
import type { History } from '../run/history.ts';

const MAX_COLUMNS = 2_048;
const MAX_REASONS = 32;

export class Columns {
  count = 0;
  reasons = 0;
  readonly fromMs = new Float64Array(MAX_COLUMNS);
  readonly toMs = new Float64Array(MAX_COLUMNS);
  readonly offeredRps = new Float64Array(MAX_COLUMNS);
  readonly goodRps = new Float64Array(MAX_COLUMNS);
  readonly failedRps = new Float64Array(MAX_COLUMNS);
  readonly p50Ms = new Float64Array(MAX_COLUMNS);
  readonly p95Ms = new Float64Array(MAX_COLUMNS);
  readonly p99Ms = new Float64Array(MAX_COLUMNS);
  /** `reasons` numbers per column: failures per second. */
  readonly byReason = new Float64Array(MAX_COLUMNS * MAX_REASONS);
  /** HEAT_BINS numbers per column: answers per second. */
  readonly heat = new Float64Array(MAX_COLUMNS * HEAT_BINS);

  /** Fills the columns from the history; `most` is the number that can be told apart on the screen. */
  fill(history: History, domain: readonly [number, number], most: number): void {
    this.count = 0;
    this.reasons = Math.min(MAX_REASONS, history.failures.length);
    const first = Math.max(history.first, history.at(domain[0]));
    const last = history.at(domain[1]);
    if (last < 0 || last < first) return;
    const together = perColumn(last - first + 1, Math.max(1, Math.min(most, MAX_COLUMNS - 2)));
    // Cut at whole multiples, so that columns keep their content while the window moves on.
    for (let start = first - (first % together); start <= last; start += together) {
      this.gather(history, Math.max(start, history.first), Math.min(start + together - 1, last));
    }
  }

  private gather(history: History, first: number, last: number): void {
    const column = this.count++;
    this.fromMs[column] = history.value(first, 'startMs');
    this.toMs[column] = history.value(last, 'startMs') + history.value(last, 'lengthMs');
    const perSecond = 1_000 / Math.max(1e-9, this.toMs[column] - this.fromMs[column]);
    let [offered, good, failed, p50, p95, p99] = [0, 0, 0, NaN, NaN, NaN];
    this.byReason.fill(0, column * MAX_REASONS, (column + 1) * MAX_REASONS);
    this.heat.fill(0, column * HEAT_BINS, (column + 1) * HEAT_BINS);
    for (let window = first; window <= last; window++) {
      offered += history.value(window, 'offered');
      good += history.value(window, 'good');
      failed += history.value(window, 'failed');
      p50 = worse(p50, history.value(window, 'p50Ms'));
      p95 = worse(p95, history.value(window, 'p95Ms'));
      p99 = worse(p99, history.value(window, 'p99Ms'));
      for (let reason = 0; reason < this.reasons; reason++) {
        this.byReason[column * MAX_REASONS + reason] += history.failure(window, reason) * perSecond;
      }
      for (let bin = 0; bin < HEAT_BINS; bin++) {
        this.heat[column * HEAT_BINS + bin] += history.heat(window, bin) * perSecond;
      }
    }
    this.offeredRps[column] = offered * perSecond;
    this.goodRps[column] = good * perSecond;
    this.failedRps[column] = failed * perSecond;
    this.p50Ms[column] = p50;
    this.p95Ms[column] = p95;
    this.p99Ms[column] = p99;
  }

  /** Failures per second for one reason. */
  reason(column: number, reason: number): number {
    return this.byReason[column * MAX_REASONS + reason];
  }

  /** Column that holds an instant, −1 when none does. */
  at(simMs: number): number {
    for (let column = this.count - 1; column >= 0; column--) {
      if (simMs >= this.fromMs[column]) return simMs < this.toMs[column] ? column : -1;
    }
    return -1;
  }

  /** Largest of a list of values over all columns. */
  max(values: Float64Array): number {
    let most = 0;
    for (let column = 0; column < this.count; column++) most = Math.max(most, values[column]);
    return most;
  }
}

/** Windows per column: a power of two, so that few zoom steps change what a column holds. */
function perColumn(windows: number, most: number): number {
  let together = 1;
  while (windows / together > most) together *= 2;
  return together;
}

/** NaN is "no answer", not a latency. */
const worse = (a: number, b: number) => (Number.isNaN(a) || b > a ? b : a);
