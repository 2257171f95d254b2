// Keys come with the popularity asked for, and the closed forms agree with the semantics pages of caches
// and shards.
import { describe, expect, it } from 'vitest';
import {
  cheHitRatio,
  createKeySource,
  keyOfRank,
  MAX_KEYS,
  MAX_ZIPF_KEYS,
  zipfShare,
  type Popularity,
} from '../../src/engine/chance/popularity.ts';
import { createStream, hash32 } from '../../src/engine/chance/random.ts';

const N = 1_000_000;
/** Everything is allowed to be off by five standard errors. */
const Z = 5;

/** The quantile of χ² over k cells that a normal variate has at Z (Wilson & Hilferty 1931). */
function chiSquareLimit(k: number): number {
  const f = k - 1;
  return f * (1 - 2 / (9 * f) + Z * Math.sqrt(2 / (9 * f))) ** 3;
}

function chiSquare(counts: ArrayLike<number>, expected: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i] - expected(i)) ** 2 / expected(i);
  return sum;
}

/** How often each key is drawn. */
function count(popularity: Popularity, draws: number): Float64Array {
  const source = createKeySource(popularity);
  const stream = createStream(1, 'test', 'keys');
  const counts = new Float64Array(source.keys);
  for (let i = 0; i < draws; i++) counts[source.draw(stream)]++;
  return counts;
}

describe('Zipf', () => {
  it.each([
    [1000, 1.024],
    [10_000, 0.95],
    [100_000, 0.914],
    [1_000_000, 0.894],
  ])('of %i keys the top 20 %% carry 80 %% of the requests with the exponent %d', (keys, s) => {
    expect(Math.abs(zipfShare(s, keys, keys / 5) - 0.8)).toBeLessThan(0.0005);
  });

  it.each([
    [0.99, 0.065],
    [0.8, 0.0134],
    [1.2, 0.19],
  ])('with exponent %d the top key of a million carries %d of the requests', (s, share) => {
    expect(Math.abs(zipfShare(s, 1_000_000, 1) / share - 1)).toBeLessThan(0.005);
  });

  it('shares are 0 for no key, 1 for all, and proportional with exponent 0', () => {
    expect(zipfShare(1, 1000, 0)).toBe(0);
    expect(zipfShare(1, 1000, 1000)).toBeCloseTo(1, 12);
    expect(zipfShare(0, 1000, 250)).toBeCloseTo(0.25, 12);
  });

  it.each([0, 1e-11, 0.5, 0.99, 1.5, 3])(
    'exponent %d: a million draws over 100 keys have χ² below 5 sigma',
    (exponent) => {
      const counts = count({ popularity: 'zipf', keys: 100, exponent, order: 'adjacent' }, N);
      // Cells of an expectation below 20 are taken together.
      const cells: number[] = [];
      const expected: number[] = [];
      for (let i = 0; i < 100; i++) {
        const mean = N * (zipfShare(exponent, 100, i + 1) - zipfShare(exponent, 100, i));
        if (mean >= 20 || cells.length === 0) {
          cells.push(counts[i]);
          expected.push(mean);
        } else {
          cells[cells.length - 1] += counts[i];
          expected[cells.length - 1] += mean;
        }
      }
      expect(chiSquare(cells, (i) => expected[i])).toBeLessThan(chiSquareLimit(cells.length));
    },
  );

  it('of a million keys the top one is drawn 6.50 % ± 5 standard errors, and so on for the top 1,000', () => {
    const counts = count({ popularity: 'zipf', keys: N, exponent: 0.99, order: 'adjacent' }, N);
    for (const top of [1, 10, 1000, 100_000]) {
      const p = zipfShare(0.99, N, top);
      const drawn = counts.subarray(0, top).reduce((a, b) => a + b) / N;
      expect(Math.abs(drawn - p)).toBeLessThan(Z * Math.sqrt((p * (1 - p)) / N));
    }
  });

  it('scattered, the key of each rank is drawn as often as that rank is in rank order', () => {
    const counts = count({ popularity: 'zipf', keys: 1000, exponent: 0.95, seed: 9 }, N);
    const expected = Array.from(
      { length: 1000 },
      (_, i) => N * (zipfShare(0.95, 1000, i + 1) - zipfShare(0.95, 1000, i)),
    );
    const byRank = expected.map((_, rank) => counts[keyOfRank(rank, 1000, 'scattered', 9)]);
    expect(chiSquare(byRank, (i) => expected[i])).toBeLessThan(chiSquareLimit(1000));
  });

  it('a source made after its table was dropped from the cache draws the same keys', () => {
    const make = () => createKeySource({ popularity: 'zipf', keys: 500, exponent: 1 });
    const draw = (source: ReturnType<typeof make>) => {
      const stream = createStream(2, 'test', 'again');
      return Array.from({ length: 100 }, () => source.draw(stream));
    };
    const before = draw(make());
    for (let keys = 2; keys < 12; keys++) createKeySource({ popularity: 'zipf', keys, exponent: 1 });
    expect(draw(make())).toEqual(before);
  });

  it('sources of other keys, exponent, order or seed do not get the table of the first', () => {
    const first: Popularity = { popularity: 'zipf', keys: 1000, exponent: 2, order: 'scattered', seed: 1 };
    const hottest = (popularity: Popularity) => {
      const counts = count(popularity, 1000);
      return counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
    };
    expect(hottest(first)).toBe(keyOfRank(0, 1000, 'scattered', 1));
    expect(hottest({ ...first, seed: 2 })).toBe(keyOfRank(0, 1000, 'scattered', 2));
    expect(hottest({ ...first, order: 'adjacent' })).toBe(0);
    expect(hottest({ ...first, keys: 999 })).toBe(keyOfRank(0, 999, 'scattered', 1));
    expect(count({ ...first, exponent: 0 }, 1000)[keyOfRank(0, 1000, 'scattered', 1)]).toBeLessThan(20);
  });

  it('a single key is always drawn', () => {
    expect(count({ popularity: 'zipf', keys: 1, exponent: 2 }, 10)[0]).toBe(10);
  });
});

