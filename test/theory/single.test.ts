// One service behind one client, against the closed forms of single queues. The service time is 1 ms throughout, so that
// every figure is in units of it.
import { describe, expect, it } from 'vitest';
import { RELATIVE_ERROR } from '../../src/engine/histogram.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';
import { erlangB, erlangC, quantileOf, statesMMcK, tailMMc, waitMG1, waitMMc } from './formulas.ts';
import { expectRejected, expectTheory, observe, replicate } from './replications.ts';

const SEEDS = 16;

interface Queue {
  /** Arrivals per ms. */
  readonly lambda: number;
  readonly service: ParamOverrides;
  /** Requests per seed. */
  readonly requests: number;
}

/** What clients and the service saw of a queue after a tenth of the run. */
function run({ lambda, service, requests }: Queue, seed: number) {
  const client = { rateRps: lambda * 1000, readShare: 1, keys: 1, popularity: 'uniform' };
  const one = { instances: 1, serviceMs: 1, queueLimit: 1_000_000, ...service };
  const design = sketch({ c: ['client', client], s: ['service', one] }, { 'c > s': DIRECT }, { seed });
  const forMs = requests / lambda;
  const seen = observe(design, forMs / 10, forMs);
  const latency = seen.running.stations.get('c')!.meter.latency();
  const { meter } = seen.running.stations.get('s')!;
  return {
    mean: latency.mean,
    p50: latency.quantile(0.5),
    p95: latency.quantile(0.95),
    p99: latency.quantile(0.99),
    busy: seen.busy('s'),
    waiting: seen.waiting('s'),
    lost: meter.failed / (meter.ok + meter.failed),
    accepted: meter.ok / forMs,
  };
}

const simulate = (queue: Queue) => replicate(SEEDS, (seed) => run(queue, seed));
const oneServer = (distribution: string, cv = 1) => ({ workers: 1, distribution, cv });

describe('M/M/1 at 80 %', () => {
  const lambda = 0.8;
  const queue = { lambda, service: oneServer('exponential'), requests: 60_000 };
  const mean = 1 / (1 - lambda);

  it('takes 5 service times on average, and has the quantiles of an exponential with that mean', () => {
    const found = simulate(queue);
    expectTheory('M/M/1 mean', found.mean, mean);
    expectTheory('M/M/1 busy', found.busy, lambda);
    expectTheory('M/M/1 queue length', found.waiting, (lambda * lambda) / (1 - lambda), { power: 0.015 });
    for (const [name, q] of [['p50', 0.5], ['p95', 0.95], ['p99', 0.99]] as const) {
      const theory = -Math.log(1 - q) * mean;
      expectTheory(`M/M/1 ${name}`, found[name], theory, { known: theory * RELATIVE_ERROR });
    }
  });

  it('notices a server that is 2 % slower', () => {
    expectRejected('M/M/1', simulate({ ...queue, service: { ...queue.service, serviceMs: 1.02 } }).mean, mean);
  });
});
