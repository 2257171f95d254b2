/** The rules of balancing algorithms and of health, number by number: the oracles O-1 … O-26 of the semantics. */
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/engine/link/link.ts';
import { createStream } from '../../src/engine/chance/random.ts';
import { noteProbe, takeAsUp, waitOf } from '../../src/kinds/balancer/activecheck.ts';
import { slotsByWeight } from '../../src/kinds/balancer/bounded.ts';
import { loadKey } from '../../src/kinds/balancer/fewest.ts';
import { CRC_START, finish } from '../../src/model/checksum.ts';
import { addText, type HashKey } from '../../src/kinds/balancer/hashkey.ts';
import { addOctet, ModuloHash } from '../../src/kinds/balancer/hashing.ts';
import { bucketOf, observe, smoothed } from '../../src/kinds/balancer/latency.ts';
import { makeTable, TABLE_SIZE } from '../../src/kinds/balancer/maglev.ts';
import { noteResult, type OutlierRules, successThreshold, sweep } from '../../src/kinds/balancer/outlier.ts';
import { Ask, Peer } from '../../src/kinds/balancer/peer.ts';
import { makeRing, pointAfter, pointNearest, type Ring } from '../../src/kinds/balancer/ring.ts';
import { SmoothRotation } from '../../src/kinds/balancer/rotation.ts';
import { rampOf } from '../../src/kinds/balancer/slowstart.ts';
import { isPanic, loadsOf } from '../../src/kinds/balancer/tiers.ts';

const peersOf = (count: number) => Array.from({ length: count }, (_, i) => new Peer({} as Link, 0, i));
const seconds = (s: number) => s * 1e9;

describe('hashes', () => {
  it.each([
    [[10, 0, 0], 2565],
    [[192, 168, 1], 154],
    [[8, 8, 8], 3023],
    [[203, 0, 113], 2592],
  ])('IP hash of %j is %i (O-3)', (octets, hash) => {
    expect(octets.reduce(addOctet, 89)).toBe(hash);
  });

  it('a second round of the IP hash goes on from the first (O-3)', () => {
    expect([192, 168, 1, 192, 168, 1].reduce(addOctet, 89)).toBe(5654);
  });

  it('the CRC is that of every other program', () => {
    expect(finish(addText(CRC_START, '123456789'))).toBe(0xcbf43926);
  });

  it.each([
    ['user:1', 31653],
    ['user:2', 25260],
    ['/index.html', 27170],
    ['123456789', 19444],
  ])('modulo hash of %s is %i (O-4)', (text, hash) => {
    const key: HashKey = { add: (crc) => addText(crc, text) };
    expect(new ModuloHash(new SmoothRotation(), key).part(0, new Ask())).toBe(hash);
  });

  it('of three peers modulo takes the first, the first, the third, the second, and again the first (O-4)', () => {
    const list = peersOf(3);
    const pick = (text: string, tried: readonly Peer[] = []) => {
      const modulo = new ModuloHash(new SmoothRotation(), { add: (crc) => addText(crc, text) });
      const isEligible = (peer: Peer) => !tried.includes(peer);
      const choices = {
        list,
        isEligible,
        weightOf: () => 1,
        failTimeoutNs: 0,
        changes: 0,
        stream: createStream(1, 'lb', 'choices'),
      };
      return modulo.choose(choices, new Ask())!.slot;
    };
    expect(['user:1', 'user:2', '/index.html', '123456789'].map((text) => pick(text))).toEqual([0, 0, 2, 1]);
    // 54468 is a multiple of three as well, so the second try falls on the same peer; the third decides.
    expect(pick('user:1', [list[0]])).not.toBe(0);
  });

  it('modulo moves 90 % of all keys when one of ten peers goes, 91 % when an eleventh comes (O-21)', () => {
    const hashes = Array.from({ length: 20_000 }, (_, key) => {
      const modulo = new ModuloHash(new SmoothRotation(), { add: (crc) => addText(crc, `user:${key}`) });
      return modulo.part(0, new Ask());
    });
    const moved = (from: number, to: number) =>
      hashes.filter((hash) => hash % from !== hash % to).length / hashes.length;
    expect(Math.abs(moved(10, 9) - 0.9)).toBeLessThan(0.01);
    expect(Math.abs(moved(10, 11) - 0.91)).toBeLessThan(0.01);
  });

  it('a second try adds the hash of 1 and the key (O-4)', () => {
    const key: HashKey = { add: (crc) => addText(crc, 'user:1') };
    const modulo = new ModuloHash(new SmoothRotation(), key);
    expect(modulo.part(0, new Ask()) + modulo.part(1, new Ask())).toBe(54468);
  });
});

