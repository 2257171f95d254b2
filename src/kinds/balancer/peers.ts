/**
 * The peers of one replica of a balancer: which there are, which of them may be used, and which tier they are chosen
 * from. It knows only what its own requests and probes told it. It must not know calls.
 */
import { ANY_UNIT } from '../../engine/ends.ts';
import type { Link } from '../../engine/link.ts';
import type { Stream } from '../../engine/random.ts';
import type { Station } from '../../engine/station.ts';
import type { Algorithm, Choices } from './algorithm.ts';
import { ANY_ZONE, type Ask, NEVER, Peer } from './peer.ts';
import { penalize, SmoothRotation } from './rotation.ts';
import { rampOf, type SlowStart } from './slowstart.ts';
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

/** What a change of the list meant. */
export interface Rebuilt {
  readonly added: readonly Peer[];
  /** Share of all keys that go elsewhere now, where the algorithm has a table. */
  readonly movedShare: number;
}

export class Peers implements Choices {
  list: Peer[] = [];
  readonly stream: Stream;
  readonly rotation = new SmoothRotation();
  rules!: PeerRules;
  algorithm: Algorithm = this.rotation;
  /** Null where zones make no difference. */
  zones: Zones | null = null;
  /** Requests sent while zones made a difference, and those of them that left their zone. */
  private seen = 0;
  private crossed = 0;
  /** Highest tier of the list. */
  private lastTier = 0;
  /** Those of the list, and those taken out of it that still have requests open. By link, then by unit + 1. */
  private byLink: Peer[][] = [];
  private slots = 0;

  constructor(stream: Stream) {
    this.stream = stream;
  }

  get failTimeoutNs(): number {
    return this.rules.failTimeoutNs;
  }

  /** Weights of the links differ. */
  get isWeighted(): boolean {
    return this.list.some((peer) => peer.weight !== this.list[0].weight);
  }

  /** Makes the list match the units behind the links; peers that stay keep what is known of them. */
  rebuild(links: readonly Link[]): Rebuilt {
    const before = new Set(this.list);
    const busy = this.byLink.flat().filter((peer) => peer.conns > 0 && peer.link.attached);
    this.list = links
      .filter((link) => link.attached)
      .flatMap((link) =>
        unitsBehind(link).map(
          (unit) => this.byLink[link.index]?.[unit + 1] ?? new Peer(link, unit, this.slots++),
        ),
      );
    const added = this.list.filter((peer) => !before.has(peer));
    this.lastTier = 0;
    this.list.forEach((peer, place) => {
      const { weight, tier } = peer.link.settings;
      peer.place = place;
      peer.name = `${peer.link.callee.id}:${peer.unit}`;
      if (!before.has(peer)) {
        peer.fails = peer.current = 0;
        peer.effective = weight;
      }
      peer.weight = weight;
      peer.effective = Math.min(peer.effective, weight);
      peer.tier = tier;
      if (tier > this.lastTier) this.lastTier = tier;
    });
    this.byLink = [];
    for (const peer of [...busy, ...this.list]) (this.byLink[peer.link.index] ??= [])[peer.unit + 1] = peer;
    return { added, movedShare: this.algorithm.rebuilt(this.list) };
  }

  useAlgorithm(algorithm: Algorithm): void {
    this.algorithm = algorithm;
    algorithm.rebuilt(this.list);
  }

  find(link: number, unit: number): Peer | undefined {
    const peers = this.byLink[link];
    return peers?.[unit + 1] ?? peers?.[ANY_UNIT + 1];
  }

  /** Passively ejected: failed too often, and the time for the next trial has not come (nginx §4.2). */
  isEjected(peer: Peer, now: number): boolean {
    const { maxFails, failTimeoutNs } = this.rules;
    if (maxFails === 0 || this.list.length === 1) return false;
    return peer.fails >= maxFails && now - peer.checked <= failTimeoutNs;
  }

  isHealthy(peer: Peer, now: number): boolean {
    return peer.up && peer.ejectedAt === Infinity && (peer.fails === 0 || !this.isEjected(peer, now));
  }

  isEligible(peer: Peer, ask: Ask): boolean {
    return (ask.isOpen === 1 && isSound(peer)) || this.isAdmissible(peer, ask);
  }

  private isAdmissible(peer: Peer, ask: Ask): boolean {
    return (
      peer.tier === ask.tier &&
      (ask.zone === ANY_ZONE || peer.zone === ask.zone) &&
      peer.weight > 0 &&
      (ask.regardless || this.isHealthy(peer, ask.now)) &&
      this.hasRoom(peer, ask.now) &&
      (ask.tried.length === 0 || !ask.tried.includes(peer))
    );
  }

