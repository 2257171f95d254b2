// What callers do for themselves against arithmetic: hedges, retry budgets, client throttling, a breaker that waits longer.
import { describe, expect, it } from 'vitest';
import { RatioBudget, ReserveBudget, TokenBudget } from '../../src/engine/link/retrybudget.ts';
import { Breaker } from '../../src/engine/link/breaker.ts';
import { Core } from '../../src/engine/core.ts';
import { Throttle } from '../../src/engine/link/throttle.ts';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { RELATIVE_ERROR } from '../../src/engine/records/histogram.ts';
import { expectRejected, expectTheory, LONGER, replicate } from './replications.ts';

const READS = { readShare: 1, keys: 1, popularity: 'uniform' };
const MANY = { instances: 1, workers: 10_000, queueLimit: 0 };

describe('hedging (rule 32, O-30)', () => {
  const exponential: Sketched = ['service', { ...MANY, serviceMs: 100, distribution: 'exponential' }];
  const DELAY = 100 * Math.log(20); // 299.6 ms, the p95

  function hedged(link: ParamOverrides) {
    return replicate(`hedge ${JSON.stringify(link)}`, (seed) => {
      const nodes = { c: ['client', { ...READS, rateRps: 2_000 }] as Sketched, s: exponential };
      const design = sketch(nodes, { 'c > s': { ...DIRECT, ...link } }, { seed });
      const { running } = runHeadless(design, { forMs: 2_000 });
      const { meter } = running.links.get('l1')!;
      const hedging = running.links.get('l1')!.hedging!;
      const before = [hedging.sent, meter.ok];
      running.system.run(toNs(22_000), Infinity);
      const latency = running.stations.get('c')!.meter.latency();
      return {
        extra: (hedging.sent - before[0]) / (meter.ok - before[1]),
        p99: latency.quantile(0.99),
        p999: latency.quantile(0.999),
      };
    });
  }

  /** Of answers that take `mean` ms: the time that a share of the calls exceeds, once most of those are hedged. */
  const exceededBy = (share: number, mean: number) => (DELAY - mean * Math.log(share)) / 2;

  it('after the p95 of an exponential answer costs 5 % more calls; p99 falls from 461 to 380 ms, p99.9 from 691 to 495', () => {
    const found = hedged({ hedge: 'fixed', hedgeMs: DELAY });
    const slower = 100 * LONGER;
    expectTheory('hedges per call', found.extra, 0.05, { slower: Math.exp(-DELAY / slower) });
    expect(exceededBy(0.01, 100)).toBeCloseTo(380.0, 0);
    expect(exceededBy(0.001, 100)).toBeCloseTo(495.2, 0);
    const known = RELATIVE_ERROR * 380;
    expectTheory('p99', found.p99, exceededBy(0.01, 100), { known, slower: exceededBy(0.01, slower) });
    // Two in a thousand of 40,000 calls are too few to tell 2 % in this tail.
    expectTheory('p99.9', found.p999, exceededBy(0.001, 100), { known: RELATIVE_ERROR * 495 });
    expectRejected('p99 without hedges', found.p99, -100 * Math.log(0.01));
  });

  it('a failed attempt calls the next at once, the first good answer ends the call, and the loser’s work is dropped', () => {
    const nodes = {
      c: askedAt([10, 1_000]),
      lb: ['service', { ...MANY, serviceMs: 0, distribution: 'constant' }] as Sketched,
      s: constant(100, { instances: 2, workers: 1 }),
    };
    const link = { ...DIRECT, hedge: 'fixed', hedgeMs: 20, onGiveUp: 'full' };
    const design = sketch(nodes, { 'c > lb': DIRECT, 'lb > s': link });
    // The first request's first attempt is at an instance ten times too slow; the second's at one that is gone.
    const orders = [
      { atMs: 0, order: { target: 's', unit: 0, fault: 'slow', factor: 10 } },
      { atMs: 500, order: { target: 's', unit: 0, fault: 'crash', factor: 1 } },
    ];
    const { running } = runHeadless(design, { forMs: 1_500, orders });
    const { hedging, meter } = running.links.get('l2')!;
    expect(endings(running, 'c')).toBe('2 ok');
    expect(running.stations.get('c')!.meter.latency().max).toBeCloseTo(120, 0);
    expect([hedging!.sent, hedging!.won]).toEqual([2, 2]);
    expect([meter.ok, meter.failed, meter.dropped, meter.open]).toEqual([2, 1, 1, 0]);
    expect(running.system.core.calls.live).toBe(0);
  });

  it('writes are hedged only where they may be repeated', () => {
    for (const retryWrites of [false, true]) {
      const nodes = { c: askedAt([10], { readShare: 0 }), s: constant(100, { instances: 2 }) };
      const link = { ...DIRECT, hedge: 'fixed', hedgeMs: 20, retryWrites };
      const { running } = runHeadless(sketch(nodes, { 'c > s': link }), { forMs: 500 });
      expect(running.links.get('l1')!.hedging!.sent).toBe(retryWrites ? 1 : 0);
    }
  });

  it('by the p95 of the last 1,000 sends about one more call in twenty', () => {
    // It waits for as long as the 951st of 1,000 calls took, which 50 of the 1,001 possible places of the next are above.
    // Of a hedged call only the shorter time is known, which matters where the quantile has moved since: by its own
    // standard error, as a share of the calls.
    const moved = Math.sqrt((0.05 * 0.95) / 1_000);
    expectTheory('hedges by the p95', hedged({ hedge: 'p95', hedgeMs: 10_000 }).extra, 50 / 1_001, {
      known: moved,
    });
  });
});

