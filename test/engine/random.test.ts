// Streams: a known generator, even, and independent of each other. Hashes: even, and unlike for like input.
import { describe, expect, it } from 'vitest';
import { createStream, hash32, hashString, Stream } from '../../src/engine/chance/random.ts';

/** χ² of counts that should be equal. */
function chiSquare(counts: ArrayLike<number>, expected: number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i] - expected) ** 2 / expected;
  return sum;
}

/**
 * The quantile of χ² over k cells that a normal variate has at z (Wilson & Hilferty 1931): ∛(χ²/f) is
 * normal.
 */
function chiSquareAt(z: number, k: number): number {
  const f = k - 1;
  return f * (1 - 2 / (9 * f) + z * Math.sqrt(2 / (9 * f))) ** 3;
}
const mostFor = (k: number) => chiSquareAt(5, k);
const leastFor = (k: number) => chiSquareAt(-5, k);

function take(stream: Stream, n: number): number[] {
  return Array.from({ length: n }, () => stream.uint32());
}

describe('the generator', () => {
  it('is sfc32: from the state 1, 2, 3, 4 it gives the numbers of the published C code', () => {
    const numbers = take(new Stream(new Int32Array([1, 2, 3, 4])), 1000);
    expect(numbers.slice(0, 6)).toEqual([7, 34, 56623200, 188882296, 3431242869, 399395954]);
    expect(numbers[999]).toBe(1810128320);
  });

  it('goes on from a copy of its state with the same numbers', () => {
    const stream = createStream(1, 'a', 'b');
    take(stream, 10);
    const checkpoint = stream.state.slice();
    const once = take(stream, 100);
    stream.state.set(checkpoint);
    expect(take(stream, 100)).toEqual(once);
  });

  it('refuses a state that is not four words', () => {
    expect(() => new Stream(new Int32Array(3))).toThrow('A stream has four words of state, not 3.');
  });

  it('uniform is never 0 nor 1, at the two ends of the 32 bits', () => {
    // The first number is the sum of the words 0, 1 and 3.
    expect(new Stream(new Int32Array([0, 0, 0, 0])).uniform()).toBe(0.5 / 2 ** 32);
    expect(new Stream(new Int32Array([-1, 0, 0, 0])).uniform()).toBe(1 - 0.5 / 2 ** 32);
  });

  it('below never reaches n, for n up to 2^32, and covers 0', () => {
    for (const n of [1, 2, 3, 1000, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 32]) {
      expect(new Stream(new Int32Array([-1, 0, 0, 0])).below(n)).toBe(n - 1);
      expect(new Stream(new Int32Array([0, 0, 0, 0])).below(n)).toBe(0);
    }
  });

  it('uniform fills 4,096 cells evenly with 4,096,000 numbers: χ² between its quantiles at ±5 sigma', () => {
    const stream = createStream(2, 'test', 'uniform');
    const counts = new Int32Array(4096);
    for (let i = 0; i < 4_096_000; i++) counts[Math.floor(stream.uniform() * 4096)]++;
    expect(chiSquare(counts, 1000)).toBeLessThan(mostFor(4096));
    expect(chiSquare(counts, 1000)).toBeGreaterThan(leastFor(4096));
  });

  it('pairs of successive numbers fill 64 x 64 cells evenly', () => {
    const stream = createStream(3, 'test', 'pairs');
    const counts = new Int32Array(4096);
    for (let i = 0; i < 4_096_000; i++) counts[stream.below(64) * 64 + stream.below(64)]++;
    expect(chiSquare(counts, 1000)).toBeLessThan(mostFor(4096));
  });

  it.each([2, 3, 7, 10, 1000, 1023])('below(%i) gives every outcome alike', (n) => {
    const stream = createStream(4, 'test', 'below');
    const counts = new Int32Array(n);
    for (let i = 0; i < 1000 * n; i++) counts[stream.below(n)]++;
    expect(chiSquare(counts, 1000)).toBeLessThan(mostFor(n));
  });

  it('chance(p) is true with frequency p ± 5 √(p(1 - p)/n), never for 0 and always for 1', () => {
    const stream = createStream(5, 'test', 'chance');
    const n = 1_000_000;
    for (const p of [0, 0.001, 0.3, 0.999, 1]) {
      let hits = 0;
      for (let i = 0; i < n; i++) if (stream.chance(p)) hits++;
      expect(Math.abs(hits / n - p)).toBeLessThanOrEqual(5 * Math.sqrt((p * (1 - p)) / n));
    }
  });

  it('chance takes one number whatever p is, so changing p leaves later draws as they were', () => {
    const [a, b] = [createStream(6, 'x', 'y'), createStream(6, 'x', 'y')];
    a.chance(0);
    b.chance(1);
    expect(take(a, 10)).toEqual(take(b, 10));
  });
});

