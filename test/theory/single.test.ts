// One service behind one client, against the closed forms of single queues. The service time is 1 ms throughout, so that
// every figure is in units of it.
import { describe, expect, it } from 'vitest';
import { createSampler } from '../../src/engine/chance/distributions.ts';
import { RELATIVE_ERROR } from '../../src/engine/records/histogram.ts';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';
import { erlangB, erlangC, quantileOf, statesMMcK, tailMMc, waitMG1, waitMMc } from './formulas.ts';
import { expectRejected, expectTheory, LONGER, observe, replicate } from './replications.ts';

interface Queue {
  /** Arrivals per ms. */
  readonly lambda: number;
  readonly service: ParamOverrides;
  /** Requests per seed. */
  readonly requests: number;
}

function designOf({ lambda, service }: Queue, seed: number) {
  const client = { rateRps: lambda * 1000, readShare: 1, keys: 1, popularity: 'uniform' };
  const one = { instances: 1, serviceMs: 1, queueLimit: 1_000_000, ...service };
  return sketch({ c: ['client', client], s: ['service', one] }, { 'c > s': DIRECT }, { seed });
}

/** What clients and the service saw of a queue, after a warm-up of a tenth of that time. */
function run(queue: Queue, seed: number) {
  const forMs = queue.requests / queue.lambda;
  const seen = observe(designOf(queue, seed), forMs / 10, forMs);
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

/** The share of requests that find all servers busy, watched event by event. */
function shareThatWaits({ lambda, service, requests }: Queue, seed: number) {
  const { system, stations } = assemble(designOf({ lambda, service, requests }, seed), 1e9);
  const { meter, units } = stations.get('s')!;
  const pool = units[0].pool!;
  let waited = 0;
  system.run(toNs(1_000), Infinity);
  const first = meter.arrived;
  while (meter.arrived < first + requests) {
    const before = meter.arrived;
    const full = pool.busy === pool.servers;
    system.run(Infinity, 1);
    if (full) waited += meter.arrived - before;
  }
  return { share: waited / requests };
}

const QUANTILES = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

const briefly = (queue: Queue): Queue => ({ ...queue, requests: 20_000 });
const slower = (queue: Queue): Queue => ({ ...queue, service: { ...queue.service, serviceMs: LONGER } });
const simulate = (what: string, queue: Queue) => replicate(what, (seed) => run(queue, seed));
const oneServer = (distribution: string, cv = 1) => ({ workers: 1, distribution, cv });

describe('M/M/1 at 80 % (O-5)', () => {
  const lambda = 0.8;
  const queue = { lambda, service: oneServer('exponential'), requests: 65_000 };
  const mean = 1 / (1 - lambda);

  it('takes 1 / (1 − ρ) service times, and has the quantiles of an exponential with that mean', () => {
    const found = simulate('M/M/1', queue);
    const slowerMean = LONGER / (1 - LONGER * lambda);
    expectTheory('M/M/1 mean', found.mean, mean, { slower: slowerMean, within: 0.03 });
    expectTheory('M/M/1 busy', found.busy, lambda, { slower: LONGER * lambda });
    const length = (rho: number) => (rho * rho) / (1 - rho);
    expectTheory('M/M/1 queue length', found.waiting, length(lambda), {
      slower: length(LONGER * lambda),
      power: 0.015,
      within: 0.03,
    });
    for (const [name, q] of QUANTILES) {
      const theory = -Math.log(1 - q) * mean;
      const known = theory * RELATIVE_ERROR;
      const more = { known, power: 0.015, within: 0.03, slower: -Math.log(1 - q) * slowerMean };
      expectTheory(`M/M/1 ${name}`, found[name], theory, more);
    }
  });

  it('notices a server that is 2 % slower', () => {
    expectRejected('M/M/1', simulate('slower M/M/1', slower(briefly(queue))).mean, mean);
  });
});

describe('who goes next (rule 23)', () => {
  const lambda = 0.5;
  /** Mean and mean square of the response time of M/M/1, from the buckets of the client's histogram. */
  const moments = (discipline: string) =>
    replicate(`M/M/1 ${discipline}`, (seed) => {
      const queue = { lambda, service: { ...oneServer('exponential'), discipline }, requests: 60_000 };
      const { running } = observe(designOf(queue, seed), 10_000, queue.requests / lambda);
      const latency = running.stations.get('c')!.meter.latency();
      let square = 0;
      for (let i = latency.firstBucket; i <= latency.lastBucket; i++)
        square += latency.countAt(i) * latency.valueAt(i) ** 2;
      return { mean: latency.mean, square: square / latency.n };
    });
  /** E[T²] = E[W²] + 2 E[W] + 2 with E[W²] = 2ρ / (1 − ρ)² in turn, and 1 / (1 − ρ) times that in reverse. */
  const square = (order: string, rho: number) =>
    ((order === 'lifo' ? 1 / (1 - rho) : 1) * 2 * rho) / (1 - rho) ** 2 + (2 * rho) / (1 - rho) + 2;

  it.each([
    ['fifo', 8],
    ['lifo', 12],
  ])('M/M/1 %s at a load of 0.5: the mean response is 2, its mean square %d', (order, theory) => {
    expect(square(order, lambda)).toBe(theory);
    const found = moments(order);
    const rho = LONGER * lambda;
    expectTheory(`M/M/1 ${order}: mean`, found.mean, 1 / (1 - lambda), { slower: LONGER / (1 - rho) });
    // The square of a value is off by twice as much as the value, within its bucket.
    const known = 2 * RELATIVE_ERROR * theory;
    const slowerSquare = LONGER ** 2 * square(order, rho);
    expectTheory(`M/M/1 ${order}: mean square`, found.square, theory, {
      known,
      power: 0.02,
      slower: slowerSquare,
    });
  });
});

describe('M/M/4 at 80 % (O-6)', () => {
  const queue = { lambda: 3.2, service: { workers: 4, distribution: 'exponential' }, requests: 60_000 };
  const wait = waitMMc(4, 3.2);

  it('waits and takes as long as Erlang C says, P(wait) included', () => {
    const found = simulate('M/M/4', queue);
    const load = LONGER * 3.2;
    const slowerWait = LONGER * waitMMc(4, load);
    expectTheory('M/M/4 mean', found.mean, 1 + wait, { slower: LONGER + slowerWait });
    expectTheory('M/M/4 busy', found.busy, 3.2, { slower: load });
    expectTheory('M/M/4 queue length', found.waiting, 3.2 * wait, {
      power: 0.015,
      within: 0.03,
      slower: 3.2 * slowerWait,
    });
    for (const [name, q] of QUANTILES) {
      const quantile = (a: number) => quantileOf((t) => tailMMc(4, a, t), 1 - q);
      const theory = quantile(3.2);
      expectTheory(`M/M/4 ${name}`, found[name], theory, {
        known: theory * RELATIVE_ERROR,
        power: 0.015,
        slower: LONGER * quantile(load),
      });
    }
    const share = replicate('M/M/4 P(wait)', (seed) => shareThatWaits(briefly(queue), seed)).share;
    expectTheory('M/M/4 P(wait)', share, erlangC(4, 3.2), { slower: erlangC(4, load) });
  });

  it('notices servers that are 2 % slower', () => {
    expectRejected('M/M/4', simulate('slower M/M/4', slower(briefly(queue))).mean, 1 + wait);
  });
});

describe('M/G/1 (O-8)', () => {
  const shapes = [
    ['constant', 0, 0.8, 20_000],
    ['lognormal', 2, 0.5, 120_000],
    ['hyperexponential', 2, 0.6, 60_000],
  ] as const;

  it.each(shapes)(
    '%s, cv %d, at %d: waits as Pollaczek and Khinchine say',
    (distribution, cv, lambda, requests) => {
      const found = simulate(`M/G/1 ${distribution}`, {
        lambda,
        service: oneServer(distribution, cv),
        requests,
      });
      const slowerMean = LONGER * (1 + waitMG1(LONGER * lambda, cv));
      expectTheory(`M/G/1 ${distribution} cv ${cv} at ${lambda}: mean`, found.mean, 1 + waitMG1(lambda, cv), {
        slower: slowerMean,
      });
    },
  );

  it('a Pareto tail that is cut off at 50 times the mean waits by the spread that is left', () => {
    const { cv } = createSampler({ distribution: 'pareto', mean: 1, cv: 1, cap: 50 });
    const service = { ...oneServer('pareto', 1), capMs: 50 };
    const found = simulate('M/G/1 capped', { lambda: 0.5, service, requests: 60_000 });
    expectTheory('M/G/1 capped Pareto', found.mean, 1 + waitMG1(0.5, cv), {
      slower: LONGER * (1 + waitMG1(LONGER * 0.5, cv)),
    });
  });

  it('measured times wait by their own spread, stretched to the mean asked for', () => {
    const samples = '10\n20\n30\n200';
    const { cv } = createSampler({ distribution: 'empirical', values: [10, 20, 30, 200] });
    const service = { ...oneServer('empirical', 0), samples };
    const found = simulate('M/G/1 measured', { lambda: 0.6, service, requests: 30_000 });
    expectTheory('M/G/1 measured', found.mean, 1 + waitMG1(0.6, cv), {
      slower: LONGER * (1 + waitMG1(LONGER * 0.6, cv)),
    });
  });

  it('notices a hyperexponential server that is 2 % slower', () => {
    const queue = { lambda: 0.6, service: oneServer('hyperexponential', 2), requests: 60_000 };
    expectRejected('M/G/1', simulate('slower M/G/1', slower(queue)).mean, 1 + waitMG1(0.6, 2));
  });
});

describe('finite queues (O-7)', () => {
  it('M/M/10/30 at 120 %: loses, accepts and waits as its states say', () => {
    const service = { workers: 10, queueLimit: 20, distribution: 'exponential' };
    const found = simulate('M/M/10/30', { lambda: 12, service, requests: 40_000 });
    const at = (longer: number) => {
      const states = statesMMcK(10, 30, 12 * longer);
      const accepted = 12 * (1 - states[30]);
      const waiting = states.reduce((sum, p, n) => sum + p * Math.max(0, n - 10), 0);
      return { lost: states[30], accepted, mean: longer + waiting / accepted };
    };
    const [theory, slow] = [at(1), at(LONGER)];
    expectTheory('M/M/10/30 lost', found.lost, theory.lost, {
      power: 0.012,
      within: 0.02,
      slower: slow.lost,
    });
    expectTheory('M/M/10/30 accepted per ms', found.accepted, theory.accepted, { slower: slow.accepted });
    expectTheory('M/M/10/30 mean', found.mean, theory.mean, { slower: slow.mean });
    expect(theory.lost).toBeCloseTo(0.16864, 5);
  });

  it.each(['exponential', 'constant', 'lognormal'])(
    'Erlang B with %s work: 10 servers at 8 lose 12.2 in 100',
    (distribution) => {
      const service = { workers: 10, queueLimit: 0, distribution, cv: 2 };
      const found = simulate(`Erlang B ${distribution}`, { lambda: 8, service, requests: 50_000 });
      expect(erlangB(10, 8)).toBeCloseTo(0.12166, 5);
      expectTheory(`Erlang B ${distribution}`, found.lost, erlangB(10, 8), {
        slower: erlangB(10, LONGER * 8),
        within: 0.02,
      });
    },
  );
});