describe('retry budgets (rule 16, O-16)', () => {
  const failing = (link: ParamOverrides, warmupMs: number, forMs: number) => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, load: 'constant', rateRps: 100 }],
      db: ['database', {}],
    };
    const retried = { ...DIRECT, attempts: 10, backoffBaseMs: 1, backoff: 'constant', ...link };
    const orders = [{ atMs: 0, order: { target: 'db', unit: null, fault: 'crash', factor: 1 } }];
    const { running } = runHeadless(sketch(nodes, { 'c > db': retried }), { forMs: warmupMs, orders });
    const before = running.links.get('l1')!.retries.total;
    running.system.run(toNs(warmupMs + forMs), Infinity);
    return ((running.links.get('l1')!.retries.total - before) * 1000) / forMs;
  };

  it('Finagle’s reserve: 100 calls a second that all fail are given 20 % and 10 a second, 30 retries a second', () => {
    expect(failing({ retryBudget: 'reserve', retryBudgetShare: 0.2 }, 30_000, 20_000)).toBeCloseTo(30, 0);
  });

  it('the SRE book’s ratio: at most one retry for ten calls', () => {
    expect(failing({ retryBudget: 'ratio', retryBudgetShare: 0.1 }, 10_000, 20_000)).toBeCloseTo(10, 0);
  });

  it('gRPC’s tokens: no retry at all once half of them are gone', () => {
    expect(failing({ retryBudget: 'tokens', retryBudgetShare: 0.1 }, 1_000, 20_000)).toBe(0);
  });

  it('gRPC’s tokens: five failures in a row end it; one failure in 12 calls never does, one in 10 does', () => {
    const budget = new TokenBudget(0.1);
    const paid = Array.from({ length: 5 }, () => (budget.ended(false), budget.pays()));
    expect(paid).toEqual([true, true, true, true, false]);
    for (const [every, lasts] of [
      [12, true],
      [10, false],
    ] as const) {
      const long = new TokenBudget(0.1);
      for (let i = 1; i <= 10_000; i++) long.ended(i % every !== 0);
      expect(long.pays()).toBe(lasts);
    }
  });

  it('what was paid in is forgotten after ten seconds, and after two minutes', () => {
    const reserve = new ReserveBudget(0.2);
    for (let i = 0; i < 1_000; i++) reserve.began(toNs(500));
    expect(reserve.balance).toBeCloseTo(300);
    expect(reserve.pays(toNs(11_000))).toBe(true);
    expect(reserve.balance).toBeCloseTo(99);
    const ratio = new RatioBudget(0.1);
    for (let i = 0; i < 100; i++) ratio.began(0);
    expect(ratio.pays(toNs(119_000))).toBe(true);
    expect(ratio.pays(toNs(121_000))).toBe(false);
  });
});

