/**
 * Units that work: each has servers and a first-in-first-out queue before them, and a piece of own work on every call.
 * What the work is, and what follows it, is a kind's. One class for all kinds.
 */
import { type Agenda, COMPLETION } from './agenda.ts';
import {
  ABANDONED,
  ARRIVED,
  BEGAN,
  type Calls,
  CHILD,
  DEADLINE,
  FAILING,
  FLAGS,
  GENERATION,
  LINK,
  NONE,
  QUEUED,
  REQUEST,
  UNIT,
  WORKING,
} from './calls.ts';
import type { Core } from './core.ts';
import { forCall, WORK } from './events.ts';
import { DEADLINE_EXCEEDED, HTTP_500 } from './outcomes.ts';
import { Pool, REFUSED, SEIZED } from './pool.ts';
import type { Stream } from './random.ts';
import { NOTE } from './recorder.ts';
import type { Station } from './station.ts';
import { DOUBLE, NS_PER_MS, toWholeNs } from './time.ts';
import type { Unit } from './unit.ts';

/** A call that fails by fault takes this long. */
const FAULT_ERROR_NS = 1 * NS_PER_MS;

export interface Work {
  /** Writes to `into[0]` how long the own work on the call takes, ns, at normal speed. May mark it as FAILING. */
  draw(c: number, into: Float64Array): void;
  /** The own work is done; the server is still held. Either `done` follows, now or later. */
  worked(c: number): void;
}

export class Servers {
  /** Server time spent on calls whose caller had given up, and in all, ns. */
  wastedNs = DOUBLE;
  workedNs = DOUBLE;
  /** Calls turned away by a full queue. */
  refused = 0;

  private readonly core: Core;
  private readonly calls: Calls;
  private readonly agenda: Agenda;
  private readonly station: Station;
  private readonly work: Work;
  /** What a caller is told when the queue is full. */
  private readonly fullOutcome: number;
  /** Chance of faults; its own stream, so that a fault leaves the other draws as they are. */
  private readonly faultChance: Stream;
  /** Cell: how long the work takes that was drawn last, ns. */
  private readonly length = new Float64Array(1);
  private perUnit = 1;
  private queueLimit = 0;

  constructor(station: Station, work: Work, fullOutcome: number) {
    this.core = station.core;
    this.wastedNs = this.workedNs = 0;
    this.calls = this.core.calls;
    this.agenda = this.core.agenda;
    this.station = station;
    this.work = work;
    this.fullOutcome = fullOutcome;
    this.faultChance = this.core.stream(station.id, 'fault');
  }

  /** Servers of each unit and calls that may wait there; of a running station too. */
  configure(perUnit: number, queueLimit: number): void {
    this.perUnit = perUnit;
    this.queueLimit = queueLimit;
    for (const unit of this.station.units) {
      unit.pool!.servers = perUnit;
      unit.pool!.queueLimit = queueLimit;
      this.serveWaiting(unit);
    }
  }

  equip(unit: Unit): void {
    unit.pool = new Pool(this.core, this.perUnit, this.queueLimit);
  }

  arrive(c: number): void {
    const { rows } = this.calls;
    const pool = this.station.units[rows[c + UNIT]].pool!;
    const got = pool.offer(c);
    if (got === SEIZED) this.begin(c);
    else if (got === REFUSED) {
      this.refused++;
      this.station.answer(c, this.fullOutcome);
    } else if (rows[c + REQUEST] !== NONE) this.core.recorder.note(c, NOTE.queued, pool.waiting - 1, 0);
  }

  private begin(c: number): void {
    const { agenda } = this;
    const { rows, times } = this.calls;
    const now = agenda.time;
    const unit = this.station.units[rows[c + UNIT]];
    if (now >= times[(c >> 1) + DEADLINE]) {
      unit.pool!.release(c);
      return this.station.answer(c, DEADLINE_EXCEEDED);
    }
    times[(c >> 1) + BEGAN] = now;
    if (rows[c + REQUEST] !== NONE) {
      this.core.recorder.note(c, NOTE.began, now - times[(c >> 1) + ARRIVED], 0);
    }
    const what = forCall(WORK, rows[c + GENERATION]);
    if (unit.errorShare > 0 && this.faultChance.chance(unit.errorShare)) {
      rows[c + FLAGS] |= FAILING;
      agenda.at(now + FAULT_ERROR_NS, COMPLETION, what, c);
    } else {
      this.work.draw(c, this.length);
      agenda.due = now + toWholeNs(this.length[0] * unit.slow);
      agenda.push(COMPLETION, what, c);
    }
  }

  /** The own work on the call ended. */
  finish(c: number): void {
    const { rows, times } = this.calls;
    const flags = rows[c + FLAGS];
    const spent = this.agenda.time - times[(c >> 1) + BEGAN];
    this.workedNs += spent;
    if (flags & ABANDONED) this.wastedNs += spent;
    if (flags & FAILING) this.done(c, HTTP_500);
    else this.work.worked(c);
  }

  /** Answers the call and frees its server, if it still holds one, for the next. */
  done(c: number, outcome: number): void {
    const { rows } = this.calls;
    const unit = this.station.units[rows[c + UNIT]];
    const pool = unit.pool!;
    if (rows[c + FLAGS] & WORKING) pool.release(c);
    this.station.answer(c, outcome);
    if (pool.waiting > 0) this.serveWaiting(unit);
  }

  /** Frees the server while the call itself goes on (an asynchronous wait for others). */
  yieldServer(c: number): void {
    const unit = this.station.units[this.calls.rows[c + UNIT]];
    unit.pool!.release(c);
    if (unit.pool!.waiting > 0) this.serveWaiting(unit);
  }

  private serveWaiting(unit: Unit): void {
    for (;;) {
      const next = unit.pool!.serveNext();
      if (next === NONE) return;
      this.begin(next);
    }
  }

  /** The caller gave up: a waiting call leaves the queue; with `full`, work and calls under way are aborted too. */
  cancel(c: number, full: boolean): void {
    const { calls } = this.core;
    const flags = calls.rows[c + FLAGS];
    const unit = this.station.units[calls.rows[c + UNIT]];
    if ((flags & QUEUED) === 0) {
      if (!full) return;
      const child = calls.rows[c + CHILD];
      if (flags & WORKING && child === NONE) {
        const spent = this.core.now - calls.times[(c >> 1) + BEGAN];
        this.workedNs += spent;
        this.wastedNs += spent;
      }
      calls.voidEvents(c);
      if (child !== NONE) this.station.links[calls.rows[child + LINK]].abandon(child);
    }
    this.evict(c, unit);
    this.station.drop(c);
    this.serveWaiting(unit);
  }

  /** Takes a call out of queue or server, without starting the next one. */
  evict(c: number, unit: Unit): void {
    const flags = this.calls.rows[c + FLAGS];
    if (flags & QUEUED) unit.pool!.leaveQueue(c);
    else if (flags & WORKING) unit.pool!.release(c);
  }
}
