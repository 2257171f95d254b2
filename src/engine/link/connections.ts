/**
 * Keep-alive connections of one link: pools of each caller unit to each callee unit, opened by a handshake that takes
 * round trips and may be refused or lost, reused while they are young and not idle for long. A call waits for a free
 * place when the pool is full. It must not know policies.
 */
import { type Agenda, ARRIVAL, COMPLETION, TIMER } from '../agenda/agenda.ts';
import { type Calls, CONNECTING, FLAGS, FRESH, NONE, OUTCOME, PHASE, REUSED, UNIT } from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { CONNECT, CONNECT_DUE, CONNECTED, forCall } from '../events.ts';
import type { ConnectionSettings } from './linksettings.ts';
import * as outcomes from '../calls/outcomes.ts';
import type { Wire } from './wire.ts';

/** The link as its connections see it. */
interface Connected {
  readonly index: number;
  readonly wire: Wire;
  readonly callee: { listensAt(unit: number): boolean; noticesHandshake(unit: number): boolean };
  /** Sends a call that has its place on a connection. */
  send(c: number): void;
  /** Tells the caller how a call ended, and frees it. */
  receive(c: number): void;
}

interface Connection {
  readonly id: number;
  readonly pool: Pool;
  /** Since when it can be used, ns; Infinity during the handshake. */
  readyAt: number;
  /** When its last call ended, ns. */
  usedAt: number;
  /** Calls that have a place on it, and how many ever had one. */
  readonly calls: Set<number>;
  taken: number;
}

interface Pool {
  /** Of the caller, and of the callee. */
  readonly callerUnit: number;
  readonly unit: number;
  /** The one used last at the end: the others may grow idle. */
  readonly open: Connection[];
  /** Calls without a place, in the order in which they came. */
  readonly waiting: number[];
}

export class Connections {
  /** Handshakes begun; calls that found a connection ready; calls that had to wait for a place. */
  opened = 0;
  reused = 0;
  waited = 0;
  private readonly calls: Calls;
  private readonly agenda: Agenda;
  private readonly link: Connected;
  private readonly pools = new Map<number, Pool>();
  private readonly byId = new Map<number, Connection>();
  private readonly byCall = new Map<number, Connection>();
  /** Calls whose handshake has failed and that have not been told: the end of one may be the end of others (hedges). */
  private lost: Set<number> = new Set();
  private settings!: ConnectionSettings;
  /** False once connections are there for nothing again. */
  isOn = false;

  constructor(core: Core, link: Connected) {
    this.calls = core.calls;
    this.agenda = core.agenda;
    this.link = link;
  }

  /** Of a running link too: connections that are open stay. null: all go, and whoever waited for one is sent. */
  configure(settings: ConnectionSettings | null): void {
    this.isOn = settings !== null;
    if (settings === null) return this.dissolve();
    this.settings = settings;
    for (const pool of this.pools.values()) this.serve(pool);
  }

  /** The process of a caller unit is gone, and its connections with it; its calls have been abandoned. */
  forget(callerUnit: number): void {
    for (const pool of this.pools.values())
      if (pool.callerUnit === callerUnit) for (const each of [...pool.open]) this.close(each);
  }

  private dissolve(): void {
    const early = [...this.byId.values()].filter((each) => each.readyAt === Infinity);
    const waiting = [...this.pools.values()].flatMap((pool) => pool.waiting);
    const calls = [...early.flatMap((each) => [...each.calls]), ...waiting];
    this.pools.clear();
    this.byId.clear();
    this.byCall.clear();
    for (const c of calls) this.link.send(c);
  }

  /** Connections open or being opened, and calls that wait for a place. */
  get open(): number {
    return this.byId.size;
  }

  get waiting(): number {
    let waiting = 0;
    for (const pool of this.pools.values()) waiting += pool.waiting.length;
    return waiting;
  }

  /** Calls that have a place. */
  get carried(): number {
    return this.byCall.size;
  }

  /** Gives a call a place on a connection to its unit and sends it, now or when it is its turn. */
  carry(c: number): void {
    const pool = this.poolOf(c);
    this.calls.rows[c + PHASE] = CONNECTING;
    if (!this.seat(pool, c)) {
      this.waited++;
      pool.waiting.push(c);
    }
  }

  private poolOf(c: number): Pool {
    const unit = this.calls.rows[c + UNIT];
    const callerUnit = this.calls.callerUnit(c);
    const name = callerUnit * 0x10000 + unit;
    let pool = this.pools.get(name);
    if (!pool) this.pools.set(name, (pool = { callerUnit, unit, open: [], waiting: [] }));
    return pool;
  }

  private seat(pool: Pool, c: number): boolean {
    const chosen = this.choose(pool) ?? (pool.open.length < this.settings.most ? this.begin(pool) : null);
    if (chosen === null) return false;
    chosen.calls.add(c);
    chosen.taken++;
    this.byCall.set(c, chosen);
    if (chosen.readyAt === Infinity) return true;
    this.reused++;
    this.calls.rows[c + FLAGS] |= REUSED;
    this.link.send(c);
    return true;
  }

  /** The connection used last that has a free place; closes those it finds that are too old or were idle too long. */
  private choose({ open }: Pool): Connection | null {
    while (open.length > 0 && this.isStale(open[0])) this.close(open[0]);
    for (let i = open.length - 1; i >= 0; i--) {
      const each = open[i];
      if (this.isWornOut(each)) {
        if (each.calls.size === 0) this.close(each);
      } else if (each.calls.size < this.settings.streams) return each;
    }
    return null;
  }

