// Limits (rules 5, 31): each is reached, said, and survived; and no design, however it is linked, brings the run down.
import { describe, expect, it } from 'vitest';
import { TIMER } from '../../src/engine/agenda/agenda.ts';
import { NONE, READ, REQUEST } from '../../src/engine/calls/calls.ts';
import { CANCEL, forCall } from '../../src/engine/events.ts';
import {
  MAX_COMMANDS_WAITING,
  MAX_EVENTS_AT_ONE_INSTANT,
  MAX_LIVE_CALLS,
  MAX_LOG_LINES,
  TRACE_RECORDS,
  TRACE_SUMMARIES,
} from '../../src/engine/limits.ts';
import { NOTE } from '../../src/engine/records/recorder.ts';
import { recentTraces, traceOf } from '../../src/session/traces.ts';
import { EndlessInstant } from '../../src/engine/system.ts';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const run = (running: Running, ms: number) => running.system.run(toNs(ms), Infinity);

describe('an instant that never ends (5)', () => {
  const restless: Sketched = ['client', { load: 'users', users: 2, thinkMs: 0, readShare: 1, keys: 1 }];

  const stopped = (running: Running, ms: number): EndlessInstant => {
    try {
      run(running, ms);
    } catch (problem) {
      if (problem instanceof EndlessInstant) return problem;
      throw problem;
    }
    throw new Error('the run was not stopped');
  };

  it.each<[string, ParamOverrides, Sketched, string | null]>([
    ['whose second call finds the bulkhead full', { maxConcurrent: 1 }, constant(10), null],
    ['whose breaker is forced open', { breaker: 'forcedOpen' }, constant(10), null],
    ['who are refused by a dead process', {}, constant(10), 'crash'],
    ['who are turned away by a full queue', {}, constant(10, { workers: 1, queueLimit: 0 }), null],
    ['who are answered in no time', {}, constant(0), null],
    [
      'who retry at once, for ever',
      { attempts: 10, backoffBaseMs: 0, retryBudgetShare: 0 },
      constant(10),
      'crash',
    ],
  ])('users without a pause %s are stopped, by name and time', (_what, link, service, fault) => {
    const running = assemble(
      sketch({ crowd: restless, s: service }, { 'crowd > s': { ...DIRECT, ...link } }),
      1e6,
    );
    if (fault) running.stations.get('s')!.fault(fault, -1, 1);
    const problem = stopped(running, 1_000);
    expect(problem.message).toMatch(
      /^crowd starts something again and again at \d+(\.\d+)? ms without any time passing/,
    );
    expect(problem.subject).toBe('crowd');
  });

  it('a million events at one instant are an instant like any other, one more is too many', () => {
    const crowded = (events: number) => {
      const running = assemble(sketch({}, {}), 1e6);
      const { agenda } = running.system.core;
      // For a use of a row that is long over: each is taken out, counted, and nothing happens.
      for (let i = 0; i < events; i++) agenda.at(toNs(5), TIMER, forCall(CANCEL, 7), 0);
      return running;
    };
    expect(run(crowded(MAX_EVENTS_AT_ONE_INSTANT), 10)).toBe(true);
    expect(() => run(crowded(MAX_EVENTS_AT_ONE_INSTANT + 1), 10)).toThrow(/again and again at 5 ms/);
  });

  it('users without a pause and without a link are stopped too', () => {
    expect(stopped(assemble(sketch({ crowd: restless }, {}), 1e6), 1_000).subject).toBe('crowd');
  });

  it('the smallest latency is enough to let time pass', () => {
    const running = assemble(
      sketch({ crowd: restless, s: constant(0) }, { 'crowd > s': { ...DIRECT, latencyMs: 0.01 } }),
      1e6,
    );
    expect(run(running, 100)).toBe(true);
    expect(running.stations.get('crowd')!.meter.ok).toBe(2 * (100 / 0.02));
  });

  it('a hundred thousand users at once are many events of one instant, and no endless one', () => {
    const crowd: Sketched = ['client', { load: 'users', users: 100_000, thinkMs: 0 }];
    const running = assemble(
      sketch({ crowd, s: constant(1, { workers: 10_000 }) }, { 'crowd > s': { latencyMs: 1 } }),
      1e6,
    );
    expect(run(running, 1.5)).toBe(true);
    expect(running.stations.get('s')!.meter.arrived).toBe(100_000);
  });
});

