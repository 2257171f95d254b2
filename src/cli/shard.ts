/**
 * A sweep or one part of it as data: per seed a figure for each metric, over the seeds a histogram for each subject.
 * Only whole counts are added up here, so that the order in which seeds come in cannot matter.
 */
import type { Expectation } from '../model/document.ts';
import { fingerprintOf, type Identity, type SweepOptions } from './identity.ts';
import type { Measurement, Replication, Subject } from './replication.ts';

export const SHARD_FORMAT = 'loadbearing-shard/1';

export interface SeedRun {
  readonly seed: number;
  readonly digest: string;
  readonly events: number;
}

/** Lists are as long as there are runs, and in their order. */
export interface SubjectOverSeeds extends Subject {
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
  readonly latency: {
    /** Of each seed: floating-point sums are added at the very end, in the order of the seeds. */
    readonly sums: readonly number[];
    readonly min: number | null;
    readonly max: number | null;
    readonly buckets: readonly (readonly [index: number, count: number])[];
  };
}

export interface ExpectationOverSeeds extends Expectation {
  readonly measured: readonly (number | null)[];
  readonly passed: readonly boolean[];
}

/** Part `part` (from 1) of `of`; the whole is part 1 of 1. */
export interface Shard extends Identity {
  readonly format: typeof SHARD_FORMAT;
  readonly fingerprint: string;
  readonly part: number;
  readonly of: number;
  readonly runs: readonly SeedRun[];
  readonly subjects: readonly SubjectOverSeeds[];
  readonly expectations: readonly ExpectationOverSeeds[];
}

/** The seeds of a part: dealt out like cards, so that the sizes of parts differ by one at most. */
export function seedsOfPart({ firstSeed, seeds }: SweepOptions, part: number, of: number): number[] {
  const dealt: number[] = [];
  for (let i = part - 1; i < seeds; i += of) dealt.push(firstSeed + i);
  return dealt;
}

/** Makes a shard of replications that come in any order. Of each only its figures are kept, not its histograms. */
export class Collection {
  private readonly taken: Pick<Replication, 'seed' | 'digest' | 'events' | 'verdicts'>[] = [];
  private readonly metrics: Measurement['metrics'][][] = [];
  private readonly sums: number[][] = [];
  private subjects: readonly Subject[] = [];
  private tallies: Tally[] = [];

  /** `index`: place of its seed among those of this part. */
  take(index: number, { measurements, ...rest }: Replication): void {
    if (this.tallies.length === 0) {
      this.subjects = measurements.map(({ role, id, label }) => ({ role, id, label }));
      this.tallies = measurements.map(() => new Tally());
    }
    this.taken[index] = rest;
    this.metrics[index] = measurements.map(({ metrics }) => metrics);
    this.sums[index] = measurements.map(({ latency }) => latency.sum);
    measurements.forEach(({ latency }, i) => this.tallies[i].add(latency));
  }

  shard({ design, engine, options }: Identity, part: number, of: number): Shard {
    const identity = { design, engine, options };
    return {
      format: SHARD_FORMAT,
      fingerprint: fingerprintOf(identity),
      ...identity,
      part,
      of,
      runs: this.taken.map(({ seed, digest, events }) => ({ seed, digest, events })),
      subjects: this.subjects.map((subject, i) => ({
        ...subject,
        metrics: this.columns(i),
        latency: { sums: this.sums.map((sums) => sums[i]), ...this.tallies[i].total },
      })),
      expectations: this.taken[0].verdicts.map(({ expectation }, i) => ({
        ...expectation,
        measured: this.taken.map(({ verdicts }) => verdicts[i].measured),
        passed: this.taken.map(({ verdicts }) => verdicts[i].passed),
      })),
    };
  }

  private columns(subject: number): Record<string, (number | null)[]> {
    const names = Object.keys(this.metrics[0][subject]);
    return Object.fromEntries(names.map((name) => [name, this.metrics.map((seed) => seed[subject][name])]));
  }
}

type Counts = Pick<SubjectOverSeeds['latency'], 'min' | 'max' | 'buckets'>;

/** Histograms added up without their sums. */
export class Tally {
  private readonly counts = new Map<number, number>();
  private min: number | null = null;
  private max: number | null = null;

  add({ min, max, buckets }: Counts): void {
    for (const [index, count] of buckets) this.counts.set(index, (this.counts.get(index) ?? 0) + count);
    if (min !== null) this.min = Math.min(this.min ?? min, min);
    if (max !== null) this.max = Math.max(this.max ?? max, max);
  }

  get total(): Counts {
    const buckets = [...this.counts].sort(([a], [b]) => a - b);
    return { min: this.min, max: this.max, buckets };
  }
}