describe('scattering', () => {
  it.each([1, 2, 3, 4, 5, 16, 17, 1000, 65_535, 65_536, 65_537, 1_000_000])(
    'maps the ranks below %i to the keys below %i, each once',
    (keys) => {
      const seen = new Uint8Array(keys);
      for (let rank = 0; rank < keys; rank++) seen[keyOfRank(rank, keys, 'scattered', 3)]++;
      expect(seen.every((times) => times === 1)).toBe(true);
    },
  );

  it('in adjacent order the key is the rank', () => {
    expect([0, 1, 999].map((rank) => keyOfRank(rank, 1000, 'adjacent', 3))).toEqual([0, 1, 999]);
  });

  it('over 2,000 seeds the top key, and the distance to the second, fall evenly into 16 ranges', () => {
    const [place, distance] = [new Float64Array(16), new Float64Array(16)];
    for (let seed = 0; seed < 2000; seed++) {
      const first = keyOfRank(0, 10_000, 'scattered', seed);
      const second = keyOfRank(1, 10_000, 'scattered', seed);
      place[Math.floor(first / 625)]++;
      distance[Math.floor(((second - first + 10_000) % 10_000) / 625)]++;
    }
    expect(chiSquare(place, () => 125)).toBeLessThan(chiSquareLimit(16));
    expect(chiSquare(distance, () => 125)).toBeLessThan(chiSquareLimit(16));
  });

  it('puts the 4,096 hottest of 100,000 keys evenly into 64 ranges, for each of ten seeds', () => {
    for (let seed = 0; seed < 10; seed++) {
      const counts = new Float64Array(64);
      for (let rank = 0; rank < 4096; rank++) {
        counts[Math.floor((keyOfRank(rank, 100_000, 'scattered', seed) * 64) / 100_000)]++;
      }
      expect(chiSquare(counts, () => 64)).toBeLessThan(chiSquareLimit(64));
    }
  });

  it('the hottest of 16 hash shards has p₁ + (1 - p₁)/16 = 12.3 % of a Zipf 0.99 load', () => {
    let sum = 0;
    const p1 = zipfShare(0.99, N, 1);
    const weights = Float64Array.from({ length: 20_000 }, (_, i) => p1 * Math.pow(i + 1, -0.99));
    const rest = 1 - weights.reduce((a, b) => a + b);
    for (let seed = 0; seed < 30; seed++) {
      const load = new Float64Array(16).fill(rest / 16);
      weights.forEach((w, rank) => (load[hash32(keyOfRank(rank, N, 'scattered', seed), 0) % 16] += w));
      sum += load.reduce((a, b) => Math.max(a, b));
    }
    expect(Math.abs(sum / 30 - 0.123)).toBeLessThan(0.006);
  });
});

