/**
 * The servers of one unit (workers, slots, threads) and the queue before them. Keeps the time integrals behind
 * utilisation and mean queue length. It must not know what work is.
 */
import type { Agenda } from '../agenda/agenda.ts';
import { type Calls, FLAGS, NEXT, NONE, PREVIOUS, QUEUED, WORKING } from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { DOUBLE } from '../time.ts';

/** What became of a call that asked for a server. */
export const SEIZED = 0;
export const WAITS = 1;
export const REFUSED = 2;

/** Stands for "as many as ask". */
export const UNLIMITED = 0x3fffffff;

/** Who goes next. */
export const FIFO = 0;
export const LIFO = 1;
/** Last in, first out once somebody has been waiting without a break for `ADAPTIVE_AFTER_NS`. */
export const ADAPTIVE = 2;
/** The most important class first, within it first come, first served; work under way is not interrupted. */
export const BY_CLASS = 3;

/** A queue that is never empty for so long is a standing one (Facebook's adaptive LIFO), ns. */
const ADAPTIVE_AFTER_NS = 100_000_000;

/** Places in `areas`. */
const BUSY = 0;
const WAITING = 1;

export class Pool {
  servers: number;
  /** Calls that may wait. */
  queueLimit: number;
  order = FIFO;
  busy = 0;
  waiting = 0;
  /**
   * Σ ends − Σ beginnings of the times spent busy and waiting, ns. With those still going on counted as ending now it
   * is the integral over time of how many there were.
   */
  private readonly areas = new Float64Array(2);
  private first = NONE;
  private last = NONE;
  /** With `BY_CLASS`, the last that waits of each class. */
  private readonly lasts = new Int32Array(4).fill(NONE);
  /** Since when somebody has been waiting, ns. */
  private standingSince = DOUBLE;
  protected readonly agenda: Agenda;
  protected readonly calls: Calls;

  constructor(core: Core, servers: number, queueLimit: number) {
    this.standingSince = 0;
    this.agenda = core.agenda;
    this.calls = core.calls;
    this.servers = servers;
    this.queueLimit = queueLimit;
  }

  /** Of a running unit too. */
  resize(servers: number, queueLimit: number): void {
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

  /** Work stands still, or goes on. */
  standStill(_stands: boolean): void {}

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

  /** Gives a free server to the waiting call whose turn it is and returns it; NONE when nobody waits or none is free. */
  serveNext(): number {
    if (this.first === NONE || this.busy >= this.servers) return NONE;
    const c = this.order === FIFO || !this.takesLast() ? this.first : this.last;
    this.leaveQueue(c);
    this.seize(c);
    return c;
  }

  private takesLast(): boolean {
    if (this.order !== ADAPTIVE) return this.order === LIFO;
    return this.agenda.time - this.standingSince >= ADAPTIVE_AFTER_NS;
  }

  /** Takes the longest waiting call out of the queue; NONE when nobody waits. */
  takeWaiting(): number {
    const c = this.first;
    if (c !== NONE) this.leaveQueue(c);
    return c;
  }

  /** So many calls hold a server already, of a pool that this one takes the place of. */
  adopt(busy: number): void {
    this.occupy(busy, 0);
  }

  /** From now on so many servers are busy, and so many calls wait. */
  protected occupy(busy: number, waiting: number): void {
    this.areas[BUSY] -= (busy - this.busy) * this.agenda.time;
    this.areas[WAITING] -= (waiting - this.waiting) * this.agenda.time;
    this.busy = busy;
    this.waiting = waiting;
  }

  private enqueue(c: number): void {
    const { rows } = this.calls;
    const before = this.order === BY_CLASS ? this.lastOfClassOf(c) : this.last;
    const after = before === NONE ? this.first : rows[before + NEXT];
    if (this.waiting === 0) this.standingSince = this.agenda.time;
    rows[c + FLAGS] |= QUEUED;
    rows[c + NEXT] = after;
    rows[c + PREVIOUS] = before;
    if (before === NONE) this.first = c;
    else rows[before + NEXT] = c;
    if (after === NONE) this.last = c;
    else rows[after + PREVIOUS] = c;
    this.waiting++;
    this.areas[WAITING] -= this.agenda.time;
  }

  /** The last waiting call that is at least as important; NONE when there is none. Notes `c` as the last of its class. */
  private lastOfClassOf(c: number): number {
    const own = this.calls.priority(c);
    let before = NONE;
    for (let k = own; k >= 0 && before === NONE; k--) before = this.lasts[k];
    this.lasts[own] = c;
    return before;
  }

  /** A call leaves the queue: the one before it is the last of its class now, if it is of that class. */
  private forgetLast(c: number, previous: number): void {
    const own = this.calls.priority(c);
    if (this.lasts[own] !== c) return;
    this.lasts[own] = previous !== NONE && this.calls.priority(previous) === own ? previous : NONE;
  }

  /** Who goes next, of those that wait already too. */
  setOrder(order: number): void {
    if (order === this.order) return;
    const waiting: number[] = [];
    for (let c = this.takeWaiting(); c !== NONE; c = this.takeWaiting()) waiting.push(c);
    this.order = order;
    this.lasts.fill(NONE);
    for (const c of waiting) this.enqueue(c);
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
    if (this.order === BY_CLASS) this.forgetLast(c, previous);
    this.waiting--;
    this.areas[WAITING] += this.agenda.time;
  }

  /** Calls that have a server, busy or waiting for calls of their own. */
  get held(): number {
    return this.busy;
  }

  /** Calls in the queue. */
  get queued(): number {
    return this.waiting;
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
