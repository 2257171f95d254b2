/**
 * A station that works: each unit has servers and a first-in-first-out queue before them, and a piece of own work on
 * every call. Subclasses say how long the work takes and what follows it. It must not know any kind.
 */
import { COMPLETION, type Lane } from './agenda.ts';
import { ABANDONED, FAILING, NONE, QUEUED, WORKING } from './calls.ts';
import { forCall, WORK } from './events.ts';
import { DEADLINE_EXCEEDED, HTTP_500, QUEUE_FULL } from './outcomes.ts';
import { Pool, REFUSED, SEIZED } from './pool.ts';
import { NOTE } from './recorder.ts';
import type { Stream } from './random.ts';
import { Station } from './station.ts';
import { NS_PER_MS } from './time.ts';
import type { Unit } from './unit.ts';

/** A call that fails by fault takes this long. */
const FAULT_ERROR_NS = 1 * NS_PER_MS;

export abstract class Server extends Station {
  /** Server time spent on calls whose caller had given up, and in all, ns. */
  wastedNs = 0;
  workedNs = 0;
  /** Calls turned away by a full queue. */
  refused = 0;

  /** Chance of faults; its own stream, so that a fault leaves the other draws as they are. */
  private readonly faultChance: Stream;
  private lane: Lane | null = null;

  constructor(...args: ConstructorParameters<typeof Station>) {
    super(...args);
    this.faultChance = this.stream('fault');
  }

  /** How long the own work on the call takes, ns, at normal speed. May mark it as FAILING. */
  protected abstract workNs(c: number): number;

  /** The own work is done. Either `done` answers, or calls follow. The server is still held. */
  protected abstract worked(c: number): void;

  /** How many servers each unit has, and how many calls may wait. */
  protected abstract poolSize(): { servers: number; queueLimit: number };

  /** What a caller is told when the queue is full. */
  protected readonly fullOutcome: number = QUEUE_FULL;

  /** The constant length of the work in ns, or null: constant work needs no place in the heap. */
  protected useConstantWork(ns: number | null): void {
    this.lane = ns === null ? null : this.core.agenda.lane(ns, COMPLETION);
  }

  protected override addServers(unit: Unit): void {
    const { servers, queueLimit } = this.poolSize();
    unit.pool = new Pool(this.core.calls, servers, queueLimit);
  }

  /** Applies a changed pool size to every unit of a running station. */
  protected resizePools(): void {
    const { servers, queueLimit } = this.poolSize();
    for (const unit of this.units) {
      unit.pool!.servers = servers;
      unit.pool!.queueLimit = queueLimit;
      this.serveWaiting(unit);
    }
  }

  protected override arrive(c: number): void {
    const { calls, now } = this.core;
    const pool = this.units[calls.unit[c]].pool!;
    const got = pool.offer(c, now);
    if (got === SEIZED) this.begin(c);
    else if (got === REFUSED) {
      this.refused++;
      this.answer(c, this.fullOutcome);
    } else if (calls.request[c] !== NONE) {
      this.core.recorder.note(calls.request[c], calls.span[c], NOTE.queued, pool.waiting - 1, 0, now);
    }
  }

  private begin(c: number): void {
    const { calls, agenda, now, recorder } = this.core;
    if (now >= calls.deadline[c]) {
      this.releaseServer(c);
      this.answer(c, DEADLINE_EXCEEDED);
      return;
    }
    const unit = this.units[calls.unit[c]];
    calls.began[c] = now;
    if (calls.request[c] !== NONE) {
      recorder.note(calls.request[c], calls.span[c], NOTE.began, now - calls.arrived[c], 0, now);
    }
    const what = forCall(WORK, calls.generation[c]);
    if (unit.errorShare > 0 && this.faultChance.chance(unit.errorShare)) {
      calls.flags[c] |= FAILING;
      agenda.at(now + FAULT_ERROR_NS, COMPLETION, what, c);
    } else if (this.lane !== null && unit.slow === 1) agenda.later(this.lane, now, what, c);
    else agenda.at(now + Math.round(this.workNs(c) * unit.slow), COMPLETION, what, c);
  }

  override finish(c: number): void {
    const { calls, now } = this.core;
    const spent = now - calls.began[c];
    this.workedNs += spent;
    if (calls.flags[c] & ABANDONED) this.wastedNs += spent;
    if (calls.flags[c] & FAILING) this.done(c, HTTP_500);
    else this.worked(c);
  }

  /** Answers the call and frees its server, if it still holds one, for the next. */
  protected done(c: number, outcome: number): void {
    const unit = this.units[this.core.calls.unit[c]];
    if (this.core.calls.flags[c] & WORKING) this.releaseServer(c);
    this.answer(c, outcome);
    this.serveWaiting(unit);
  }

  /** Frees the server while the call itself goes on (an asynchronous wait for others). */
  protected yieldServer(c: number): void {
    const unit = this.units[this.core.calls.unit[c]];
    this.releaseServer(c);
    this.serveWaiting(unit);
  }

  private releaseServer(c: number): void {
    this.units[this.core.calls.unit[c]].pool!.release(c, this.core.now);
  }

  private serveWaiting(unit: Unit): void {
    for (;;) {
      const next = unit.pool!.serveNext(this.core.now);
      if (next === NONE) return;
      this.begin(next);
    }
  }

  override cancel(c: number, full: boolean): void {
    const { calls } = this.core;
    const unit = this.units[calls.unit[c]];
    if ((calls.flags[c] & QUEUED) === 0) {
      if (!full) return;
      if (calls.flags[c] & WORKING && calls.child[c] === NONE) this.wastedNs += this.core.now - calls.began[c];
      calls.voidEvents(c);
      this.abandonChild(c);
    }
    this.evict(c, unit);
    this.drop(c);
    this.serveWaiting(unit);
  }

  protected override evict(c: number, unit: Unit): void {
    const flags = this.core.calls.flags[c];
    if (flags & QUEUED) unit.pool!.leaveQueue(c, this.core.now);
    else if (flags & WORKING) unit.pool!.release(c, this.core.now);
  }
}