describe('links that no editor would draw, from a foreign file', () => {
  const healthy = (running: Running, ms: number) => {
    run(running, ms);
    expect(running.system.audit()).toEqual([]);
    return running;
  };

  it('a call to clients is refused', () => {
    const nodes = { a: askedAt([1, 2, 3]), b: askedAt([2]), s: constant(0) };
    const running = healthy(assemble(sketch(nodes, { 'a > s': DIRECT, 's > b': DIRECT }), 1e6), 100);
    expect(endings(running, 'a')).toBe('3 http503');
  });

  it('clients with two links use the first, two links between the same two are two dependencies', () => {
    const nodes = { a: askedAt([1, 2]), s: constant(0), t: constant(0) };
    const design = sketch(nodes, { 'a > s': DIRECT, 'a > t': DIRECT, 's > t': DIRECT });
    const twice = { ...design, links: [...design.links, { ...design.links[2], id: 'l9' }] };
    const running = healthy(assemble(twice, 1e6), 100);
    expect(running.stations.get('t')!.meter.arrived).toBe(4);
  });

  it('a store or a cache with dependencies does not call them', () => {
    const nodes: Record<string, Sketched> = {
      a: askedAt([1]),
      db: ['database', {}],
      m: ['cache', {}],
      s: constant(0),
    };
    const running = healthy(
      assemble(sketch(nodes, { 'a > db': DIRECT, 'db > m': DIRECT, 'm > s': DIRECT }), 1e6),
      100,
    );
    expect(endings(running, 'a')).toBe('1 ok');
  });

  it('a cache called by clients, a balancer or a CDN answers what it is asked', () => {
    for (const via of ['balancer', 'cdn']) {
      const nodes: Record<string, Sketched> = { a: askedAt([1, 2]), v: [via, {}], m: ['cache', {}] };
      const running = healthy(assemble(sketch(nodes, { 'a > v': DIRECT, 'v > m': DIRECT }), 1e6), 100);
      expect(running.stations.get('a')!.meter.ok).toBe(2);
    }
  });

  it.each<[string, Sketched, ParamOverrides]>([
    ['blocking services', constant(1), {}],
    ['asynchronous services', constant(1, { waiting: 'async' }), {}],
    ['balancers', ['balancer', {}], {}],
    ['CDNs', ['cdn', { cacheableShare: 0.5 }], {}],
    ['services that retry', constant(1), { attempts: 3, attemptTimeoutMs: 20 }],
  ])('a loop of two %s', (_what, node, link) => {
    const between = { latencyMs: 1, attemptTimeoutMs: 200, ...link };
    const nodes = { c: askedAt([1, 2, 3]), a: node, b: node };
    const running = assemble(sketch(nodes, { 'c > a': between, 'a > b': between, 'b > a': between }), 1e6);
    healthy(running, 2_000);
    expect(running.stations.get('c')!.meter.ok + running.stations.get('c')!.meter.failed).toBe(3);
  });

  it('a loop without any delay is stopped, by name', () => {
    const node = constant(0, { waiting: 'async', workers: 10_000 });
    const design = sketch(
      { c: askedAt([1]), a: node, b: node },
      { 'c > a': DIRECT, 'a > b': DIRECT, 'b > a': DIRECT },
    );
    expect(() => run(assemble(design, 1e6), 10)).toThrow(/^[ab] starts something again and again at 1 ms/);
  });
});

describe('live calls (31)', () => {
  it('two million fit, one more is refused and counted, and that is said once', () => {
    const client: Sketched = [
      'client',
      { load: 'constant', rateRps: 1_000_000, readShare: 1, keys: 1, batch: 1_000 },
    ];
    const far = { latencyMs: 10_000, attemptTimeoutMs: 0, totalTimeoutMs: 0 };
    const running = assemble(sketch({ c: client, s: constant(0) }, { 'c > s': far }), 1e6);
    run(running, MAX_LIVE_CALLS / 1_000);
    expect(running.system.core.calls.live).toBe(MAX_LIVE_CALLS);
    expect(endings(running, 'c')).toBe('');
    run(running, MAX_LIVE_CALLS / 1_000 + 2);
    expect(running.system.core.calls.live).toBe(MAX_LIVE_CALLS);
    expect(endings(running, 'c')).toBe('2000 overLimit');
    const said = running.system.core.journal.take(0).filter((line) => line.topic === 'limit');
    expect(said).toHaveLength(1);
  }, 60_000);
});

