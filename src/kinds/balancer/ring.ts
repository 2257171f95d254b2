/** A ring of hashes (ketama), each key with the next point on it, so that few keys move when a peer comes or goes. */
import { Algorithm, type Choices } from './algorithm.ts';
import { haveRoom } from './bounded.ts';
import { MAX_DRAWS } from './chance.ts';
import { addByte, CRC_START, finish } from '../../model/checksum.ts';
import { addText, type HashKey } from './hashkey.ts';
import type { Ask, Peer } from './peer.ts';
import type { SmoothRotation } from './rotation.ts';

const POINTS_PER_WEIGHT = 160;
/** Share of moved keys is told from as many hashes evenly spread. */
const SAMPLE = 8_192;

export interface Ring {
  /** Ascending, without duplicates. */
  readonly points: Uint32Array;
  /** Place of the owner of each point in the list of peers. */
  readonly owners: Uint16Array;
}

/** nginx: each point of a peer is the CRC-32 of host, 0, port and the point before. */
export function makeRing(servers: readonly { readonly host: string; readonly weight: number }[]): Ring {
  const all: { hash: number; owner: number }[] = [];
  servers.forEach(({ host, weight }, owner) => {
    const start = addText(addByte(addText(CRC_START, host), 0), '80');
    let previous = 0;
    for (let i = 0; i < POINTS_PER_WEIGHT * weight; i++) {
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
  private readonly nearest: boolean;
  /** Open requests of a peer may be this many times the mean; 0 = no bound. */
  private readonly boundFactor: number;
  private ring: Ring = makeRing([]);
  private names: readonly string[] = [];
  /** By place in the list; made when somebody looks. */
  private shares: Float64Array | null = null;

  constructor(rotation: SmoothRotation, key: HashKey, nearest: boolean, boundFactor: number) {
    super();
    this.rotation = rotation;
    this.key = key;
    this.nearest = nearest;
    this.boundFactor = boundFactor;
  }

  override rebuilt(list: readonly Peer[]): number {
    const { ring: before, names } = this;
    this.ring = makeRing(list.map((peer) => ({ host: peer.name, weight: peer.weight })));
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
    this.shares ??= sharesOf(this.ring, this.names.length, this.nearest);
    return this.shares[place];
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    const { ring } = this;
    if (this.key.isEmpty?.(ask)) return this.rotation.choose(peers, ask);
    const hash = finish(this.key.add(CRC_START, ask));
    let point = this.nearest ? pointNearest(ring, hash) : pointAfter(ring, hash);
    if (point < 0) return null;
    const room = haveRoom(peers.list, this.boundFactor);
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
