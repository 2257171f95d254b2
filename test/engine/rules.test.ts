// The rules of src/engine/README.md on time, calls that were given up, and deadlines, by number.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, busyMs, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

/** One client and one service; there and back takes 10 ms. */
function pair(times: readonly number[], service: Sketched, link: ParamOverrides, untilMs = 2_000) {
  const five = { latencyMs: 5, attemptTimeoutMs: 0, totalTimeoutMs: 0, ...link };
  return runHeadless(sketch({ c: askedAt(times), s: service }, { 'c > s': five }), { forMs: untilMs })
    .running;
}

describe('order at one instant (2)', () => {
  it('an answer landing exactly on its timeout wins', () => {
    const run = (attemptTimeoutMs: number) => endings(pair([1], constant(10), { attemptTimeoutMs }), 'c');
    expect(run(20)).toBe('1 ok');
    expect(run(19.999999)).toBe('1 attemptTimeout');
  });

  it('work that ends frees its server before a cancellation of the same instant is heard', () => {
    // The second call waits until 15.0 ms; its caller's notice arrives at the time-out + 5 ms.
    const run = (attemptTimeoutMs: number) =>
      busyMs(pair([0, 0.5], constant(10, { workers: 1 }), { attemptTimeoutMs, onGiveUp: 'queued' }), 's');
    expect(run(9.5 + 1e-6)).toBe(20);
    expect(run(9.5)).toBe(10);
  });

  it('a cancellation frees its place in the queue before an arrival of the same instant wants one', () => {
    const service = constant(100, { workers: 1, queueLimit: 1 });
    const run = (third: number) =>
      endings(pair([0, 1, third], service, { attemptTimeoutMs: 20, onGiveUp: 'queued' }), 'c');
    expect(run(21)).toBe('3 attemptTimeout');
    expect(run(20.9)).toBe('2 attemptTimeout, 1 queueFull');
  });

  it('a unit that is up again at an instant takes the call that arrives then', () => {
    const run = (startMs: number) => {
      const design = sketch(
        { c: askedAt([145]), s: constant(1, { startMs }) },
        { 'c > s': { latencyMs: 5 } },
      );
      const order = (fault: string) => ({ target: 's', unit: null, fault, factor: 1 });
      const orders = [
        { atMs: 10, order: order('crash') },
        { atMs: 50, order: order('restore') },
      ];
      return endings(runHeadless(design, { forMs: 1_000, orders }).running, 'c');
    };
    expect(run(100)).toBe('1 ok');
    expect(run(100.000001)).toBe('1 connectRefused');
  });

  it('what happens at the end of a window belongs to it', () => {
    const { system } = assemble(
      sketch({ c: askedAt([500, 500.5]), s: constant(1) }, { 'c > s': DIRECT }),
      500,
    );
    system.run(toNs(1_000), Infinity);
    expect(system.takeWindows().map((w) => w.offered)).toEqual([1, 1]);
  });

  it('a window has the latencies of its own answers, wherever those of earlier ones were kept', () => {
    const times = [100, 600, 700, 1_100, 1_600, 1_700, 1_800];
    const { system } = assemble(sketch({ c: askedAt(times), s: constant(1) }, { 'c > s': DIRECT }), 500);
    const counts = [500, 1_000, 1_500, 2_000].map((ms) => {
      system.run(toNs(ms), Infinity);
      return system.takeWindows().map(({ latency }) => latency.n);
    });
    expect(counts).toEqual([[1], [2], [1], [3]]);
  });

  it('calls of one instant are taken in the order they were made', () => {
    const nodes = { a: askedAt([1]), b: askedAt([1]), s: constant(10, { workers: 1 }) };
    const { stations } = runHeadless(sketch(nodes, { 'a > s': DIRECT, 'b > s': DIRECT }), {
      forMs: 100,
    }).running;
    expect(stations.get('a')!.meter.latency().max).toBe(10);
    expect(stations.get('b')!.meter.latency().max).toBe(20);
  });
});

