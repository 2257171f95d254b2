/**
 * The servers of one unit (workers, slots, threads) and the first-in-first-out queue before them. Keeps the time
 * integrals behind utilisation and mean queue length. It must not know what work is.
 */
import type { Agenda } from './agenda.ts';
import { type Calls, FLAGS, NEXT, NONE, PREVIOUS, QUEUED, WORKING } from './calls.ts';
import type { Core } from './core.ts';

/** What became of a call that asked for a server. */
export const SEIZED = 0;
export const WAITS = 1;
export const REFUSED = 2;

/** Stands for "as many as ask". */
export const UNLIMITED = 0x3fffffff;

/** Places in `areas`. */
const BUSY = 0;
const WAITING = 1;

export class Pool {
  servers: number;
  /** Calls that may wait. */
  queueLimit: number;
  busy = 0;
  waiting = 0;
  /**
   * Σ ends − Σ beginnings of the times spent busy and waiting, ns. With those still going on counted as ending now it
   * is the integral over time of how many there were.
   */
  private readonly areas = new Float64Array(2);
  private first = NONE;
  private last = NONE;
  private readonly agenda: Agenda;
  private readonly calls: Calls;

  constructor(core: Core, servers: number, queueLimit: number) {
    this.agenda = core.agenda;
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
    this.enqueue(c);
    return WAITS;
  }

  private seize(c: number): void {
    this.calls.rows[c + FLAGS] |= WORKING;
    this.busy++;
    this.areas[BUSY] -= this.agenda.time;
  }

  /** Takes the server of a call away. `serveNext` hands it on. */
  release(c: number): void {
    this.calls.rows[c + FLAGS] &= ~WORKING;
    this.busy--;
    this.areas[BUSY] += this.agenda.time;
  }

  /** Gives a free server to the longest waiting call and returns it; NONE when nobody waits or none is free. */
  serveNext(): number {
    const c = this.first;
    if (c === NONE || this.busy >= this.servers) return NONE;
    this.leaveQueue(c);
    this.seize(c);
    return c;
  }

  private enqueue(c: number): void {
    const { rows } = this.calls;
    const { last } = this;
    rows[c + FLAGS] |= QUEUED;
    rows[c + NEXT] = NONE;
    rows[c + PREVIOUS] = last;
    if (last === NONE) this.first = c;
    else rows[last + NEXT] = c;
    this.last = c;
    this.waiting++;
    this.areas[WAITING] -= this.agenda.time;
  }

  /** Takes a waiting call out of the queue. */
  leaveQueue(c: number): void {
    const { rows } = this.calls;
    const next = rows[c + NEXT];
    const previous = rows[c + PREVIOUS];
    if (previous === NONE) this.first = next;
    else rows[previous + NEXT] = next;
    if (next === NONE) this.last = previous;
    else rows[next + PREVIOUS] = previous;
    rows[c + FLAGS] &= ~QUEUED;
    this.waiting--;
    this.areas[WAITING] += this.agenda.time;
  }

  /** ∫ busy dt since the start, ns. */
  get busyTime(): number {
    return this.areas[BUSY] + this.busy * this.agenda.time;
  }

  /** ∫ waiting dt since the start, ns. */
  get waitingTime(): number {
    return this.areas[WAITING] + this.waiting * this.agenda.time;
  }
}
