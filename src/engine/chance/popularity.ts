// Which key a request asks for: all alike, Zipf (few keys take most of the load), or one hot key. Keys are
// integers from 0 to N - 1. It does not know shards, caches or nodes; what skew does to them must show by
// itself.
import { exp, ln } from './elementary.ts';
import { hash32, type Stream } from './random.ts';

/** An alias table takes 8 bytes per key: 8 MB at this size. */
export const MAX_ZIPF_KEYS = 1_000_000;
/** Above it a key would not be a small integer in Chromium, where every other number costs an allocation. */
export const MAX_KEYS = 1_073_741_823;

/** A popularity distribution over keys. Immutable: all randomness is in the stream. */
export abstract class KeySource {
  /** Number of keys N; drawn are 0 to N - 1. */
  readonly keys: number;

  constructor(keys: number) {
    this.keys = keys;
  }

  /** The key of the next request. */
  abstract draw(stream: Stream): number;
}

/** Every key alike. */
class UniformKeys extends KeySource {
  draw(stream: Stream): number {
    return stream.below(this.keys);
  }
}

/** A share of all requests goes to one key, the rest evenly to the others. */
class HotKey extends KeySource {
  private readonly hot: number;
  private readonly share: number;

  constructor(keys: number, hot: number, share: number) {
    super(keys);
    this.hot = hot;
    this.share = share;
  }

  draw(stream: Stream): number {
    if (stream.chance(this.share) || this.keys === 1) return this.hot;
    const key = stream.below(this.keys - 1);
    return key < this.hot ? key : key + 1;
  }
}

/**
 * Zipf by an alias table (Walker 1977): column i keeps a share of its 2^32 cells to itself and gives the
 * rest to one other key, so a draw is two random numbers and one look-up whatever the skew. The columns
 * stand in key order, so scattering hot keys costs nothing per draw.
 */
class ZipfKeys extends KeySource {
  /** Two words per key: how many of 2^32 cells it keeps, and the key of the others. */
  private readonly table: Uint32Array;

  constructor(keys: number, table: Uint32Array) {
    super(keys);
    this.table = table;
  }

  draw(stream: Stream): number {
    const key = stream.below(this.keys);
    return stream.uint32() < this.table[2 * key] ? key : this.table[2 * key + 1];
  }
}

/** Where popular keys stand. `scattered`: anywhere, so that sharding spreads them; `adjacent`: key = rank. */
export type KeyOrder = 'scattered' | 'adjacent';

/** What `createKeySource` makes a source of. A field that the popularity does not use is ignored. */
export interface Popularity {
  readonly popularity: 'uniform' | 'zipf' | 'hot';
  /** Number of keys: 1 to MAX_KEYS, for Zipf to MAX_ZIPF_KEYS. */
  readonly keys: number;
  /** Zipf: s in p_i ∝ i^-s, 0 (uniform) to 10. */
  readonly exponent?: number | undefined;
  /** Default scattered. */
  readonly order?: KeyOrder | undefined;
  /** Of the scattering, any integer; sources that read the same data must agree on it. Default 0. */
  readonly seed?: number | undefined;
  /** Hot: share of requests that go to the hot key, 0 to 1. */
  readonly hotShare?: number | undefined;
  /** Hot: which key. Default the key of rank 0. */
  readonly hotKey?: number | undefined;
}

/** Makes a key source. RangeError, one sentence, if a number it needs is missing or out of its range. */
export function createKeySource(p: Popularity): KeySource {
  const keys = demand(p.keys, 'The number of keys', 1, p.popularity === 'zipf' ? MAX_ZIPF_KEYS : MAX_KEYS);
  if (Math.floor(keys) !== keys) throw new RangeError(`The number of keys is a whole number, not ${keys}.`);
  const order = p.order ?? 'scattered';
  const seed = order === 'scattered' ? (p.seed ?? 0) : 0;
  if (p.popularity === 'uniform') return new UniformKeys(keys);
  if (p.popularity === 'hot') {
    const hot = p.hotKey ?? keyOfRank(0, keys, order, seed);
    const share = demand(p.hotShare, 'The share of the hot key', 0, 1);
    return new HotKey(keys, demand(hot, 'The hot key', 0, keys - 1), share);
  }
  const exponent = demand(p.exponent, 'The Zipf exponent', 0, 10);
  return new ZipfKeys(keys, aliasTable(exponent, keys, order, seed));
}

function demand(value: number | undefined, what: string, least: number, most: number): number {
  if (value !== undefined && value >= least && value <= most) return value;
  throw new RangeError(`${what} is from ${least} to ${most}, not ${value}.`);
}

/**
 * The key of popularity rank 0 (most popular) to N - 1: for each seed a bijection on 0..N - 1, without a
 * table. Multiply, add and shift rounds on the smallest power of two that holds N are each invertible; what
 * falls outside is mapped again until it falls inside (cycle-walking, Black & Rogaway 2002), two rounds at
 * most on average.
 */
