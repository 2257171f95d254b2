/** What a drill measures between two instants, from what the meter of a node held at each. It must not know time or drills. */
import type { Histogram } from '../engine/records/histogram.ts';
import type { Meter } from '../engine/records/meter.ts';
import type { Expectation } from '../model/document.ts';

export interface Reading {
  readonly atMs: number;
  readonly ok: number;
  readonly failed: number;
  readonly latency: Histogram;
}

export function read(meter: Meter, atMs: number): Reading {
  return { atMs, ok: meter.ok, failed: meter.failed, latency: meter.latency() };
}

/** In the unit of the measure; NaN when nothing ended in between. */
export function measure(what: Expectation['measure'], before: Reading, after: Reading): number {
  const ok = after.ok - before.ok;
  const failed = after.failed - before.failed;
  switch (what) {
    case 'okRps':
      return (ok * 1000) / (after.atMs - before.atMs);
    case 'failedShare':
      return failed / (ok + failed);
    case 'p50Ms':
      return quantileBetween(before.latency, after.latency, 0.5);
    case 'p95Ms':
      return quantileBetween(before.latency, after.latency, 0.95);
    case 'p99Ms':
      return quantileBetween(before.latency, after.latency, 0.99);
  }
}

/** A quantile of what `after` holds beyond `before`. */
function quantileBetween(before: Histogram, after: Histogram, q: number): number {
  const rank = Math.ceil(q * (after.n - before.n));
  if (!(rank > 0)) return NaN;
  let seen = 0;
  for (let i = after.firstBucket; i <= after.lastBucket; i++) {
    seen += after.countAt(i) - before.countAt(i);
    if (seen >= rank) return after.valueAt(i);
  }
  return after.max;
}
