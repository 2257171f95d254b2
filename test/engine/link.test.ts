// What a caller sees of a dependency (rules 9, 14 to 18): retries, budget, bulkhead, timeouts that change, loss and cuts.
import { describe, expect, it } from 'vitest';
import { OUTCOMES, asAnswer, isRetryable, type OutcomeId } from '../../src/engine/calls/outcomes.ts';
import { toNs } from '../../src/engine/time.ts';
import { linkSettings } from '../../src/kinds/linksettings.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const order = (target: string, fault: string, factor = 1) => ({ target, unit: null, fault, factor });

function change(running: Running, id: string, params: Record<string, ParamValue>): void {
  const edit = (design: Design, [name, value]: [string, ParamValue]) =>
    applyEdit(design, { type: 'setParam', ids: [id], name, value });
  applyDesign(running, Object.entries(params).reduce(edit, running.design));
}

describe('what may be retried (15)', () => {
  const always: OutcomeId[] = [
    'connectRefused',
    'queueFull',
    'tooManyConnections',
    'http429',
    'queueTimeout',
    'connectTimeout',
    'shed',
    'noAddress',
  ];
  const reads: OutcomeId[] = ['http502', 'http503', 'http504', 'reset', 'attemptTimeout', 'noHealthyPeer'];

  const usual = linkSettings({}).retryOn;

  it.each(OUTCOMES.map(({ id }, i) => [id, i] as const))('%s', (id, outcome) => {
    expect(isRetryable(outcome, usual, true)).toBe(always.includes(id) || reads.includes(id));
    expect(isRetryable(outcome, usual, false)).toBe(always.includes(id));
  });

  it('what a caller answers after a failed dependency is never a claim that its own caller’s policy stepped in', () => {
    const answers = new Set(OUTCOMES.map((_, i) => OUTCOMES[asAnswer(i)].id));
    expect([...answers].sort()).toEqual(['http500', 'http502', 'http503', 'http504', 'noHealthyPeer', 'ok']);
  });

  it.each([
    ['a read that times out', 1, 3],
    ['a write that times out', 0, 1],
  ])('%s: readShare %d makes %d attempts', (_what, readShare, attempts) => {
    const link = { ...DIRECT, attemptTimeoutMs: 10, attempts: 3, backoffBaseMs: 0 };
    const design = sketch({ c: askedAt([1], { readShare }), s: constant(100) }, { 'c > s': link });
    const { running } = runHeadless(design, { forMs: 500 });
    expect(running.links.get('l1')!.meter.arrived).toBe(attempts);
    // The callee worked on every one of them.
    expect(running.stations.get('s')!.meter.ok).toBe(attempts);
  });

  it('a refused write is repeated, until it gets through', () => {
    const link = { ...DIRECT, attempts: 10, backoff: 'constant', backoffBaseMs: 40, backoffCapMs: 40 };
    const design = sketch(
      { c: askedAt([10], { readShare: 0 }), s: constant(1, { startMs: 100 }) },
      { 'c > s': link },
    );
    const orders = [
      { atMs: 0, order: order('s', 'crash') },
      { atMs: 5, order: order('s', 'restore') },
    ];
    const { running } = runHeadless(design, { forMs: 1_000, orders });
    // Up at 105 ms: refused at 10, 50, 90; taken at 130.
    expect(running.links.get('l1')!.meter.arrived).toBe(4);
    expect(running.stations.get('c')!.meter.latency().max).toBe(121);
  });

  it('no retry of what the caller’s own policy rejected', () => {
    const link = { ...DIRECT, attempts: 5, backoffBaseMs: 0, maxConcurrent: 1 };
    const design = sketch({ c: askedAt([1, 2, 3]), s: constant(100) }, { 'c > s': link });
    const { running } = runHeadless(design, { forMs: 500 });
    expect(endings(running, 'c')).toBe('1 ok, 2 bulkheadFull');
    expect(running.links.get('l1')!.meter.arrived).toBe(3);
  });
});

describe('retry budget (16)', () => {
  const dead = (budget: number) => {
    const link = { ...DIRECT, attempts: 2, backoff: 'constant', backoffBaseMs: 50, retryBudgetShare: budget };
    const at = Array.from({ length: 100 }, (_, i) => 10 + i / 100);
    const design = sketch({ c: askedAt(at), s: constant(1) }, { 'c > s': link });
    return runHeadless(design, {
      forMs: 500,
      orders: [{ atMs: 0, order: order('s', 'crash') }],
    }).running.links.get('l1')!;
  };

  it('three retries are allowed at any time, even when nothing else is in flight', () => {
    const { meter, retries } = dead(0.01);
    expect(meter.arrived).toBe(103);
    expect(retries.overBudget).toBe(97);
  });

  it('without a budget all are', () => {
    expect(dead(0).meter.arrived).toBe(200);
  });
});

