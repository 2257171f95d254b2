/** The latency summary of every report: of one run, or of the histograms of many added up. */
import type { Histogram } from '../engine/records/histogram.ts';

export const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/** In ms, of good answers; null where nothing was answered. */
export interface Latency {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
  readonly n: number;
}

export function latencyOf(histogram: Histogram): Latency {
  const at = (q: number) => orNull(histogram.quantile(q));
  return {
    mean: orNull(histogram.mean),
    p50: at(QUANTILES.p50),
    p90: at(QUANTILES.p90),
    p95: at(QUANTILES.p95),
    p99: at(QUANTILES.p99),
    p999: at(QUANTILES.p999),
    max: orNull(histogram.max),
    n: histogram.n,
  };
}

/** JSON has no NaN. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
