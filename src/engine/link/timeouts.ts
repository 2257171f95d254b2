/**
 * The calls of one link that may run into their attempt timeout, in the order in which they were sent. That is timeout
 * order too, because the timeout is the same for all; so only the head needs an event. A call that ends in time is left
 * where it is and passed over when its turn comes, so that ending costs nothing.
 */
import { type Agenda, TIMER } from '../agenda/agenda.ts';
import {
  type Calls,
  DEADLINE,
  FLAGS,
  GENERATION,
  LATE,
  LINK,
  ONE_WAY,
  OPEN,
  PROBE,
  REPEATED,
  SENT,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { DEADLINE_PASSED, forCall, LINK_TIMEOUT } from '../events.ts';

const FIRST_CAPACITY = 16;

export class TimeoutList {
  private readonly calls: Calls;
  private readonly agenda: Agenda;
  private readonly link: number;
  private readonly end: (c: number) => void;
  /** A ring: who was sent, and when (ns). An entry counts while that call is open and was sent at that instant. */
  private who = new Int32Array(0);
  private sent = new Float64Array(0);
  private head = 0;
  private size = 0;
  /** How long an attempt may take, ns; 0 = for ever. */
  private limitNs = 0;
  /** An event for the head is in the agenda. */
  private armed = false;
  /** Tells the timer that counts from those that a change of settings made void. */
  private timer = 0;

  /** `link`: its index, under which the system finds its way back to `due`. `end`: what becomes of a call that is due. */
  constructor(core: Core, link: number, end: (c: number) => void) {
    this.calls = core.calls;
    this.agenda = core.agenda;
    this.link = link;
    this.end = end;
  }

  /** The shorter of the two that are set (0 = none), ns; calls that wait already are held to it too. */
  configure(attemptNs: number, totalNs: number): void {
    this.limitNs = attemptNs > 0 && totalNs > 0 ? Math.min(attemptNs, totalNs) : attemptNs || totalNs;
    this.arm();
  }

  /** Calls have to end in some time. */
  get isOn(): boolean {
    return this.limitNs > 0;
  }

  /** A call was sent: it waits from now. A later attempt, and one that was held back, may have less time left. */
  watch(c: number): void {
    if (this.limitNs === 0) return;
    const { calls, agenda } = this;
    if (this.size === this.who.length) this.makeRoom();
    const at = (this.head + this.size++) & (this.who.length - 1);
    this.who[at] = c;
    this.sent[at] = agenda.time;
    if (!this.armed) this.arm();
    if (
      calls.rows[c + FLAGS] & (REPEATED | LATE) &&
      calls.times[(c >> 1) + DEADLINE] - agenda.time < this.limitNs
    ) {
      agenda.due = calls.times[(c >> 1) + DEADLINE];
      agenda.push(TIMER, forCall(DEADLINE_PASSED, calls.rows[c + GENERATION]), c);
    }
  }

  /** Ends every call whose time is up, oldest first. `timer`: the one that fired. */
  due(timer: number): void {
    if (timer !== this.timer) return;
    this.armed = true; // no second event while attempts made in the end of others are noted
    while (this.size > 0) {
      const { head } = this;
      const waits = this.isWaiting(head);
      if (waits && this.sent[head] + this.limitNs > this.agenda.time) break;
      this.head = (head + 1) & (this.who.length - 1);
      this.size--;
      if (waits) this.end(this.who[head]);
    }
    this.arm();
  }

  private isWaiting(at: number): boolean {
    const { rows, times } = this.calls;
    const c = this.who[at];
    return (
      // Its row may have passed, at the same instant, to one that nobody waits for here.
      (rows[c + FLAGS] & (OPEN | ONE_WAY | PROBE)) === OPEN &&
      rows[c + LINK] === this.link &&
      times[(c >> 1) + SENT] === this.sent[at]
    );
  }

  private arm(): void {
    const { agenda } = this;
    this.timer = (this.timer + 1) & 0x3ffffff;
    this.armed = this.size > 0 && this.limitNs > 0;
    if (!this.armed) return;
    agenda.due = Math.max(agenda.time, this.sent[this.head] + this.limitNs);
    agenda.push(TIMER, forCall(LINK_TIMEOUT, this.timer), this.link);
  }

  /** Forgets the calls that have ended; doubles the ring when that leaves it more than half full. */
  private makeRoom(): void {
    const { who, sent, head, size } = this;
    const mask = who.length - 1;
    let kept = 0;
    for (let i = 0; i < size; i++) {
      const from = (head + i) & mask;
      if (!this.isWaiting(from)) continue;
      const to = (head + kept++) & mask;
      who[to] = who[from];
      sent[to] = sent[from];
    }
    this.size = kept;
    if (kept * 2 >= who.length) this.grow();
  }

  private grow(): void {
    const { who, sent, head, size } = this;
    const capacity = Math.max(FIRST_CAPACITY, who.length * 2);
    this.who = new Int32Array(capacity);
    this.sent = new Float64Array(capacity);
    for (let i = 0; i < size; i++) {
      const at = (head + i) & (who.length - 1);
      this.who[i] = who[at];
      this.sent[i] = sent[at];
    }
    this.head = 0;
  }
}
