/**
 * What the clients behind one link remember by themselves: the address they use, since when, and which of several was
 * bad. It must not know resolvers or regions.
 */
import { hash32 } from '../../engine/chance/random.ts';
import { NONE } from '../../engine/calls/calls.ts';

/** How a client treats the time to live. */
export const HONOURS = 0;
export const LATE = 1;
export const PINNED = 2;

/** Visitors are told apart up to here; more of them share what one remembers, which bounds the memory of a run. */
export const MAX_CLIENTS = 65_536;
const TWO_TO_32 = 4_294_967_296;
const NEVER = -1e18;

export class Clients {
  private readonly salt: number;
  /** Index of the link they went over last; NONE for none. */
  private chosen = new Int32Array(0);
  /** Those that keep it longer: until when, ns; NaN before the first time. */
  private until = new Float64Array(0);
  private used = new Float64Array(0);
  /** Bad addresses met so far: the next one of an answer is tried first from then on. */
  private turns = new Uint8Array(0);

  /** Hears once of visitors that are not told apart; null when it has. */
  private onShared: (() => void) | null;

  constructor(salt: number, onShared: () => void) {
    this.salt = salt;
    this.onShared = onShared;
  }

  /** The client behind a visitor. */
  of(session: number): number {
    if (session >= MAX_CLIENTS && this.onShared !== null) {
      this.onShared();
      this.onShared = null;
    }
    const client = session % MAX_CLIENTS;
    if (client >= this.chosen.length) this.grow(client + 1);
    return client;
  }

  /** A number from 0 to 1 that is the client's own, for one purpose. */
  chance(client: number, purpose: number): number {
    return (hash32(client, this.salt + purpose) + 0.5) / TWO_TO_32;
  }

  behaves(client: number, lateShare: number, pinnedShare: number): number {
    const chance = this.chance(client, 1);
    if (chance < pinnedShare) return PINNED;
    return chance < pinnedShare + lateShare ? LATE : HONOURS;
  }

  linkOf(client: number): number {
    return this.chosen[client];
  }

  /** Until when a client that keeps it longer keeps it, ns; NaN when it never kept one. */
  untilNs(client: number): number {
    return this.until[client];
  }

  usedNs(client: number): number {
    return this.used[client];
  }

  /** Which of several addresses it begins with. */
  turn(client: number): number {
    return this.turns[client] + Math.floor(this.chance(client, 2) * 256);
  }

  choose(client: number, link: number, untilNs: number): void {
    this.chosen[client] = link;
    this.until[client] = untilNs;
  }

  use(client: number, now: number): void {
    this.used[client] = now;
  }

  /** A connection failed: whatever address it kept, it keeps no more. */
  forget(client: number): void {
    this.chosen[client] = NONE;
    this.used[client] = NEVER;
    this.turns[client]++;
  }

  private grow(needed: number): void {
    let size = 256;
    while (size < needed) size *= 2;
    this.chosen = copied(this.chosen, new Int32Array(size).fill(NONE));
    this.until = copied(this.until, new Float64Array(size).fill(NaN));
    this.used = copied(this.used, new Float64Array(size).fill(NEVER));
    this.turns = copied(this.turns, new Uint8Array(size));
  }
}

function copied<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