describe('other popularities', () => {
  it('uniform: a million draws over 1,000 keys have χ² below 5 sigma', () => {
    const counts = count({ popularity: 'uniform', keys: 1000 }, N);
    expect(chiSquare(counts, () => 1000)).toBeLessThan(chiSquareLimit(1000));
  });

  it.each([0, 400, 999])(
    'hot: key %i gets 30 %% ± 5 standard errors, the other 999 share the rest evenly',
    (hotKey) => {
      const counts = count({ popularity: 'hot', keys: 1000, hotShare: 0.3, hotKey }, N);
      expect(Math.abs(counts[hotKey] / N - 0.3)).toBeLessThan(Z * Math.sqrt((0.3 * 0.7) / N));
      expect(chiSquare(counts, (key) => (key === hotKey ? 0.3 * N : (0.7 * N) / 999))).toBeLessThan(
        chiSquareLimit(1000),
      );
    },
  );

  it('hot without a key named: the key of rank 0', () => {
    const counts = count({ popularity: 'hot', keys: 1000, hotShare: 1, seed: 5 }, 100);
    expect(counts[keyOfRank(0, 1000, 'scattered', 5)]).toBe(100);
    expect(count({ popularity: 'hot', keys: 1, hotShare: 0 }, 100)[0]).toBe(100);
  });

  it.each([
    [
      { popularity: 'zipf', keys: 0, exponent: 1 },
      `The number of keys is from 1 to ${MAX_ZIPF_KEYS}, not 0.`,
    ],
    [
      { popularity: 'zipf', keys: 2e6, exponent: 1 },
      `The number of keys is from 1 to ${MAX_ZIPF_KEYS}, not 2000000.`,
    ],
    [
      { popularity: 'uniform', keys: 2 ** 31 },
      `The number of keys is from 1 to ${MAX_KEYS}, not 2147483648.`,
    ],
    [{ popularity: 'uniform', keys: 1.5 }, 'The number of keys is a whole number, not 1.5.'],
    [{ popularity: 'zipf', keys: 10 }, 'The Zipf exponent is from 0 to 10, not undefined.'],
    [{ popularity: 'hot', keys: 10, hotShare: 1.1 }, 'The share of the hot key is from 0 to 1, not 1.1.'],
    [{ popularity: 'hot', keys: 10, hotShare: 1, hotKey: 10 }, 'The hot key is from 0 to 9, not 10.'],
  ] as [Popularity, string][])('refuses %o', (popularity, sentence) => {
    expect(() => createKeySource(popularity)).toThrow(new RangeError(sentence));
  });

  it('draws the same keys in every engine', () => {
    const sum = (popularity: Popularity) => {
      const source = createKeySource(popularity);
      const stream = createStream(10, 'test', 'digest');
      let hash = 0;
      for (let i = 0; i < 10_000; i++) hash = hash32(source.draw(stream), hash);
      return hash.toString(16);
    };
    expect([
      sum({ popularity: 'zipf', keys: 100_000, exponent: 0.95, seed: 1 }),
      sum({ popularity: 'uniform', keys: 100_000 }),
      sum({ popularity: 'hot', keys: 100_000, hotShare: 0.2, seed: 1 }),
    ]).toEqual(['174257c0', 'a920d03f', '3cbf8d3f']);
  });
});

describe("Che's approximation of an LRU cache of 10,000 keys", () => {
  it.each([
    [1, 100, 0.3905],
    [1, 500, 0.5867],
    [1, 1000, 0.6756],
    [1, 2000, 0.7683],
    [0.8, 100, 0.1566],
    [0.8, 500, 0.3312],
    [0.8, 1000, 0.4367],
    [0.8, 2000, 0.5677],
  ])('Zipf %d with %i entries hits %d', (s, capacity, ratio) => {
    expect(Math.abs(cheHitRatio(s, 10_000, capacity) - ratio)).toBeLessThan(0.0001);
  });

  it.each([
    [1000, 0.617],
    [2000, 0.721],
  ])('the 80/20 load with %i entries hits %d', (capacity, ratio) => {
    expect(Math.abs(cheHitRatio(0.95, 10_000, capacity) - ratio)).toBeLessThan(0.0005);
  });

  it('is 0 without room, 1 with room for all, and rises in between', () => {
    expect(cheHitRatio(1, 1000, 0)).toBe(0);
    expect(cheHitRatio(1, 1000, 1000)).toBe(1);
    const ratios = [0.5, 1, 10, 500, 999, 999.9].map((capacity) => cheHitRatio(1, 1000, capacity));
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect(ratios[5]).toBeLessThan(1);
  });

  it('is met ± 0.01 by a simulated LRU of 1,000 entries and 400,000 requests, a third discarded', () => {
    const source = createKeySource({ popularity: 'zipf', keys: 10_000, exponent: 1 });
    const stream = createStream(3, 'test', 'lru');
    const lru = new Set<number>();
    let hits = 0;
    for (let i = 0; i < 400_000; i++) {
      const key = source.draw(stream);
      const hit = lru.delete(key);
      lru.add(key);
      if (lru.size > 1000) lru.delete(lru.values().next().value!);
      if (hit && i >= 133_333) hits++;
    }
    expect(Math.abs(hits / 266_667 - 0.6756)).toBeLessThan(0.01);
  });
});
