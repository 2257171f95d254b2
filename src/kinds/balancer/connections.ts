/**
 * Connections through a layer 4 balancer: each stays with the peer it was opened to, for as long as it lives, whatever
 * goes over it. It must not know how a peer is chosen.
 */
import { type Calls, LINK, SESSION } from '../../engine/calls/calls.ts';
import type { Peer } from './peer.ts';

export interface ConnectionRules {
  /** Connections that each caller instance keeps open. */
  readonly perCaller: number;
  /** Closed when unused for so long, and when so old (0 = never), ns. */
  readonly idleNs: number;
  readonly maxAgeNs: number;
}

interface Connection {
  readonly peer: Peer;
  readonly openedAt: number;
  usedAt: number;
}

/** Caller instances of one link that are told apart. */
const CALLERS = 4_096;

/** The connection that a request goes over: one of those of its caller instance, always the same for its visitor. */
export function connectionOf(calls: Calls, c: number, { perCaller }: ConnectionRules): number {
  const caller = calls.rows[c + LINK] * CALLERS + calls.callerUnit(c);
  return caller * perCaller + (calls.rows[c + SESSION] % perCaller);
}

export class Connections {
  private readonly open = new Map<number, Connection>();

  get size(): number {
    return this.open.size;
  }

  /** The peer at its other end; null when there is none yet, or it has to be opened anew. */
  peerOf(name: number, rules: ConnectionRules, now: number): Peer | null {
    const connection = this.open.get(name);
    if (!connection) return null;
    if (isOver(connection, rules, now)) {
      this.close(name);
      return null;
    }
    connection.usedAt = now;
    return connection.peer;
  }

  /** The peer counts one more connection: see `Peers.begin`. */
  opened(name: number, peer: Peer, now: number): void {
    this.open.set(name, { peer, openedAt: now, usedAt: now });
  }

  close(name: number): void {
    const connection = this.open.get(name);
    if (!connection) return;
    this.open.delete(name);
    connection.peer.conns--;
  }

  /** The peer broke off: none of its connections lives on. */
  closeAllOf(peer: Peer): void {
    for (const [name, connection] of this.open) if (connection.peer === peer) this.close(name);
  }

  closeAll(): void {
    for (const name of [...this.open.keys()]) this.close(name);
  }

  /** Closes those that are idle or too old, so that they no longer count at their peers. */
  sweep(rules: ConnectionRules, now: number): void {
    for (const [name, connection] of this.open) if (isOver(connection, rules, now)) this.close(name);
  }
}

function isOver(
  { usedAt, openedAt }: Connection,
  { idleNs, maxAgeNs }: ConnectionRules,
  now: number,
): boolean {
  return now - usedAt > idleNs || (maxAgeNs > 0 && now - openedAt > maxAgeNs);
}
