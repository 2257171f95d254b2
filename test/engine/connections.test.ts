// Keep-alive connections (rule 36): what a new one costs, when one is used again, and what happens when there is none.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';

const WIRE = { latencyMs: 10, attemptTimeoutMs: 0, totalTimeoutMs: 0, connections: 'pooled' };
const order = (target: string, fault: string) => ({ target, unit: null, fault, factor: 1 });

function run(
  times: readonly number[],
  link: ParamOverrides,
  more: Parameters<typeof runHeadless>[1] = { forMs: 0 },
) {
  const design = sketch({ c: askedAt(times), s: constant(5) }, { 'c > s': { ...WIRE, ...link } });
  const { running } = runHeadless(design, { ...more, forMs: more.forMs || 400_000 });
  const { meter } = running.stations.get('c')!;
  return { running, latency: meter.latency(), connections: running.links.get('l1')!.connections! };
}

describe('a new connection', () => {
  it.each([
    ['tcp', 1],
    ['tls13', 2],
    ['tls12', 3],
  ])('%s takes %d round trips before the call, and the next call none', (handshake, trips) => {
    const { latency, connections } = run([100, 1_000], { handshake });
    expect(latency.max).toBeCloseTo(25 + trips * 20, 6);
    expect(latency.min).toBeCloseTo(25, 6);
    expect([connections.opened, connections.reused, connections.open]).toEqual([1, 1, 1]);
  });

  it('is opened again when the old one was idle for a minute, or lived too long', () => {
    expect(run([100, 60_100, 130_000], {}).connections.opened).toBe(2);
    expect(run([100, 1_000, 2_000, 3_000], { poolAgeMs: 1_500 }).connections.opened).toBe(2);
  });

  it('is opened again after it carried as many calls as it may', () => {
    const five = [100, 1_000, 2_000, 3_000, 4_000];
    expect(run(five, { poolCalls: 2 }).connections).toMatchObject({ opened: 3, open: 1 });
    expect(run(five, { poolCalls: 5 }).connections).toMatchObject({ opened: 1, open: 0 });
    // Of HTTP/2 two calls share the first connection, and the third finds it used up while both are still on it.
    expect(run([100, 100, 150, 1_000], { poolCalls: 2, poolStreams: 10 }).connections.opened).toBe(2);
  });

  it('is kept while no more than so many are idle, the one used last', () => {
    const { connections } = run([100, 100, 100, 1_000, 1_000], { poolIdleMost: 1 });
    // Three at once; one stays; of the two calls a second later one finds it.
    expect([connections.opened, connections.reused, connections.open]).toEqual([4, 1, 1]);
    expect(run([100, 100, 100, 1_000, 1_000], {}).connections).toMatchObject({
      opened: 3,
      reused: 2,
      open: 3,
    });
  });

  it('to a process that is gone is refused after one round trip, and idle ones go with it', () => {
    const orders = [
      { atMs: 500, order: order('s', 'crash') },
      { atMs: 5_000, order: order('s', 'restore') },
    ];
    // Two connections at 100 ms; one call finds out; the next cannot connect; after the restore a new one is opened.
    const { running, connections } = run([100, 100, 1_000, 2_000, 9_000], {}, { forMs: 20_000, orders });
    expect(endings(running, 'c')).toBe('3 ok, 2 connectRefused');
    expect(connections.opened).toBe(4);
  });

  it('that is refused ends a call and its hedges on it once', () => {
    const orders = [{ atMs: 1, order: order('s', 'crash') }];
    // What is not listed is not joined by another attempt: it ends the call, and with it the other attempts.
    const listed = { retryOn: 'listed', retryOutcomes: '500' };
    const hedged = { ...listed, hedge: 'fixed', hedgeMs: 4, hedgeMost: 3, poolMost: 1, poolStreams: 10 };
    const { running } = run([100, 200], hedged, { forMs: 1_000, orders });
    expect(endings(running, 'c')).toBe('2 connectRefused');
    expect(running.system.core.calls.live).toBe(0);
    expect(findWrongBooks(running.system)).toEqual([]);
  });

  it('over a link that is cut ends after the connect timeout, and may be tried again even for writes', () => {
    const orders = [
      { atMs: 1, order: order('l1', 'partition') },
      { atMs: 800, order: order('l1', 'heal') },
    ];
    const cut = (link: ParamOverrides) => {
      const nodes = { c: askedAt([100], { readShare: 0 }), s: constant(5) };
      const design = sketch(nodes, { 'c > s': { ...WIRE, connectTimeoutMs: 500, ...link } });
      return endings(runHeadless(design, { forMs: 5_000, orders }).running, 'c');
    };
    expect(cut({})).toBe('1 connectTimeout');
    expect(cut({ attempts: 2, backoff: 'constant', backoffBaseMs: 300 })).toBe('1 ok');
  });
});

describe('a pool that is full', () => {
  it('lets calls wait in turn: one connection serves three at once as 1, 2, 3 times the round trip', () => {
    const { latency, connections } = run([100, 100, 100], { poolMost: 1, handshake: 'tcp' });
    expect(latency.min).toBeCloseTo(20 + 25, 6);
    expect(latency.max).toBeCloseTo(20 + 3 * 25, 4);
    expect([connections.opened, connections.waited]).toEqual([1, 2]);
  });

  it('with three streams on it serves them at once', () => {
    const { latency, connections } = run([100, 100, 100], { poolMost: 1, poolStreams: 3, handshake: 'tcp' });
    expect(latency.max).toBeCloseTo(45, 6);
    expect([connections.opened, connections.waited]).toEqual([1, 0]);
  });

  it('a call that gives up closes an HTTP/1.1 connection, whose answer may still come, and no HTTP/2 one', () => {
    const opened = (poolStreams: number) =>
      run([100, 1_000], { poolStreams, attemptTimeoutMs: 50, handshake: 'tls13' }).connections.opened;
    expect(opened(1)).toBe(2);
    expect(opened(100)).toBe(1);
  });
});

it('a caller that crashes takes its connections with it: its next process opens new ones', () => {
  const nodes = { c: askedAt([100, 5_000]), a: constant(1, { startMs: 100 }), s: constant(5) };
  const design = sketch(nodes, { 'c > a': DIRECT, 'a > s': WIRE });
  const orders = [
    { atMs: 1_000, order: order('a', 'crash') },
    { atMs: 2_000, order: order('a', 'restore') },
  ];
  const { running } = runHeadless(design, { forMs: 10_000, orders });
  expect(endings(running, 'c')).toBe('2 ok');
  const { opened, open } = running.links.get('l2')!.connections!;
  expect([opened, open]).toEqual([2, 1]);
});

it('switched off while calls wait sends them all; none is lost', () => {
  const design = sketch(
    { c: askedAt([100, 100, 100]), s: constant(5) },
    { 'c > s': { ...WIRE, poolMost: 1 } },
  );
  const { running } = runHeadless(design, { forMs: 105 });
  const link = running.links.get('l1')!;
  link.configure({ ...link.settings, connections: null });
  running.system.run(toNs(1_000), Infinity);
  expect(endings(running, 'c')).toBe('3 ok');
  expect(running.system.audit()).toEqual([]);
});
