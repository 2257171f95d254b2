/** A ring of hashes (ketama), each key with the next point on it, so that few keys move when a peer comes or goes. */
import { Algorithm, type Choices } from './algorithm.ts';
import { chooseBounded, haveRoom } from './bounded.ts';
import { MAX_DRAWS } from './chance.ts';
import { addByte, CRC_START, finish } from '../../model/checksum.ts';
import { addText, type HashKey } from './hashkey.ts';
import type { Ask, Peer } from './peer.ts';
import type { SmoothRotation } from './rotation.ts';
import type { Variant } from './slowstart.ts';

const POINTS_PER_WEIGHT = 160;
/** Envoy: points in all, at least. */
const LEAST_POINTS = 1_024;
/** Share of moved keys is told from as many hashes evenly spread. */
const SAMPLE = 8_192;

export interface Ring {
  /** Ascending, without duplicates. */
  readonly points: Uint32Array;
  /** Place of the owner of each point in the list of peers. */
  readonly owners: Uint16Array;
}

/**
 * Envoy: how many points each peer has, so that there are 1,024 at least and the one of least weight has a whole number
 * of them; the others have theirs by running sums.
 */
export function pointsByShare(weights: readonly number[]): number[] {
  let total = 0;
  for (const weight of weights) total += weight;
  const used = weights.filter((weight) => weight > 0);
  if (used.length === 0) return weights.map(() => 0);
  const least = Math.min(...used);
  // In units of the total: as a fraction it would come out a little above a whole number.
  const perWeight = Math.ceil((LEAST_POINTS * least) / total) / least;
  let target = 0;
  let given = 0;
  return weights.map((weight) => {
    target += perWeight * weight;
    const points = Math.max(0, Math.ceil(target - 1e-9) - given);
    given += points;
    return points;
  });
}

/** Of each peer so many points, as nginx makes them: each is the CRC-32 of host, 0, port and the point before. */
export function makeRing(servers: readonly { readonly host: string; readonly points: number }[]): Ring {
  const all: { hash: number; owner: number }[] = [];
  servers.forEach(({ host, points }, owner) => {
    const start = addText(addByte(addText(CRC_START, host), 0), '80');
    let previous = 0;
    for (let i = 0; i < points; i++) {
      let crc = start;
      for (let byte = 0; byte < 32; byte += 8) crc = addByte(crc, (previous >>> byte) & 255);
      previous = finish(crc);
      all.push({ hash: previous, owner });
    }
  });
  all.sort((a, b) => a.hash - b.hash || a.owner - b.owner);
  const kept = all.filter((point, i) => i === 0 || point.hash !== all[i - 1].hash);
  return {
    points: Uint32Array.from(kept, (point) => point.hash),
    owners: Uint16Array.from(kept, (point) => point.owner),
  };
}

/** The first point at or after the hash, round the end; −1 on an empty ring. */
export function pointAfter({ points }: Ring, hash: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle] < hash) low = middle + 1;
    else high = middle;
  }
  return low < points.length ? low : points.length - 1 < 0 ? -1 : 0;
}

/** The nearer of the two points around the hash (HAProxy). */
export function pointNearest(ring: Ring, hash: number): number {
  const after = pointAfter(ring, hash);
  if (after < 0) return after;
  const { points } = ring;
  const before = (after + points.length - 1) % points.length;
  return (hash - points[before]) >>> 0 < (points[after] - hash) >>> 0 ? before : after;
}

/** Share of the ring that each owner has: before its points (ketama), or half of the way to the next on either side. */
export function sharesOf({ points, owners }: Ring, count: number, nearest: boolean): Float64Array {
  const shares = new Float64Array(count);
  points.forEach((point, i) => {
    const before = (i + points.length - 1) % points.length;
    const gap = points.length === 1 ? 1 : ((point - points[before]) >>> 0) / 4_294_967_296;
    shares[owners[i]] += nearest ? gap / 2 : gap;
    if (nearest) shares[owners[before]] += gap / 2;
  });
  return shares;
}

export class RingHash extends Algorithm {
  private readonly rotation: SmoothRotation;
  private readonly key: HashKey;
  private readonly rule: Variant;
  /** Open requests of a peer may be this many times the mean; 0 = no bound. */
  private readonly boundFactor: number;
  private ring: Ring = makeRing([]);
  private names: readonly string[] = [];
  /** By place in the list; made when somebody looks. */
  private shares: Float64Array | null = null;

  constructor(rotation: SmoothRotation, key: HashKey, rule: Variant, boundFactor: number) {
    super();
    this.rotation = rotation;
    this.key = key;
    this.rule = rule;
    this.boundFactor = boundFactor;
  }

  override rebuilt(list: readonly Peer[]): number {
    const { ring: before, names } = this;
    const weights = list.map((peer) => peer.weight);
    const counts =
      this.rule === 'envoy' ? pointsByShare(weights) : weights.map((weight) => POINTS_PER_WEIGHT * weight);
    this.ring = makeRing(list.map((peer, i) => ({ host: peer.name, points: counts[i] })));
    this.names = list.map((peer) => peer.name);
    this.shares = null;
    if (names.length === 0) return 0;
    let moved = 0;
    for (let i = 0; i < SAMPLE; i++) {
      const hash = i * (4_294_967_296 / SAMPLE);
      const was = names[before.owners[pointAfter(before, hash)]];
      if (was !== this.names[this.ring.owners[pointAfter(this.ring, hash)]]) moved++;
    }
    return moved / SAMPLE;
  }

  override shareOf({ place }: Peer): number {
    this.shares ??= sharesOf(this.ring, this.names.length, this.rule === 'haproxy');
    return this.shares[place];
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    if (this.key.isEmpty?.(ask)) return this.rotation.choose(peers, ask);
    const hash = finish(this.key.add(CRC_START, ask));
    if (this.rule !== 'envoy') return this.walk(peers, ask, hash, haveRoom(peers.list, this.boundFactor));
    const own = this.walk(peers, ask, hash, null);
    return own === null || this.boundFactor === 0
      ? own
      : chooseBounded(peers, ask, own, hash, this.boundFactor);
  }

  /** From the point of the hash on, to the first peer that may be used and has room. */
  private walk(peers: Choices, ask: Ask, hash: number, room: readonly boolean[] | null): Peer | null {
    const { ring } = this;
    let point = this.rule === 'haproxy' ? pointNearest(ring, hash) : pointAfter(ring, hash);
    if (point < 0) return null;
    const most = room === null ? MAX_DRAWS : ring.points.length;
    for (let tries = 0; tries < most; tries++) {
      const owner = ring.owners[point];
      const peer = peers.list[owner];
      if ((room === null || room[owner]) && peers.isEligible(peer, ask)) return peer;
      point = (point + 1) % ring.points.length;
    }
    return this.rotation.choose(peers, ask);
  }
}
