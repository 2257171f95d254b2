// The CDN: a store per region of its callers, one fetch for all who miss the same key, and nothing kept that may not be.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { toNs } from '../../src/engine/time.ts';
import { askedAt, endings } from './asked.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const EDGE = { ttlMs: 0, cacheableShare: 1, edgeMs: 1 };
const ORIGIN: Sketched = ['database', { readMs: 50, writeMs: 20, distribution: 'constant' }];
const LINKS = { 'c > edge': DIRECT, 'edge > db': DIRECT };

const design = (
  times: readonly number[],
  edge: ParamOverrides = {},
  links: Record<string, ParamOverrides> = LINKS,
) => sketch({ c: askedAt(times), edge: ['cdn', { ...EDGE, ...edge }], db: ORIGIN }, links);
const run = (times: readonly number[], edge: ParamOverrides = {}) =>
  runHeadless(design(times, edge), { forMs: 1_000 }).running;
const fetched = ({ stations }: Running) => stations.get('db')!.meter.arrived;

describe('misses', () => {
  it('a miss asks the origin, the next read of the key is a hit', () => {
    const running = run([1, 100]);
    expect(fetched(running)).toBe(1);
    expect(running.stations.get('c')!.meter.latency().min).toBe(1);
    expect(running.stations.get('c')!.meter.latency().max).toBe(51);
  });

  it.each([
    [true, 1],
    [false, 5],
  ])('collapse %s: five misses at once make %d fetches', (collapse, fetches) => {
    expect(fetched(run([1, 2, 3, 4, 5], { collapse }))).toBe(fetches);
  });

  it('those who waited are answered with the fetch, well or not', () => {
    const order = { target: 'db', unit: null, fault: 'crash', factor: 1 };
    const failing = runHeadless(design([1, 2, 3]), { forMs: 500, orders: [{ atMs: 20, order }] }).running;
    expect(endings(failing, 'c')).toBe('3 http503');
    expect(endings(run([1, 2, 3]), 'c')).toBe('3 ok');
    expect(run([1, 11, 21]).stations.get('c')!.meter.latency().min).toBe(31);
  });

  it('the one who fetches may give up: the others are answered all the same', () => {
    const impatient = { ...LINKS, 'c > edge': { ...DIRECT, attemptTimeoutMs: 30, onGiveUp: 'full' } };
    const running = runHeadless(design([1, 25], {}, impatient), { forMs: 500 }).running;
    expect(endings(running, 'c')).toBe('1 ok, 1 attemptTimeout');
    expect(fetched(running)).toBe(1);
  });

  it('the only one who waits gives up with all that goes with it: the next miss fetches anew', () => {
    const impatient = { ...LINKS, 'c > edge': { ...DIRECT, attemptTimeoutMs: 30, onGiveUp: 'full' } };
    const running = runHeadless(design([1, 40], {}, impatient), { forMs: 500 }).running;
    expect(fetched(running)).toBe(2);
    expect(running.system.core.calls.live).toBe(0);
  });

  it.each([
    [90, 0],
    [120, 1],
  ])(
    'a read begun at %d ms that waits for a fetch is stale %d times: what was written is acknowledged at 100',
    (at, stale) => {
      // The fetch reads at 76 ms and is back at 151; a write commits and is acknowledged in between.
      const nodes: Record<string, Sketched> = {
        c: askedAt([1, at]),
        w: askedAt([80], { readShare: 0 }),
        edge: ['cdn', { ...EDGE, edgeMs: 0 }],
        db: ['database', { readMs: 0, writeMs: 20, distribution: 'constant' }],
        far: ['balancer', { overheadMs: 0 }],
      };
      const links = {
        'c > edge': DIRECT,
        'edge > far': { ...DIRECT, latencyMs: 75 },
        'far > db': DIRECT,
        'w > db': DIRECT,
      };
      const { running } = runHeadless(sketch(nodes, links), { forMs: 500 });
      expect(running.stations.get('db')!.meter.arrived).toBe(2);
      expect(running.system.sources[0].staleReads).toBe(stale);
    },
  );
});

describe('points of presence', () => {
  const nodes: Record<string, Sketched> = {
    west: [...askedAt([1, 100]), 'West'] as unknown as Sketched,
    east: [...askedAt([200, 300]), 'East'] as unknown as Sketched,
    edge: ['cdn', EDGE],
    db: ORIGIN,
  };
  const links = { 'west > edge': DIRECT, 'east > edge': DIRECT, 'edge > db': DIRECT };

  it('each region of callers has a store of its own', () => {
    const { running } = runHeadless(sketch(nodes, links), { forMs: 500 });
    expect(fetched(running)).toBe(2);
    expect(running.stations.get('edge')!.units).toHaveLength(2);
  });

  it('the flush or crash of one leaves the other alone', () => {
    for (const fault of ['flush', 'crash']) {
      const running = assemble(sketch(nodes, links), 1e6);
      running.system.run(toNs(150), Infinity);
      // Regions are numbered in the order of the links.
      running.stations.get('edge')!.fault(fault, 1, 1);
      running.stations.get('edge')!.fault('restore', 1, 1);
      running.system.run(toNs(500), Infinity);
      expect(fetched(running), fault).toBe(2);
      running.stations.get('edge')!.fault(fault, 0, 1);
      expect(running.stations.get('edge')!.units[1].state).toBe(1);
    }
  });
});

describe('what is kept', () => {
  it('writes pass through, and a copy stays as old as it is', () => {
    const all: Record<string, Sketched> = {
      c: askedAt([1, 200]),
      w: askedAt([100], { readShare: 0 }),
      edge: ['cdn', EDGE],
      db: ORIGIN,
    };
    const { system, stations } = runHeadless(sketch(all, { ...LINKS, 'w > edge': DIRECT }), {
      forMs: 500,
    }).running;
    expect(stations.get('db')!.meter.arrived).toBe(2);
    expect(system.sources.find((s) => s.station.id === 'c')!.staleReads).toBe(1);
  });

  it('a key may be cached or not, always the same, in the share that was asked for', () => {
    const keys = 4_000;
    const client: Sketched = ['client', { rateRps: 20_000, readShare: 1, keys, popularity: 'uniform' }];
    const origin: Sketched = ['database', { readMs: 0, slots: 1_000, maxConnections: 10_000 }];
    const edge: Sketched = ['cdn', { ...EDGE, edgeMs: 0, cacheableShare: 0.3, capacityEntries: keys }];
    const { running } = runHeadless(sketch({ c: client, edge, db: origin }, LINKS), {
      forMs: 4_000,
      warmupMs: 2_000,
    });
    // After two seconds every cacheable key is held, so the origin sees the others: 70 %, by 4,000 throws of a coin.
    const share = fetched(running) / running.stations.get('c')!.meter.ok;
    expect(Math.abs(share - 0.7)).toBeLessThan(4 * Math.sqrt(0.21 / keys));
  });

  it('goes on answering from its copies while the origin is down', () => {
    const order = { target: 'db', unit: null, fault: 'crash', factor: 1 };
    const { running } = runHeadless(design([1, 100, 200]), { forMs: 500, orders: [{ atMs: 60, order }] });
    expect(endings(running, 'c')).toBe('3 ok');
  });
});
