/**
 * Runs a case: the same design with RUNS seeds, through the same path as everything headless, one short run at a time so
 * that a worker stays responsive between them. It must not know the page.
 */
import type { Source } from '../../engine/station/source.ts';
import { toNs } from '../../engine/time.ts';
import { type HeadlessRun, runHeadless } from '../headless.ts';
import type { CheckCase, Measure } from './case.ts';
import { errorIn, estimate, type Sample } from './evidence.ts';
import { type CheckResult, LIMIT, RUNS, SEEDS_APART } from './protocol.ts';

/** One run of a case. */
export interface CaseRun extends Sample {
  /** Requests that ended while it was measured. */
  readonly requests: number;
}

/** Run number `index`, from 0 to RUNS − 1, of a case for a seed of the page. */
export function runOnce(check: CheckCase, seed: number, index: number): CaseRun {
  const { forMs, warmupMs } = check;
  const design = { ...check.design, seed: seed * SEEDS_APART + index };
  const isWatched = check.measure.of === 'waits';
  const run = runHeadless(design, { forMs: isWatched ? warmupMs : forMs, warmupMs });
  const sample =
    check.measure.of === 'waits' ? watch(run, check.measure.node, forMs) : measure(run, check.measure);
  const { ok, failed } = clientOf(run).station.meter;
  return { ...sample, requests: ok + failed };
}

/** The calls that come to a node until a time, and how many of them find all its workers busy; event by event. */
function watch({ running }: HeadlessRun, node: string, untilMs: number): Sample {
  const { system, stations } = running;
  const { meter, units } = stations.get(node)!;
  const pool = units[0].pool!;
  const first = meter.arrived;
  let sum = 0;
  while (system.nowNs < toNs(untilMs)) {
    const before = meter.arrived;
    const isFull = pool.busy >= pool.servers;
    system.run(toNs(untilMs), 1);
    if (isFull) sum += meter.arrived - before;
  }
  return { sum, weight: meter.arrived - first };
}

/**
 * How a case stands after some of its runs. It passes within LIMIT standard errors. Runs differ by chance alone, so the
 * error of a right simulator follows Student's t with RUNS − 1 degrees of freedom and leaves ±4 once in 2,900 cases;
 * at these run lengths work that is 2 % too slow does so for at least nine seeds of ten, wherever anybody works.
 */
export function judge(check: CheckCase, runs: readonly CaseRun[]): CheckResult {
  const found = estimate(runs);
  const error = errorIn(found, check.theory);
  return {
    id: check.id,
    runs: runs.length,
    requests: runs.reduce((sum, run) => sum + run.requests, 0),
    simulated: found.value,
    standardError: found.standardError,
    error,
    passed: Math.abs(error) <= LIMIT,
  };
}

export function runCase(check: CheckCase, seed: number): CheckResult {
  return judge(
    check,
    Array.from({ length: RUNS }, (_, index) => runOnce(check, seed, index)),
  );
}

function clientOf({ running }: HeadlessRun): Source {
  return running.system.sources[0];
}

function measure(run: HeadlessRun, what: Exclude<Measure, { of: 'waits' }>): Sample {
  const { links, stations } = run.running;
  const client = clientOf(run);
  const { meter } = client.station;
  switch (what.of) {
    case 'responseMs': {
      const latency = (what.client === undefined ? meter : stations.get(what.client)!.meter).latency();
      return { sum: latency.sum, weight: latency.n };
    }
    case 'square': {
      const latency = meter.latency();
      let sum = 0;
      for (let i = latency.firstBucket; i <= latency.lastBucket; i++)
        sum += latency.countAt(i) * (latency.valueAt(i) / what.ms) ** 2;
      return { sum, weight: latency.n };
    }
    case 'slowerThan': {
      const latency = meter.latency();
      return { sum: latency.countBetween(what.ms, Infinity), weight: latency.n };
    }
    case 'failed':
      return { sum: meter.failed, weight: meter.ok + meter.failed };
    case 'stale':
      return { sum: client.staleReads, weight: client.reads };
    case 'attempts':
      return { sum: links.get(what.link)!.meter.arrived, weight: meter.arrived };
    case 'spared':
      return { sum: meter.arrived - links.get(what.link)!.meter.arrived, weight: meter.arrived };
    case 'reached':
      return { sum: stations.get(what.node)!.meter.arrived, weight: meter.arrived };
    case 'unit': {
      const { units } = stations.get(what.node)!;
      return { sum: units[what.unit].arrived, weight: units.reduce((sum, unit) => sum + unit.arrived, 0) };
    }
  }
}
