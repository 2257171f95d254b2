// More work than a service can do, and several calls at once: classes, fork and join, limits that follow the latency and
// queues that are kept short, against closed forms. The service time is 1 ms unless said otherwise.
import { describe, expect, it } from 'vitest';
import { Gradient2Limit, nextLimit } from '../../src/engine/station/admission.ts';
import { CoDel, StandingQueue } from '../../src/engine/station/codel.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { expectRejected, expectTheory, LONGER, observe, replicate } from './replications.ts';

const READS = { readShare: 1, keys: 1, popularity: 'uniform' };
const QUEUE = { instances: 1, workers: 1, serviceMs: 1, queueLimit: 1_000_000 };
const FREE = { instances: 1, workers: 10_000, serviceMs: 0, queueLimit: 0, distribution: 'constant' };

describe('classes (rule 23)', () => {
  it('the most important first: waits are R / (1 − ρ₁) and R / ((1 − ρ₁)(1 − ρ)) (Cobham 1954)', () => {
    const found = replicate('classes', (seed) => {
      const nodes: Record<string, Sketched> = {
        high: ['client', { ...READS, rateRps: 300 }],
        low: ['client', { ...READS, rateRps: 400, priority: 2 }],
        s: ['service', { ...QUEUE, distribution: 'exponential', discipline: 'priority' }],
      };
      const design = sketch(nodes, { 'high > s': DIRECT, 'low > s': DIRECT }, { seed });
      const { running } = observe(design, 6_000, 100_000);
      const mean = (id: string) => running.stations.get(id)!.meter.latency().mean - 1;
      return { high: mean('high'), low: mean('low') };
    });
    // R = ρ · 1 ms for exponential work, ρ = 0.7; of longer work what the response is above a millisecond.
    const at = (s: number) => {
      const [first, all] = [1 - 0.3 * s, 1 - 0.7 * s];
      return { high: (0.7 * s * s) / first + s - 1, low: (0.7 * s * s) / (first * all) + s - 1 };
    };
    const [theory, slower] = [at(1), at(LONGER)];
    expectTheory('high', found.high, theory.high, { slower: slower.high });
    expectTheory('low', found.low, theory.low, { power: 0.015, slower: slower.low });
    expectRejected('without classes', found.high, 0.7 / 0.3);
  });

  it('the class of a request goes with the calls made for it, and an edit sorts those who wait already', () => {
    const nodes = {
      low: askedAt([1, 2, 3], { priority: 3 }),
      high: askedAt([4], { priority: 0 }),
      a: ['service', FREE] as Sketched,
      s: constant(100, { workers: 1, discipline: 'priority' }),
    };
    const design = sketch(nodes, { 'low > a': DIRECT, 'high > a': DIRECT, 'a > s': DIRECT });
    const { running } = runHeadless(design, { forMs: 1_000 });
    // 1 ms + 100 + 100: right after the one that was at work.
    expect(running.stations.get('high')!.meter.latency().max).toBeCloseTo(197, 0);
  });

  it('sheds the less important first: with 20 places, class 3 at 14 and class 0 at 20', () => {
    const times = Array.from({ length: 30 }, () => 1);
    const nodes = {
      low: askedAt(times, { priority: 3 }),
      high: askedAt(times.map((t) => t + 1)),
      s: constant(100, { workers: 10, queueLimit: 10, shedding: 'classes' }),
    };
    const { running } = runHeadless(sketch(nodes, { 'low > s': DIRECT, 'high > s': DIRECT }), { forMs: 500 });
    expect(endings(running, 'low')).toBe('14 ok, 16 shed');
    expect(endings(running, 'high')).toBe('6 ok, 24 shed');
  });
});

