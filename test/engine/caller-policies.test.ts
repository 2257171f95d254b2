// What a caller does for itself: whose calls share a breaker, its own rate limit, and what it answers when a call fails.
import { describe, expect, it, vi } from 'vitest';
import { Actor } from 'xstate';
import { toNs } from '../../src/engine/time.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { inspect } from '../../src/session/inspect.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { findLeftovers, findWrongBooks } from '../fuzz/books.ts';

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const steady = (rateRps: number, more: ParamOverrides = {}): Sketched => [
  'client',
  { load: 'constant', rateRps, readShare: 1, ...more },
];
const MANY = { workers: 1_000, queueLimit: 1_000 };
const station = (running: Running, id: string) => running.stations.get(id)!;
const link = (running: Running, id: string) => running.links.get(id)!;
const total = (running: Running, id: string, label: string) =>
  inspect(running, id, [])!.totals.find((row) => row.label === label)?.value;
const every = (ms: number, count: number) => Array.from({ length: count }, (_, i) => ms * (i + 1));

function set(running: Running, id: string, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: [id], name, value }));
}

/** Clients before a service before a callee; l2 is the link between those. */
function behind(client: Sketched, api: Sketched, callee: Sketched, policy: ParamOverrides): Running {
  const nodes = { u: client, api, s: callee };
  return assemble(sketch(nodes, { 'u > api': DIRECT, 'api > s': { ...DIRECT, ...policy } }), 1e6);
}

describe('a breaker (rule 19)', () => {
  const guarded = { breaker: 'on', breakerOpenMs: 600_000 };

  it('for each caller stops everything when one of two callees fails; for each pair only the way to that one', () => {
    const found = ['caller', 'pair'].map((breakerScope) => {
      const policy = { ...guarded, breakerScope, breakerFailureShare: 0.4 };
      const running = behind(steady(100), constant(0, MANY), constant(0, { ...MANY, instances: 2 }), policy);
      station(running, 's').fault('errors', 0, 1);
      until(running, 5_000);
      const before = station(running, 's').units.map((unit) => unit.arrived);
      until(running, 15_000);
      const passed = station(running, 's').units.map((unit, i) => unit.arrived - before[i]);
      const breakers = inspect(running, 'l2', [])!.breakers.map(({ unit, state }) => `${unit} ${state}`);
      return { passed, breakers };
    });
    expect(found).toEqual([
      { passed: [0, 0], breakers: ['api open'] },
      { passed: [0, 500], breakers: ['api → s-1 open', 'api → s-2 closed'] },
    ]);
  });

  it('that all callers share opens after as many calls as one, whoever makes them, and outlives their crashes', () => {
    const hundred = { ...guarded, breakerScope: 'shared', breakerWindowSize: 100, breakerMinCalls: 100 };
    const api = constant(0, { ...MANY, instances: 3, startMs: 0 });
    const running = behind(steady(1_000), api, ['database', { readMs: 0 }], hundred);
    until(running, 100.5);
    station(running, 's').fault('crash', -1, 1);
    const states = () => link(running, 'l2').gate.breakers.all.map(({ state }) => state);
    until(running, 149.6);
    expect(states()).toEqual([0]);
    until(running, 150.6);
    expect(states()).toEqual([2]);
    expect(inspect(running, 'l2', [])!.breakers[0].unit).toBe('api');
    station(running, 'api').fault('crash', -1, 1);
    expect(states()).toEqual([2]);
  });

  it('for each callee leaves the other shards alone when one is down, and the log says whose it is', () => {
    const policy = { ...guarded, breakerScope: 'peer', breakerMinCalls: 5 };
    const shards: Sketched = ['sharded-database', { shards: 4, readMs: 0 }];
    const client = steady(200, { keys: 1_000, popularity: 'uniform' });
    const running = behind(client, constant(0, { ...MANY, instances: 2 }), shards, policy);
    station(running, 's').fault('crash', 2, 1);
    until(running, 5_000);
    const states = link(running, 'l2').gate.breakers.all.map(({ peer, state }) => [peer, state]);
    expect(states).toEqual([
      [0, 0],
      [1, 0],
      [2, 2],
      [3, 0],
    ]);
    const said = running.system.core.journal.take(0).filter((line) => line.topic === 'breaker');
    expect(said.map(({ text }) => text)).toEqual([expect.stringMatching(/^Breaker api → s-\D*3 opened: /)]);
  });

  it('whose scope is changed while calls are under way begins anew, and no permit is lost', () => {
    const policy = { ...guarded, breakerTrialCalls: 3, breakerOpenMs: 20, attemptTimeoutMs: 30 };
    const slow = constant(10, { ...MANY, instances: 2, errorShare: 0.5, errorMs: 10 });
    const running = behind(steady(500), constant(0, { ...MANY, instances: 2 }), slow, policy);
    for (const [i, scope] of ['pair', 'shared', 'peer', 'caller', 'pair'].entries()) {
      until(running, 200 * (i + 1));
      set(running, 'l2', 'breakerScope', scope);
      expect(findWrongBooks(running.system)).toEqual([]);
      until(running, 200 * (i + 1) + 105);
      expect(findWrongBooks(running.system)).toEqual([]);
    }
    station(running, 'u').fault('traffic', -1, 0);
    until(running, 3_000);
    expect(findLeftovers(running.system)).toEqual([]);
  });
});

