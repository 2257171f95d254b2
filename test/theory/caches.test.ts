// Hit ratios of caches in a design, against Che's approximation and the renewal argument for a time to live. No work is done
// in them, so that an error in its length has no part in it.
import { describe, it } from 'vitest';
import { cheHitRatio } from '../../src/engine/chance/popularity.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { expectTheory, observe, replicate } from './replications.ts';

const STORE: Sketched = ['database', { readMs: 0, writeMs: 0, slots: 1_000, maxConnections: 10_000 }];
const SERVICE: Sketched = ['service', { instances: 1, workers: 10_000, serviceMs: 0 }];

/** The share of reads that did not reach the store behind a cache-aside cache. */
function hitRatio(what: string, client: Sketched[1], cache: Sketched[1], warmupMs: number, forMs: number) {
  return replicate(what, (seed) => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { readShare: 1, ...client }],
      s: SERVICE,
      memory: ['cache', { commandMs: 0, threads: 0, ttlJitterShare: 0, ...cache }],
      db: STORE,
    };
    const links = { 'c > s': DIRECT, 's > memory': DIRECT, 's > db': DIRECT };
    const { running } = observe(sketch(nodes, links, { seed }), warmupMs, forMs);
    const { stations } = running;
    return { hits: 1 - stations.get('db')!.meter.ok / stations.get('s')!.meter.ok };
  }).hits;
}

describe('least recently used', () => {
  it.each([
    [0.8, 100],
    [0.8, 500],
    [1.1, 50],
  ])('Zipf %d over 2,000 keys with %d entries: the hit ratio is Che’s', (exponent, capacityEntries) => {
    const client = { rateRps: 10_000, keys: 2_000, zipfExponent: exponent };
    const found = hitRatio(
      `Che ${exponent} ${capacityEntries}`,
      client,
      { capacityEntries, ttlMs: 0 },
      1_000,
      2_000,
    );
    // The approximation itself is within 0.01 (Che, Tung & Wang 2002); on these cases within 0.002.
    const theory = cheHitRatio(exponent, 2_000, capacityEntries);
    expectTheory(`LRU ${capacityEntries} of Zipf ${exponent}`, found, theory, { known: 0.002 });
  });
});

describe('time to live', () => {
  const uniform = { rateRps: 5_000, keys: 1_000, popularity: 'uniform' };
  const roomy = { capacityEntries: 1_000 };

  it.each([
    [100, 0.5],
    [400, 2],
  ])('%d ms at 5 requests a second per key: λT / (1 + λT) hit', (ttlMs, asked) => {
    const found = hitRatio(`ttl ${ttlMs}`, uniform, { ...roomy, ttlMs }, 1_000, 4_000);
    expectTheory(`TTL ${ttlMs} ms`, found, asked / (1 + asked));
  });

  it('a spread of the time to live leaves the hit ratio as it is: only its mean counts', () => {
    const found = hitRatio(
      'ttl spread',
      uniform,
      { ...roomy, ttlMs: 400, ttlJitterShare: 0.5 },
      1_000,
      4_000,
    );
    expectTheory('TTL 400 ms ± 50 %', found, 2 / 3);
  });

  it('a CDN keeps each key for the same time, per point of presence', () => {
    const found = replicate('cdn ttl', (seed) => {
      const nodes: Record<string, Sketched> = {
        west: ['client', { readShare: 1, ...uniform }, 'West'],
        east: ['client', { readShare: 1, ...uniform, rateRps: 2_000 }, 'East'],
        edge: ['cdn', { ttlMs: 400, cacheableShare: 1, edgeMs: 0, capacityEntries: 1_000 }],
        db: STORE,
      };
      const links = { 'west > edge': DIRECT, 'east > edge': DIRECT, 'edge > db': DIRECT };
      const { running } = observe(sketch(nodes, links, { seed }), 1_000, 4_000);
      return { misses: running.stations.get('db')!.meter.ok / running.stations.get('edge')!.meter.ok };
    });
    // λT is 2 in the west and 0.8 in the east; misses weigh as the traffic does.
    const theory = ((5 / 7) * 1) / (1 + 2) + ((2 / 7) * 1) / (1 + 0.8);
    expectTheory('CDN with two PoPs: misses', found.misses, theory);
  });
});
