/**
 * The servers of one unit (workers, slots, threads) and the first-in-first-out queue before them. Keeps the time
 * integrals behind utilisation and mean queue length. It must not know what work is.
 */
import { type Calls, NONE, QUEUED, WORKING } from './calls.ts';
import type { Core } from './core.ts';

/** What became of a call that asked for a server. */
export const SEIZED = 0;
export const WAITS = 1;
export const REFUSED = 2;

/** Stands for "as many as ask". */
export const UNLIMITED = 0x3fffffff;

export class Pool {
  private readonly core: Core;
  private readonly calls: Calls;
  servers: number;
  /** Calls that may wait. */
  queueLimit: number;
  busy = 0;
  waiting = 0;
  /** ∫ busy dt and ∫ waiting dt since the start, in ns, up to `changed`. */
  private busyArea = 0;
  private waitingArea = 0;
  private busyChanged = 0;
  private waitingChanged = 0;
  private first = NONE;
  private last = NONE;

  constructor(core: Core, servers: number, queueLimit: number) {
    this.core = core;
    this.calls = core.calls;
    this.servers = servers;
    this.queueLimit = queueLimit;
  }

  /** Gives the call a server, a place in the queue, or nothing. */
  offer(c: number): number {
    if (this.busy < this.servers) {
      this.seize(c);
      return SEIZED;
    }
    if (this.waiting >= this.queueLimit) return REFUSED;
    const calls = this.calls;
    calls.flags[c] |= QUEUED;
    calls.next[c] = NONE;
    calls.previous[c] = this.last;
    if (this.last === NONE) this.first = c;
    else calls.next[this.last] = c;
    this.last = c;
    this.changeWaiting(1);
    return WAITS;
  }

  /** Takes the server of a call away. `serveNext` hands it on. */
  release(c: number): void {
    this.calls.flags[c] &= ~WORKING;
    this.changeBusy(-1);
  }

  /** Gives a free server to the longest waiting call and returns it; NONE when nobody waits or none is free. */
  serveNext(): number {
    const c = this.first;
    if (c === NONE || this.busy >= this.servers) return NONE;
    this.leaveQueue(c);
    this.seize(c);
    return c;
  }

  /** Takes a waiting call out of the queue. */
  leaveQueue(c: number): void {
    const calls = this.calls;
    const next = calls.next[c];
    const previous = calls.previous[c];
    if (previous === NONE) this.first = next;
    else calls.next[previous] = next;
    if (next === NONE) this.last = previous;
    else calls.previous[next] = previous;
    calls.flags[c] &= ~QUEUED;
    this.changeWaiting(-1);
  }

  /** ∫ busy dt since the start, ns. */
  get busyTime(): number {
    return this.busyArea + this.busy * (this.core.now - this.busyChanged);
  }

  /** ∫ waiting dt since the start, ns. */
  get waitingTime(): number {
    return this.waitingArea + this.waiting * (this.core.now - this.waitingChanged);
  }

  private seize(c: number): void {
    this.calls.flags[c] |= WORKING;
    this.changeBusy(1);
  }

  private changeBusy(by: number): void {
    const { now } = this.core;
    this.busyArea += this.busy * (now - this.busyChanged);
    this.busyChanged = now;
    this.busy += by;
  }

  private changeWaiting(by: number): void {
    const { now } = this.core;
    this.waitingArea += this.waiting * (now - this.waitingChanged);
    this.waitingChanged = now;
    this.waiting += by;
  }
}
