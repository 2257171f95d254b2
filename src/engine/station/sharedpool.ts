/**
 * Processor sharing: the cores of one unit divide themselves evenly among all calls at work, each at full speed as long as
 * there are enough. In virtual time, which runs at the speed of one call: a call's work ends when virtual time has grown
 * by it, so only the next end needs an event. It must not know what work is.
 */
import { FLAGS, NONE, WORKING } from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { Pool, REFUSED, SEIZED } from './pool.ts';
import { DOUBLE } from '../time.ts';
import { WorkHeap } from './workheap.ts';

export class SharedPool extends Pool {
  /** Tells the event for the next end from those that a change made void. */
  version = 0;
  /** Calls that were let in, at work or waiting for calls of their own. */
  private inside = 0;
  /** Those at work, by the virtual time at which they end, ns. */
  private readonly jobs: WorkHeap;
  private virtual = DOUBLE;
  private at = DOUBLE;
  private stands = false;

  constructor(core: Core, servers: number, queueLimit: number) {
    super(core, servers, queueLimit);
    this.virtual = this.at = 0;
    this.jobs = new WorkHeap(core.calls);
  }

  override offer(c: number): number {
    if (this.inside >= this.servers + this.queueLimit) return REFUSED;
    this.inside++;
    this.calls.rows[c + FLAGS] |= WORKING;
    return SEIZED;
  }

  override release(c: number): void {
    this.calls.rows[c + FLAGS] &= ~WORKING;
    this.inside--;
    if (!this.jobs.has(c)) return;
    this.advance();
    this.jobs.remove(c);
    this.changed();
  }

  override resize(servers: number, queueLimit: number): void {
    this.advance();
    super.resize(servers, queueLimit);
    this.changed();
  }

  override standStill(stands: boolean): void {
    this.advance();
    this.stands = stands;
    this.changed();
  }

  override serveNext(): number {
    return NONE;
  }

  override takeWaiting(): number {
    return NONE;
  }

  override adopt(busy: number): void {
    this.inside = busy;
  }

  /** A call begins work that takes so long alone, ns. */
  work(c: number, ns: number): void {
    this.advance();
    this.jobs.entering[0] = this.virtual + ns;
    this.jobs.push(c);
    this.changed();
  }

  /** When the next work ends if nothing changes, ns; Infinity when there is none. */
  get nextEnd(): number {
    if (this.jobs.size === 0 || this.stands) return Infinity;
    return this.at + Math.ceil(Math.max(0, this.jobs.topEnd - this.virtual) / this.speed);
  }

  /** Takes out a call whose work has ended by now; NONE when there is none. */
  takeEnded(): number {
    this.advance();
    // Ends are rounded up to whole nanoseconds.
    if (this.jobs.size === 0 || this.jobs.topEnd > this.virtual + 1e-3) return NONE;
    const c = this.jobs.pop();
    this.changed();
    return c;
  }

  /** Calls at work and the work each has left, ns; for a pool that takes the place of this one. */
  takeJobs(): { call: number; leftNs: number }[] {
    this.advance();
    const left: { call: number; leftNs: number }[] = [];
    while (this.jobs.size > 0) {
      const leftNs = Math.max(0, this.jobs.topEnd - this.virtual);
      left.push({ call: this.jobs.pop(), leftNs });
    }
    this.changed();
    return left;
  }

  override get held(): number {
    return this.inside;
  }

  override get queued(): number {
    return 0;
  }

  /** Of each call at work, against working alone. */
  private get speed(): number {
    return Math.min(1, this.servers / this.jobs.size);
  }

  private advance(): void {
    const now = this.agenda.time;
    if (this.jobs.size > 0 && !this.stands) this.virtual += (now - this.at) * this.speed;
    this.at = now;
  }

  private changed(): void {
    this.version = (this.version + 1) & 0x7ffff;
    const busy = Math.min(this.jobs.size, this.servers);
    this.occupy(busy, this.jobs.size - busy);
  }
}
