// The life of instances, shards and points of presence (rules 20 to 24): what a crash does to everything inside, how long
// a restart takes, and how scaling in lets the last call finish.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { LIFE_NAMES } from '../../src/engine/states.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { askedAt, busyMs, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const LINK = { latencyMs: 1, attemptTimeoutMs: 0, totalTimeoutMs: 0 };

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const fault = (running: Running, id: string, name: string, factor = 1, unit = -1) =>
  running.stations.get(id)!.fault(name, unit, factor);
const states = (running: Running, id: string) =>
  running.stations.get(id)!.units.map((u) => LIFE_NAMES[u.state]);

function set(running: Running, id: string, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: [id], name, value }));
}

function pair(times: readonly number[], service: Sketched): Running {
  return assemble(sketch({ c: askedAt(times), s: service }, { 'c > s': LINK }), 1e6);
}

describe('a crash', () => {
  it('resets what works and what waits at once; callers hear it one network delay later', () => {
    const running = pair([0, 1, 2], constant(100, { workers: 1 }));
    until(running, 50);
    fault(running, 's', 'crash');
    expect(running.stations.get('s')!.units[0]).toMatchObject({ inside: 0, pool: { busy: 0, waiting: 0 } });
    until(running, 50.9);
    expect(endings(running, 'c')).toBe('');
    until(running, 51);
    expect(endings(running, 'c')).toBe('3 reset');
    expect(busyMs(running, 's')).toBeCloseTo(49, 5);
  });

  it('refuses new calls, until the restart is done', () => {
    const running = pair([10, 149.9, 151, 200], constant(1, { startMs: 100 }));
    fault(running, 's', 'crash');
    until(running, 51);
    fault(running, 's', 'restore');
    expect(states(running, 's')).toEqual(['restarting']);
    until(running, 1_000);
    // Up at 151 ms; calls arrive 1 ms after they are sent.
    expect(endings(running, 'c')).toBe('2 ok, 2 connectRefused');
  });

  it('of one instance leaves the others alone', () => {
    const running = pair([1, 2, 3, 4, 5, 6], constant(20, { instances: 3 }));
    until(running, 10);
    fault(running, 's', 'crash', 1, 1);
    until(running, 100);
    expect(states(running, 's')).toEqual(['up', 'down', 'up']);
    expect(endings(running, 'c')).toBe('4 ok, 2 reset');
  });

  it('ends the calls that were waited for: the callee works on, nobody holds anything for it', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([1]),
      s: constant(0),
      db: ['database', { readMs: 100, distribution: 'constant' }],
    };
    const running = assemble(sketch(nodes, { 'c > s': LINK, 's > db': { ...LINK, maxConcurrent: 1 } }), 1e6);
    until(running, 50);
    fault(running, 's', 'crash');
    expect(running.links.get('l2')!.meter.open).toBe(0);
    until(running, 500);
    expect(busyMs(running, 'db')).toBe(100);
    expect(running.system.core.calls.live).toBe(0);
  });

  it('ends a call that waits for its next attempt: it is not made any more', () => {
    const nodes: Record<string, Sketched> = { c: askedAt([1]), s: constant(0), db: ['database', {}] };
    const retried = { ...LINK, attempts: 5, backoff: 'constant', backoffBaseMs: 100, backoffCapMs: 100 };
    const running = assemble(sketch(nodes, { 'c > s': LINK, 's > db': retried }), 1e6);
    fault(running, 'db', 'crash');
    until(running, 50);
    expect(running.links.get('l2')!.retries.inFlight).toBe(1);
    fault(running, 's', 'crash');
    expect(running.links.get('l2')!.retries.inFlight).toBe(0);
    until(running, 2_000);
    expect(running.stations.get('db')!.meter.arrived).toBe(1);
    expect(running.system.core.calls.live).toBe(0);
  });

  it('while it restarts: it has to start all over', () => {
    const running = pair([400], constant(1, { startMs: 100 }));
    fault(running, 's', 'crash');
    fault(running, 's', 'restore');
    until(running, 60);
    fault(running, 's', 'crash');
    until(running, 300);
    expect(states(running, 's')).toEqual(['down']);
    fault(running, 's', 'restore');
    until(running, 399);
    expect(states(running, 's')).toEqual(['restarting']);
    until(running, 400);
    expect(states(running, 's')).toEqual(['up']);
  });

  it('ends the faults the process had: it comes back at full speed and without errors', () => {
    const running = pair([500], constant(10, { startMs: 0 }));
    fault(running, 's', 'slow', 10);
    fault(running, 's', 'errors', 1);
    fault(running, 's', 'crash');
    fault(running, 's', 'restore');
    until(running, 1_000);
    expect(endings(running, 'c')).toBe('1 ok');
    expect(running.stations.get('c')!.meter.latency().max).toBe(12);
  });

  it.each(['slow', 'errors'])('%s ordered while it is down has no process to befall', (name) => {
    const running = pair([500], constant(10, { startMs: 100 }));
    fault(running, 's', 'crash');
    fault(running, 's', name, name === 'slow' ? 10 : 1);
    fault(running, 's', 'restore');
    until(running, 1_000);
    expect(states(running, 's')).toEqual(['up']);
    expect(endings(running, 'c')).toBe('1 ok');
    expect(running.stations.get('c')!.meter.latency().max).toBe(12);
  });
});

