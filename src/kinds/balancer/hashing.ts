/** Hashes that fall straight on a peer, as nginx: of the address, and of any key modulo the weights. */
import { Algorithm, type Choices } from './algorithm.ts';
import { MAX_DRAWS } from './chance.ts';
import { CRC_START, finish } from '../../model/checksum.ts';
import { addDigits, addressOctet, type HashKey } from './hashkey.ts';
import { type Ask, type Peer, totalWeight } from './peer.ts';
import type { SmoothRotation } from './rotation.ts';

const IP_START = 89;
const IP_FACTOR = 113;
const IP_MODULUS = 6271;

/** One step of nginx's `ip_hash`. */
export function addOctet(hash: number, octet: number): number {
  return (hash * IP_FACTOR + octet) % IP_MODULUS;
}

/** The peer that a number falls on when each takes up as much as its weight. */
function peerAt(list: readonly Peer[], hash: number): Peer | null {
  const total = totalWeight(list);
  if (total === 0) return null;
  let place = hash % total;
  for (const peer of list) {
    place -= peer.weight;
    if (place < 0) return peer;
  }
  return null;
}

/** Every peer takes up as many places as its weight. */
abstract class HashBySlots extends Algorithm {
  private total = 0;

  override rebuilt(list: readonly Peer[]): number {
    this.total = totalWeight(list);
    return 0;
  }

  override shareOf({ weight }: Peer): number {
    return weight / this.total;
  }
}

/** The first three octets of the visitor's address, so a whole /24 goes to one peer; after 20 misses turns are taken. */
export class IpHash extends HashBySlots {
  private readonly rotation: SmoothRotation;

  constructor(rotation: SmoothRotation) {
    super();
    this.rotation = rotation;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    let hash = IP_START;
    for (let tries = 0; tries < MAX_DRAWS; tries++) {
      for (let octet = 0; octet < 3; octet++) hash = addOctet(hash, addressOctet(ask.session, octet));
      const peer = peerAt(peers.list, hash);
      if (peer !== null && peers.isEligible(peer, ask)) return peer;
    }
    return this.rotation.choose(peers, ask);
  }
}

/** CRC-32 of the key modulo the weights; the nth try hashes n before the key. */
export class ModuloHash extends HashBySlots {
  private readonly rotation: SmoothRotation;
  private readonly key: HashKey;

  constructor(rotation: SmoothRotation, key: HashKey) {
    super();
    this.rotation = rotation;
    this.key = key;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    if (this.key.isEmpty?.(ask)) return this.rotation.choose(peers, ask);
    let hash = 0;
    for (let tries = 0; tries < MAX_DRAWS; tries++) {
      hash += this.part(tries, ask);
      const peer = peerAt(peers.list, hash);
      if (peer !== null && peers.isEligible(peer, ask)) return peer;
    }
    return this.rotation.choose(peers, ask);
  }

  /** What try n adds to the hash: 15 bits. */
  part(tries: number, ask: Ask): number {
    const prefix = tries > 0 ? addDigits(CRC_START, tries) : CRC_START;
    return (finish(this.key.add(prefix, ask)) >>> 16) & 0x7fff;
  }
}