describe('waiting (23)', () => {
  it('is first come, first served', () => {
    const running = pair([1, 2, 3, 4], constant(10, { workers: 1 }), { latencyMs: 0 });
    // They end at 11, 21, 31 and 41 ms; the last to come took the longest.
    const latency = running.stations.get('c')!.meter.latency();
    expect([latency.min, latency.max, latency.sum]).toEqual([10, 37, 10 + 19 + 28 + 37]);
  });

  it('ends at once where the queue is full', () => {
    const running = pair([1, 2, 3], constant(10, { workers: 1, queueLimit: 1 }), { latencyMs: 0 }, 3);
    expect(endings(running, 'c')).toBe('1 queueFull');
  });
});

describe('calls that were given up (11)', () => {
  const impatient = { attemptTimeoutMs: 20 };
  // One worker: the first call works from 5 to 105 ms, the second waits. Both callers give up; it is known at 26 ms.
  const run = (onGiveUp: string) => pair([0, 1], constant(100, { workers: 1 }), { ...impatient, onGiveUp });

  it('none: the callee works on both to the end', () => {
    const running = run('none');
    expect(endings(running, 'c')).toBe('2 attemptTimeout');
    expect(busyMs(running, 's')).toBe(200);
    expect(running.stations.get('s')!.meter.ok).toBe(2);
  });

  it('queued: the one that waits is dropped, the other goes on', () => {
    const running = run('queued');
    expect(busyMs(running, 's')).toBe(100);
    expect(running.stations.get('s')!.meter).toMatchObject({ ok: 1, dropped: 1 });
  });

  it('full: the one at work is aborted too, one network delay after its caller gave up', () => {
    const running = run('full');
    // The first from 5 to 25 ms, then the second, until its notice arrives at 26.
    expect(busyMs(running, 's')).toBeCloseTo(21, 5);
    expect(running.stations.get('s')!.meter).toMatchObject({ ok: 0, dropped: 2 });
  });

  it.each([
    ['none', 200],
    ['full', 40],
  ])('%s: of the calls that the aborted one made, its own link decides', (onGiveUp, storeMs) => {
    const patient = { latencyMs: 0, attemptTimeoutMs: 0, totalTimeoutMs: 0 };
    const nodes: Record<string, Sketched> = {
      c: askedAt([0]),
      s: constant(0),
      db: ['database', { readMs: 200, distribution: 'constant' }],
    };
    const links = {
      'c > s': { ...patient, attemptTimeoutMs: 40, onGiveUp: 'full' },
      's > db': { ...patient, onGiveUp },
    };
    const { running } = runHeadless(sketch(nodes, links), { forMs: 1_000 });
    expect(busyMs(running, 'db')).toBeCloseTo(storeMs, 5);
    expect(running.system.core.calls.live).toBe(0);
  });

  it.each([
    ['none', 1],
    ['queued', 1],
    ['full', 1],
  ])(
    '%s: work for callers that had given up is counted as wasted, and no more than was done',
    (onGiveUp, share) => {
      const link = { ...impatient, latencyMs: 5, totalTimeoutMs: 0, onGiveUp };
      const design = sketch({ c: askedAt([0, 1]), s: constant(100, { workers: 1 }) }, { 'c > s': link });
      const { system, stations } = assemble(design, 1_000);
      system.run(toNs(1_000), Infinity);
      expect(stations.get('s')!.gauges[1]).toBe(share);
    },
  );

  it('a caller holds its worker until it gives up, not until the callee is done', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([0]),
      s: constant(0, { workers: 1 }),
      db: ['database', { readMs: 500, distribution: 'constant' }],
    };
    const links = { 'c > s': DIRECT, 's > db': { ...DIRECT, attemptTimeoutMs: 30, onGiveUp: 'none' } };
    const { running } = runHeadless(sketch(nodes, links), { forMs: 1_000 });
    expect(busyMs(running, 's')).toBe(30);
    expect(busyMs(running, 'db')).toBe(500);
    expect(endings(running, 'c')).toBe('1 http504');
  });
});