it('with every policy at work no machine hears of a request (rule 20)', () => {
  const all = {
    breaker: 'on',
    breakerScope: 'pair',
    attempts: 3,
    retryBudget: 'reserve',
    hedge: 'p95',
    throttleFactor: 2,
    rateLimit: 'wait',
    rateLimitRps: 2_000,
    rateLimitBurst: 1,
    connections: 'pooled',
    maxConcurrent: 100,
    onFailure: 'stale',
    totalTimeoutMs: 500,
    attemptTimeoutMs: 100,
  };
  const nodes: Record<string, Sketched> = {
    u: steady(1_000),
    lb: ['balancer', { passive: true, active: true, outlier: true, sticky: true }],
    api: constant(1, { ...MANY, instances: 3, errorShare: 0.1, errorMs: 1, shedding: 'gradient' }),
    s: ['database', { readMs: 1 }],
  };
  const running = assemble(sketch(nodes, { 'u > lb': all, 'lb > api': all, 'api > s': all }), 1_000);
  until(running, 1_000);
  const sends = vi.spyOn(Actor.prototype, 'send');
  until(running, 6_000);
  expect(sends).not.toHaveBeenCalled();
  expect(station(running, 's').meter.arrived).toBeGreaterThan(3_000);
  sends.mockRestore();
});

