/**
 * Closed forms about popularity, caches and copies that age. Pure arithmetic; they must not know designs, cases or how
 * anything is simulated.
 */
import { exp, pow } from '../../engine/chance/elementary.ts';

/** Share of requests that go to each of `keys` keys, most popular first: the i-th gets ∝ i^−exponent (G. K. Zipf). */
export function zipfShares(keys: number, exponent: number): Float64Array {
  const shares = Float64Array.from({ length: keys }, (_, i) => pow(i + 1, -exponent));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** Share of all requests that go to the `top` most popular keys. */
export function topShare(shares: Float64Array, top: number): number {
  return shares.subarray(0, top).reduce((a, b) => a + b, 0);
}

/**
 * Hit ratio of a cache of `capacity` entries, least recently used out, for independent requests: an entry stays for a
 * characteristic number of requests t, where Σ (1 − e^(−pᵢ t)) = capacity.
 * Source: H. Che, Y. Tung, Z. Wang 2002; why it is this exact: C. Fricker, P. Robert, J. Roberts 2012.
 */
export function cheHitRatio(shares: Float64Array, capacity: number): number {
  const held = (t: number) => shares.reduce((sum, p) => sum + 1 - exp(-p * t), 0);
  let low = 0;
  let high = capacity;
  while (held(high) < capacity) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (held(middle) < capacity) low = middle;
    else high = middle;
  }
  return shares.reduce((sum, p) => sum + p * (1 - exp(-p * low)), 0);
}

/**
 * Share of the reads of one key that get an outdated copy from a cache that keeps it for `ttl` after a miss and hears of
 * no write. Reads and writes are Poisson, rates per the unit of `ttl`. In each round of one miss and `reads` × ttl hits,
 * a hit of age a is outdated with probability 1 − e^(−writes × a).
 */
export function staleReadShare(reads: number, writes: number, ttl: number): number {
  const staleHits = reads * (ttl - (1 - exp(-writes * ttl)) / writes);
  return staleHits / (1 + reads * ttl);
}
