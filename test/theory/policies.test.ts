// Policies of links against arithmetic: what retries multiply, what bulkheads lose, when breakers trip.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { assemble } from '../../src/session/assemble.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { erlangB } from './formulas.ts';
import { expectTheory, LONGER, observe, replicate } from './replications.ts';

const READS = { readShare: 1, keys: 1, popularity: 'uniform' };
const INSTANT = { instances: 1, workers: 10_000, serviceMs: 0, queueLimit: 0 };

describe('retries (O-15)', () => {
  const fails = [
    [0.1, 3],
    [0.5, 2],
    [0.5, 3],
    [0.5, 5],
    [0.9, 3],
    [0.9, 5],
  ] as const;

  it.each(fails)(
    'attempts that fail with %d, %d of them: (1 − pᵃ) / (1 − p) are made, 1 − pᵃ succeed',
    (p, attempts) => {
      // An attempt survives when neither of its two messages is lost.
      const lossy = { latencyMs: 0, lossShare: 1 - Math.sqrt(1 - p), attemptTimeoutMs: 1, totalTimeoutMs: 0 };
      const retried = { ...lossy, attempts, backoffBaseMs: 0, retryBudgetShare: 0 };
      const found = replicate(`retries ${p} ${attempts}`, (seed) => {
        const nodes: Record<string, Sketched> = {
          c: ['client', { ...READS, rateRps: 1000 }],
          s: ['service', INSTANT],
        };
        const silence = { target: 'c', unit: null, fault: 'traffic', factor: 0 };
        const options = { forMs: 2_600, orders: [{ atMs: 2_500, order: silence }] };
        const { running } = runHeadless(sketch(nodes, { 'c > s': retried }, { seed }), options);
        const { arrived, ok } = running.stations.get('c')!.meter;
        return { made: running.links.get('l1')!.meter.arrived / arrived, succeeded: ok / arrived };
      });
      const all = p ** attempts;
      expectTheory(`attempts made, ${attempts} at ${p}`, found.made, (1 - all) / (1 - p));
      expectTheory(`calls that succeed, ${attempts} at ${p}`, found.succeeded, 1 - all, { power: 0.015 });
    },
  );

  it.each([
    [3, 27],
    [4, 64],
  ])('three tiers of %d attempts before a dead store make %d calls to it per request', (attempts, calls) => {
    const retried = { ...DIRECT, attempts, backoffBaseMs: 1, retryBudgetShare: 0 };
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, load: 'constant', rateRps: 10 }],
      a: ['service', INSTANT],
      b: ['service', INSTANT],
      db: ['database', {}],
    };
    const design = sketch(nodes, { 'c > a': retried, 'a > b': retried, 'b > db': retried });
    const orders = [{ atMs: 0, order: { target: 'db', unit: null, fault: 'crash', factor: 1 } }];
    const { stations } = runHeadless(design, { forMs: 1_099, orders }).running;
    expect(stations.get('c')!.meter.arrived).toBe(10);
    expect(stations.get('c')!.meter.failed).toBe(10);
    expect(stations.get('db')!.meter.arrived).toBe(10 * calls);
  });

  it('a budget of 20 % lets a dead store cost at most 1.2 attempts per call, when many are in flight', () => {
    const slow = { latencyMs: 100, attemptTimeoutMs: 1_000, totalTimeoutMs: 0 };
    const retried = { ...slow, attempts: 10, backoffBaseMs: 0, retryBudgetShare: 0.2 };
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, rateRps: 2_000 }],
      db: ['database', {}],
    };
    const orders = [{ atMs: 0, order: { target: 'db', unit: null, fault: 'crash', factor: 1 } }];
    const design = sketch(nodes, { 'c > db': retried });
    const { running } = runHeadless(design, { forMs: 10_000, warmupMs: 2_000, orders });
    const { meter, retries } = running.links.get('l1')!;
    const first = running.stations.get('c')!.meter.arrived;
    // Retries in flight ≤ 20 % of all in flight, so attempts per call ≤ 1 / (1 − 0.2); and some attempts counted are of
    // calls from before, as many as are in flight at most.
    const fromBefore = 0.2 * (meter.arrived - meter.ok - meter.failed - meter.dropped);
    expect(meter.arrived / first).toBeGreaterThan(1.2);
    expect(meter.arrived / first).toBeLessThanOrEqual(1.25 + fromBefore / first);
    expect(retries.overBudget).toBeGreaterThan(0);
  });
});

describe('bulkhead (O-7)', () => {
  it.each([
    [5, 3],
    [10, 10],
    [25, 20],
  ])('%d places at an offered load of %d lose as Erlang B says', (maxConcurrent, offered) => {
    const service = { ...INSTANT, serviceMs: 1, distribution: 'exponential' };
    const found = replicate(`bulkhead ${maxConcurrent}`, (seed) => {
      const nodes: Record<string, Sketched> = {
        c: ['client', { ...READS, rateRps: offered * 1000 }],
        s: ['service', service],
      };
      const design = sketch(nodes, { 'c > s': { ...DIRECT, maxConcurrent } }, { seed });
      const { meter } = observe(design, 100, 40_000 / offered).running.stations.get('c')!;
      return { lost: meter.failed / (meter.ok + meter.failed) };
    });
    expectTheory(`bulkhead ${maxConcurrent} at ${offered}`, found.lost, erlangB(maxConcurrent, offered), {
      slower: erlangB(maxConcurrent, LONGER * offered),
      power: 0.015,
      within: 0.02,
    });
  });
});