describe('what is kept for looking at', () => {
  it.each([
    [16, 0],
    [17, 1],
  ])('of %d caches of one service %d cannot be filled, and that is said', (caches, unfilled) => {
    const nodes: Record<string, Sketched> = { c: askedAt([1, 1_000]), s: constant(1), db: ['database', {}] };
    const links: Record<string, ParamOverrides> = { 'c > s': DIRECT };
    for (let i = 0; i < caches; i++) {
      nodes[`k${i}`] = ['cache', {}];
      links[`s > k${i}`] = DIRECT;
    }
    const running = assemble(sketch(nodes, { ...links, 's > db': DIRECT }), 1e6);
    run(running, 2_000);
    const said = running.system.core.journal.take(0).filter(({ topic }) => topic === 'limit');
    expect(said).toHaveLength(unfilled);
  });

  it('the hundred-thousandth command waits at a cache, one more is refused', () => {
    const times = Array.from({ length: 36_000 }, () => 1).join(',');
    const burst: Sketched = ['client', { load: 'replay', times, readShare: 1, keys: 1 }];
    const nodes = {
      a: burst,
      b: burst,
      d: burst,
      k: ['cache', { threads: 1, commandMs: 1_000 }] as Sketched,
    };
    const running = assemble(sketch(nodes, { 'a > k': DIRECT, 'b > k': DIRECT, 'd > k': DIRECT }), 1e6);
    run(running, 10);
    expect(running.stations.get('k')!.fleet.waiting).toBe(MAX_COMMANDS_WAITING);
    expect(running.stations.get('k')!.meter.failed).toBe(3 * 36_000 - MAX_COMMANDS_WAITING - 1);
  });

  it('the log keeps its first lines and counts the others', () => {
    const { journal } = assemble(sketch({}, {}), 1e6).system.core;
    for (let i = 0; i < MAX_LOG_LINES + 7; i++) journal.write(i, 'info', 'edit', `line ${i}`, null);
    const lines = journal.take(0);
    expect(lines).toHaveLength(MAX_LOG_LINES + 1);
    expect(lines[MAX_LOG_LINES].text).toBe('7 more log lines were left out');
    expect(journal.take(0)).toEqual([]);
  });

  it('a trace is whole until its first record is pushed out, and then it is gone', () => {
    const nodes: Record<string, Sketched> = { c: askedAt([1]), s: constant(1), db: ['database', {}] };
    const running = assemble(sketch(nodes, { 'c > s': DIRECT, 's > db': DIRECT }), 1e6);
    const { recorder, calls } = running.system.core;
    recorder.every = 1;
    run(running, 10);
    const [{ request }] = recentTraces(running);
    const other = calls.take(0, NONE, READ, 1, 0);
    calls.rows[other + REQUEST] = request + 1;
    while (recorder.recordCount < TRACE_RECORDS) recorder.note(other, NOTE.collapsed, 0, 0);
    expect(traceOf(running, request)!.spans).toHaveLength(2);
    recorder.note(other, NOTE.collapsed, 0, 0);
    expect(traceOf(running, request)).toBeNull();
  });

  it('of the ended requests the newest 400 are listed', () => {
    const times = Array.from({ length: TRACE_SUMMARIES + 1 }, (_, i) => i + 1);
    const running = assemble(sketch({ c: askedAt(times), s: constant(0) }, { 'c > s': DIRECT }), 1e6);
    running.system.core.recorder.every = 1;
    run(running, TRACE_SUMMARIES);
    expect(recentTraces(running)).toHaveLength(TRACE_SUMMARIES);
    run(running, TRACE_SUMMARIES + 1);
    const kept = recentTraces(running);
    expect([kept.length, kept[0].startMs, kept.at(-1)!.startMs]).toEqual([400, 401, 2]);
  });

  it('more records than the trace store holds push out the oldest', () => {
    const running = assemble(
      sketch({ c: ['client', { rateRps: 50_000 }], s: constant(0) }, { 'c > s': DIRECT }),
      1e6,
    );
    const { recorder } = running.system.core;
    recorder.every = 1;
    run(running, 1_000);
    expect(recorder.recordCount).toBeGreaterThan(TRACE_RECORDS);
    let kept = 0;
    recorder.each(0, () => kept++);
    expect(kept).toBe(0);
  });
});