describe('ring and table (O-21)', () => {
  const servers = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ host: `10.0.0.${i + 1}`, points: 160 }));
  const ownersOf = (ring: Ring, hosts: readonly { host: string }[], find = pointAfter) =>
    Array.from(
      { length: 100_000 },
      (_, i) => hosts[ring.owners[find(ring, Math.imul(i, 0x9e3779b1) >>> 0)]].host,
    );

  it('the first points of 10.0.0.1:80 are those of nginx', () => {
    const ring = makeRing(servers(1));
    expect([...ring.points]).toContain(2729270614);
    expect([...ring.points]).toContain(199143595);
    expect(ring.points).toHaveLength(160);
  });

  it('shares of ten servers spread by about 1 ÷ √160', () => {
    const hosts = servers(10);
    const owners = ownersOf(makeRing(hosts), hosts);
    const shares = hosts.map(({ host }) => owners.filter((owner) => owner === host).length / owners.length);
    const variance = shares.reduce((sum, share) => sum + (share - 0.1) ** 2, 0) / 10;
    const cv = Math.sqrt(variance) / 0.1;
    expect(cv).toBeGreaterThan(0.04);
    expect(cv).toBeLessThan(0.12);
  });

  it('when a server goes exactly its keys move; a new one takes its keys from all', () => {
    const hosts = servers(10);
    const before = ownersOf(makeRing(hosts), hosts);
    const fewer = hosts.filter((_, i) => i !== 3);
    const after = ownersOf(makeRing(fewer), fewer);
    expect(before.filter((owner, i) => owner !== after[i] && owner !== '10.0.0.4')).toEqual([]);
    const more = servers(11);
    const grown = ownersOf(makeRing(more), more);
    const moved = before.flatMap((owner, i) => (owner === grown[i] ? [] : [grown[i]]));
    expect(new Set(moved)).toEqual(new Set(['10.0.0.11']));
    expect(moved.length / before.length).toBeGreaterThan(1 / 11 - 0.03);
    expect(moved.length / before.length).toBeLessThan(1 / 11 + 0.03);
  });

  it('HAProxy takes the nearer of two points', () => {
    const ring: Ring = { points: Uint32Array.of(100, 200), owners: Uint16Array.of(0, 1) };
    expect([120, 149, 151, 199].map((hash) => pointNearest(ring, hash))).toEqual([0, 0, 1, 1]);
    expect([120, 149, 151, 201].map((hash) => pointAfter(ring, hash))).toEqual([1, 1, 1, 0]);
  });

  const table = (count: number, size = TABLE_SIZE) => {
    const named = Array.from({ length: count }, (_, i) => ({
      name: `s${String(i).padStart(3, '0')}`,
      weight: 1,
    }));
    return makeTable(named, size);
  };

  it('Maglev gives ten servers 6553 or 6554 places each', () => {
    const counts = new Array<number>(10).fill(0);
    for (const owner of table(10)) counts[owner]++;
    expect(counts.every((count) => count === 6_553 || count === 6_554)).toBe(true);
  });

  it.each([
    [10, TABLE_SIZE, 0.002],
    [100, TABLE_SIZE, 0.006],
    [100, 655_373, 0.0014],
  ])(
    'when one of %i goes, few of %i places move that were not its own (a share of %d, at most twice that)',
    (count, size, share) => {
      const [before, after] = [table(count, size), table(count - 1, size)];
      const extra = before.filter((owner, slot) => owner !== count - 1 && owner !== after[slot]).length;
      expect(extra / size).toBeLessThan(2 * share);
      expect(extra).toBeGreaterThan(0);
    },
  );

  it('a weight of two gets two places for one', () => {
    const weighted = makeTable(
      [
        { name: 'a', weight: 2 },
        { name: 'b', weight: 1 },
      ],
      3_001,
    );
    const ofA = weighted.filter((owner) => owner === 0).length;
    expect(Math.abs(ofA - 2_001)).toBeLessThanOrEqual(2);
  });
});

describe('load', () => {
  it.each([
    [0, 1, 0],
    [1, 1, 512],
    [1, 10, 51],
    [9, 10, 256],
  ])('HAProxy key of %i open at weight %i is %i (O-14)', (open, weight, key) => {
    expect(loadKey(open, weight)).toBe(key);
  });

  it('bounded slots for 99 open at 125 % on ten servers are 12, 13, 12, 13 … (O-14)', () => {
    const slots = slotsByWeight(new Array<number>(10).fill(1), 99, 1.25);
    expect(slots).toEqual([12, 13, 12, 13, 12, 13, 12, 13, 12, 13]);
    expect(Math.max(...slotsByWeight(new Array<number>(10).fill(1), 99, 1.25))).toBe(13);
  });

  it.each([
    [0, 20],
    [19, 20],
    [20, 40],
    [39, 40],
    [5_001, 5_000],
  ])('least time takes %i ms as %i (O-13)', (ms, bucket) => expect(bucketOf(ms)).toBe(bucket));

  it('least time moves a twentieth of the way', () => expect(smoothed(100, 200)).toBe(105));

  it('peak EWMA sinks with a time constant of 10 s and rises at once (O-12)', () => {
    const [peer] = peersOf(1);
    observe(peer, 100e6, 0);
    observe(peer, 50e6, seconds(10));
    expect(peer.cost / 1e6).toBeCloseTo(68.39, 2);
    observe(peer, 300e6, seconds(10));
    expect(peer.cost / 1e6).toBe(300);
  });

  it.each([
    [15, 0.25],
    [0, 0.1],
    [60, 1],
  ])('Envoy slow start over 60 s: after %i s the weight is %d (O-26)', (after, weight) => {
    const ramp = { lengthNs: seconds(60), rule: 'envoy', aggression: 1 } as const;
    expect(rampOf(ramp, seconds(after))).toBeCloseTo(weight, 9);
  });

  it('HAProxy slow start goes up in sixteenths', () => {
    const at = (s: number) => rampOf({ lengthNs: seconds(32), rule: 'haproxy', aggression: 1 }, seconds(s));
    // Looked at every 1.6 s, in whole seconds: at 3.2 s it is 3 s old, at 30.4 s 30 s.
    expect([0, 3.1, 3.2, 30.3, 30.4, 32].map(at).map((share) => 16 * share)).toEqual([1, 1, 2, 15, 16, 16]);
  });
});

