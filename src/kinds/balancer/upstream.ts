/**
 * The peers among which a request is chosen, and the choice: those for one route, or for all (nginx: an upstream, Envoy: a
 * cluster). Tiers, zones, panic and the tables of algorithms are its own; health is the peers'. It must not know calls.
 */
import type { Stream } from '../../engine/chance/random.ts';
import type { Algorithm, Choices } from './algorithm.ts';
import { ANY_ZONE, type Ask, type Peer } from './peer.ts';
import type { SlowStart } from './slowstart.ts';
import { SmoothRotation } from './rotation.ts';
import { isPanic, tierFor } from './tiers.ts';
import type { Zones } from './zones.ts';

export interface PeerRules {
  /** nginx's passive check: failures that put a peer aside (0 = never), and for how long. */
  readonly maxFails: number;
  readonly failTimeoutNs: number;
  /** Requests one peer may have open; 0 = no limit. */
  readonly maxPerPeer: number;
  readonly slowStart: SlowStart;
  /** When no peer is healthy: fail, use all, or use all already below a share of healthy ones. */
  readonly allDown: string;
  readonly panicShare: number;
  /** When the lower tiers are not enough: only once none of them is left, or by the share that is healthy. */
  readonly spill: string;
}

/** What is known of all peers, whatever route they are for. */
interface Known {
  readonly stream: Stream;
  readonly rules: PeerRules;
  readonly health: { readonly changes: number };
  isHealthy(peer: Peer, now: number): boolean;
  hasRoom(peer: Peer, now: number): boolean;
  weightOf(peer: Peer, ask: Ask): number;
  /** From now on health does not count for requests like this one, or counts again. */
  regard(isHealthIgnored: boolean): void;
}

export class Upstream implements Choices {
  list: readonly Peer[] = [];
  readonly rotation = new SmoothRotation();
  algorithm: Algorithm = this.rotation;
  /** Null where zones make no difference. */
  zones: Zones | null = null;
  /** Weights of the links differed when the list was made. */
  isWeighted = false;
  private readonly peers: Known;
  /** Peers that get new requests while they are well. */
  inService = 0;
  /** Highest tier of the list. */
  private lastTier = 0;
  /** Tiers whose health did not count for the last request that was for them; one bit each. */
  private ignored = 0;

  constructor(peers: Known) {
    this.peers = peers;
  }

  get stream(): Stream {
    return this.peers.stream;
  }

  get changes(): number {
    return this.peers.health.changes;
  }

  get failTimeoutNs(): number {
    return this.peers.rules.failTimeoutNs;
  }

  weightOf(peer: Peer, ask: Ask): number {
    return this.peers.weightOf(peer, ask);
  }

  /** These are its peers from now on. Returns the share of all keys that go elsewhere, where the algorithm has a table. */
  take(list: readonly Peer[]): number {
    this.list = list;
    this.isWeighted = list.some((peer) => peer.weight !== list[0].weight);
    this.lastTier = this.inService = 0;
    list.forEach((peer, place) => {
      if (peer.weight > 0) this.inService++;
      peer.place = place;
      peer.isAlone = list.length === 1;
      if (peer.tier > this.lastTier) this.lastTier = peer.tier;
    });
    return this.algorithm.rebuilt(list);
  }

  useAlgorithm(algorithm: Algorithm): void {
    this.algorithm = algorithm;
    algorithm.rebuilt(this.list);
  }

  isEligible(peer: Peer, ask: Ask): boolean {
    return (ask.isUnrestricted === 1 && isSound(peer)) || this.isAdmissible(peer, ask);
  }

  private isAdmissible(peer: Peer, ask: Ask): boolean {
    return (
      peer.tier === ask.tier &&
      (ask.zone === ANY_ZONE || peer.zone === ask.zone) &&
      peer.weight > 0 &&
      (ask.regardless || this.peers.isHealthy(peer, ask.now)) &&
      this.peers.hasRoom(peer, ask.now) &&
      (ask.tried.length === 0 || peer.isAlone || !ask.tried.includes(peer))
    );
  }

  takeImbalance(): number {
    let most = 0;
    let sum = 0;
    for (const peer of this.list) {
      const fresh = peer.picks - peer.picksBefore;
      peer.picksBefore = peer.picks;
      peer.recent = 0.9 * peer.recent + fresh;
      sum += fresh;
      if (fresh > most) most = fresh;
    }
    return (most * this.list.length) / sum;
  }

  /** The peer for a request, or null when none may be used. Counts nothing yet: `begin` does. */
  pick(ask: Ask): Peer | null {
    ask.regardless = false;
    ask.tier = 0;
    ask.zone = ANY_ZONE;
    const isLimited = this.peers.rules.maxPerPeer > 0 || this.lastTier > 0 || this.zones !== null;
    ask.isUnrestricted = isLimited || ask.tried.length > 0 ? 0 : 1;
    if (this.peers.rules.spill === 'share' && this.lastTier > 0) {
      ask.tier = tierFor(
        this.list,
        this.lastTier,
        (peer) => this.peers.isHealthy(peer, ask.now),
        this.stream,
      );
    }
    if (this.peers.rules.allDown === 'panic') ask.regardless = this.isPanic(ask);
    const peer =
      (this.zones === null ? null : this.pickInZone(this.zones, ask)) ?? this.algorithm.choose(this, ask);
    const chosen =
      peer ?? (this.lastTier > 0 || this.peers.rules.allDown !== 'fail' ? this.pickElsewhere(ask) : null);
    const bit = 1 << ask.tier;
    if (ask.regardless !== ((this.ignored & bit) !== 0)) {
      this.ignored ^= bit;
      this.peers.regard(ask.regardless);
    }
    return chosen;
  }

  /** In a panic health does not count, and zones do not either (Envoy). */
  private pickInZone(zones: Zones, ask: Ask): Peer | null {
    if (ask.regardless) return null;
    const isUsable = (peer: Peer) =>
      peer.tier === ask.tier && peer.weight > 0 && this.peers.isHealthy(peer, ask.now);
    ask.zone = zones.zoneFor(ask.link, this.list, isUsable, this.stream);
    const peer = ask.zone === ANY_ZONE ? null : this.algorithm.choose(this, ask);
    ask.zone = ANY_ZONE;
    return peer;
  }

  private pickElsewhere(ask: Ask): Peer | null {
    for (let tier = 0; tier <= this.lastTier; tier++) {
      ask.tier = tier;
      const peer = this.algorithm.choose(this, ask);
      if (peer !== null) return peer;
    }
    if (this.peers.rules.allDown === 'fail' || this.list.some((peer) => this.peers.isHealthy(peer, ask.now)))
      return null;
    ask.regardless = true;
    ask.tier = 0;
    return this.algorithm.choose(this, ask);
  }

  private isPanic(ask: Ask): boolean {
    return isPanic(
      this.list,
      this.lastTier,
      (peer) => this.peers.isHealthy(peer, ask.now),
      ask.tier,
      this.peers.rules.panicShare,
    );
  }

  /** Some peer would be used if it had room. */
  isFull(ask: Ask): boolean {
    return this.list.some(
      (peer) => peer.weight > 0 && this.peers.isHealthy(peer, ask.now) && !this.peers.hasRoom(peer, ask.now),
    );
  }
}

/** Healthy beyond doubt, and open to new requests. */
function isSound(peer: Peer): boolean {
  return peer.up && peer.fails === 0 && peer.ejectedAt === Infinity && peer.weight > 0;
}
