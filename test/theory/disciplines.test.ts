// Who goes next, who shares and who gives up waiting, against closed forms. The service time is 1 ms throughout.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';
import { erlangA, waitMMc } from './formulas.ts';
import { expectRejected, expectTheory, observe, replicate } from './replications.ts';

function run(lambda: number, service: ParamOverrides, requests: number, seed: number) {
  const client = { rateRps: lambda * 1000, readShare: 1, keys: 1, popularity: 'uniform' };
  const one = { instances: 1, serviceMs: 1, queueLimit: 1_000_000, ...service };
  const design = sketch({ c: ['client', client], s: ['service', one] }, { 'c > s': DIRECT }, { seed });
  const forMs = requests / lambda;
  const seen = observe(design, forMs / 10, forMs);
  const latency = seen.running.stations.get('c')!.meter.latency();
  const { meter } = seen.running.stations.get('s')!;
  return {
    mean: latency.mean,
    p99: latency.quantile(0.99),
    busy: seen.busy('s'),
    waiting: seen.waiting('s'),
    left: meter.failed / (meter.ok + meter.failed),
  };
}

const simulate = (what: string, lambda: number, service: ParamOverrides, requests = 40_000) =>
  replicate(what, (seed) => run(lambda, service, requests, seed));

const SHARED = { discipline: 'sharing', workers: 1 };

describe('processor sharing', () => {
  it.each([
    ['constant', 0],
    ['exponential', 1],
    ['hyperexponential', 3],
    ['lognormal', 2],
  ])('M/G/1-PS with %s work takes 1 / (1 − ρ), whatever its spread (O-8)', (distribution, cv) => {
    const found = simulate(`PS ${distribution}`, 0.6, { ...SHARED, distribution, cv }, 60_000);
    expectTheory(`M/G/1-PS ${distribution}`, found.mean, 1 / (1 - 0.6), { power: 0.03 });
    expectTheory(`M/G/1-PS ${distribution} busy`, found.busy, 0.6);
  });

  it('two cores take as long as M/M/2, also for constant work', () => {
    const found = simulate('PS 2 cores', 1.4, { ...SHARED, workers: 2, distribution: 'constant' });
    expectTheory('M/D/2-PS', found.mean, 1 + waitMMc(2, 1.4));
  });

  it('notices work that takes 2 % longer', () => {
    const slower = { ...SHARED, distribution: 'constant', serviceMs: 1.02 };
    expectRejected('slower PS', simulate('slower PS', 0.6, slower).mean, 1 / (1 - 0.6));
  });
});

describe('impatience', () => {
  it.each([
    [4, 3.6, 0.5],
    [4, 6, 1],
    [10, 12, 0.2],
  ])('%d servers, load %d, patience of rate %d: leave and wait as Erlang A says', (c, load, theta) => {
    const theory = erlangA(c, load, theta);
    const patience = { patienceMs: 1 / theta, patience: 'exponential' };
    const service = { workers: c, distribution: 'exponential', ...patience };
    const found = simulate(`Erlang A ${c} ${load}`, load, service, 60_000);
    expectTheory(`M/M/${c}+M leave`, found.left, theory.abandon, { power: 0.03 });
    expectTheory(`M/M/${c}+M waiting`, found.waiting, theory.waiting, { power: 0.03 });
  });

  it('nobody waits longer than the longest wait', () => {
    const service = { workers: 1, distribution: 'constant', patienceMs: 3 };
    // Waits 3 ms at most, then a millisecond of work.
    expect(run(2, service, 20_000, 1).p99).toBeLessThan(4.02);
    expect(run(2, service, 20_000, 1).left).toBeGreaterThan(0.49);
  });
});
