// Where chance comes from: one independent stream per (seed, node, purpose), and integer hashes.
// A stream knows nothing of who draws from it; its whole state is four 32-bit words.

/** 2^-32. */
const UNIT = 2.3283064365386963e-10;
/** Rounds after seeding, so that each of the 128 bits of the seed reaches every bit of the state. */
const WARM_UP_ROUNDS = 16;

/**
 * Pseudo-random numbers by sfc32 (Chris Doty-Humphrey, PractRand 0.93): 128 bits of state, period at least
 * 2^32 and 2^127 on average, passes BigCrush and PractRand.
 */
export class Stream {
  /** The whole state, four words: a checkpoint is a copy of it, restoring is `state.set(copy)`. */
  readonly state: Int32Array;

  /** Draws from and advances the four words given; they are not copied. */
  constructor(state: Int32Array) {
    if (state.length !== 4) throw new RangeError(`A stream has four words of state, not ${state.length}.`);
    this.state = state;
  }

  /** A signed integer of 32 random bits. The one place where the state advances. */
  int32(): number {
    const s = this.state;
    const b = s[1];
    const c = s[2];
    const d = s[3];
    const result = (((s[0] + b) | 0) + d) | 0;
    s[0] = b ^ (b >>> 9);
    s[1] = (c + (c << 3)) | 0;
    s[2] = (((c << 21) | (c >>> 11)) + result) | 0;
    s[3] = (d + 1) | 0;
    return result;
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    return this.int32() >>> 0;
  }

  /**
   * A number strictly between 0 and 1: the middle of one of 2^32 equal cells, so its logarithm is always
   * finite.
   */
  uniform(): number {
    return ((this.int32() >>> 0) + 0.5) * UNIT;
  }

  /**
   * An integer from 0 to n - 1, for 1 <= n <= 2^32, from one draw. Never n: the largest product is n -
   * n/2^33, which doubles tell from n. Each outcome has either floor or ceil of 2^32/n cells, so its
   * probability is off by less than 2^-32; to notice, one would have to see every outcome (2^32/n)² times.
   * Exact (and rejecting) is not worth a second draw here.
   */
  below(n: number): number {
    return Math.floor(((this.int32() >>> 0) + 0.5) * UNIT * n);
  }

  /** True with probability p. Always takes one draw, so that changing p leaves later draws as they were. */
  chance(p: number): boolean {
    return ((this.int32() >>> 0) + 0.5) * UNIT < p;
  }
}

/**
 * Bijective mixing of 32 bits: each bit of the input flips each bit of the result with probability near one
 * half.
 */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/**
 * Unsigned 32-bit hash of an integer (its low 32 bits), for key to shard, sampling, cacheable share. For
 * one salt a bijection on 32 bits: no two keys collide. Different salts give unrelated hashes, because the
 * salt enters by addition between two mixings. The mixing constants are those of Chris Wellons' hash
 * prospector.
 */
export function hash32(x: number, salt: number): number {
  return mix((mix(x | 0) + Math.imul(salt | 0, 0x9e3779b1) + 0x6a09e667) | 0) >>> 0;
}

/** Unsigned 32-bit hash of a text, over its UTF-16 code units and its length. */
export function hashString(text: string, salt: number): number {
  let h = mix(salt | 0);
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x85ebca6b);
    h = (h << 13) | (h >>> 19);
  }
  return mix(h ^ text.length) >>> 0;
}

/** Marks the end of each part hashed; above any UTF-16 code unit, so ('ab', 'c') and ('a', 'bc') differ. */
const SEPARATOR = 0x10000;

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** Takes one word into the four lanes. Bijective in the lanes, so nothing absorbed before is lost. */
function absorb(lanes: Int32Array, word: number): void {
  lanes[0] = rotate(Math.imul(lanes[0] ^ word, 0x9e3779b1), 13) + lanes[1];
  lanes[1] = rotate(Math.imul(lanes[1] ^ word, 0x85ebca77), 17) + lanes[2];
  lanes[2] = rotate(Math.imul(lanes[2] ^ word, 0xc2b2ae3d), 11) + lanes[3];
  lanes[3] = rotate(Math.imul(lanes[3] ^ word, 0x27d4eb2f), 15) + lanes[0];
}

function absorbText(lanes: Int32Array, text: string): void {
  for (let i = 0; i < text.length; i++) absorb(lanes, text.charCodeAt(i));
  absorb(lanes, SEPARATOR + text.length);
}

/** Room for the bits of a seed. */
const seedBits = new DataView(new ArrayBuffer(8));

/**
 * The stream of one purpose of one node, for example (42, 'db-1', 'service'). Depends on these three alone,
 * so adding a node or a purpose leaves every other stream as it was.
 * @param seed any finite number; all its 64 bits count. RangeError otherwise.
 */
export function createStream(seed: number, nodeId: string, purpose: string): Stream {
  if (!(seed - seed === 0)) throw new RangeError(`The seed of a stream is a finite number, not ${seed}.`);
  seedBits.setFloat64(0, seed + 0); // -0 becomes 0
  const lanes = new Int32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]); // the digits of pi
  absorb(lanes, seedBits.getInt32(0));
  absorb(lanes, seedBits.getInt32(4));
  absorbText(lanes, nodeId);
  absorbText(lanes, purpose);
  for (let i = 0; i < 4; i++) absorb(lanes, SEPARATOR);
  for (let i = 0; i < 4; i++) lanes[i] = mix(lanes[i]);
  const stream = new Stream(lanes);
  for (let i = 0; i < WARM_UP_ROUNDS; i++) stream.int32();
  return stream;
}
