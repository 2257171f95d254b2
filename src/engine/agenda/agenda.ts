/**
 * The pending events of a run in exact order: time, then class, then sequence number. Most come a fixed time after they
 * were scheduled, messages above all, and wait in lanes; a calendar holds the others. It must not know what an event
 * means.
 */
import { Calendar, UNKNOWN } from './calendar.ts';
import { Lane } from './lane.ts';
import { DOUBLE } from '../time.ts';

/** Order of events at one instant: a response landing exactly on its timeout wins. */
export const COMPLETION = 0;
export const CANCELLATION = 1;
export const TIMER = 2;
export const ARRIVAL = 3;
export const CONTROL = 4;

/** Room for 2⁴⁹ sequence numbers below the class, all exact in a double. */
const CLASS_STEP = 562_949_953_421_312;

/** Which lane comes first is found by looking at each of them, so that more than a few would cost more than they save. */
const MOST_LANES = 8;

export class Agenda extends Calendar {
  /** `next` takes nothing that is due after this instant, ns. */
  limit = DOUBLE;

  /** The sequence number of the next event. */
  private sequence = DOUBLE;
  private lanes: Lane[] = [];
  /** The lane whose first event is the earliest; null when all are empty. */
  private first: Lane | null = null;
  private firstDue = DOUBLE;

  constructor() {
    super();
    this.limit = this.sequence = 0;
    this.firstDue = Infinity;
  }

  /** Events waiting, cancelled ones included. */
  get pending(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.size, this.dated);
  }

  /** Schedules at any instant, not before the present. */
  at(time: number, order: number, what: number, who: number): void {
    this.due = time;
    this.push(order, what, who);
  }

  /** Schedules at the instant in `due`. */
  push(order: number, what: number, who: number): void {
    this.key = order * CLASS_STEP + this.sequence++;
    this.put(what, who);
  }

  /** The lane for events that come so long after they are scheduled; null when there are enough others already. */
  openLane(delayNs: number): Lane | null {
    let lane = this.lanes.find((each) => each.delayNs === delayNs);
    if (lane === undefined) {
      if (this.lanes.length === MOST_LANES)
        this.lanes = this.lanes.filter(({ users, size }) => users > 0 || size > 0);
      if (this.lanes.length === MOST_LANES) return null;
      lane = new Lane(delayNs);
      this.lanes.push(lane);
    }
    lane.users++;
    return lane;
  }

  /** Nothing more is scheduled with a lane by one of its users. */
  closeLane(lane: Lane | null): void {
    if (lane !== null) lane.users--;
  }

  /** Schedules with a lane, and leaves in `due` when that is. */
  pushInto(lane: Lane, order: number, what: number, who: number): void {
    this.due = this.time + lane.delayNs;
    this.key = order * CLASS_STEP + this.sequence++;
    if (!lane.add(this, what, who)) return;
    if (this.due < this.firstDue || (this.due === this.firstDue && this.key < this.first!.firstKey)) {
      this.first = lane;
      this.firstDue = this.due;
    }
  }

  /** Takes the earliest event into `time`, `what`, `who`; false when none is due at or before `limit`. */
  next(): boolean {
    if (this.earliest === UNKNOWN) this.look();
    const time = this.firstDue;
    if (time > this.earliest || (time === this.earliest && !this.isLaneFirst())) {
      if (this.earliest > this.limit) return false;
      this.takeEarliest();
      return true;
    }
    if (time > this.limit || this.first === null) return false;
    this.time = time;
    this.first.take(this);
    this.findFirst();
    return true;
  }

  /** Of two events due at the same instant; Infinity stands for none on both sides. */
  private isLaneFirst(): boolean {
    return this.first === null || this.first.firstKey < this.earliestKey;
  }

  private findFirst(): void {
    const { lanes } = this;
    let first: Lane | null = null;
    let due = Infinity;
    for (let i = 0; i < lanes.length; i++) {
      const lane = lanes[i];
      const time = lane.firstTime;
      if (time < due || (time === due && first !== null && lane.firstKey < first.firstKey)) {
        first = lane;
        due = time;
      }
    }
    this.first = first;
    this.firstDue = due;
  }
}
