/**
 * What waits while the process of a unit stands still: its own work, the answers to calls it made, and calls that
 * come to it. When it goes on, work takes up where it was. It must not know why the process stands still.
 */
import { COMPLETION, TIMER } from '../agenda/agenda.ts';
import type { PendingEvent } from '../agenda/calendar.ts';
import {
  ABANDONED,
  CHILD,
  DEGRADED,
  FLAGS,
  FREE,
  GENERATION,
  HELD,
  HIT,
  LINK,
  LOST,
  NONE,
  PARENT,
  PHASE,
  ROW,
  SENT,
  STALE,
} from '../calls/calls.ts';
import { RENEGE, WORK } from '../events.ts';
import type { Core } from '../core.ts';
import type { Inside } from '../station/inside.ts';
import type { Standstill } from './process.ts';
import type { Unit } from './unit.ts';

/** A call, and the use of its row that is meant. */
interface Handle {
  readonly call: number;
  readonly generation: number;
}

interface Answer {
  readonly parent: Handle;
  /** What the parent will read of its call; that call itself may be gone by then. */
  readonly copy: number;
}

/** Calls at the door before the first look for those that nobody waits for any more. */
const FIRST_LOOK = 64;

/** Where it happens. */
export interface Ground {
  readonly core: Core;
  readonly behaviour: Inside;
  /** Whether a call that is inside some station is inside this one, at this unit. */
  holds(c: number, unit: Unit): boolean;
  /** A process that gets on has the call before it. */
  attend(c: number): void;
  /** Ends a call whose caller gave up. */
  drop(c: number): void;
}

export class HaltedProcess implements Standstill {
  private readonly station: Ground;
  private readonly sinceNs: number;
  /** Ends of pieces of work and of waits that were to come. */
  private readonly work: PendingEvent[];
  private answers: Answer[] = [];
  backlog = 0;
  private door: Handle[] = [];
  private lookAt = FIRST_LOOK;

  constructor(station: Ground, unit: Unit) {
    const { agenda, calls } = station.core;
    this.station = station;
    this.sinceNs = agenda.time;
    this.work = agenda.withdraw((what, who) => {
      const kind = what & 15;
      if (kind !== WORK && kind !== RENEGE) return false;
      return calls.rows[who + GENERATION] === what >> 4 && station.holds(who, unit);
    });
  }

  keepWork(what: number, who: number, leftNs: number): void {
    this.work.push({ time: this.sinceNs + leftNs, what, who });
  }

  hold(c: number): void {
    const { rows } = this.station.core.calls;
    rows[c + FLAGS] |= HELD;
    this.door.push(this.handleOf(c));
    if (this.door.length >= this.lookAt) this.sweep();
  }

  /** Lets calls go that nobody waits for: there is no end to how many may come. */
  private sweep(): void {
    const { rows } = this.station.core.calls;
    this.door = this.door.filter((handle) => {
      if (!this.isHeld(handle)) return false;
      if ((rows[handle.call + FLAGS] & ABANDONED) === 0) return true;
      this.station.drop(handle.call);
      return false;
    });
    this.lookAt = Math.max(FIRST_LOOK, 2 * this.door.length);
  }

  keepAnswer(parent: number, c: number): void {
    const { calls, forks } = this.station.core;
    const copy = calls.take(
      calls.rows[c + LINK],
      NONE,
      calls.operation(c),
      calls.attempt(c),
      calls.callerUnit(c),
    );
    if (copy === NONE) {
      // No room to remember it in, which has been said: it is read now.
      this.station.behaviour.childDone(parent, c);
      return;
    }
    const { rows, times } = calls;
    const fresh = rows[copy + GENERATION];
    const sent = times[(c >> 1) + SENT];
    rows.copyWithin(copy + LINK, c + LINK, c + ROW);
    times[(copy >> 1) + SENT] = sent;
    rows[copy + GENERATION] = fresh;
    rows[copy + FLAGS] &= HIT | STALE | DEGRADED;
    rows[copy + PHASE] = LOST;
    rows[copy + PARENT] = parent;
    if (!forks.replace(parent, c, copy)) rows[parent + CHILD] = copy;
    this.answers.push({ parent: this.handleOf(parent), copy });
  }

  goOn(): void {
    const { station } = this;
    const { agenda, calls } = station.core;
    const stoodFor = agenda.time - this.sinceNs;
    for (const { time, what, who } of this.work) {
      if ((what & 15) === WORK) agenda.at(time + stoodFor, COMPLETION, what, who);
      else agenda.at(Math.max(agenda.time, time), TIMER, what, who);
    }
    for (const { parent, copy } of this.answers) {
      if (this.lives(parent)) {
        if (calls.rows[parent.call + CHILD] === copy) calls.rows[parent.call + CHILD] = NONE;
        station.behaviour.childDone(parent.call, copy);
      }
      calls.free(copy);
    }
    for (const handle of this.door) {
      if (!this.isHeld(handle)) continue;
      calls.rows[handle.call + FLAGS] &= ~HELD;
      station.attend(handle.call);
    }
  }

  discard(): void {
    for (const { copy } of this.answers) this.station.core.calls.free(copy);
    this.answers = [];
    this.door = [];
  }

  private handleOf(call: number): Handle {
    return { call, generation: this.station.core.calls.rows[call + GENERATION] };
  }

  private lives({ call, generation }: Handle): boolean {
    const { rows } = this.station.core.calls;
    return rows[call + GENERATION] === generation && rows[call + PHASE] !== FREE;
  }

  private isHeld(handle: Handle): boolean {
    return this.lives(handle) && (this.station.core.calls.rows[handle.call + FLAGS] & HELD) !== 0;
  }
}