describe('fork and join', () => {
  function forked(
    branches: number,
    service: ParamOverrides,
    rateRps: number,
    forMs: number,
    together = true,
  ) {
    return replicate(`fork ${branches} ${together} ${JSON.stringify(service)}`, (seed) => {
      const nodes: Record<string, Sketched> = {
        c: ['client', { ...READS, rateRps }],
        f: ['service', { ...FREE, together, waiting: 'async' }],
      };
      const links: Record<string, ParamOverrides> = { 'c > f': DIRECT };
      for (let i = 0; i < branches; i++) {
        nodes[`s${i}`] = ['service', { ...QUEUE, distribution: 'exponential', ...service }];
        links[`f > s${i}`] = DIRECT;
      }
      const { running } = observe(sketch(nodes, links, { seed }), forMs / 10, forMs);
      return { mean: running.stations.get('c')!.meter.latency().mean };
    });
  }

  it.each([2, 5])('%d calls at once to servers that are always free take their longest, Hₙ', (n) => {
    const found = forked(n, { workers: 1_000 }, 1_000, 8_000);
    const harmonic = Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
    expectTheory(`longest of ${n}`, found.mean, harmonic, { slower: LONGER * harmonic });
    const inTurn = forked(n, { workers: 1_000 }, 1_000, 8_000, false).mean;
    expectTheory(`${n} in turn`, inTurn, n, { slower: LONGER * n });
  });

  it('two queues: (12 − ρ) / 8 of one M/M/1 (Flatto and Hahn 1984)', () => {
    const found = forked(2, {}, 600, 30_000);
    const at = (rho: number) => (12 - rho) / 8 / (1 - rho);
    expectTheory('fork-join', found.mean, at(0.6), { slower: LONGER * at(LONGER * 0.6) });
    const slower = forked(2, { serviceMs: LONGER }, 600, 30_000);
    expectRejected('2 % slower', slower.mean, at(0.6));
  });

  it('the first failure ends the request, and the other branches are cancelled', () => {
    const nodes = {
      c: askedAt([10]),
      f: ['service', { ...FREE, together: true }] as Sketched,
      good: constant(100),
      bad: constant(20, { errorShare: 1, errorMs: 20 }),
    };
    for (const onFailure of ['fail', 'ignore']) {
      const links = {
        'c > f': DIRECT,
        'f > good': { ...DIRECT, onGiveUp: 'full' },
        'f > bad': { ...DIRECT, onFailure },
      };
      const { running } = runHeadless(sketch(nodes, links), { forMs: 500 });
      expect(endings(running, 'c')).toBe(onFailure === 'fail' ? '1 http500' : '1 ok');
      const { ok, dropped } = running.stations.get('good')!.meter;
      expect([ok, dropped]).toEqual(onFailure === 'fail' ? [0, 1] : [1, 0]);
      expect(running.system.core.calls.live + running.system.core.forks.size).toBe(0);
    }
  });
});

describe('limits that follow the latency (O-29)', () => {
  it('Envoy’s rule: 100 at twice the shortest latency and a quarter becomes 57, at its 1.25-fold 110; 3 is the least', () => {
    expect(nextLimit(100, 20, 50)).toBe(57);
    expect(nextLimit(100, 20, 25)).toBe(110);
    expect(nextLimit(3, 20, 1_000)).toBe(3);
    expect(nextLimit(1_000, 20, 1)).toBe(1_000);
  });

  it('Netflix’s grows by a fifth of four at an even latency, and not while fewer than half of it are inside', () => {
    const limit = new Gradient2Limit();
    for (let i = 0; i < 101; i++) limit.ended(1e6, 50);
    expect(limit.limit).toBe(100);
    for (let i = 0; i < 100; i++) limit.ended(1e6, 20);
    expect(limit.limit).toBe(100);
  });

  /** Twice what four workers can do, after 10 s of it. */
  function overloaded(shedding: string) {
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, rateRps: 400 }],
      s: ['service', { instances: 1, workers: 4, serviceMs: 20, queueLimit: 400, shedding }],
    };
    const { running } = runHeadless(sketch(nodes, { 'c > s': { ...DIRECT, attemptTimeoutMs: 1_000 } }), {
      warmupMs: 10_000,
      forMs: 30_000,
    });
    const { meter } = running.stations.get('c')!;
    return { good: meter.ok / 20, p99: meter.latency().quantile(0.99) };
  }

  it('under twice the load each keeps at least 85 % of the 200 a second and answers in a fraction of the queue’s second', () => {
    const none = overloaded('none');
    expect(none.good).toBeLessThan(40); // 400 in the queue take 2 s: everybody has left by then
    for (const [kind, p99] of [
      ['gradient', 400],
      ['codel', 1_000],
      ['standing', 250],
    ] as const) {
      const { good, p99: found } = overloaded(kind);
      expect(good, `${kind} answers`).toBeGreaterThan(kind === 'codel' ? 100 : 170);
      expect(found, `${kind} p99`).toBeLessThan(p99);
    }
  });
});

describe('controlled delay', () => {
  it('CoDel drops once waits were above 5 ms for 100 ms, then after 100, 71, 58, 50 ms', () => {
    const rule = new CoDel(5e6, 100e6);
    const drops: number[] = [];
    for (let ms = 0; ms < 400; ms++) if (rule.drops(6e6, 10, (1_000 + ms) * 1e6)) drops.push(ms);
    expect(drops).toEqual([100, 200, 271, 329, 379]);
    expect(rule.drops(4e6, 10, 1_400e6)).toBe(false);
    expect(rule.drops(6e6, 10, 1_401e6)).toBe(false);
  });

  it('a standing queue lets nobody in who waited longer than 5 ms; one that was empty lately 100 ms', () => {
    const rule = new StandingQueue(5e6, 100e6);
    expect(rule.drops(50e6, 3, 50e6)).toBe(false);
    expect(rule.drops(50e6, 3, 150e6)).toBe(true);
    expect(rule.drops(4e6, 0, 151e6)).toBe(false);
    expect(rule.drops(50e6, 3, 160e6)).toBe(false);
  });
});
