/**
 * Units that work: each has servers and a queue before them, or cores that all calls share, and a piece of own work on
 * every call. What the work is, and what follows it, is a kind's. One class for all kinds.
 */
import { type Agenda, COMPLETION, TIMER } from '../agenda/agenda.ts';
import {
  ABANDONED,
  ARRIVED,
  BEGAN,
  type Calls,
  DEADLINE,
  FAILING,
  FLAGS,
  FRESH,
  GENERATION,
  NONE,
  QUEUED,
  TRACED,
  UNIT,
  WORKING,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import type { Sampler } from '../chance/distributions.ts';
import { forCall, RENEGE, TICK, WORK } from '../events.ts';
import { greetingNs } from '../units/handshake.ts';
import { UNIT_BITS } from '../limits.ts';
import { DEADLINE_EXCEEDED, HTTP_500, QUEUE_TIMEOUT, SHED } from '../calls/outcomes.ts';
import { FIFO, Pool, REFUSED, SEIZED } from './pool.ts';
import type { Stream } from '../chance/random.ts';
import { NOTE } from '../records/recorder.ts';
import { Shedding, type SheddingSettings } from './shedding.ts';
import { SharedPool } from './sharedpool.ts';
import type { Station } from './station.ts';
import { DOUBLE, NS_PER_MS, toWholeNs } from '../time.ts';
import type { Unit } from '../units/unit.ts';

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
  /** Calls turned away by a full queue, or shed. */
  refused = 0;
  /** null while nothing is shed. */
  shedding: Shedding | null = null;

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
  private order = FIFO;
  private isShared = false;
  /** How long a call may wait in the queue; null = for ever. */
  private patience: Sampler | null = null;
  private readonly patienceDraws: Stream;

  constructor(station: Station, work: Work, fullOutcome: number) {
    this.core = station.core;
    this.wastedNs = this.workedNs = 0;
    this.calls = this.core.calls;
    this.agenda = this.core.agenda;
    this.station = station;
    this.work = work;
    this.fullOutcome = fullOutcome;
    this.faultChance = this.core.stream(station.id, 'fault');
    this.patienceDraws = this.core.stream(station.id, 'patience');
  }

  /** Servers of each unit and calls that may wait there; of a running station too. */
  configure(perUnit: number, queueLimit: number): void {
    this.perUnit = perUnit;
    this.queueLimit = queueLimit;
    for (const unit of this.station.units) {
      unit.pool!.resize(perUnit, queueLimit);
      this.goOn(unit);
    }
  }

  /** Who goes next, or whether all share; calls that are inside go on as they began. `patience` in ns. */
  useDiscipline(order: number, isShared: boolean, patience: Sampler | null): void {
    this.order = order;
    this.patience = patience;
    const changes = this.isShared !== isShared;
    this.isShared = isShared;
    for (const unit of this.station.units) {
      if (changes) this.replacePool(unit);
      unit.pool!.setOrder(order);
    }
  }

  /** What is done against overload; null: nothing. Other settings begin without having learnt anything. */
  useShedding(settings: SheddingSettings | null): void {
    if (settings !== null && this.shedding?.isSetTo(settings)) return;
    this.shedding = settings && new Shedding(this.core, this.station.id, settings);
  }

  equip(unit: Unit): void {
    const Discipline = this.isShared ? SharedPool : Pool;
    const pool = new Discipline(this.core, this.perUnit, this.queueLimit);
    pool.setOrder(this.order);
    pool.standStill(unit.standstill !== null);
    unit.pool = pool;
  }

  /** Work that can be done is done: after a standstill, or a change of the servers. */
  goOn(unit: Unit): void {
    this.serveWaiting(unit);
    this.awaitShared(unit);
  }

  /** Of a running unit: work under way keeps its server and ends at the time it would have, alone. */
  private replacePool(unit: Unit): void {
    const before = unit.pool!;
    this.equip(unit);
    unit.busyBefore = 0;
    if (before instanceof SharedPool) {
      unit.pool!.adopt(before.held);
      for (const { call, leftNs } of before.takeJobs()) this.endAfter(unit, call, leftNs);
    } else {
      unit.pool!.adopt(before.busy);
      for (let c = before.takeWaiting(); c !== NONE; c = before.takeWaiting()) this.arrive(c);
    }
  }

  private endAfter(unit: Unit, c: number, ns: number): void {
    const what = forCall(WORK, this.calls.rows[c + GENERATION]);
    if (unit.standstill === null) this.agenda.at(this.agenda.time + toWholeNs(ns), COMPLETION, what, c);
    else unit.standstill.keepWork(what, c, toWholeNs(ns));
  }

  arrive(c: number): void {
    const { rows } = this.calls;
    const unit = this.station.units[rows[c + UNIT]];
    const isShed = this.shedding?.admits(unit, this.calls.priority(c), this.agenda.time) === false;
    if (isShed) return this.turnAway(c, SHED);
    const pool = unit.pool!;
    const got = pool.offer(c);
    if (got === SEIZED) this.begin(c);
    else if (got === REFUSED) this.turnAway(c, this.fullOutcome);
    else {
      if (this.patience !== null) this.waitAtMost(c, this.patience);
      if (rows[c + FLAGS] & TRACED) this.core.recorder.note(c, NOTE.queued, pool.waiting - 1, 0);
    }
  }

  private waitAtMost(c: number, patience: Sampler): void {
    patience.draw(this.patienceDraws, this.length);
    this.agenda.due = this.agenda.time + toWholeNs(this.length[0]);
    this.agenda.push(TIMER, forCall(RENEGE, this.calls.rows[c + GENERATION]), c);
  }

  /** A call has waited as long as it may, if it still does. */
  renege(c: number): void {
    const { rows } = this.calls;
    if ((rows[c + FLAGS] & QUEUED) === 0) return;
    this.station.units[rows[c + UNIT]].pool!.leaveQueue(c);
    this.station.answer(c, QUEUE_TIMEOUT);
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
    if (rows[c + FLAGS] & TRACED) {
      this.core.recorder.note(c, NOTE.began, now - times[(c >> 1) + ARRIVED], 0);
    }
    if (unit.errorShare > 0 && this.faultChance.chance(unit.errorShare)) {
      rows[c + FLAGS] |= FAILING;
      this.length[0] = NS_PER_MS; // an error by fault takes 1 ms
    } else {
      this.work.draw(c, this.length);
      if (rows[c + FLAGS] & FRESH) this.length[0] += greetingNs(this.station.links, this.calls, c);
      this.length[0] *= unit.slow;
      if (now < unit.warmUntil) this.length[0] /= unit.speedAt(now);
    }
    if (!this.isShared) {
      agenda.due = now + toWholeNs(this.length[0]);
      return agenda.push(COMPLETION, forCall(WORK, rows[c + GENERATION]), c);
    }
    (unit.pool as SharedPool).work(c, this.length[0]);
    this.awaitShared(unit);
  }

  /** Schedules the next end of a unit whose cores are shared. */
  private awaitShared(unit: Unit): void {
    const pool = unit.pool;
    if (!(pool instanceof SharedPool) || pool.nextEnd === Infinity) return;
    this.agenda.due = pool.nextEnd;
    this.agenda.push(COMPLETION, forCall(TICK, unit.index | (pool.version << UNIT_BITS)), this.station.index);
  }

  /** The work of a call that shares the cores has ended, unless something changed since this was scheduled. */
  endShared(data: number): void {
    const unit = this.station.units[data & ((1 << UNIT_BITS) - 1)];
    const { pool } = unit;
    if (!(pool instanceof SharedPool) || pool.version !== data >> UNIT_BITS) return;
    for (let c = pool.takeEnded(); c !== NONE; c = pool.takeEnded()) this.finish(c);
    this.awaitShared(unit);
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
    if (this.shedding !== null) this.shedding.ended(unit, this.sinceArrival(c), this.agenda.time);
    this.station.answer(c, outcome);
    if (pool.waiting > 0) this.serveWaiting(unit);
  }

  /** Frees the server while the call itself goes on (an asynchronous wait for others). */
  yieldServer(c: number): void {
    const unit = this.station.units[this.calls.rows[c + UNIT]];
    unit.pool!.release(c);
    this.serveWaiting(unit);
  }

  private serveWaiting(unit: Unit): void {
    while (unit.standstill === null) {
      const next = unit.pool!.serveNext();
      if (next === NONE) return;
      if (this.shedding?.drops(unit, this.sinceArrival(next), unit.pool!.waiting, this.agenda.time)) {
        unit.pool!.release(next);
        this.turnAway(next, SHED);
      } else this.begin(next);
    }
  }

  private sinceArrival(c: number): number {
    return this.agenda.time - this.calls.times[(c >> 1) + ARRIVED];
  }

  private turnAway(c: number, outcome: number): void {
    this.refused++;
    this.station.answer(c, outcome);
  }

  /** The caller gave up: a waiting call leaves the queue; with `full`, work and calls under way are aborted too. */
  cancel(c: number, full: boolean): void {
    const { calls, station } = this;
    const flags = calls.rows[c + FLAGS];
    const unit = station.units[calls.rows[c + UNIT]];
    if ((flags & QUEUED) === 0) {
      if (!full) return;
      if (flags & WORKING && !station.isWaiting(c)) {
        const spent = this.core.now - calls.times[(c >> 1) + BEGAN];
        this.workedNs += spent;
        this.wastedNs += spent;
      }
      calls.voidEvents(c);
      station.abandonCalls(c);
    }
    this.evict(c, unit);
    station.drop(c);
    this.serveWaiting(unit);
  }

  /** Takes a call out of queue or server, without starting the next one. */
  evict(c: number, unit: Unit): void {
    const flags = this.calls.rows[c + FLAGS];
    if (flags & QUEUED) unit.pool!.leaveQueue(c);
    else if (flags & WORKING) {
      unit.pool!.release(c);
      this.awaitShared(unit);
    }
  }
}