describe('bulkhead (14)', () => {
  it('counts per instance of the caller', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([1, 2, 3, 4, 5, 6]),
      s: constant(0, { instances: 2 }),
      db: ['database', { readMs: 100, distribution: 'constant' }],
    };
    const design = sketch(nodes, { 'c > s': DIRECT, 's > db': { ...DIRECT, maxConcurrent: 2 } });
    const { running } = runHeadless(design, { forMs: 500 });
    expect(running.stations.get('db')!.meter.ok).toBe(4);
    expect(endings(running, 'c')).toBe('4 ok, 2 http503');
  });

  it.each(['ok', 'timeout', 'reset', 'lost'])('a call that ends by %s gives its place back', (way) => {
    const link = {
      ...DIRECT,
      maxConcurrent: 1,
      ...(way === 'timeout' || way === 'lost' ? { attemptTimeoutMs: 50 } : {}),
    };
    const design = sketch({ c: askedAt([1, 200]), s: constant(100, { startMs: 0 }) }, { 'c > s': link });
    const orders =
      way === 'reset'
        ? [
            { atMs: 20, order: order('s', 'crash') },
            { atMs: 30, order: order('s', 'restore') },
          ]
        : way === 'lost'
          ? [
              { atMs: 0, order: order('l1', 'partition') },
              { atMs: 100, order: order('l1', 'heal') },
            ]
          : [];
    const { running } = runHeadless(design, { forMs: 1_000, orders });
    expect(endings(running, 'c')).not.toContain('bulkheadFull');
    expect(running.links.get('l1')!.meter.arrived).toBe(2);
  });
});

describe('timeouts that change while calls wait', () => {
  const begun = (attemptTimeoutMs: number) => {
    const link = { ...DIRECT, attemptTimeoutMs };
    const running = assemble(sketch({ c: askedAt([10, 20]), s: constant(300) }, { 'c > s': link }), 1e6);
    running.system.run(toNs(50), Infinity);
    return running;
  };
  const run = (running: Running) => {
    running.system.run(toNs(1_000), Infinity);
    return endings(running, 'c');
  };

  it.each<[string, ParamOverrides, string]>([
    ['switched off: all are answered', { attemptTimeoutMs: 0 }, '2 ok'],
    ['longer: all are answered', { attemptTimeoutMs: 500 }, '2 ok'],
    ['shorter: all end', { attemptTimeoutMs: 60 }, '2 attemptTimeout'],
    ['shorter than what has passed: all end at once', { attemptTimeoutMs: 5 }, '2 attemptTimeout'],
  ])('%s', (_what, params, ends) => {
    const running = begun(100);
    change(running, 'l1', params);
    expect(run(running)).toBe(ends);
  });

  it('changing them again and again leaves no timer behind: events stay as few', () => {
    const eventsAfter = (changes: number) => {
      const times = Array.from({ length: 200 }, (_, i) => 1 + i * 10);
      const design = sketch(
        { c: askedAt(times), s: constant(80) },
        { 'c > s': { ...DIRECT, attemptTimeoutMs: 100 } },
      );
      const running = assemble(design, 1e6);
      running.system.run(toNs(50), Infinity);
      for (let i = 0; i < changes; i++) change(running, 'l1', { attemptTimeoutMs: 101 + (i % 2) });
      running.system.run(toNs(3_000), Infinity);
      return running.system.events;
    };
    expect(eventsAfter(40) - eventsAfter(2)).toBeLessThan(100);
  });
});