describe('a rate limit of the caller', () => {
  const limited = (client: Sketched, more: ParamOverrides, callee: Sketched = constant(0, MANY)) =>
    assemble(sketch({ u: client, s: callee }, { 'u > s': { ...DIRECT, ...more } }), 1e6);

  it('of 100/s and a burst of 50 sends 1,050 of 150/s in ten seconds (O-18); the rest is neither sent nor repeated', () => {
    const policy = { rateLimit: 'reject', rateLimitRps: 100, rateLimitBurst: 50, attempts: 3, breaker: 'on' };
    const running = limited(steady(150), policy);
    until(running, 10_007);
    expect(Math.abs(station(running, 's').meter.arrived - 1_050)).toBeLessThanOrEqual(1);
    expect(endings(running, 'u')).toMatch(/^\d+ ok, \d+ rateLimited$/);
    expect(total(running, 'l1', 'Over the own rate limit')).toBe(station(running, 'u').meter.failed);
    expect(total(running, 'l1', 'Retries')).toBe(0);
    expect(link(running, 'l1').gate.breakers.all[0].state).toBe(0);
  });

  const WAITS = { rateLimit: 'wait', rateLimitRps: 10, rateLimitBurst: 1, rateLimitWaitMs: 250 };

  it('that lets calls wait sends them in turn, and rejects who would wait too long', () => {
    const running = limited(askedAt([1, 1, 1, 1]), WAITS, constant(5, MANY));
    until(running, 50);
    expect(endings(running, 'u')).toBe('1 ok, 1 rateLimited');
    expect(findWrongBooks(running.system)).toEqual([]);
    until(running, 1_000);
    expect(endings(running, 'u')).toBe('3 ok, 1 rateLimited');
    expect(station(running, 'u').meter.latency().max).toBeCloseTo(205, 5);
    expect(total(running, 'l1', 'Held back by it')).toBe(2);
  });

  it('holds back before the attempt timeout counts and before a place in the bulkhead is taken', () => {
    const policy = { ...WAITS, attemptTimeoutMs: 50, maxConcurrent: 1 };
    const running = limited(askedAt([1, 1, 1]), policy, constant(5, MANY));
    until(running, 1_000);
    expect(endings(running, 'u')).toBe('3 ok');
    const busy = limited(askedAt([1, 1]), { ...WAITS, maxConcurrent: 1 }, constant(500, MANY));
    until(busy, 100);
    expect(endings(busy, 'u')).toBe('');
    until(busy, 101.5);
    expect(endings(busy, 'u')).toBe('1 bulkheadFull');
    const slow = limited(askedAt([1, 1]), { ...WAITS, attemptTimeoutMs: 50 }, constant(500, MANY));
    until(slow, 150);
    expect(endings(slow, 'u')).toBe('1 attemptTimeout');
    until(slow, 151.5);
    expect(endings(slow, 'u')).toBe('2 attemptTimeout');
  });

  it('rejects at once what could only be sent after the deadline, and forgets a call whose caller gave up', () => {
    const late = limited(askedAt([1, 1]), { ...WAITS, totalTimeoutMs: 60 });
    until(late, 2);
    expect(endings(late, 'u')).toBe('1 ok, 1 rateLimited');
    const policy = {
      'u > api': { ...DIRECT, attemptTimeoutMs: 50, onGiveUp: 'full' },
      'api > s': { ...DIRECT, ...WAITS },
    };
    const nodes = { u: askedAt([1, 1]), api: constant(0, MANY), s: constant(0, MANY) };
    const running = assemble(sketch(nodes, policy), 1e6);
    until(running, 500);
    expect(endings(running, 'u')).toBe('1 ok, 1 attemptTimeout');
    expect(station(running, 's').meter.arrived).toBe(1);
    expect(findLeftovers(running.system)).toEqual([]);
  });

  it('is each instance’s own, and full again after a restart', () => {
    const nodes = {
      u: askedAt([1, 1, 1, 1, 300, 300]),
      api: constant(0, { ...MANY, instances: 2, startMs: 0 }),
      s: constant(0, MANY),
    };
    const policy = { ...DIRECT, rateLimit: 'reject', rateLimitRps: 0.01, rateLimitBurst: 1 };
    const running = assemble(sketch(nodes, { 'u > api': DIRECT, 'api > s': policy }), 1e6);
    until(running, 100);
    expect(station(running, 's').meter.arrived).toBe(2);
    station(running, 'api').fault('crash', 0, 1);
    station(running, 'api').fault('restore', 0, 1);
    until(running, 400);
    expect(station(running, 's').meter.arrived).toBe(3);
  });
});

