/**
 * One seed of a sweep: the run, and what it measured as plain data that crosses between threads. It must not know the
 * other seeds.
 */
import type { Meter } from '../engine/records/meter.ts';
import type { Design, Drill, Expectation } from '../model/document.ts';
import { runHeadless, type HeadlessRun } from '../session/headless.ts';
import { orNull, QUANTILES } from './latency.ts';
import { type SparseHistogram, toSparse } from './sparse-histogram.ts';

/** What every seed of a sweep runs. */
export interface Job {
  readonly design: Design;
  readonly forMs: number;
  readonly warmupMs: number;
  readonly drill: Drill | undefined;
}

/** What is measured: a client, a node as its callers see it, or a link. */
export interface Subject {
  readonly role: 'client' | 'node' | 'link';
  readonly id: string;
  /** What people call it. */
  readonly label: string;
}

/** One figure per metric; null where there is none, as the mean latency of no answers. */
export type Metrics = Readonly<Record<string, number | null>>;

export interface Measurement extends Subject {
  readonly metrics: Metrics;
  /** Latencies of good answers, ms. */
  readonly latency: SparseHistogram;
}

export interface Replication {
  readonly seed: number;
  readonly digest: string;
  readonly events: number;
  readonly measurements: readonly Measurement[];
  readonly verdicts: readonly {
    readonly expectation: Expectation;
    readonly measured: number | null;
    readonly passed: boolean;
  }[];
}

/** Simulated time of a job's runs: a drill runs at least as long as it takes. */
export function simulatedMsOf({ forMs, drill }: Pick<Job, 'forMs' | 'drill'>): number {
  return Math.max(forMs, drill?.durationMs ?? 0);
}

/** Runs one seed. EndlessInstant when the design cannot get on in time. */
export function replicate(job: Job, seed: number): Replication {
  const run = runHeadless({ ...job.design, seed }, job);
  return {
    seed,
    digest: run.digest,
    events: run.running.system.events,
    measurements: measurementsOf(run, run.simulatedMs - job.warmupMs),
    verdicts: run.verdicts.map(({ expectation, measured, passed }) => ({
      expectation,
      measured: orNull(measured),
      passed,
    })),
  };
}

function measurementsOf(run: HeadlessRun, measuredMs: number): Measurement[] {
  const { system } = run.running;
  const measure = (role: Subject['role'], id: string, label: string, meter: Meter, more: Metrics = {}) => {
    const { metrics, latency } = figuresOf(meter, run.carriedOver.get(meter) ?? 0, measuredMs);
    return { role, id, label, metrics: { ...metrics, ...more }, latency };
  };
  return [
    ...system.sources.map(({ station, reads, staleReads }) =>
      measure('client', station.id, station.label, station.meter, { staleShare: orNull(staleReads / reads) }),
    ),
    ...system.stations
      .filter(({ incoming }) => incoming.length > 0)
      .map(({ id, label, meter }) => measure('node', id, label, meter)),
    ...system.links.map(({ id, caller, callee, meter }) =>
      measure('link', id, `${caller.label} → ${callee.label}`, meter),
    ),
  ];
}

type Figures = Pick<Measurement, 'metrics' | 'latency'>;

function figuresOf(meter: Meter, carriedOver: number, measuredMs: number): Figures {
  const { arrived, ok, failed } = meter;
  const histogram = meter.latency();
  const perSecond = (count: number) => orNull((count * 1000) / measuredMs);
  const quantiles = Object.entries(QUANTILES).map(([name, q]) => [
    `${name}Ms`,
    orNull(histogram.quantile(q)),
  ]);
  const metrics = {
    inRps: perSecond(arrived - carriedOver),
    okRps: perSecond(ok),
    failedRps: perSecond(failed),
    failedShare: orNull(failed / (ok + failed)),
    meanMs: orNull(histogram.mean),
    ...Object.fromEntries(quantiles),
  };
  return { metrics, latency: toSparse(histogram) };
}
