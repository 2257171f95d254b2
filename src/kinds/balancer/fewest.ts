/** Choices by what is open: least connections as nginx and as HAProxy, and first come, first filled. */
import { Algorithm, type Choices } from './algorithm.ts';
import type { Ask, Peer } from './peer.ts';
import type { SmoothRotation } from './rotation.ts';

/** nginx: fewest open per weight; peers that tie exactly take turns. */
export class LeastConnections extends Algorithm {
  private readonly rotation: SmoothRotation;
  private mark = 0;

  constructor(rotation: SmoothRotation) {
    super();
    this.rotation = rotation;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    let best: Peer | null = null;
    let bestWeight = 1;
    for (const peer of peers.list) {
      if (!peers.isEligible(peer, ask)) continue;
      const weight = peers.weightOf(peer, ask);
      const less = best === null ? -1 : peer.conns * bestWeight - best.conns * weight;
      if (less > 0) continue;
      if (less < 0) {
        best = peer;
        bestWeight = weight;
        this.mark++;
      }
      peer.mark = this.mark;
    }
    if (best === null || !this.ties(peers, best)) return best;
    return this.rotation.among(peers, ask, this.mark);
  }

  private ties(peers: Choices, best: Peer): boolean {
    for (const peer of peers.list) if (peer !== best && peer.mark === this.mark) return true;
    return false;
  }
}

/** HAProxy: key 0 when idle, else ⌊(open + 1) · 4096 ÷ (16 · weight)⌋; smallest key, the longest unused among equals. */
export class LeastConnectionsByKey extends Algorithm {
  private turns = 0;

  override wordsOf({ conns, weight }: Peer): string {
    return `key ${loadKey(conns, weight)}`;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    let best: Peer | null = null;
    let least = Infinity;
    for (const peer of peers.list) {
      if (!peers.isEligible(peer, ask)) continue;
      const key = loadKey(peer.conns, peers.weightOf(peer, ask));
      if (best !== null && (key > least || (key === least && peer.turn > best.turn))) continue;
      best = peer;
      least = key;
    }
    if (best !== null) best.turn = ++this.turns;
    return best;
  }
}

export function loadKey(open: number, weight: number): number {
  return open === 0 ? 0 : Math.floor(((open + 1) * 4096) / (16 * weight));
}

/** HAProxy's "first": the first in the list with room, so that the others can be taken out of service. */
export class First extends Algorithm {
  choose(peers: Choices, ask: Ask): Peer | null {
    for (const peer of peers.list) if (peers.isEligible(peer, ask)) return peer;
    return null;
  }
}