describe('createStream', () => {
  it('gives the same numbers for the same seed, node and purpose, in every engine', () => {
    expect(take(createStream(42, 'db-1', 'service'), 4)).toEqual([
      1108490048, 3800471704, 1255607298, 4121006224,
    ]);
    expect(take(createStream(2 ** 53 - 1, 'Кэш-1', ''), 2)).toEqual([3884442758, 1331924413]);
    expect(take(createStream(-0, '', ''), 2)).toEqual(take(createStream(0, '', ''), 2));
  });

  it('gives other numbers as soon as seed, node, purpose or the border between them differs', () => {
    const seeds = [0, 1, 2, -1, 0.5, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
    const names = ['', 'a', 'b', 'aa', 'ab', 'ba', 'a\0', '\0a', 'A', 'node-1', 'node-2', 'node-11'];
    const seen = new Set<string>();
    for (const seed of seeds) {
      for (const node of names)
        for (const purpose of names) seen.add(`${take(createStream(seed, node, purpose), 2)}`);
    }
    expect(seen.size).toBe(8 * 12 * 12);
  });

  it('creating and drawing from one stream leaves the others as they were', () => {
    const alone = take(createStream(7, 'app', 'service'), 100);
    const stream = createStream(7, 'app', 'service');
    const neighbour = createStream(7, 'app', 'arrivals');
    const interleaved: number[] = [];
    for (let i = 0; i < 100; i++) {
      neighbour.uniform();
      interleaved.push(stream.uint32());
      createStream(7, `late-${i}`, 'service').uniform();
    }
    expect(interleaved).toEqual(alone);
  });

  it('first numbers of 65,536 streams with neighbouring seeds and names are even and uncorrelated', () => {
    const n = 65_536;
    const counts = new Int32Array(256);
    let product = 0;
    for (let i = 0; i < n; i++) {
      const [a, b] = [
        createStream(i, `n${i & 15}`, 'x').uniform(),
        createStream(i + 1, `n${i & 15}`, 'x').uniform(),
      ];
      counts[Math.floor(a * 256)]++;
      product += (a - 0.5) * (b - 0.5) * 12;
    }
    expect(chiSquare(counts, 256)).toBeLessThan(mostFor(256));
    // A correlation of independent numbers has the standard error 1/√n.
    expect(Math.abs(product / n)).toBeLessThan(5 / Math.sqrt(n));
  });

  it('refuses a seed that is not finite', () => {
    expect(() => createStream(NaN, 'a', 'b')).toThrow('The seed of a stream is a finite number, not NaN.');
    expect(() => createStream(Infinity, 'a', 'b')).toThrow(RangeError);
  });
});

describe('hashes', () => {
  it('are the same in every engine', () => {
    expect([hash32(0, 0), hash32(1, 0), hash32(0, 1), hash32(-1, 7), hash32(2 ** 32 - 1, 7)]).toEqual([
      2074702303, 2451086288, 1024042653, 3246546087, 3246546087,
    ]);
    expect([
      hashString('', 0),
      hashString('user:1', 0),
      hashString('user:2', 0),
      hashString('user:1', 1),
    ]).toEqual([0, 3909418831, 3778895466, 2749460265]);
  });

  it('hash32 never collides on 0 … 999,999 for one salt', () => {
    const seen = new Set<number>();
    for (let x = 0; x < 1_000_000; x++) seen.add(hash32(x, 3));
    expect(seen.size).toBe(1_000_000);
  });

  it.each(['x', 'salt'])(
    'a flipped bit of the %s of hash32 flips each of 32 bits with probability ½ ± 5 %',
    (which) => {
      const stream = createStream(8, 'test', which);
      const n = 10_000;
      const flips = new Int32Array(32 * 32);
      for (let i = 0; i < n; i++) {
        const [x, salt] = [stream.int32(), stream.int32()];
        for (let bit = 0; bit < 32; bit++) {
          const other = which === 'x' ? hash32(x ^ (1 << bit), salt) : hash32(x, salt ^ (1 << bit));
          const changed = hash32(x, salt) ^ other;
          for (let out = 0; out < 32; out++) flips[bit * 32 + out] += (changed >>> out) & 1;
        }
      }
      // Of 1,024 shares with standard error 0.5/√n = 0.5 % none is further off than ten of them.
      for (const count of flips) expect(Math.abs(count / n - 0.5)).toBeLessThan(0.05);
    },
  );

  it.each([3, 16, 1000])(
    'hash32 spreads the keys 0 … 999 n evenly over %i shards, whatever the salt',
    (shards) => {
      for (const salt of [0, 1, 2, 12345]) {
        const counts = new Int32Array(shards);
        for (let key = 0; key < 1000 * shards; key++) counts[hash32(key, salt) % shards]++;
        expect(chiSquare(counts, 1000)).toBeLessThan(mostFor(shards));
      }
    },
  );

  it('hash32 with two salts gives two unrelated placements: 16 x 16 pairs of shards are even', () => {
    const counts = new Int32Array(256);
    for (let key = 0; key < 256_000; key++) counts[(hash32(key, 1) & 15) * 16 + (hash32(key, 2) & 15)]++;
    expect(chiSquare(counts, 1000)).toBeLessThan(mostFor(256));
  });

  it('hashString spreads numbered names evenly over 64 cells, by its low and by its high bits', () => {
    const [low, high] = [new Int32Array(64), new Int32Array(64)];
    for (let i = 0; i < 64_000; i++) {
      low[hashString(`user:${i}`, 0) & 63]++;
      high[hashString(`user:${i}`, 0) >>> 26]++;
    }
    expect(chiSquare(low, 1000)).toBeLessThan(mostFor(64));
    expect(chiSquare(high, 1000)).toBeLessThan(mostFor(64));
  });
});