export function keyOfRank(rank: number, keys: number, order: KeyOrder, seed: number): number {
  if (order === 'adjacent') return rank;
  return scatter(rank, keys, hash32(seed, 1), hash32(seed, 2), hash32(seed, 3));
}

function scatter(rank: number, keys: number, a: number, b: number, c: number): number {
  const bits = 32 - Math.clz32(keys - 1);
  const mask = bits === 0 ? 0 : -1 >>> (32 - bits);
  const shift = (bits + 1) >> 1;
  let x = rank;
  do {
    x = (Math.imul(x, 0x9e3779b1) + a) & mask;
    x ^= x >>> shift;
    x = (Math.imul(x, 0x85ebca6b) + b) & mask;
    x ^= x >>> shift;
    x = (Math.imul(x, 0xc2b2ae35) + c) & mask;
    x ^= x >>> shift;
  } while (x >= keys);
  return x;
}

/**
 * Tables kept for the next source with the same keys; at most 32 MB. A memory of pure results, not of the
 * run.
 */
const CACHED_TABLES = 4;
const cache = new Map<string, Uint32Array>();

function aliasTable(exponent: number, keys: number, order: KeyOrder, seed: number): Uint32Array {
  const name = `${exponent} ${keys} ${order} ${seed}`;
  const table = cache.get(name) ?? buildAliasTable(exponent, keys, order, seed);
  cache.delete(name);
  cache.set(name, table);
  if (cache.size > CACHED_TABLES) cache.delete(cache.keys().next().value!);
  return table;
}

/**
 * Because the weights fall with the rank, the columns with too much (weight above 1, ranks below `rich`)
 * and those with too little are each met in order, and no work lists are needed: every poor column is
 * filled up by the current rich one, which itself is filled up by the next when it has given too much.
 */
function buildAliasTable(exponent: number, keys: number, order: KeyOrder, seed: number): Uint32Array {
  const table = new Uint32Array(2 * keys);
  const weights = zipfProbabilities(exponent, keys);
  let rich = 0;
  for (let i = 0; i < keys; i++) weights[i] *= keys;
  while (rich < keys && weights[rich] >= 1) rich++;
  let giver = 0;
  let giverKey = keyOfRank(0, keys, order, seed);
  let left = weights[0];
  for (let rank = rich; rank < keys; rank++) {
    fillColumn(table, keyOfRank(rank, keys, order, seed), weights[rank], giverKey);
    left -= 1 - weights[rank];
    while (left < 1 && giver + 1 < rich) {
      const next = keyOfRank(++giver, keys, order, seed);
      fillColumn(table, giverKey, left, next);
      left = weights[giver] - (1 - left);
      giverKey = next;
    }
  }
  // Rounding apart these have exactly their own.
  for (; giver < rich; giver++) {
    const key = keyOfRank(giver, keys, order, seed);
    fillColumn(table, key, 1, key);
  }
  return table;
}

/** Key `key` keeps the share `weight` of its column, `other` gets the rest. */
function fillColumn(table: Uint32Array, key: number, weight: number, other: number): void {
  table[2 * key] = Math.min(4294967295, Math.round(weight * 4294967296));
  table[2 * key + 1] = other;
}

/** p_i ∝ i^-s for i = 1 to N, at index i - 1; they add up to 1. */
function zipfProbabilities(s: number, keys: number): Float64Array {
  const p = new Float64Array(keys);
  let sum = 0;
  for (let i = 0; i < keys; i++) sum += p[i] = exp(-s * ln(i + 1));
  for (let i = 0; i < keys; i++) p[i] /= sum;
  return p;
}

/** Share of requests, 0 to 1, that go to the `top` most popular of `keys` keys under Zipf(s). */
export function zipfShare(s: number, keys: number, top: number): number {
  const p = zipfProbabilities(s, keys);
  let sum = 0;
  for (let i = 0; i < top && i < keys; i++) sum += p[i];
  return sum;
}

/**
 * Hit ratio of an LRU cache of `capacity` entries under Zipf(s) over `keys` keys and independent requests,
 * by the approximation of Che, Tung & Wang (2002): t requests after its last one a key is evicted, where t
 * solves Σ (1 - e^(-p_i t)) = capacity; the hit ratio is Σ p_i (1 - e^(-p_i t)). Within 0.01 of a
 * simulation.
 */
export function cheHitRatio(s: number, keys: number, capacity: number): number {
  if (capacity >= keys) return 1;
  if (!(capacity > 0)) return 0;
  const p = zipfProbabilities(s, keys);
  // The sum is concave in t and below the capacity at t = capacity, so Newton's steps rise to the root.
  let t = capacity;
  for (let step = 0; step < 100; step++) {
    let filled = 0;
    let slope = 0;
    for (let i = 0; i < keys; i++) {
      const absent = exp(-p[i] * t);
      filled += 1 - absent;
      slope += p[i] * absent;
    }
    const rise = (capacity - filled) / slope;
    t += rise;
    if (!(rise > 1e-9 * t)) break;
  }
  let hits = 0;
  for (let i = 0; i < keys; i++) hits += p[i] * (1 - exp(-p[i] * t));
  return hits;
}
