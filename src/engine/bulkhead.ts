/** How many calls each unit of a link's caller may have open there. It must not know why a call ends. */
import { type Calls, FLAGS, IN_BULKHEAD } from './calls.ts';

export class Bulkhead {
  private readonly calls: Calls;
  private readonly openByUnit: number[] = [];

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

  /** Places taken, over all units. */
  get taken(): number {
    return this.openByUnit.reduce((sum, open) => sum + open, 0);
  }

  /** Gives back the place of a call that holds one. */
  leave(c: number): void {
    if (this.calls.rows[c + FLAGS] & IN_BULKHEAD) this.openByUnit[this.calls.callerUnit(c)]--;
  }
}
