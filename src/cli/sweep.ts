/** What a sweep says, as data (`--json`): means over seeds with their confidence, and all seeds taken together. */
import type { Expectation } from '../model/document.ts';
import { type Latency, latencyOf } from './latency.ts';
import type { Identity } from './identity.ts';
import type { Subject } from './replication.ts';
import type { SeedRun, Shard, SubjectOverSeeds } from './shard.ts';
import { fromSparse } from './sparse-histogram.ts';
import { type Interval, intervalOf } from './statistics.ts';

export interface SweptSubject extends Pick<Subject, 'id' | 'label'> {
  readonly metrics: Readonly<Record<string, Interval>>;
  /** Of all answers of all seeds: the histograms added up. */
  readonly latencyMs: Latency;
}

export interface SweptExpectation extends Expectation {
  /** How many of the `of` seeds passed, and those that did not. */
  readonly passed: number;
  readonly of: number;
  readonly failedSeeds: readonly number[];
  readonly measured: Interval;
}

/** Holds no wall time: equal sweeps are equal to the last byte. */
export interface Sweep extends Identity {
  readonly format: 'loadbearing-sweep/1';
  readonly fingerprint: string;
  readonly events: number;
  readonly runs: readonly SeedRun[];
  readonly clients: readonly SweptSubject[];
  readonly nodes: readonly SweptSubject[];
  readonly links: readonly SweptSubject[];
  readonly expectations: readonly SweptExpectation[];
}

/** `whole`: part 1 of 1. */
export function summarise(whole: Shard): Sweep {
  const { fingerprint, design, engine, options, runs, subjects, expectations } = whole;
  const ofRole = (role: Subject['role']) => subjects.filter((s) => s.role === role).map(sweptSubject);
  return {
    format: 'loadbearing-sweep/1',
    fingerprint,
    design,
    engine,
    options,
    events: runs.reduce((sum, run) => sum + run.events, 0),
    runs,
    clients: ofRole('client'),
    nodes: ofRole('node'),
    links: ofRole('link'),
    expectations: expectations.map(({ measured, passed, ...expectation }) => ({
      ...expectation,
      passed: passed.filter(Boolean).length,
      of: passed.length,
      failedSeeds: runs.flatMap(({ seed }, i) => (passed[i] ? [] : [seed])),
      measured: intervalOf(measured),
    })),
  };
}

function sweptSubject({ id, label, metrics, latency }: SubjectOverSeeds): SweptSubject {
  const { sums, min, max, buckets } = latency;
  const sum = sums.reduce((total, ofSeed) => total + ofSeed, 0);
  const intervals = Object.entries(metrics).map(([name, values]) => [name, intervalOf(values)]);
  return {
    id,
    label,
    metrics: Object.fromEntries(intervals),
    latencyMs: latencyOf(fromSparse({ sum, min, max, buckets })),
  };
}
