/**
 * Controlled delay: which of the calls that waited are dropped at the head of a queue instead of being served. One
 * object for each unit. It must not know what waits.
 */
import { DOUBLE } from '../time.ts';

export interface DropRule {
  /** Whether to drop the call at the head, which has waited so long, ns. `left`: how many wait behind it. */
  drops(waitedNs: number, left: number, now: number): boolean;
}

/**
 * CoDel (RFC 8289): once waits have been above the target for a whole interval, one is dropped, and the next ones after
 * interval ÷ √n, until a wait is below the target again.
 */
export class CoDel implements DropRule {
  private readonly targetNs: number;
  private readonly intervalNs: number;
  /** When waits will have been above the target for a whole interval; 0 while they are not. */
  private deadline = DOUBLE;
  private nextDrop = DOUBLE;
  private dropped = 0;
  private before = 0;
  private isDropping = false;

  constructor(targetNs: number, intervalNs: number) {
    this.deadline = this.nextDrop = 0;
    this.targetNs = targetNs;
    this.intervalNs = intervalNs;
  }

  drops(waitedNs: number, left: number, now: number): boolean {
    const isAbove = this.isAboveForLong(waitedNs, left, now);
    if (!this.isDropping) return isAbove && this.begin(now);
    if (!isAbove) {
      this.isDropping = false;
      return false;
    }
    if (now < this.nextDrop) return false;
    this.dropped++;
    this.nextDrop += this.intervalNs / Math.sqrt(this.dropped);
    return true;
  }

  private isAboveForLong(waitedNs: number, left: number, now: number): boolean {
    if (waitedNs < this.targetNs || left === 0) {
      this.deadline = 0;
      return false;
    }
    if (this.deadline === 0) this.deadline = now + this.intervalNs;
    return now >= this.deadline;
  }

  /** A phase that follows the last one soon goes on at about its rate. */
  private begin(now: number): boolean {
    const more = this.dropped - this.before;
    const isSoon = now - this.nextDrop < 16 * this.intervalNs;
    this.isDropping = true;
    this.dropped = isSoon && more > 1 ? more : 1;
    this.before = this.dropped;
    this.nextDrop = now + this.intervalNs / Math.sqrt(this.dropped);
    return true;
  }
}

/** Facebook's form ("Fail at Scale", 2015): with a standing queue nobody waits longer than the target. */
export class StandingQueue implements DropRule {
  private readonly targetNs: number;
  private readonly intervalNs: number;
  private emptyAt = DOUBLE;

  constructor(targetNs: number, intervalNs: number) {
    this.emptyAt = 0;
    this.targetNs = targetNs;
    this.intervalNs = intervalNs;
  }

  drops(waitedNs: number, left: number, now: number): boolean {
    const isStanding = now - this.emptyAt > this.intervalNs;
    if (left === 0) this.emptyAt = now;
    return waitedNs > (isStanding ? this.targetNs : this.intervalNs);
  }
}
