/**
 * The peers of a balancer and who is next: the four algorithms, and passive health as nginx keeps it. A peer is one unit
 * behind one link. The balancer knows only what its own requests told it. It must not know calls.
 */
import type { Stream } from '../../engine/random.ts';
import { ANY_UNIT } from '../../engine/ends.ts';
import type { Link } from '../../engine/link.ts';

export interface Peer {
  readonly link: Link;
  /** ANY_UNIT where the callee itself knows which of its units a call belongs to. */
  readonly unit: number;
  /** Requests open there, through this balancer. */
  conns: number;
  /** Failures that count, and when the last was seen and the peer last tried (ns); nginx's names. */
  fails: number;
  accessed: number;
  checked: number;
  /** Current weight of smooth round robin. */
  current: number;
  picks: number;
  picksBefore: number;
}

export type Algorithm = 'roundRobin' | 'leastConnections' | 'twoChoices' | 'ipHash';

export interface HealthRules {
  /** 0 = never ejected. */
  readonly maxFails: number;
  readonly failTimeoutNs: number;
}

const IP_HASH_START = 89;
const IP_HASH_FACTOR = 113;
const IP_HASH_MODULUS = 6271;
const HASH_TRIES = 20;

export class Peers {
  list: Peer[] = [];
  /** Those of the list, and those taken out of it that still have requests open. By link, then by unit + 1. */
  private byLink: Peer[][] = [];
  rules: HealthRules = { maxFails: 0, failTimeoutNs: 0 };

  /** Makes the list match the units behind the links; peers that stay keep what is known of them. */
  rebuild(links: readonly Link[], unitsOf: (link: Link) => readonly number[]): void {
    const before = this.list;
    const busy = this.byLink.flat().filter((peer) => peer.conns > 0 && peer.link.attached);
    this.list = links
      .filter((link) => link.attached)
      .flatMap((link) =>
        unitsOf(link).map((unit) => this.byLink[link.index]?.[unit + 1] ?? newPeer(link, unit)),
      );
    for (const peer of this.list) if (!before.includes(peer)) peer.fails = peer.current = 0;
    this.byLink = [];
    for (const peer of [...busy, ...this.list]) (this.byLink[peer.link.index] ??= [])[peer.unit + 1] = peer;
  }

  find(link: number, unit: number): Peer | undefined {
    const peers = this.byLink[link];
    return peers?.[unit + 1] ?? peers?.[ANY_UNIT + 1];
  }

  /** Ejected: failed too often, and the time for the next probe has not come (nginx §4.2). */
  isEjected(peer: Peer, now: number): boolean {
    const { maxFails, failTimeoutNs } = this.rules;
    if (maxFails === 0 || this.list.length === 1) return false;
    return peer.fails >= maxFails && now - peer.checked <= failTimeoutNs;
  }

  private isEligible(peer: Peer, tried: readonly Peer[], now: number): boolean {
    return (peer.fails === 0 || !this.isEjected(peer, now)) && (tried.length === 0 || !tried.includes(peer));
  }

  /** The peer for a request, or null when none may be used. `tried` are left out. */
  pick(
    algorithm: Algorithm,
    session: number,
    tried: readonly Peer[],
    now: number,
    stream: Stream,
  ): Peer | null {
    const peer = this.choose(algorithm, session, tried, now, stream);
    if (peer === null) return null;
    if (now - peer.checked > this.rules.failTimeoutNs) peer.checked = now;
    peer.conns++;
    peer.picks++;
    return peer;
  }

  private choose(
    algorithm: Algorithm,
    session: number,
    tried: readonly Peer[],
    now: number,
    stream: Stream,
  ): Peer | null {
    switch (algorithm) {
      case 'roundRobin':
        return this.roundRobin(tried, now, Infinity);
      case 'leastConnections':
        return this.leastConnections(tried, now);
      case 'twoChoices':
        return this.twoChoices(tried, now, stream);
      case 'ipHash':
        return this.ipHash(session, tried, now);
    }
  }

  /** Smooth weighted round robin with equal weights, among peers with at most so many requests open. */
  private roundRobin(tried: readonly Peer[], now: number, most: number): Peer | null {
    let best: Peer | null = null;
    let total = 0;
    for (const peer of this.list) {
      if (peer.conns > most || !this.isEligible(peer, tried, now)) continue;
      peer.current++;
      total++;
      if (best === null || peer.current > best.current) best = peer;
    }
    if (best !== null) best.current -= total;
    return best;
  }

  /** Fewest requests open; ties go round. */
  private leastConnections(tried: readonly Peer[], now: number): Peer | null {
    let least = Infinity;
    for (const peer of this.list) {
      if (peer.conns < least && this.isEligible(peer, tried, now)) least = peer.conns;
    }
    return least === Infinity ? null : this.roundRobin(tried, now, least);
  }

  /** Two different peers at random, the one with fewer requests open; a tie goes to the second. */
  private twoChoices(tried: readonly Peer[], now: number, stream: Stream): Peer | null {
    let eligible = 0;
    for (const peer of this.list) if (this.isEligible(peer, tried, now)) eligible++;
    if (eligible === 0) return null;
    if (eligible === 1) return this.nth(0, tried, now);
    const first = stream.below(eligible);
    let second = stream.below(eligible - 1);
    if (second >= first) second++;
    const a = this.nth(first, tried, now);
    const b = this.nth(second, tried, now);
    return b.conns > a.conns ? a : b;
  }

  private nth(n: number, tried: readonly Peer[], now: number): Peer {
    for (const peer of this.list) if (this.isEligible(peer, tried, now) && n-- === 0) return peer;
    throw new Error('fewer eligible peers than counted');
  }

  /** As nginx: the first three octets of the visitor's address; after 20 misses round robin. */
  private ipHash(session: number, tried: readonly Peer[], now: number): Peer | null {
    let hash = IP_HASH_START;
    for (let tries = 0; tries < HASH_TRIES && this.list.length > 0; tries++) {
      for (let octet = 0; octet < 3; octet++) {
        hash = (hash * IP_HASH_FACTOR + addressOctet(session, octet)) % IP_HASH_MODULUS;
      }
      const peer = this.list[hash % this.list.length];
      if (this.isEligible(peer, tried, now)) return peer;
    }
    return this.roundRobin(tried, now, Infinity);
  }

  /** A request to the peer ended; `failed` when it counts against the peer. */
  ended(peer: Peer, failed: boolean, now: number): void {
    peer.conns--;
    if (failed) {
      peer.fails++;
      peer.accessed = peer.checked = now;
    } else if (peer.accessed < peer.checked) peer.fails = 0;
  }
}

/** Octet of the address of a visitor: visitor n has the nth address of 10.0.0.0/8 by /24 networks. */
function addressOctet(session: number, octet: number): number {
  if (octet === 0) return 10 + ((session >> 16) & 0xff);
  return octet === 1 ? (session >> 8) & 0xff : session & 0xff;
}

function newPeer(link: Link, unit: number): Peer {
  const never = -1e18;
  return {
    link,
    unit,
    conns: 0,
    fails: 0,
    accessed: never,
    checked: never,
    current: 0,
    picks: 0,
    picksBefore: 0,
  };
}
