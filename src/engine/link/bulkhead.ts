/**
 * How many calls each unit of a link's caller may have open there, and who waits for a place. It must not know why a call
 * ends, nor what becomes of one that gets a place.
 */
import { type Calls, FLAGS, IN_BULKHEAD, NONE } from '../calls/calls.ts';

export class Bulkhead {
  private readonly calls: Calls;
  private readonly openByUnit: number[] = [];
  private readonly waitingByUnit: (number[] | undefined)[] = [];

  constructor(calls: Calls) {
    this.calls = calls;
  }

  /** Takes a place for the call; false when its unit has `most` open. */
  enter(c: number, most: number): boolean {
    const unit = this.calls.callerUnit(c);
    const open = this.openByUnit[unit] ?? 0;
    if (open >= most) return false;
    this.openByUnit[unit] = open + 1;
    this.calls.rows[c + FLAGS] |= IN_BULKHEAD;
    return true;
  }

  /** Whether the call has a place. */
  holds(c: number): boolean {
    return (this.calls.rows[c + FLAGS] & IN_BULKHEAD) !== 0;
  }

  /** Places taken, over all units. */
  get taken(): number {
    return this.openByUnit.reduce((sum, open) => sum + open, 0);
  }

  /** Gives back the place of a call that holds one. */
  leave(c: number): void {
    if (this.holds(c)) this.openByUnit[this.calls.callerUnit(c)]--;
  }

  /** The call waits for a place from now on, behind those that do already. */
  wait(c: number): void {
    (this.waitingByUnit[this.calls.callerUnit(c)] ??= []).push(c);
  }

  /** Takes a call out of those that wait; false when it was none of them. */
  stopWaiting(c: number): boolean {
    const waiting = this.waitingByUnit[this.calls.callerUnit(c)];
    const at = waiting === undefined ? -1 : waiting.indexOf(c);
    if (at >= 0) waiting!.splice(at, 1);
    return at >= 0;
  }

  /** Gives a place to the call of a unit that waits longest, if there is one and place; NONE otherwise. */
  admitNext(unit: number, most: number): number {
    const waiting = this.waitingByUnit[unit];
    if (waiting === undefined || waiting.length === 0 || !this.enter(waiting[0], most)) return NONE;
    return waiting.shift()!;
  }

  /** Units of which some call waits or waited. */
  get units(): readonly number[] {
    return [...this.waitingByUnit.keys()];
  }
}