  private isStale(each: Connection): boolean {
    return each.calls.size === 0 && this.agenda.time - each.usedAt > this.settings.idleNs;
  }

  private isWornOut(each: Connection): boolean {
    const { mostAgeNs, mostCalls } = this.settings;
    if (mostCalls > 0 && each.taken >= mostCalls) return true;
    return mostAgeNs > 0 && this.agenda.time - each.readyAt > mostAgeNs;
  }

  private begin(pool: Pool): Connection {
    const id = this.opened++;
    const made = { id, pool, readyAt: Infinity, usedAt: Infinity, calls: new Set<number>(), taken: 0 };
    pool.open.push(made);
    this.byId.set(id, made);
    this.link.wire.carry(ARRIVAL, forCall(CONNECT, id), this.link.index, pool.callerUnit, 1);
    this.agenda.due = this.agenda.time + this.settings.timeoutNs;
    this.agenda.push(TIMER, forCall(CONNECT_DUE, id), this.link.index);
    return made;
  }

  /** The first message of a handshake reaches the callee. */
  reached(id: number): void {
    const connection = this.byId.get(id);
    if (!connection || !this.link.callee.noticesHandshake(connection.pool.unit)) return;
    const listens = this.link.callee.listensAt(connection.pool.unit);
    // Refused in the same round trip; accepted it may take further ones, for TLS.
    const more = listens ? this.settings.roundTrips - 1 : 0;
    const what = forCall(CONNECTED, id * 2 + (listens ? 1 : 0));
    this.link.wire.carry(COMPLETION, what, this.link.index, connection.pool.callerUnit, 1 + 2 * more);
  }

  /** The answer to a handshake reaches the caller. `data`: the connection, and whether it was accepted. */
  answered(data: number): void {
    const connection = this.byId.get(data >> 1);
    if (!connection || connection.readyAt !== Infinity) return;
    if ((data & 1) === 0) return this.giveUp(connection, outcomes.CONNECT_REFUSED);
    connection.readyAt = connection.usedAt = this.agenda.time;
    const [first] = connection.calls;
    if (first !== undefined && this.settings.greetingNs > 0) this.calls.rows[first + FLAGS] |= FRESH;
    for (const c of connection.calls) this.link.send(c);
    this.serve(connection.pool);
  }

  /** The time for a handshake is over. */
  due(id: number): void {
    const connection = this.byId.get(id);
    if (connection?.readyAt === Infinity) this.giveUp(connection, outcomes.CONNECT_TIMEOUT);
  }

  private giveUp(connection: Connection, outcome: number): void {
    this.close(connection);
    this.lost = connection.calls;
    for (const c of this.lost) {
      this.calls.rows[c + OUTCOME] = outcome;
      this.link.receive(c);
    }
    this.serve(connection.pool);
  }

  private close(connection: Connection): void {
    const { open } = connection.pool;
    this.byId.delete(connection.id);
    open.splice(open.indexOf(connection), 1);
    for (const c of connection.calls) this.byCall.delete(c);
  }

  /** A call ended for its caller: its place is free for the next one, unless the connection is of no use any more. */
  release(c: number, outcome: number): void {
    const connection = this.byCall.get(c);
    if (!connection) {
      this.lost.delete(c);
      return this.leaveQueue(c);
    }
    this.byCall.delete(c);
    connection.calls.delete(c);
    connection.usedAt = this.agenda.time;
    const { open } = connection.pool;
    if (isBroken(outcome)) for (const each of open.filter(({ calls }) => calls.size === 0)) this.close(each);
    if (!this.byId.has(connection.id)) return this.serve(connection.pool);
    if (isBroken(outcome) || this.isSpoilt(connection, outcome)) this.close(connection);
    else open.push(...open.splice(open.indexOf(connection), 1));
    this.serve(connection.pool);
    if (connection.calls.size > 0 || !this.byId.has(connection.id)) return;
    if (this.isWornOut(connection)) this.close(connection);
    else if (open.length > this.settings.mostIdle) this.closeLongestIdle(connection.pool);
  }

  private closeLongestIdle({ open }: Pool): void {
    const idle = open.filter(({ calls }) => calls.size === 0);
    const tooMany = Math.max(0, idle.length - this.settings.mostIdle);
    for (const each of idle.slice(0, tooMany)) this.close(each);
  }

  /** Where answers have no number: the answer to what was given up may still come. */
  private isSpoilt(connection: Connection, outcome: number): boolean {
    if (connection.readyAt === Infinity) return false;
    const isGivenUp =
      outcome === outcomes.ATTEMPT_TIMEOUT ||
      outcome === outcomes.DEADLINE_EXCEEDED ||
      outcome === outcomes.CANCELLED;
    return this.settings.streams === 1 && isGivenUp;
  }

  private leaveQueue(c: number): void {
    if (!this.isOn || this.calls.rows[c + PHASE] !== CONNECTING) return;
    const { waiting } = this.poolOf(c);
    const at = waiting.indexOf(c);
    if (at >= 0) waiting.splice(at, 1);
  }

  private serve(pool: Pool): void {
    for (let c = pool.waiting[0] ?? NONE; c !== NONE; c = pool.waiting[0] ?? NONE) {
      if (!this.seat(pool, c)) return;
      pool.waiting.shift();
    }
  }
}

/** The callee's process is gone: so are all connections to it. */
function isBroken(outcome: number): boolean {
  return outcome === outcomes.RESET || outcome === outcomes.CONNECT_REFUSED;
}