describe('a crash whose resets are lost on the way', () => {
  const cutThenCrash = (running: Running, link: string) => {
    running.links.get(link)!.wire.cut = true;
    fault(running, 's', 'crash');
  };

  it('leaves a probe to its timeout: the peer is probed again', () => {
    const check = { checkMs: 1_000, checkTimeoutMs: 500, depth: 'deep', fall: 1, rise: 1 };
    const nodes: Record<string, Sketched> = {
      c: askedAt([9_000]),
      lb: ['balancer', { active: true, passive: false, ...check }],
      s: constant(100, { startMs: 100 }),
    };
    const running = assemble(sketch(nodes, { 'c > lb': LINK, 'lb > s': LINK }), 1e6);
    const s = running.stations.get('s')!;
    while (s.units[0].inside === 0) running.system.run(Infinity, 1);
    cutThenCrash(running, 'l2');
    until(running, 3_000);
    running.links.get('l2')!.wire.cut = false;
    fault(running, 's', 'restore');
    until(running, 10_000);
    expect(endings(running, 'c')).toBe('1 ok');
    // One probe a second, and the request.
    expect(running.links.get('l2')!.meter.arrived).toBeGreaterThan(8);
  });

  it('leaves a second attempt to the deadline of the whole call, and to its hedge', () => {
    for (const hedge of ['off', 'fixed']) {
      const link = { ...LINK, totalTimeoutMs: 300, attempts: 2, backoffBaseMs: 0, retryBudgetShare: 0 };
      const hedged = { hedge, hedgeMs: 200, hedgeMost: 3 };
      const nodes = { c: askedAt([1]), s: constant(100, { instances: 2, workers: 1, startMs: 1 }) };
      const running = assemble(sketch(nodes, { 'c > s': { ...link, ...hedged } }), 1e6);
      until(running, 10);
      fault(running, 's', 'crash', 1, 0);
      until(running, 20);
      expect(running.links.get('l1')!.meter.arrived).toBe(2);
      cutThenCrash(running, 'l1');
      until(running, 30);
      running.links.get('l1')!.wire.cut = false;
      until(running, 300);
      expect(endings(running, 'c')).toBe('');
      until(running, 301);
      expect(endings(running, 'c')).toBe('1 deadlineExceeded');
      expect(running.links.get('l1')!.meter.arrived).toBe(hedge === 'off' ? 2 : 3);
    }
  });
});

describe('slow and failing', () => {
  it('a slow-down holds for work that begins under it, and ends with it (24)', () => {
    const running = pair([0, 50, 300], constant(20));
    until(running, 10);
    fault(running, 's', 'slow', 5);
    until(running, 100);
    fault(running, 's', 'fast');
    until(running, 1_000);
    // 22 ms for the one begun before, 102 for the one begun under it, 22 again.
    expect(busyMs(running, 's')).toBe(20 + 100 + 20);
    expect(states(running, 's')).toEqual(['up']);
  });

  it('errors take a millisecond and are the callee’s own', () => {
    const running = pair([10, 20], constant(50));
    fault(running, 's', 'errors', 1);
    until(running, 15);
    expect(endings(running, 'c')).toBe('1 http500');
    expect(states(running, 's')).toEqual(['degraded']);
    until(running, 19);
    fault(running, 's', 'noErrors', 0);
    until(running, 100);
    expect(endings(running, 'c')).toBe('1 ok, 1 http500');
  });

  it('a share of errors hits that share of the calls', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { rateRps: 2_000 }],
      s: constant(0, { workers: 100 }),
    };
    const running = assemble(sketch(nodes, { 'c > s': DIRECT }), 1e6);
    fault(running, 's', 'errors', 0.3);
    until(running, 10_000);
    const { ok, failed } = running.stations.get('s')!.meter;
    expect(Math.abs(failed / (ok + failed) - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / (ok + failed)));
  });
});

