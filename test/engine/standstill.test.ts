// A process that does not get on (a pause for garbage collection, a black hole): what waits, what goes on afterwards and
// when, and what a full backlog does to connections.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { sketch, type Sketched } from '../kinds/sketch.ts';

const LINK = { latencyMs: 1, attemptTimeoutMs: 0, totalTimeoutMs: 0 };

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const fault = (running: Running, id: string, name: string, factor = 1, unit = -1) =>
  running.stations.get(id)!.fault(name, unit, factor);
const longest = (running: Running) => running.stations.get('c')!.meter.latency().max;

function pair(times: readonly number[], service: Sketched, link: ParamOverrides = LINK): Running {
  return assemble(sketch({ c: askedAt(times), s: service }, { 'c > s': link }), 1e6);
}

function set(running: Running, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['s'], name, value }));
}

describe('a pause', () => {
  it('delays work under way by exactly as long as it takes, and what comes meanwhile begins after it', () => {
    const running = pair([9, 199], constant(100));
    until(running, 60);
    fault(running, 's', 'pause', 0.5);
    until(running, 559.9);
    expect(endings(running, 'c')).toBe('');
    // At work from 10 ms on: 50 of its 100 ms were done. The second arrived at 200 and begins at 560.
    until(running, 610.9);
    expect(endings(running, 'c')).toBe('');
    until(running, 611);
    expect(endings(running, 'c')).toBe('1 ok');
    until(running, 661);
    expect(endings(running, 'c')).toBe('2 ok');
    expect(findWrongBooks(running.system)).toEqual([]);
  });

  it('delays shared work too: nobody gets anything done meanwhile', () => {
    const running = pair([9, 9], constant(100, { workers: 1, discipline: 'sharing' }));
    until(running, 60);
    fault(running, 's', 'pause', 1);
    // Two that share one core take 200 ms together, and both end at 10 + 200 + 1,000.
    until(running, 1_210.9);
    expect(endings(running, 'c')).toBe('');
    until(running, 1_211);
    expect(endings(running, 'c')).toBe('2 ok');
  });

  it('that comes during another one begins anew', () => {
    const running = pair([9], constant(100));
    until(running, 60);
    fault(running, 's', 'pause', 0.5);
    until(running, 360);
    fault(running, 's', 'pause', 0.5);
    until(running, 910.9);
    expect(endings(running, 'c')).toBe('');
    until(running, 911);
    expect(endings(running, 'c')).toBe('1 ok');
  });

  it('keeps answers of dependencies unread', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([9]),
      s: constant(0),
      db: ['database', { readMs: 100, distribution: 'constant' }],
    };
    const running = assemble(sketch(nodes, { 'c > s': LINK, 's > db': LINK }), 1e6);
    until(running, 50);
    fault(running, 's', 'pause', 0.3);
    until(running, 200);
    expect(running.stations.get('db')!.meter.ok).toBe(1);
    expect(running.links.get('l2')!.meter.open).toBe(0);
    expect(findWrongBooks(running.system)).toEqual([]);
    until(running, 350.9);
    expect(endings(running, 'c')).toBe('');
    until(running, 351);
    expect(endings(running, 'c')).toBe('1 ok');
    expect(running.system.core.calls.live).toBe(0);
  });

  it('keeps it in mind that an answer is a fallback', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([9]),
      s: constant(0),
      api: constant(0),
      db: ['database', { readMs: 100, distribution: 'constant' }],
    };
    const links = {
      'c > s': LINK,
      's > api': LINK,
      'api > db': { ...LINK, onFailure: 'value', fallbackMs: 0 },
    };
    const running = assemble(sketch(nodes, links), 1e6);
    fault(running, 'db', 'crash');
    until(running, 12);
    fault(running, 's', 'pause', 0.1);
    until(running, 120);
    expect(endings(running, 'c')).toBe('1 ok');
    expect(running.system.sources[0].degraded).toBe(1);
  });

  it('lets 128 connections wait; the others are not noticed, and are tried again 1 s and 3 s later', () => {
    const running = pair(
      Array.from({ length: 200 }, () => 99),
      constant(0, { workers: 200 }),
    );
    fault(running, 's', 'pause', 2);
    until(running, 100.5);
    expect(running.stations.get('s')!.units[0].inside).toBe(128);
    until(running, 2_500);
    expect(endings(running, 'c')).toBe('128 ok');
    until(running, 3_102);
    expect(endings(running, 'c')).toBe('200 ok');
    expect(longest(running)).toBeCloseTo(3_002, 3);
  });

  it('of minutes makes callers give up connecting after 127 s, without a word from the callee', () => {
    const running = pair([0, 0], constant(0, { backlog: 1 }));
    fault(running, 's', 'pause', 600);
    until(running, 127_000.9);
    expect(endings(running, 'c')).toBe('');
    until(running, 127_001.1);
    expect(endings(running, 'c')).toBe('1 connectTimeout');
    expect(running.stations.get('s')!.meter.arrived).toBe(1);
  });

  it('takes any number of calls on open connections, and notices no new connection beyond its backlog', () => {
    const pooled = { ...LINK, connections: 'pooled', poolMost: 3, poolStreams: 1, connectTimeoutMs: 1_000 };
    const service = constant(0, { workers: 200, backlog: 1 });
    const running = pair([10, 100, 101, 102], service, pooled);
    until(running, 50);
    fault(running, 's', 'pause', 5);
    // One on the connection that is open, one on a new one, and one for which there is no room.
    until(running, 1_500);
    expect(running.stations.get('s')!.units[0].inside).toBe(2);
    expect(endings(running, 'c')).toBe('1 ok, 1 connectTimeout');
    until(running, 6_000);
    expect(endings(running, 'c')).toBe('3 ok, 1 connectTimeout');
  });

  it('makes probes wait as well, so that a balancer notices', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { rateRps: 100 }],
      lb: ['balancer', { checkMs: 500, checkFastMs: 500, checkTimeoutMs: 200, passive: false }],
      s: constant(1, { instances: 2 }),
    };
    const running = assemble(sketch(nodes, { 'c > lb': {}, 'lb > s': {} }), 1e6);
    until(running, 3_000);
    fault(running, 's', 'pause', 5, 0);
    until(running, 12_000);
    const said = running.system.core.journal
      .take(0)
      .filter((line) => line.topic === 'ejection')
      .map((line) => [Math.floor(line.atMs / 1_000), line.text]);
    // Three probes in a row, half a second apart, each given 200 ms; back after two that pass.
    expect(said).toEqual([
      [4, 'lb took s-1 out: its probes fail'],
      [8, 'lb takes s-1 back: its probes succeed'],
    ]);
  });

  it.each([
    ['discipline', 'sharing'],
    ['workers', 1],
    ['workers', 64],
    ['instances', 2],
  ])('stays one when %s becomes %s meanwhile', (name, value) => {
    const running = pair([9, 10, 11, 12], constant(100, { workers: 2 }));
    until(running, 60);
    fault(running, 's', 'pause', 1);
    until(running, 100);
    set(running, name, value);
    until(running, 1_060);
    expect(endings(running, 'c')).toBe('');
    expect(findWrongBooks(running.system)).toEqual([]);
    until(running, 3_000);
    expect(endings(running, 'c')).toBe('4 ok');
  });
});