describe('active checks (O-22)', () => {
  const rules = {
    intervalNs: 2e9,
    fastNs: 5e8,
    timeoutNs: 1e9,
    fall: 3,
    rise: 2,
    isDeep: false,
    isStrict: false,
    observed: 0,
  };
  const after = (results: string) => {
    const [peer] = peersOf(1);
    takeAsUp(peer, rules);
    for (const result of results) noteProbe(peer, result === 'o', false, rules);
    return peer;
  };

  it.each([
    ['xxo', 4, true],
    ['xxx', 0, false],
    ['xxxox', 0, false],
    ['xxxoo', 4, true],
  ])('rise 2 fall 3: after %s the counter is %i', (results, passes, up) => {
    expect([after(results).passes, after(results).up]).toEqual([passes, up]);
  });

  it('while in doubt it asks faster', () => {
    expect(['', 'x', 'xxx', 'xxxo'].map((results) => waitOf(after(results), rules))).toEqual([
      2e9, 5e8, 2e9, 5e8,
    ]);
  });
});

describe('outlier detection (O-24)', () => {
  const rules: OutlierRules = {
    consecutive: 5,
    intervalNs: seconds(10),
    baseNs: seconds(30),
    maxShare: 0.1,
    bySuccessRate: true,
    gateway: 0,
    byFailureShare: false,
  };

  it('the threshold of {50, 100 × 4} is 52', () => {
    expect(successThreshold([50, 100, 100, 100, 100])).toBeCloseTo(52, 9);
  });

  const served = (dead: number) =>
    peersOf(10).map((peer, i) => {
      peer.ended = 200;
      peer.good = i < dead ? 0 : 200;
      return peer;
    });

  it('three dead of ten are too many to stand out; of two, one is ejected', () => {
    expect(sweep(served(3), rules, seconds(10)).ejected).toHaveLength(0);
    expect(sweep(served(2), rules, seconds(10)).ejected).toHaveLength(1);
  });

  it('ejected at 3 s for 30 s, a peer comes back with the sweep at 40 s', () => {
    const peers = peersOf(10);
    for (let i = 0; i < 5; i++) noteResult(peers[0], true, false, peers, rules, seconds(3));
    expect(peers[0].ejectedAt).toBe(seconds(3));
    const back = [10, 20, 30, 40].map((s) => sweep(peers, rules, seconds(s)).returned.length);
    expect(back).toEqual([0, 0, 0, 1]);
  });

  it('a good answer breaks the row; no more than a tenth is ejected, but one always may be', () => {
    const peers = peersOf(10);
    for (const failed of [true, true, true, true, false, true])
      noteResult(peers[0], failed, false, peers, rules, 1);
    expect(peers[0].ejectedAt).toBe(Infinity);
    for (const peer of peers.slice(0, 2))
      for (let i = 0; i < 6; i++) noteResult(peer, true, false, peers, rules, 1);
    expect(peers.filter((peer) => peer.ejectedAt !== Infinity)).toHaveLength(1);
  });
});

describe('few healthy (O-25)', () => {
  it.each([
    [
      [0.72, 1],
      [100, 0],
    ],
    [
      [0.71, 1],
      [99, 1],
    ],
    [
      [0.5, 1],
      [70, 30],
    ],
    [
      [0.25, 0.25],
      [50, 50],
    ],
    [
      [0.05, 0.65],
      [7, 93],
    ],
  ])('tiers %j healthy get %j percent', (shares, loads) => expect(loadsOf(shares)).toEqual(loads));

  it('panic begins below half, not at it', () => {
    const peers = peersOf(10);
    const panics = (healthy: number) => isPanic(peers, 0, (peer) => peer.slot < healthy, 0, 0.5);
    expect([panics(5), panics(4)]).toEqual([false, true]);
  });
});
