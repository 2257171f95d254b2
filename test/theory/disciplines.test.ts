// Who goes next, who shares and who gives up waiting, against closed forms. The service time is 1 ms throughout.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';
import { erlangA, waitMMc } from './formulas.ts';
import { RELATIVE_ERROR } from '../../src/engine/records/histogram.ts';
import { expectRejected, expectTheory, LONGER, observe, replicate } from './replications.ts';

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
    ['constant', 0, 20_000],
    ['exponential', 1, 40_000],
    ['hyperexponential', 3, 120_000],
    ['lognormal', 2, 60_000],
  ])('M/G/1-PS with %s work takes 1 / (1 − ρ), whatever its spread (O-8)', (distribution, cv, requests) => {
    const found = simulate(`PS ${distribution}`, 0.6, { ...SHARED, distribution, cv }, requests);
    expectTheory(`M/G/1-PS ${distribution}`, found.mean, 1 / (1 - 0.6), {
      slower: LONGER / (1 - LONGER * 0.6),
    });
    expectTheory(`M/G/1-PS ${distribution} busy`, found.busy, 0.6, { slower: LONGER * 0.6 });
  });

  it('two cores take as long as M/M/2, also for constant work', () => {
    const found = simulate('PS 2 cores', 1.4, { ...SHARED, workers: 2, distribution: 'constant' });
    expectTheory('M/D/2-PS', found.mean, 1 + waitMMc(2, 1.4), {
      slower: LONGER * (1 + waitMMc(2, LONGER * 1.4)),
    });
  });

  it('notices work that takes 2 % longer', () => {
    const slower = { ...SHARED, distribution: 'constant', serviceMs: LONGER };
    expectRejected('slower PS', simulate('slower PS', 0.6, slower, 20_000).mean, 1 / (1 - 0.6));
  });
});

describe('impatience', () => {
  const impatient = (workers: number, theta: number) => ({
    workers,
    distribution: 'exponential',
    patienceMs: 1 / theta,
    patience: 'exponential',
  });

  it.each([
    [4, 3.6, 0.5],
    [4, 6, 1],
    [10, 12, 0.2],
  ])('%d servers, load %d, patience of rate %d: leave and wait as Erlang A says', (c, load, theta) => {
    const theory = erlangA(c, load, theta);
    // In units of the longer work all rates are higher.
    const slower = erlangA(c, LONGER * load, LONGER * theta);
    const found = simulate(`Erlang A ${c} ${load}`, load, impatient(c, theta), 60_000);
    expectTheory(`M/M/${c}+M leave`, found.left, theory.abandon, { slower: slower.abandon });
    expectTheory(`M/M/${c}+M waiting`, found.waiting, theory.waiting, { slower: slower.waiting });
  });

  it('notices servers that are 2 % slower', () => {
    const slower = { ...impatient(4, 1), serviceMs: LONGER };
    const found = simulate('slower Erlang A', 6, slower, 30_000);
    expectRejected('slower Erlang A: leave', found.left, erlangA(4, 6, 1).abandon);
    expectRejected('slower Erlang A: waiting', found.waiting, erlangA(4, 6, 1).waiting);
  });

  it('nobody waits longer than the longest wait, and who is served is what a server that is hardly ever idle can do', () => {
    const service = { workers: 1, distribution: 'constant', patienceMs: 3 };
    const { p99, left, busy } = run(2, service, 20_000, 1);
    // Waits 3 ms at most, then a millisecond of work; read off a bucket.
    expect(p99).toBeLessThan(4 * (1 + RELATIVE_ERROR));
    // Two arrive per ms of work: the share served is half of how busy it is, but for who came in this run by chance.
    expect(Math.abs(1 - left - busy / 2)).toBeLessThan(4 * Math.sqrt(1 / 20_000) * (busy / 2));
    expect(busy).toBeGreaterThan(0.95);
  });
});