describe('a bulkhead with a queue', () => {
  const waiting = (times: readonly number[], more: ParamOverrides, callee = constant(10, MANY)) =>
    assemble(
      sketch({ u: askedAt(times), s: callee }, { 'u > s': { ...DIRECT, maxConcurrent: 1, ...more } }),
      1e6,
    );

  it('lets calls go one after the other, and rejects who has waited too long', () => {
    const all = waiting([1, 1, 1, 1], { bulkheadWaitMs: 1_000 });
    until(all, 500);
    expect(endings(all, 'u')).toBe('4 ok');
    expect(station(all, 'u').meter.latency().max).toBeCloseTo(40, 3);
    const some = waiting([1, 1, 1, 1], { bulkheadWaitMs: 15 });
    until(some, 15.9);
    expect(endings(some, 'u')).toBe('1 ok');
    expect(findWrongBooks(some.system)).toEqual([]);
    until(some, 16.1);
    expect(endings(some, 'u')).toBe('1 ok, 2 bulkheadFull');
    until(some, 500);
    expect(endings(some, 'u')).toBe('2 ok, 2 bulkheadFull');
    expect(findLeftovers(some.system)).toEqual([]);
  });

  it('counts the attempt timeout from when the call is sent, and waits no longer than the deadline', () => {
    const timed = waiting([1, 1, 1], { bulkheadWaitMs: 1_000, attemptTimeoutMs: 12 });
    until(timed, 500);
    expect(endings(timed, 'u')).toBe('3 ok');
    const late = waiting([1, 1, 1], { bulkheadWaitMs: 1_000, totalTimeoutMs: 15 });
    until(late, 16.1);
    expect(endings(late, 'u')).toBe('1 ok, 2 deadlineExceeded');
    until(late, 500);
    expect(findLeftovers(late.system)).toEqual([]);
    // The same where the rate is limited: half of its 180 ms have gone by when the second call is sent.
    const held = { rateLimit: 'wait', rateLimitRps: 10, rateLimitBurst: 1, totalTimeoutMs: 180 };
    const slow = waiting([1, 1], { ...held, maxConcurrent: 0 }, constant(150, MANY));
    until(slow, 180.9);
    expect(endings(slow, 'u')).toBe('1 ok');
    until(slow, 181.1);
    expect(endings(slow, 'u')).toBe('1 ok, 1 deadlineExceeded');
  });

  it('forgets who gave up, and lets all go when it is taken away', () => {
    const nodes = { u: askedAt([1, 1, 1]), api: constant(0, MANY), s: constant(50, MANY) };
    const links = {
      'u > api': { ...DIRECT, attemptTimeoutMs: 20, onGiveUp: 'full' },
      'api > s': { ...DIRECT, maxConcurrent: 1, bulkheadWaitMs: 1_000, onGiveUp: 'full' },
    };
    const given = assemble(sketch(nodes, links), 1e6);
    until(given, 300);
    expect(endings(given, 'u')).toBe('3 attemptTimeout');
    expect(findLeftovers(given.system)).toEqual([]);
    const freed = waiting([1, 1, 1, 1], { bulkheadWaitMs: 1_000 });
    until(freed, 5);
    set(freed, 'l1', 'maxConcurrent', 0);
    until(freed, 15.1);
    expect(endings(freed, 'u')).toBe('4 ok');
    expect(findLeftovers(freed.system)).toEqual([]);
  });
});

