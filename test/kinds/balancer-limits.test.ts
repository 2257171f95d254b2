// A balancer has limits of its own: workers, requests or connections at once; and TLS is work for whoever is called.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { inspect } from '../../src/session/inspect.ts';
import { findLeftovers, findWrongBooks } from '../fuzz/books.ts';
import { askedAt, busyMs, constant, endings } from './asked.ts';
import { until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { overheadMs: 0, passive: false, active: false, tryNext: 'never' };
const MANY = { workers: 1_000, queueLimit: 1_000 };
const atOnce = (count: number) => askedAt(Array.from({ length: count }, () => 1));
const longest = (running: Running) => running.stations.get('u')!.meter.latency().max;

function balanced(
  client: Sketched,
  balancer: ParamOverrides,
  link: ParamOverrides = {},
  service = constant(100, MANY),
) {
  const nodes = { u: client, lb: ['balancer', { ...PLAIN, ...balancer }] as Sketched, s: service };
  return assemble(sketch(nodes, { 'u > lb': { ...DIRECT, ...link }, 'lb > s': DIRECT }), 1e6);
}

describe('workers', () => {
  it('take the time per request one after the other, and are not held while a peer works', () => {
    const running = balanced(atOnce(10), { workers: 2, overheadMs: 5 });
    until(running, 10);
    expect(inspect(running, 'lb', [])!.units[0].marks).toEqual(['2 of 2 busy', '6 waiting']);
    expect(findWrongBooks(running.system)).toEqual([]);
    until(running, 1_000);
    expect(endings(running, 'u')).toBe('10 ok');
    expect(longest(running)).toBeCloseTo(5 * 5 + 100, 3);
  });

  it('four of them at 0.3 ms pass on 13,333 requests a second and no more; without a limit all 20,000 pass', () => {
    const passed = (workers: number) => {
      const client: Sketched = ['client', { load: 'constant', rateRps: 20_000, readShare: 1 }];
      const running = balanced(client, { workers, overheadMs: 0.3 }, {}, constant(0, MANY));
      until(running, 500);
      const before = running.stations.get('s')!.meter.arrived;
      until(running, 1_000);
      return (running.stations.get('s')!.meter.arrived - before) * 2;
    };
    expect(Math.abs(passed(4) - 13_333)).toBeLessThan(20);
    expect(Math.abs(passed(0) - 20_000)).toBeLessThan(20);
  });

  it('leave out who gave up waiting, and come to nothing in a crash', () => {
    const running = balanced(atOnce(10), { workers: 1, overheadMs: 5 }, { attemptTimeoutMs: 12 });
    until(running, 13.5);
    expect(inspect(running, 'lb', [])!.units[0].marks).toEqual(['1 of 1 busy']);
    until(running, 500);
    expect(findLeftovers(running.system)).toEqual([]);
    const crashed = balanced(atOnce(10), { workers: 1, overheadMs: 5 });
    until(crashed, 8);
    crashed.stations.get('lb')!.fault('crash', -1, 1);
    until(crashed, 500);
    expect(endings(crashed, 'u')).toBe('10 reset');
    expect(findLeftovers(crashed.system)).toEqual([]);
  });

  it('can be given and taken while requests wait and are worked on', () => {
    const running = balanced(atOnce(10), { workers: 1, overheadMs: 5 });
    const change = (workers: number) =>
      applyDesign(
        running,
        applyEdit(running.design, { type: 'setParam', ids: ['lb'], name: 'workers', value: workers }),
      );
    until(running, 2);
    change(3);
    expect(inspect(running, 'lb', [])!.units[0].marks).toEqual(['3 of 3 busy', '7 waiting']);
    until(running, 4);
    change(0);
    expect(findWrongBooks(running.system)).toEqual([]);
    until(running, 1_000);
    expect(longest(running)).toBeCloseTo(3 + 5 + 100, 3);
    expect(findLeftovers(running.system)).toEqual([]);
  });
});

describe('requests and connections at once', () => {
  it('more requests than a replica may have inside end with 503', () => {
    const running = balanced(atOnce(5), { maxConnections: 3 });
    until(running, 50);
    expect(endings(running, 'u')).toBe('2 tooManyConnections');
    until(running, 500);
    expect(endings(running, 'u')).toBe('3 ok, 2 tooManyConnections');
  });

  it('at layer 4 connections beyond the limit are dropped unseen: callers wait, and ask again after 1, 2, 4 s', () => {
    const layer4 = { layer: 'l4', connections: 20, maxConnections: 2, idleMs: 1_500 };
    const visitors = { load: 'constant', rateRps: 1_000, sessions: 20, readShare: 1 };
    const running = balanced(['client', visitors], layer4, { attemptTimeoutMs: 500, onGiveUp: 'none' });
    until(running, 50);
    running.stations.get('u')!.fault('traffic', -1, 0);
    until(running, 400);
    expect(inspect(running, 'lb', [])!.parts[0].list[0].marks[0]).toBe('2 connections');
    expect(endings(running, 'u')).toMatch(/^\d+ ok$/);
    until(running, 900);
    expect(endings(running, 'u')).toMatch(/^\d+ ok, \d+ attemptTimeout$/);
    until(running, 5_000);
    expect(findLeftovers(running.system)).toEqual([]);
    // Whoever is patient gets in once connections were idle for long enough and it asks again.
    const patient = balanced(['client', visitors], layer4);
    until(patient, 50);
    patient.stations.get('u')!.fault('traffic', -1, 0);
    until(patient, 2_900);
    const early = patient.stations.get('u')!.meter.ok;
    until(patient, 3_500);
    expect(patient.stations.get('u')!.meter.ok).toBeGreaterThan(early);
    until(patient, 140_000);
    expect(endings(patient, 'u')).toMatch(/^\d+ ok(, \d+ connectTimeout)?$/);
    expect(findLeftovers(patient.system)).toEqual([]);
  });
});

describe('TLS', () => {
  it.each([
    ['tls13', 4, [2 * 20 + 20 + 4, 20]],
    ['tcp', 4, [20 + 20, 20]],
    ['tls12', 0, [3 * 20 + 20, 20]],
  ])(
    '%s with %d ms of work: the first call on a connection takes %j ms, the next no more than the way',
    (handshake, tlsMs, took) => {
      const pooled = { latencyMs: 10, connections: 'pooled', handshake, tlsMs };
      for (const kind of ['balancer', 'service', 'gateway'] as const) {
        const middle: Record<string, Sketched> = {
          balancer: ['balancer', PLAIN],
          service: constant(0, MANY),
          gateway: ['gateway', { algorithm: 'none', overheadMs: 0 }],
        };
        const nodes = { u: askedAt([1, 500]), m: middle[kind], s: constant(0, MANY) };
        const running = assemble(sketch(nodes, { 'u > m': { ...DIRECT, ...pooled }, 'm > s': DIRECT }), 1e6);
        running.system.run(toNs(400), Infinity);
        expect(longest(running), kind).toBeCloseTo(took[0], 4);
        running.system.run(toNs(900), Infinity);
        const { mean } = running.stations.get('u')!.meter.latency();
        expect(mean * 2 - took[0], kind).toBeCloseTo(took[1], 4);
      }
    },
  );

  it('ends at a balancer of layer 7, and goes through those of layer 4 to the peer, whose work it then is', () => {
    const worked = (first: string, second: string) => {
      const nodes: Record<string, Sketched> = {
        u: askedAt([1, 500]),
        a: ['balancer', { ...PLAIN, layer: first }],
        b: ['balancer', { ...PLAIN, layer: second }],
        s: constant(0, MANY),
      };
      const tls = { ...DIRECT, latencyMs: 10, connections: 'pooled', handshake: 'tls13', tlsMs: 4 };
      const running = assemble(sketch(nodes, { 'u > a': tls, 'a > b': DIRECT, 'b > s': DIRECT }), 1e6);
      until(running, 1_000);
      expect(endings(running, 'u')).toBe('2 ok');
      expect(longest(running)).toBeCloseTo(2 * 20 + 20 + 4, 4);
      return busyMs(running, 's');
    };
    expect(worked('l4', 'l4')).toBeCloseTo(4, 6);
    expect(worked('l7', 'l4')).toBe(0);
    expect(worked('l4', 'l7')).toBe(0);
  });
});
