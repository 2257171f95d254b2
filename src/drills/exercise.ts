/**
 * A drill being carried out: what to do at which simulated time, and whether what was expected came true. Whoever runs
 * the system stops at `nextStopMs` and calls `reach`. It must not know how a fault takes effect.
 */
import type { Histogram } from '../engine/histogram.ts';
import type { Meter } from '../engine/meter.ts';
import type { Drill, DrillStep, Expectation } from '../model/document.ts';

/** What a drill needs of the running system. */
export interface Ground {
  carryOut(step: DrillStep): void;
  /** Counters of a node as its callers see it; null when it does not exist. */
  meterOf(node: string): Meter | null;
}

/** What became of one expectation. */
export interface Verdict {
  readonly expectation: Expectation;
  /** In the unit of the measure; NaN when nothing happened that could be. */
  readonly measured: number;
  readonly passed: boolean;
}

interface Reading {
  readonly ok: number;
  readonly failed: number;
  readonly latency: Histogram;
}

export class Exercise {
  readonly drill: Drill;
  /** Of all expectations decided so far. */
  readonly verdicts: Verdict[] = [];
  private readonly ground: Ground;
  private readonly stops: number[];
  private readonly from = new Map<Expectation, Reading | null>();
  private doneMs = -1;

  constructor(drill: Drill, ground: Ground) {
    this.drill = drill;
    this.ground = ground;
    const times = [
      ...drill.steps.map((step) => step.atMs),
      ...drill.expectations.flatMap((e) => [e.fromMs, e.toMs]),
      drill.durationMs,
    ];
    this.stops = [...new Set(times)].sort((a, b) => a - b);
  }

  /** The next simulated time at which something is to be done; Infinity when all is. */
  get nextStopMs(): number {
    return this.stops.find((t) => t > this.doneMs) ?? Infinity;
  }

  /** Simulated time stands at `ms`: does everything due up to it. */
  reach(ms: number): void {
    const due = (t: number) => t > this.doneMs && t <= ms;
    for (const e of this.drill.expectations) {
      if (due(e.fromMs)) this.from.set(e, this.read(e.subject));
      if (due(e.toMs)) this.verdicts.push(this.judge(e));
    }
    for (const step of this.drill.steps) if (due(step.atMs)) this.ground.carryOut(step);
    this.doneMs = Math.max(this.doneMs, ms);
  }

  private read(subject: string): Reading | null {
    const meter = this.ground.meterOf(subject);
    return meter && { ok: meter.ok, failed: meter.failed, latency: meter.latency() };
  }

  private judge(expectation: Expectation): Verdict {
    const before = this.from.get(expectation) ?? null;
    const after = this.read(expectation.subject);
    const measured = before && after ? measure(expectation, before, after) : NaN;
    const passed = expectation.is === 'below' ? measured < expectation.value : measured > expectation.value;
    return { expectation, measured, passed };
  }
}

function measure({ measure: what, fromMs, toMs }: Expectation, before: Reading, after: Reading): number {
  const ok = after.ok - before.ok;
  const failed = after.failed - before.failed;
  switch (what) {
    case 'okRps':
      return (ok * 1000) / (toMs - fromMs);
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
