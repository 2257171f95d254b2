/** Choices by chance: weighted random, and two random choices as nginx, HAProxy and Envoy make them. */
import { Algorithm, type Choices } from './algorithm.ts';
import { type Ask, NEVER, type Peer, totalWeight } from './peer.ts';
import { DueRotation, type SmoothRotation } from './rotation.ts';

/** After so many draws of peers that may not be used, turns are taken instead (nginx). */
export const MAX_DRAWS = 20;

/** A peer with probability in proportion to its weight, eligible or not. */
function drawByWeight(peers: Choices, ask: Ask): Peer {
  let total = 0;
  for (const peer of peers.list) total += peers.weightOf(peer, ask);
  let x = peers.stream.uniform() * total;
  for (const peer of peers.list) {
    x -= peers.weightOf(peer, ask);
    if (x < 0) return peer;
  }
  return peers.list[peers.list.length - 1];
}

export class WeightedRandom extends Algorithm {
  private readonly rotation: SmoothRotation;
  private total = 0;

  constructor(rotation: SmoothRotation) {
    super();
    this.rotation = rotation;
  }

  override rebuilt(list: readonly Peer[]): number {
    this.total = totalWeight(list);
    return 0;
  }

  override shareOf({ weight }: Peer): number {
    return weight / this.total;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    if (peers.list.length === 0) return null;
    for (let draws = 0; draws < MAX_DRAWS; draws++) {
      const peer = drawByWeight(peers, ask);
      if (peers.isEligible(peer, ask)) return peer;
    }
    return this.rotation.choose(peers, ask);
  }
}

/** Different peers by weight, mostly two; the one with fewest open for its weight, the last of a tie (nginx, HAProxy). */
export class TwoChoices extends Algorithm {
  private readonly rotation: SmoothRotation;
  private readonly choices: number;
  /** HAProxy: a tie goes to the peer with fewer requests in the last second. */
  private readonly byRate: boolean;
  private readonly drawn: Peer[] = [];

  constructor(rotation: SmoothRotation, choices: number, byRate: boolean) {
    super();
    this.rotation = rotation;
    this.choices = choices;
    this.byRate = byRate;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    const { drawn } = this;
    drawn.length = 0;
    let best: Peer | null = null;
    for (let draws = 0; draws < MAX_DRAWS && drawn.length < this.choices && peers.list.length > 0; draws++) {
      const peer = drawByWeight(peers, ask);
      if (drawn.includes(peer) || !peers.isEligible(peer, ask)) continue;
      drawn.push(peer);
      best = best === null ? peer : this.better(peers, ask, best, peer);
    }
    return this.counted(best ?? this.rotation.choose(peers, ask), ask);
  }

  private counted(peer: Peer | null, ask: Ask): Peer | null {
    if (this.byRate) peer?.countInSecond(ask.now);
    return peer;
  }

  private better(peers: Choices, ask: Ask, first: Peer, second: Peer): Peer {
    const load = first.conns * peers.weightOf(second, ask) - second.conns * peers.weightOf(first, ask);
    if (load !== 0) return load < 0 ? first : second;
    return this.byRate && first.rateAt(ask.now) < second.rateAt(ask.now) ? first : second;
  }
}

/** Envoy's least request with equal weights: draws that may fall on the same peer, mostly two; the first of a tie. */
class Draws extends Algorithm {
  private readonly choices: number;

  constructor(choices: number) {
    super();
    this.choices = choices;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    let eligible = 0;
    for (const peer of peers.list) if (peers.isEligible(peer, ask)) eligible++;
    if (eligible === 0) return null;
    let best = nth(peers, ask, peers.stream.below(eligible));
    for (let draws = 1; draws < this.choices; draws++) {
      const other = nth(peers, ask, peers.stream.below(eligible));
      if (other.conns < best.conns) best = other;
    }
    return best;
  }
}

/** Envoy's least request: draws, but turns by load while a peer of the list starts slowly. */
export class LeastRequest extends Algorithm {
  private readonly draws: Draws;
  private readonly turns: DueRotation;

  constructor(choices: number, bias: number) {
    super();
    this.draws = new Draws(choices);
    this.turns = new DueRotation(bias, false);
  }

  override rebuilt(list: readonly Peer[]): number {
    return this.turns.rebuilt(list);
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    for (const peer of peers.list)
      if (peer.since !== NEVER && peers.weightOf(peer, ask) !== peer.weight)
        return this.turns.choose(peers, ask);
    return this.draws.choose(peers, ask);
  }
}

/** Two different eligible peers, each with the same chance (for peak EWMA); both the same when there is only one. */
export function twoDistinct(peers: Choices, ask: Ask): [Peer, Peer] | null {
  let eligible = 0;
  for (const peer of peers.list) if (peers.isEligible(peer, ask)) eligible++;
  if (eligible === 0) return null;
  const first = peers.stream.below(eligible);
  if (eligible === 1) return [nth(peers, ask, 0), nth(peers, ask, 0)];
  const second = peers.stream.below(eligible - 1);
  return [nth(peers, ask, first), nth(peers, ask, second >= first ? second + 1 : second)];
}

function nth(peers: Choices, ask: Ask, n: number): Peer {
  for (const peer of peers.list) if (peers.isEligible(peer, ask) && n-- === 0) return peer;
  throw new Error('fewer eligible peers than counted');
}
