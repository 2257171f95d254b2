// Small designs and jobs for the tests of sweeps.
import type { Job } from '../../src/cli/replication.ts';
import { Collection, seedsOfPart, type Shard } from '../../src/cli/shard.ts';
import { identityOf } from '../../src/cli/identity.ts';
import { replicate } from '../../src/cli/replication.ts';
import type { Design, Drill } from '../../src/model/document.ts';
import { emptyDesign } from '../../src/model/document.ts';

/** Poisson arrivals, one server with exponential service, no network and no timeouts: M/M/1. */
export function singleServer(rateRps: number, serviceMs: number, drills: readonly Drill[] = []): Design {
  const position = { x: 0, y: 0 };
  const server = { instances: 1, workers: 1, queueLimit: 1_000_000, serviceMs, distribution: 'exponential' };
  const direct = { latencyMs: 0, attemptTimeoutMs: 0, totalTimeoutMs: 0 };
  return {
    ...emptyDesign('Single server'),
    seed: 7,
    nodes: [
      { id: 'n1', kind: 'client', label: 'callers', position, params: { rateRps } },
      { id: 'n2', kind: 'service', label: 'server', position, params: server },
    ],
    links: [{ id: 'l1', from: 'n1', to: 'n2', params: direct }],
    drills,
  };
}

/** Whether the server answers the median request within `value` ms. */
export function expecting(value: number): Drill {
  const expectation = { subject: 'n2', measure: 'p50Ms', is: 'below', value, fromMs: 0, toMs: 500 } as const;
  return {
    id: 'd1',
    name: 'Fast',
    hypothesis: '',
    durationMs: 500,
    steps: [],
    expectations: [expectation],
  };
}

export function jobOf(design: Design, forMs: number, warmupMs = 0): Job {
  return { design, forMs, warmupMs, drill: design.drills[0] };
}

/** Part `part` of `of` of the seeds 7, 8, …; `order` says in which order their results come in. */
export function shardOf(
  job: Job,
  seeds: number,
  part = 1,
  of = 1,
  order: (indices: number[]) => number[] = (indices) => indices,
): Shard {
  const identity = identityOf(job, 7, seeds, 'engine');
  const own = seedsOfPart(identity.options, part, of);
  const collection = new Collection();
  for (const i of order([...own.keys()])) collection.take(i, replicate(job, own[i]));
  return collection.shard(identity, part, of);
}
