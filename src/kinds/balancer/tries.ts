/**
 * Which peers a request was sent to, and after which failures it is sent to one more. It must not know what becomes of it
 * otherwise.
 */
import { FLAGS, READ, REUSED, type Calls } from '../../engine/calls/calls.ts';
import { CONNECT_REFUSED, isUnconnected, RESET } from '../../engine/calls/outcomes.ts';
import { leadsToNext } from './answers.ts';
import type { Peer } from './peer.ts';
import type { BalancerParams } from './spec.ts';

/** Peers a fresh request has been sent to. */
export const NOBODY: readonly Peer[] = [];

interface Sent {
  readonly peers: Peer[];
  /** Tries beyond those that are set. */
  more: number;
}

export class Tries {
  /** Only of requests that were sent to more than one peer, or may be. */
  private readonly sent = new Map<number, Sent>();
  private readonly calls: Calls;

  constructor(calls: Calls) {
    this.calls = calls;
  }

  /** The peers a request was sent to before the present one. */
  of(c: number): readonly Peer[] {
    return this.sent.get(c)?.peers ?? NOBODY;
  }

  forget(c: number): void {
    if (this.sent.size > 0) this.sent.delete(c);
  }

  /** After which failures it goes to one more peer of these many: as set, or never once it has been sent to all it may. */
  nextAfter(c: number, peers: number, { maxTries, tryNext }: BalancerParams): string {
    const sent = this.sent.get(c);
    const tries = 1 + (sent?.peers.length ?? 0);
    return tries < Math.min(maxTries, peers) + (sent?.more ?? 0) ? tryNext : 'never';
  }

  /** Whether a request whose call to this peer failed goes on to another; if so the peer is noted. */
  movesOn(
    c: number,
    child: number,
    peer: Peer,
    outcome: number,
    peers: number,
    params: BalancerParams,
  ): boolean {
    const { calls } = this;
    // nginx: that a connection kept from before is broken says nothing of the peer, so that such a try does not count.
    const isStale = outcome === RESET || outcome === CONNECT_REFUSED;
    if (params.variant === 'nginx' && isStale && calls.rows[child + FLAGS] & REUSED) this.entryOf(c).more++;
    const tryNext = this.nextAfter(c, peers, params);
    // Layer 4 knows only whether a connection could be opened.
    if (params.layer === 'l4' && !isUnconnected(outcome)) return false;
    const repeatable = isUnconnected(outcome) || calls.operation(c) === READ;
    if (tryNext === 'never' || !repeatable || !leadsToNext(outcome, tryNext)) return false;
    this.entryOf(c).peers.push(peer);
    return true;
  }

  private entryOf(c: number): Sent {
    let sent = this.sent.get(c);
    if (!sent) this.sent.set(c, (sent = { peers: [], more: 0 }));
    return sent;
  }
}