describe('breaker (O-28)', () => {
  /** Share of the half-open times that end closed. Opens at the first failure, so that most calls are trials. */
  function closing(p: number) {
    const breaker = { breakerWindowSize: 1, breakerMinCalls: 10, breakerTrialCalls: 10, breakerOpenMs: 5 };
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, load: 'constant', rateRps: 1000 }],
      s: ['service', { ...INSTANT, errorShare: p, errorMs: 0 }],
    };
    return replicate(`trials ${p}`, (seed) => {
      const { system } = assemble(
        sketch(nodes, { 'c > s': { ...DIRECT, breaker: 'on', ...breaker } }, { seed }),
        1e6,
      );
      let closed = 0;
      let opened = 0;
      for (let ms = 1_000; ms <= 8_000; ms += 1_000) {
        system.run(toNs(ms), Infinity);
        const lines = system.core.journal.take(system.nowNs).map((line) => line.text);
        closed += lines.filter((text) => text.includes('closed: ')).length;
        opened += lines.filter((text) => text.includes('opened: trial calls failed')).length;
      }
      return { share: closed / (closed + opened), decisions: closed + opened };
    });
  }

  it.each([
    [0.1, 0.9984],
    [0.3, 0.8497],
    [0.5, 0.377],
  ])(
    'half-open with 10 trial calls of which a share of %d fails closes with P(Bin(10, p) ≤ 4) = %d',
    (p, closes) => {
      expectTheory(`trials that close at ${p}`, closing(p).share, closes, { known: 0.0001, power: 0.015 });
    },
  );

  it('half-open with 10 trial calls of which 0.9 fail closes once in 7,000 times', () => {
    const { share, decisions } = closing(0.9);
    expect(16 * decisions.mean).toBeGreaterThan(7_000);
    expect(share.mean).toBeLessThan(0.001);
  });

  /** Calls that end after the store began to fail, until the breaker opens. */
  function callsToTrip(share: number, breaker: Record<string, number>, before: number, seed: number): number {
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, load: 'constant', rateRps: 1000 }],
      s: ['service', INSTANT],
    };
    const guarded = { ...DIRECT, breaker: 'on', ...breaker };
    const { system, stations, links } = assemble(sketch(nodes, { 'c > s': guarded }, { seed }), 1e6);
    system.run(toNs(before + 0.5), Infinity);
    if (share === 1) stations.get('s')!.fault('crash', -1, 1);
    else stations.get('s')!.fault('errors', -1, share);
    for (let n = 1; ; n++) {
      // One call a millisecond; by half a millisecond after the next one this call has ended.
      system.run(toNs(before + n + 1.5 + (share === 1 ? -1 : 0)), Infinity);
      if (links.get('l1')!.gate.breakers.all[0]?.state === 2) return n;
    }
  }

  const hundred = { breakerWindowSize: 100, breakerMinCalls: 100 };

  it.each([
    ['a window of 100 successes, all fail', hundred, 100, 50],
    ['a cold window of 100 that wants 100 results', hundred, 0, 100],
    ['a cold window of 10 that wants 10 results', { breakerWindowSize: 10, breakerMinCalls: 10 }, 0, 10],
    ['a full window of 10', { breakerWindowSize: 10, breakerMinCalls: 10 }, 20, 5],
    ['more results wanted than the window holds', { breakerWindowSize: 10, breakerMinCalls: 50 }, 20, 5],
  ])('%s: trips in time', (_what, breaker, before, calls) => {
    expect(callsToTrip(1, breaker, before, 1)).toBe(calls);
  });

  it.each([
    [0.6, 83.4],
    [0.8, 62.4],
    [0.9, 55.56],
  ])('with a share of %d failing, a window of 100 trips after %d calls on average', (share, calls) => {
    // 50 failures among at most 100 calls: a negative binomial, cut off far in its tail.
    const found = replicate(`trip ${share}`, (seed) => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += callsToTrip(share, hundred, 100, (seed - i * 7919) >>> 0);
      return { calls: sum / 6 };
    });
    // A failure takes 1 ms to answer, so the trip is seen up to one call late.
    expectTheory(`calls to trip at ${share}`, found.calls, calls, { known: 0.5, power: 0.015 });
  });

  it('three instances with a breaker each let three times as many calls through before all are open', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, load: 'constant', rateRps: 1000 }],
      s: ['service', { ...INSTANT, instances: 3 }],
      db: ['database', { readMs: 0, distribution: 'constant' }],
    };
    const guarded = { ...DIRECT, breaker: 'on', ...hundred };
    const { system, stations, links } = assemble(sketch(nodes, { 'c > s': DIRECT, 's > db': guarded }), 1e6);
    system.run(toNs(300.5), Infinity);
    stations.get('db')!.fault('crash', -1, 1);
    const { breakers } = links.get('l2')!.gate;
    const openAfter = (calls: number) => {
      system.run(toNs(300.6 + calls), Infinity);
      return breakers.all.filter(({ state }) => state === 2).length;
    };
    expect([147, 148, 149, 150].map(openAfter)).toEqual([0, 1, 2, 3]);
  });
});
