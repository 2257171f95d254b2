/**
 * Processor sharing: the cores of one unit divide themselves evenly among all calls at work, each at full speed as long as
 * there are enough. In virtual time, which runs at the speed of one call: a call's work ends when virtual time has grown
 * by it, so only the next end needs an event. It must not know what work is.
 */
import { FLAGS, NONE, WORKING } from './calls.ts';
import { Pool, REFUSED, SEIZED } from './pool.ts';

interface Job {
  readonly call: number;
  /** Virtual time at which its work ends, ns. */
  readonly end: number;
}

export class SharedPool extends Pool {
  /** Tells the event for the next end from those that a change made void. */
  version = 0;
  /** Calls that were let in, at work or waiting for calls of their own. */
  private inside = 0;
  /** Those at work, the one that ends first in front. */
  private jobs: Job[] = [];
  private virtual = 0;
  private at = 0;
  private stands = false;

  override offer(c: number): number {
    if (this.inside >= this.servers + this.queueLimit) return REFUSED;
    this.inside++;
    this.calls.rows[c + FLAGS] |= WORKING;
    return SEIZED;
  }

  override release(c: number): void {
    this.calls.rows[c + FLAGS] &= ~WORKING;
    this.inside--;
    const place = this.jobs.findIndex((job) => job.call === c);
    if (place < 0) return;
    this.advance();
    this.jobs.splice(place, 1);
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
    const job = { call: c, end: this.virtual + ns };
    let low = 0;
    let high = this.jobs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.jobs[middle].end <= job.end) low = middle + 1;
      else high = middle;
    }
    this.jobs.splice(low, 0, job);
    this.changed();
  }

  /** When the next work ends if nothing changes, ns; Infinity when there is none. */
  get nextEnd(): number {
    if (this.jobs.length === 0 || this.stands) return Infinity;
    return this.at + Math.ceil(Math.max(0, this.jobs[0].end - this.virtual) / this.speed);
  }

  /** Takes out a call whose work has ended by now; NONE when there is none. */
  takeEnded(): number {
    this.advance();
    // Ends are rounded up to whole nanoseconds.
    if (this.jobs.length === 0 || this.jobs[0].end > this.virtual + 1e-3) return NONE;
    const { call } = this.jobs.shift()!;
    this.changed();
    return call;
  }

  /** Calls at work and the work each has left, ns; for a pool that takes the place of this one. */
  takeJobs(): { call: number; leftNs: number }[] {
    this.advance();
    const left = this.jobs.map(({ call, end }) => ({ call, leftNs: Math.max(0, end - this.virtual) }));
    this.jobs = [];
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
    return Math.min(1, this.servers / this.jobs.length);
  }

  private advance(): void {
    const now = this.agenda.time;
    if (this.jobs.length > 0 && !this.stands) this.virtual += (now - this.at) * this.speed;
    this.at = now;
  }

  private changed(): void {
    this.version = (this.version + 1) & 0x7ffff;
    const busy = Math.min(this.jobs.length, this.servers);
    this.occupy(busy, this.jobs.length - busy);
  }
}