describe('client throttling (O-29)', () => {
  const LIMIT = 20;

  it.each([
    ['twice', 2],
    ['1.1 times', 1.1],
  ])(
    'of 200 calls a second before a callee that takes on 20, %s those 20 are sent',
    (_times, throttleFactor) => {
      const [from, to] = [20, 60];
      const found = replicate(`throttled ${throttleFactor}`, (seed) => {
        const nodes: Record<string, Sketched> = {
          c: ['client', { ...READS, rateRps: 10 * LIMIT }],
          g: ['gateway', { algorithm: 'tokenBucket', limitKey: 'global', rateRps: LIMIT, burst: LIMIT }],
          s: ['service', { ...MANY, serviceMs: 0 }],
        };
        const design = sketch(nodes, { 'c > g': { ...DIRECT, throttleFactor }, 'g > s': DIRECT }, { seed });
        const { running } = runHeadless(design, { forMs: from * 1_000 });
        const before = running.stations.get('g')!.meter.arrived;
        running.system.run(toNs(to * 1_000), Infinity);
        return { sent: (running.stations.get('g')!.meter.arrived - before) / (to - from) };
      });
      // The callee took on `LIMIT` a second and a bucket full at first, and so often `throttleFactor` is sent. A few
      // tokens, about ρ² / 2 (1 − ρ) with ρ = 1 / throttleFactor, lie in the bucket.
      const [rho, span] = [1 / throttleFactor, Math.log(to / from) / (to - from)];
      const theory = throttleFactor * LIMIT * (1 + span);
      const known = (throttleFactor * span * rho * rho) / (2 * (1 - rho));
      expectTheory(`sent with a factor of ${throttleFactor}`, found.sent, theory, { known });
      expectRejected('without throttling', found.sent, 10 * LIMIT);
    },
  );

  it('100 requests of which 30 were taken on are followed by a rejection with probability 40 / 101', () => {
    const found = replicate('throttle', (seed) => {
      const core = new Core(seed);
      let rejected = 0;
      for (let run = 0; run < 1_000; run++) {
        const throttle = new Throttle(core, `l${run}`);
        for (let i = 0; i < 100; i++) throttle.rejects(0, 1e9);
        for (let i = 0; i < 30; i++) throttle.accepted(0);
        if (throttle.rejects(0, 2)) rejected++;
      }
      return { share: rejected / 1_000 };
    });
    expectTheory('rejected', found.share, 40 / 101);
  });
});

describe('a breaker that stays open longer each time', () => {
  it('5, 10, 20, 30, 30 s with a factor of 2 and a limit of 30 s; closed once, it begins with 5 s again', () => {
    const core = new Core(1);
    core.agenda.limit = Infinity;
    const waits: number[] = [];
    const settings = {
      mode: 'on' as const,
      windowKind: 'count' as const,
      windowSize: 1,
      minCalls: 1,
      failureShare: 1,
      slowShare: 1,
      slowNs: Infinity,
      trialCalls: 1,
      openMs: 5_000,
      openGrowth: 2,
      openMostMs: 30_000,
      trialMs: 0,
      cancelOpens: false,
      countsLate: false,
    };
    let openedAt = 0;
    const breaker = new Breaker(0, -1, settings, core.clock, (_b, state) => {
      if (state === 2) openedAt = core.now;
      else if (state === 1) waits.push((core.now - openedAt) / 1e9);
    });
    const results = [false, false, false, false, false, false, true, false];
    for (const isGood of results) {
      while (breaker.state === 2 && core.agenda.next()) core.clock.fire(core.agenda.who);
      breaker.record(breaker.acquire(), !isGood, false);
    }
    while (breaker.state === 2 && core.agenda.next()) core.clock.fire(core.agenda.who);
    expect(waits).toEqual([5, 10, 20, 30, 30, 30, 5]);
  });
});