  /** Limits grow with slow start, from one on. */
  hasRoom(peer: Peer, now: number): boolean {
    const { maxPerPeer, slowStart } = this.rules;
    if (maxPerPeer === 0 || peer.conns === 0) return true;
    return peer.conns < Math.max(1, Math.floor(maxPerPeer * rampOf(slowStart, now - peer.since)));
  }

  weightOf(peer: Peer, ask: Ask): number {
    return peer.since === NEVER
      ? peer.weight
      : peer.weight * rampOf(this.rules.slowStart, ask.now - peer.since);
  }

  /** The peer for a request, or null when none may be used. Counts nothing yet: `begin` does. */
  pick(ask: Ask): Peer | null {
    ask.regardless = false;
    ask.tier = 0;
    ask.zone = ANY_ZONE;
    const isLimited = this.rules.maxPerPeer > 0 || this.lastTier > 0 || this.zones !== null;
    ask.isOpen = isLimited || ask.tried.length > 0 ? 0 : 1;
    if (this.rules.spill === 'share' && this.lastTier > 0) {
      ask.tier = tierFor(this.list, this.lastTier, (peer) => this.isHealthy(peer, ask.now), this.stream);
    }
    if (this.rules.allDown === 'panic') ask.regardless = this.isPanic(ask);
    const peer =
      (this.zones === null ? null : this.pickInZone(this.zones, ask)) ?? this.algorithm.choose(this, ask);
    return peer ?? (this.lastTier > 0 || this.rules.allDown !== 'fail' ? this.pickElsewhere(ask) : null);
  }

  /** In a panic health does not count, and zones do not either (Envoy). */
  private pickInZone(zones: Zones, ask: Ask): Peer | null {
    if (ask.regardless) return null;
    const isUsable = (peer: Peer) =>
      peer.tier === ask.tier && peer.weight > 0 && this.isHealthy(peer, ask.now);
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
    if (this.rules.allDown === 'fail' || this.list.some((peer) => this.isHealthy(peer, ask.now))) return null;
    ask.regardless = true;
    ask.tier = 0;
    return this.algorithm.choose(this, ask);
  }

  private isPanic(ask: Ask): boolean {
    return isPanic(
      this.list,
      this.lastTier,
      (peer) => this.isHealthy(peer, ask.now),
      ask.tier,
      this.rules.panicShare,
    );
  }

  /** Some peer would be used if it had room. */
  isFull(ask: Ask): boolean {
    return this.list.some(
      (peer) => peer.weight > 0 && this.isHealthy(peer, ask.now) && !this.hasRoom(peer, ask.now),
    );
  }

  /** The peer of a sticky cookie, if requests may still go there; weight 0 keeps its visitors (nginx, HAProxy). */
  ofCookie(slot: number, ask: Ask): Peer | null {
    const peer = this.list.find((candidate) => candidate.slot === slot);
    if (!peer || !this.isHealthy(peer, ask.now) || !this.hasRoom(peer, ask.now)) return null;
    return ask.tried.includes(peer) ? null : peer;
  }

  healthyShare(now: number): number {
    return this.list.filter((peer) => this.isHealthy(peer, now)).length / this.list.length;
  }

  /** The busiest peer's picks ÷ their mean, since this was last asked; NaN without picks. */
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

  /** A request that came over a link goes to a peer. */
  countZone(link: number, peer: Peer): void {
    if (this.zones === null) return;
    this.seen++;
    if (this.zones.isCrossing(link, peer)) this.crossed++;
  }

  get crossings(): { label: string; value: number }[] {
    return [
      { label: 'Stayed in their zone', value: this.seen - this.crossed },
      { label: 'Went to another zone', value: this.crossed },
    ];
  }

  /** A request (layer 4: a connection) goes there. */
  begin(peer: Peer, now: number): void {
    if (now - peer.checked > this.rules.failTimeoutNs) peer.checked = now;
    peer.conns++;
    peer.picks++;
  }

  /** Passive check: a request ended; `failed` when it counts against the peer. */
  note(peer: Peer, failed: boolean, now: number): void {
    if (failed) {
      peer.fails++;
      peer.accessed = peer.checked = now;
      penalize(peer, this.rules.maxFails);
    } else if (peer.accessed < peer.checked) peer.fails = 0;
  }
}

/** Healthy beyond doubt, and open to new requests. */
function isSound(peer: Peer): boolean {
  return peer.up && peer.fails === 0 && peer.ejectedAt === Infinity && peer.weight > 0;
}

/** The units a link leads to; ANY_UNIT alone where the callee knows itself which of them a call belongs to. */
function unitsBehind(link: Link): readonly number[] {
  const { behaviour, units } = link.callee as Station;
  return behaviour.placesCalls ? [ANY_UNIT] : units.filter((unit) => unit.offered).map((unit) => unit.index);
}