describe('a black hole', () => {
  const impatient = { latencyMs: 1, attemptTimeoutMs: 200, totalTimeoutMs: 0, attempts: 1 };

  it('is revealed only by timeouts, and holds every call until its caller gives up', () => {
    const running = pair([10, 20, 30], constant(5), impatient);
    fault(running, 's', 'blackHole');
    until(running, 209);
    expect(endings(running, 'c')).toBe('');
    expect(running.stations.get('s')!.units[0].inside).toBe(3);
    until(running, 240);
    expect(endings(running, 'c')).toBe('3 attemptTimeout');
    expect(running.stations.get('s')!.units[0].inside).toBe(0);
  });

  it('takes in any number, and lets go of those whose callers say nothing when they give up', () => {
    const times = Array.from({ length: 1_000 }, (_, i) => 10 + i * 10);
    const running = pair(times, constant(5), { ...impatient, onGiveUp: 'none' });
    fault(running, 's', 'blackHole');
    until(running, 20_000);
    expect(endings(running, 'c')).toBe('1000 attemptTimeout');
    expect(running.stations.get('s')!.units[0].inside).toBeLessThanOrEqual(128);
    expect(findWrongBooks(running.system)).toEqual([]);
  });

  it('that answers again goes on with what it held, in vain where nobody waits any more', () => {
    const running = pair([10, 490], constant(5), { ...impatient, onGiveUp: 'none' });
    until(running, 12);
    fault(running, 's', 'blackHole');
    until(running, 500);
    fault(running, 's', 'answers');
    until(running, 1_000);
    expect(endings(running, 'c')).toBe('1 ok, 1 attemptTimeout');
    expect(running.stations.get('s')!.meter.ok).toBe(2);
  });

  it('that crashes resets all it held, and the restarted process answers', () => {
    const running = pair([10, 20, 900], constant(50, { startMs: 100 }));
    until(running, 15);
    fault(running, 's', 'blackHole');
    until(running, 100);
    fault(running, 's', 'crash');
    fault(running, 's', 'restore');
    until(running, 2_000);
    expect(endings(running, 'c')).toBe('1 ok, 2 reset');
    expect(findWrongBooks(running.system)).toEqual([]);
  });
});

it('a gray failure slows calls down and fails a fifth of them, while shallow probes pass', () => {
  const nodes: Record<string, Sketched> = {
    c: ['client', { rateRps: 500 }],
    lb: ['balancer', { checkMs: 500, passive: false }],
    s: constant(5, { instances: 2, workers: 64 }),
  };
  const running = assemble(sketch(nodes, { 'c > lb': {}, 'lb > s': {} }), 1e6);
  fault(running, 's', 'gray', 10, 0);
  until(running, 20_000);
  const { ok, failed } = running.stations.get('s')!.meter;
  expect(Math.abs(failed / (ok + failed) - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / (ok + failed)));
  expect(longest(running)).toBeGreaterThan(50);
  expect(running.system.core.journal.take(0).filter((line) => line.topic === 'ejection')).toEqual([]);
});

it('a process that dies with an answer unread has nothing to wait for any more', () => {
  const nodes = { c: askedAt([1]), s: constant(1), db: ['database', { readMs: 1 }] as Sketched };
  const link = { ...LINK, latencyMs: 5 };
  const running = assemble(sketch(nodes, { 'c > s': link, 's > db': link }), 1e6);
  until(running, 10);
  fault(running, 's', 'pause', 60);
  // The answer, which would have been read at 18 ms, is kept beside its request.
  until(running, 30);
  expect(running.system.core.calls.live).toBe(2);
  fault(running, 's', 'crash');
  expect(findWrongBooks(running.system)).toEqual([]);
  until(running, 40);
  expect([endings(running, 'c'), running.system.core.calls.live]).toEqual(['1 reset', 0]);
});