describe('deadlines (13)', () => {
  const nodes = (serviceMs: number): Record<string, Sketched> => ({
    c: askedAt([0]),
    s: constant(serviceMs),
    db: ['database', { readMs: 60, distribution: 'constant' }],
  });
  const limited = { ...DIRECT, totalTimeoutMs: 100, onGiveUp: 'none' };

  it.each([
    [99, 1, '1 deadlineExceeded'],
    [100, 0, '1 http504'],
  ])('a callee that took %d of 100 ms makes %d calls of its own', (serviceMs, calls, ends) => {
    const design = sketch(nodes(serviceMs), { 'c > s': limited, 's > db': DIRECT });
    const { running } = runHeadless(design, { forMs: 1_000 });
    expect(running.stations.get('db')!.meter.arrived).toBe(calls);
    expect(endings(running, 'c')).toBe(ends);
  });

  it('a call that arrives too late is not worked on', () => {
    const design = sketch(nodes(99), { 'c > s': limited, 's > db': { ...DIRECT, latencyMs: 2 } });
    const { running } = runHeadless(design, { forMs: 1_000 });
    expect(running.stations.get('db')!.meter).toMatchObject({ arrived: 1, failed: 1 });
    expect(busyMs(running, 'db')).toBe(0);
  });

  it('a call whose turn comes too late is not worked on', () => {
    const design = sketch({ c: askedAt([0, 0, 0]), s: constant(80, { workers: 1 }) }, { 'c > s': limited });
    const { running } = runHeadless(design, { forMs: 1_000 });
    expect(busyMs(running, 's')).toBe(160);
    expect(endings(running, 'c')).toBe('1 ok, 2 deadlineExceeded');
  });

  it('a retry after the deadline is not made', () => {
    const retried = {
      ...DIRECT,
      totalTimeoutMs: 100,
      attempts: 10,
      backoff: 'constant',
      backoffBaseMs: 30,
      backoffCapMs: 30,
    };
    const design = sketch({ c: askedAt([0]), s: constant(1, { startMs: 10_000 }) }, { 'c > s': retried });
    const orders = [{ atMs: 0, order: { target: 's', unit: null, fault: 'crash', factor: 1 } }];
    const { running } = runHeadless(design, { forMs: 1_000, orders });
    // Attempts at 0, 30, 60 and 90 ms; the next would be at 120.
    expect(running.links.get('l1')!.meter.arrived).toBe(4);
  });

  it('a later attempt ends at the deadline of the whole call, though its own timeout is longer', () => {
    const link = {
      ...DIRECT,
      attemptTimeoutMs: 70,
      totalTimeoutMs: 100,
      attempts: 2,
      backoffBaseMs: 0,
      onGiveUp: 'none',
    };
    const { system } = assemble(sketch({ c: askedAt([1]), s: constant(500) }, { 'c > s': link }), 1e6);
    system.run(toNs(101) - 1, Infinity);
    expect(system.sources[0].station.meter.open).toBe(1);
    system.run(toNs(101), Infinity);
    expect(system.sources[0].station.meter.open).toBe(0);
  });
});

describe('time (1, 3)', () => {
  it('being asked to run to an instant already past changes nothing', () => {
    const { system } = assemble(sketch({ c: askedAt([1, 20]), s: constant(5) }, { 'c > s': DIRECT }), 1e6);
    system.run(toNs(10), Infinity);
    system.run(toNs(4), Infinity);
    expect(system.nowNs).toBe(toNs(10));
  });

  it('every event happens at a whole nanosecond, whatever the strength of a fault', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([1, 2, 3]),
      lb: ['balancer', { overheadMs: 0.3 }],
      s: ['service', { serviceMs: 1.1 }],
    };
    const { system, stations } = assemble(sketch(nodes, { 'c > lb': { jitterShare: 1 }, 'lb > s': {} }), 1e6);
    for (const id of ['lb', 's']) stations.get(id)!.fault('slow', -1, 1.7000001);
    while (system.nowNs < toNs(100)) {
      system.run(toNs(100), 1);
      expect(Number.isInteger(system.nowNs)).toBe(true);
    }
  });
});
