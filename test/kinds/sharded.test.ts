// Sharded databases: every key belongs to exactly one shard, evenly by hash, by neighbourhood by range, whoever asks.
import { describe, expect, it } from 'vitest';
import { runHeadless } from '../../src/session/headless.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import type { Running } from '../../src/session/assemble.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';
import { constant } from './asked.ts';

const STORE = { readMs: 0, slots: 1_000, maxConnections: 10_000 };
const arrivedAt = (running: Running) => running.stations.get('db')!.units.map((unit) => unit.arrived);

/** Calls per shard when clients ask for uniform keys through whatever stands between. */
function run(shards: ParamOverrides, client: ParamOverrides, between: Sketched | null = null): number[] {
  const nodes: Record<string, Sketched> = {
    c: ['client', { rateRps: 5_000, readShare: 1, popularity: 'uniform', ...client }],
    db: ['sharded-database', { ...STORE, ...shards }],
    ...(between ? { via: between } : {}),
  };
  const links: Record<string, ParamOverrides> = between
    ? { 'c > via': DIRECT, 'via > db': DIRECT }
    : { 'c > db': DIRECT };
  return arrivedAt(runHeadless(sketch(nodes, links), { forMs: 4_000 }).running);
}

/** Shards that saw a design whose clients ask for one key only. */
const shardsOf = (shards: ParamOverrides, between: Sketched | null = null) =>
  run(shards, { keys: 1 }, between).filter((calls) => calls > 0).length;

describe('every key has one shard', () => {
  const ways: [string, Sketched | null][] = [
    ['a client', null],
    ['a service', constant(0, { workers: 100 })],
    ['a CDN', ['cdn', { cacheableShare: 0 }]],
    ['a balancer', ['balancer', {}]],
  ];

  it.each(ways)('asked by %s', (_what, between) => {
    for (const rule of ['hash', 'range']) expect(shardsOf({ shards: 8, rule }, between)).toBe(1);
  });

  it('also on a second attempt, and when tried again by a balancer', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { rateRps: 200, readShare: 1, keys: 1 }],
      lb: ['balancer', { tryNext: 'errors', maxTries: 4, passive: false }],
      db: ['sharded-database', { ...STORE, shards: 8 }],
    };
    const order = { target: 'db', unit: null, fault: 'errors', factor: 1 };
    const design = sketch(nodes, {
      'c > lb': { ...DIRECT, attempts: 3 },
      'lb > db': { ...DIRECT, attempts: 3 },
    });
    const { running } = runHeadless(design, { forMs: 1_000, orders: [{ atMs: 0, order }] });
    expect(arrivedAt(running).filter((calls) => calls > 0)).toHaveLength(1);
  });
});

describe('placement', () => {
  it.each([2, 3, 7, 64])('by hash, %d shards get equal shares of many keys', (shards) => {
    const keys = 100_000;
    const calls = run({ shards, rule: 'hash' }, { keys, rateRps: 10_000 });
    const total = calls.reduce((a, b) => a + b, 0);
    // Keys fall on shards as balls into bins, calls on keys as balls again.
    const error = Math.sqrt(((1 - 1 / shards) / shards) * (1 / keys + 1 / total));
    for (const n of calls) expect(Math.abs(n / total - 1 / shards)).toBeLessThan(4.5 * error + 1 / 16_384);
  });

  it('by range, neighbours share a shard, and keys beyond the key space belong to the last', () => {
    const client = { keys: 2_000, popularity: 'uniform' };
    expect(run({ shards: 4, rule: 'range', keySpace: 8_000 }, client).slice(1)).toEqual([0, 0, 0]);
    const calls = run({ shards: 4, rule: 'range', keySpace: 1_000 }, client);
    const total = calls.reduce((a, b) => a + b, 0);
    expect(calls[3] / total).toBeGreaterThan(0.6);
    expect(calls[0] / total).toBeCloseTo(0.125, 1);
  });

  it('popular keys next to each other melt one range and leave hashes balanced', () => {
    const client = { keys: 1_000, popularity: 'zipf', zipfExponent: 0.95, keyOrder: 'adjacent' };
    const share = (rule: string) => {
      const calls = run({ shards: 4, rule, keySpace: 1_000 }, client);
      return Math.max(...calls) / calls.reduce((a, b) => a + b, 0);
    };
    expect(share('range')).toBeGreaterThan(0.7);
    expect(share('hash')).toBeLessThan(0.45);
  });
});

it('a shard that is down fails its keys and no others', () => {
  const nodes: Record<string, Sketched> = {
    c: ['client', { rateRps: 5_000, readShare: 1, keys: 10_000, popularity: 'uniform' }],
    db: ['sharded-database', { ...STORE, shards: 4 }],
  };
  const order = { target: 'db', unit: 2, fault: 'crash', factor: 1 };
  const { running } = runHeadless(sketch(nodes, { 'c > db': DIRECT }), {
    forMs: 4_000,
    orders: [{ atMs: 0, order }],
  });
  const { failed, ok } = running.stations.get('c')!.meter;
  expect(failed / (ok + failed)).toBeCloseTo(0.25, 1);
  expect(arrivedAt(running)[2]).toBe(failed);
});