describe('scaling', () => {
  it('in: the last instance gets no new calls and ends when its last call is answered (22)', () => {
    const running = pair([1, 2, 30, 31, 32, 33], constant(100, { instances: 2 }));
    until(running, 20);
    set(running, 's', 'instances', 1);
    expect(states(running, 's')).toEqual(['up', 'draining']);
    until(running, 102.9);
    expect(states(running, 's')).toEqual(['up', 'draining']);
    until(running, 103);
    expect(states(running, 's')).toEqual(['up', 'stopped']);
    until(running, 500);
    expect(endings(running, 'c')).toBe('6 ok');
    expect(running.stations.get('s')!.units.map((u) => u.arrived)).toEqual([5, 1]);
  });

  it('in: an idle instance ends at once, and says so quietly', () => {
    const running = pair([], constant(1, { instances: 2 }));
    set(running, 's', 'instances', 1);
    expect(states(running, 's')).toEqual(['up', 'stopped']);
    const lines = running.system.core.journal.take(0).filter((line) => line.topic === 'life');
    expect(lines.map((line) => [line.severity, line.text])).toContainEqual([
      'info',
      's-2 was taken out of service (was draining)',
    ]);
  });

  it('out: a new instance starts up before it answers', () => {
    const running = pair([50, 51, 250, 251], constant(1, { instances: 1, startMs: 100 }));
    until(running, 40);
    set(running, 's', 'instances', 2);
    expect(states(running, 's')).toEqual(['up', 'starting']);
    until(running, 1_000);
    expect(endings(running, 'c')).toBe('3 ok, 1 connectRefused');
  });

  it('in and out again while it drains: it goes on as if nothing had happened', () => {
    const running = pair([1, 2], constant(100, { instances: 2 }));
    until(running, 20);
    set(running, 's', 'instances', 1);
    until(running, 50);
    set(running, 's', 'instances', 2);
    until(running, 300);
    expect(states(running, 's')).toEqual(['up', 'up']);
    expect(endings(running, 'c')).toBe('2 ok');
  });

  it('in and out again while it drains: a fault it had is still there, and seen', () => {
    const running = pair([1, 2], constant(100, { instances: 2 }));
    until(running, 20);
    fault(running, 's', 'slow', 10, 1);
    set(running, 's', 'instances', 1);
    set(running, 's', 'instances', 2);
    expect(states(running, 's')).toEqual(['up', 'degraded']);
    fault(running, 's', 'fast', 1, 1);
    expect(states(running, 's')).toEqual(['up', 'up']);
  });

  it('an instance that failed calls and was drained comes back as one that fails no calls', () => {
    const running = pair([100, 101, 102, 103], constant(1, { instances: 2, startMs: 0 }));
    fault(running, 's', 'errors', 1, 1);
    set(running, 's', 'instances', 1);
    set(running, 's', 'instances', 2);
    until(running, 500);
    expect(states(running, 's')).toEqual(['up', 'up']);
    expect(endings(running, 'c')).toBe('4 ok');
  });

  it('of workers: more take the first of the queue at once, fewer finish what they began', () => {
    const running = pair([1, 1, 1, 1], constant(50, { workers: 1 }));
    until(running, 12);
    set(running, 's', 'workers', 3);
    expect(running.stations.get('s')!.units[0].pool).toMatchObject({ busy: 3, waiting: 1 });
    set(running, 's', 'workers', 1);
    expect(running.stations.get('s')!.units[0].pool).toMatchObject({ busy: 3, waiting: 1 });
    until(running, 500);
    expect(endings(running, 'c')).toBe('4 ok');
    expect(running.stations.get('c')!.meter.latency().max).toBeCloseTo(112, 5);
  });
});

describe('a node that is deleted', () => {
  it('resets what is inside, refuses what is on its way, and its callers lose the link', () => {
    const running = pair([1, 19.5, 30], constant(100));
    until(running, 20);
    applyDesign(running, applyEdit(running.design, { type: 'removeElements', ids: ['s'] }));
    until(running, 500);
    expect(endings(running, 'c')).toBe('1 connectRefused, 1 reset');
    // The third found no link.
    expect(running.stations.get('c')!.meter.failed).toBe(3);
    expect(running.system.audit()).toEqual([]);
  });

  it('that is a crowd of users starts nothing any more', () => {
    const users: Sketched = ['client', { load: 'users', users: 10, thinkMs: 5 }];
    const running = assemble(sketch({ c: users, s: constant(20) }, { 'c > s': LINK }), 1e6);
    until(running, 100);
    const client = running.stations.get('c')!;
    applyDesign(running, applyEdit(running.design, { type: 'removeElements', ids: ['c'] }));
    const started = client.meter.arrived;
    until(running, 1_000);
    expect(client.meter.arrived).toBe(started);
  });
});