describe('a fallback', () => {
  const db: Sketched = ['database', { readMs: 1, writeMs: 1, distribution: 'constant' }];
  const client = (times: readonly number[], more: ParamOverrides = {}) => askedAt(times, more);

  it('of a fixed value answers reads after its time, degraded, and no writes', () => {
    for (const [readShare, ends] of [
      [1, '5 ok'],
      [0, '5 http503'],
    ] as const) {
      const running = behind(client(every(10, 5), { readShare }), constant(2, MANY), db, {
        onFailure: 'value',
        fallbackMs: 3,
      });
      station(running, 's').fault('crash', -1, 1);
      until(running, 100);
      expect(endings(running, 'u')).toBe(ends);
      if (readShare === 0) continue;
      expect(station(running, 'u').meter.latency().max).toBeCloseTo(5, 5);
      expect(running.system.sources[0].degraded).toBe(5);
      expect(total(running, 'l2', 'Answered with a fallback')).toBe(5);
      expect(total(running, 'u', 'Answered with a fallback')).toBe(5);
      expect(running.system.core.journal.take(0).map(({ text }) => text)).toContain(
        'api falls back on a fixed answer: calls to s fail',
      );
    }
  });

  it('of the last good answer knows only what it read before, and forgets it in a crash', () => {
    const policy = { onFailure: 'stale', fallbackMs: 0 };
    const api = constant(0, { ...MANY, startMs: 0 });
    const running = behind(client(every(10, 30)), api, db, policy);
    until(running, 105);
    station(running, 's').fault('crash', -1, 1);
    until(running, 205);
    expect(endings(running, 'u')).toBe('20 ok');
    expect(running.system.sources[0].degraded).toBe(10);
    // Nothing was written since, so it is the newest there is.
    expect(running.system.sources[0].staleReads).toBe(0);
    station(running, 'api').fault('crash', -1, 1);
    station(running, 'api').fault('restore', -1, 1);
    until(running, 305);
    expect(endings(running, 'u')).toBe('20 ok, 10 http503');
    expect(total(running, 'l2', 'Nothing to fall back on')).toBe(10);
  });

  it('that is older than an acknowledged write is a stale read', () => {
    const nodes: Record<string, Sketched> = {
      u: client(every(10, 20)),
      w: client([95], { readShare: 0 }),
      api: constant(0, MANY),
      other: constant(0, MANY),
      s: db,
    };
    const links = {
      'u > api': DIRECT,
      'w > other': DIRECT,
      'api > s': { ...DIRECT, onFailure: 'stale', fallbackMs: 0, attemptTimeoutMs: 5 },
      'other > s': DIRECT,
    };
    const running = assemble(sketch(nodes, links), 1e6);
    until(running, 92);
    link(running, 'l3').wire.cut = true;
    until(running, 300);
    const { reads, degraded, staleReads } = running.system.sources.find(({ station: { id } }) => id === 'u')!;
    expect([reads, degraded, staleReads]).toEqual([20, 11, 11]);
  });

  it('remembers no more than it may, the latest', () => {
    const policy = { onFailure: 'stale', fallbackMs: 0, fallbackKeys: 10 };
    const uniform = steady(1_000, { keys: 100, popularity: 'uniform' });
    const running = behind(uniform, constant(0, MANY), db, policy);
    until(running, 1_000);
    station(running, 's').fault('crash', -1, 1);
    until(running, 11_000);
    const { meter } = station(running, 'u');
    expect(Math.abs(meter.failed / 10_000 - 0.9)).toBeLessThan(4 * Math.sqrt((0.9 * 0.1) / 10_000));
  });

  it('holds the worker while it is made, fills no cache, and may be one of several calls made at once', () => {
    const one = behind(client([1, 1]), constant(0, { workers: 1, queueLimit: 10 }), db, {
      onFailure: 'value',
      fallbackMs: 40,
    });
    station(one, 's').fault('crash', -1, 1);
    until(one, 200);
    expect(station(one, 'u').meter.latency().max).toBeCloseTo(80, 5);
    const nodes: Record<string, Sketched> = {
      u: client(every(10, 5)),
      api: ['service', { instances: 1, serviceMs: 0, together: true, ...MANY }],
      a: constant(2, MANY),
      b: constant(1, { errorShare: 1, errorMs: 1 }),
      kept: ['cache', {}],
      s: db,
    };
    const links = {
      'u > api': DIRECT,
      'api > a': DIRECT,
      'api > b': { ...DIRECT, onFailure: 'value', fallbackMs: 7 },
      'api > kept': { ...DIRECT, order: 2 },
      'api > s': { ...DIRECT, order: 2, onFailure: 'value', fallbackMs: 0 },
    };
    const running = assemble(sketch(nodes, links), 1e6);
    station(running, 's').fault('crash', -1, 1);
    until(running, 200);
    expect(endings(running, 'u')).toBe('5 ok');
    expect(running.system.sources[0].degraded).toBe(5);
    expect(station(running, 'u').meter.latency().max).toBeGreaterThan(9);
    expect(station(running, 'kept').gauges[1] || 0).toBe(0);
    expect(findLeftovers(running.system)).toEqual([]);
  });
});