describe('the network', () => {
  it('takes the latency each way, the queue excluded', () => {
    const { running } = runHeadless(
      sketch({ c: askedAt([1]), s: constant(3) }, { 'c > s': { latencyMs: 7 } }),
      { forMs: 100 },
    );
    expect(running.stations.get('c')!.meter.latency().max).toBe(17);
    expect(running.stations.get('s')!.meter.latency().max).toBe(3);
  });

  it('jitter keeps the mean latency', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { rateRps: 1_000, readShare: 1 }],
      s: constant(0, { workers: 500 }),
    };
    const design = sketch(nodes, { 'c > s': { latencyMs: 10, jitterShare: 0.5 } });
    const { running } = runHeadless(design, { forMs: 20_000, warmupMs: 1_000 });
    // Two trips of 10 ms with a standard deviation of 5 ms each, 19,000 times.
    const error = (5 * Math.sqrt(2)) / Math.sqrt(19_000);
    expect(Math.abs(running.stations.get('c')!.meter.latency().mean - 20)).toBeLessThan(4 * error);
  });

  it('a lossy link loses that share of the messages, and only a timeout reveals it (18)', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { rateRps: 1_000, readShare: 1 }],
      s: constant(0, { workers: 500 }),
    };
    const design = sketch(nodes, { 'c > s': { latencyMs: 0, lossShare: 0.1, attemptTimeoutMs: 100 } });
    const { running } = runHeadless(design, { forMs: 20_000 });
    const { arrived } = running.links.get('l1')!.meter;
    const came = running.stations.get('s')!.meter.arrived;
    const back = running.stations.get('c')!.meter.ok;
    expect(Math.abs(came / arrived - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / arrived));
    expect(Math.abs(back / came - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / came) + 1e-3);
    expect(endings(running, 'c')).toMatch(/^\d+ ok, \d+ attemptTimeout$/);
  });

  it('a cut link loses what is sent while it is cut; what is under way arrives', () => {
    const at = [10, 30, 50];
    const design = sketch(
      { c: askedAt(at), s: constant(0) },
      { 'c > s': { latencyMs: 6, attemptTimeoutMs: 100 } },
    );
    const orders = [
      { atMs: 15, order: order('l1', 'partition') },
      { atMs: 40, order: order('l1', 'heal') },
    ];
    const { running } = runHeadless(design, { forMs: 500, orders });
    // The first arrives at 16 and its answer is lost; the second is lost itself; the third gets through.
    expect(endings(running, 'c')).toBe('1 ok, 2 attemptTimeout');
    expect(running.stations.get('s')!.meter.arrived).toBe(2);
  });
});

describe('which calls are made', () => {
  it.each([
    ['all', 200, 200],
    ['reads', 200, 0],
    ['writes', 0, 200],
  ])('a link that carries %s', (carries, reads, writes) => {
    const run = (readShare: number) => {
      const times = Array.from({ length: 200 }, (_, i) => 1 + i);
      const nodes: Record<string, Sketched> = {
        c: askedAt(times, { readShare }),
        s: constant(0),
        db: ['database', {}],
      };
      const design = sketch(nodes, { 'c > s': DIRECT, 's > db': { carries } });
      return runHeadless(design, { forMs: 1_000 }).running.stations.get('db')!.meter.arrived;
    };
    expect(run(1)).toBe(reads);
    expect(run(0)).toBe(writes);
  });

  it('a dependency that may fail does not fail the request, one that may not does', () => {
    const run = (onFailure: string) => {
      const nodes: Record<string, Sketched> = { c: askedAt([1]), s: constant(0), db: ['database', {}] };
      const design = sketch(nodes, { 'c > s': DIRECT, 's > db': { onFailure } });
      return endings(
        runHeadless(design, { forMs: 100, orders: [{ atMs: 0, order: order('db', 'crash') }] }).running,
        'c',
      );
    };
    expect(run('ignore')).toBe('1 ok');
    expect(run('fail')).toBe('1 http503');
  });

  it('dependencies are called by their place in the order, not as they were drawn', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt([1]),
      s: constant(0),
      a: ['database', {}],
      b: ['database', {}],
    };
    const links = { 'c > s': DIRECT, 's > a': { order: 2 }, 's > b': { order: 1 } };
    const run = runHeadless(sketch(nodes, links), {
      forMs: 100,
      orders: [{ atMs: 0, order: order('b', 'crash') }],
    });
    expect(run.running.stations.get('a')!.meter.arrived).toBe(0);
    expect(run.running.stations.get('b')!.meter.arrived).toBe(1);
  });
});

it('a deleted link leaves its lane to others, however many are drawn and deleted', () => {
  const nodes: Record<string, Sketched> = { c: askedAt([1]), s: constant(0), db: ['database', {}] };
  const running = assemble(sketch(nodes, { 'c > s': DIRECT }), 1e6);
  for (let i = 1; i <= 20; i++) {
    const link = { id: `x${i}`, from: 's', to: 'db', params: { latencyMs: i } };
    applyDesign(running, applyEdit(running.design, { type: 'addLink', link }));
    applyDesign(running, applyEdit(running.design, { type: 'removeElements', ids: [link.id] }));
  }
  expect(running.system.core.agenda.openLane(123)).not.toBeNull();
});
