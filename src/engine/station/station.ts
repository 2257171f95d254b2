/**
 * A component at work: it takes calls in, counts them, and answers; its behaviour says what happens in between. One
 * class for all kinds. It must not know any kind, nor what a call's path beyond the next link is.
 */
import type { Agenda } from '../agenda/agenda.ts';
import {
  ARRIVED,
  AUTHORITY,
  CHILD,
  type Calls,
  DEADLINE,
  DEGRADED,
  FLAGS,
  HELD,
  HIT,
  INBOUND,
  INSIDE,
  LINK,
  LOST,
  NONE,
  OPEN,
  OUTCOME,
  PARENT,
  PHASE,
  SHALLOW,
  STALE,
  STEP,
  TRACED,
  UNIT,
  VERSION,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import type { Callee, Caller } from '../calls/ends.ts';
import type { Inside, Lookaside } from './inside.ts';
import type { Link } from '../link/link.ts';
import { Meter } from '../records/meter.ts';
import { CONNECT_REFUSED, DEADLINE_EXCEEDED, HTTP_429, OK } from '../calls/outcomes.ts';
import { NOTE } from '../records/recorder.ts';
import { befall } from '../units/mishaps.ts';
import { Fleet, plainLife } from '../units/fleet.ts';
import { knockAgain } from '../units/handshake.ts';
import { OPEN_DOOR, SHUT_DOOR, type Unit } from '../units/unit.ts';

export class Station implements Caller, Callee {
  readonly core: Core;
  private readonly calls: Calls;
  private readonly agenda: Agenda;
  readonly id: string;
  label: string;
  /** Row in frames and records. */
  readonly index: number;
  /** Registers itself here when it is made. */
  behaviour!: Inside;
  /** Every link of the system. */
  links: readonly Link[];
  /** Dependencies, in the order of assembly. */
  readonly outgoing: Link[] = [];
  readonly incoming: Link[] = [];
  readonly fleet = new Fleet(this);
  readonly units = this.fleet.units;
  /** Units whose process stands still. */
  stalled = 0;
  /** Connections that wait at a unit whose process stands still; further ones are not noticed. */
  backlog = 128;
  readonly meter = new Meter();
  /** The kind's own live numbers, in the order of its spec; NaN = unknown. */
  readonly gauges = new Float64Array(4).fill(NaN);
  /** Set for what a caller goes past when it does not know the answer. */
  lookaside: Lookaside | null = null;
  /** It chooses the callee's unit itself. */
  picksUnits = false;
  /** Region or zone it stands in, by name; '' for none. */
  region = '';
  /** The same by id. */
  group = '';
  /** Where in the world that is, and the zone around it, by id; '' where it is not said. */
  place = '';
  zone = '';
  /** False once deleted from a running design. */
  attached = true;

  private turn = 0;

  constructor(core: Core, id: string, label: string, index: number, links: readonly Link[]) {
    this.core = core;
    this.calls = core.calls;
    this.agenda = core.agenda;
    this.id = id;
    this.label = label;
    this.index = index;
    this.links = links;
  }

  childDone(parent: number, c: number): void {
    // It need not get on for answers that go past it.
    if (this.stalled > 0 && parent !== NONE && !this.links[this.calls.rows[c + LINK]].wire.isBypassed) {
      const { standstill } = this.units[this.calls.rows[parent + UNIT]];
      if (standstill !== null) return standstill.keepAnswer(parent, c);
    }
    this.behaviour.childDone(parent, c);
  }

  cancel(c: number, full: boolean): void {
    if (this.calls.rows[c + FLAGS] & HELD) this.drop(c);
    else this.behaviour.cancel(c, full);
  }

  unitName(unit: number): string {
    return (
      this.behaviour.unitName(unit) ?? (this.units.length > 1 ? `${this.label}-${unit + 1}` : this.label)
    );
  }

  chooseUnit(c: number): number {
    return this.units.length === 1 ? 0 : this.behaviour.chooseUnit(c);
  }

  /** Round robin over the units in service, without knowing how they are. */
  nextUnit(): number {
    const { units } = this;
    for (let tries = 0; tries < units.length; tries++) {
      const unit = this.turn++ % units.length;
      if (units[unit].offered) return unit;
    }
    return 0;
  }

  listensAt(unit: number): boolean {
    return this.attached && this.units[unit].listens;
  }

  noticesHandshake(unit: number): boolean {
    const { standstill, isHung } = this.units[unit];
    if (standstill === null) return true;
    if (!isHung && standstill.backlog >= this.backlog) return false;
    standstill.backlog++;
    return true;
  }

  /** From the network: counts the call, refuses it where nobody listens or nobody waits any more. */
  accept(c: number): void {
    const unit = this.units[this.calls.rows[c + UNIT]];
    if (unit.door === OPEN_DOOR) {
      this.admit(c, unit);
      this.attend(c);
    } else if (unit.door === SHUT_DOOR) {
      this.admit(c, unit);
      this.answer(c, CONNECT_REFUSED);
    } else this.holdOff(c, unit);
  }

  /** Somebody listens and does not get on. A call that comes on an open connection can always wait there. */
  private holdOff(c: number, unit: Unit): void {
    const link = this.links[this.calls.rows[c + LINK]];
    const isConnected = link.connections?.isOn === true;
    if (!isConnected && !this.noticesHandshake(unit.index)) return knockAgain(this.core, link, c);
    this.admit(c, unit);
    unit.standstill!.hold(c);
  }

  private admit(c: number, unit: Unit): void {
    const { rows, times } = this.calls;
    rows[c + PHASE] = INSIDE;
    rows[c + STEP] = 0;
    times[(c >> 1) + ARRIVED] = this.agenda.time;
    this.meter.arrived++;
    unit.arrived++;
    unit.inside++;
    if (rows[c + FLAGS] & TRACED) this.core.recorder.note(c, NOTE.arrived, this.index, unit.index);
  }

  /** A process that gets on has the call before it. */
  attend(c: number): void {
    const { rows, times } = this.calls;
    if (this.agenda.time >= times[(c >> 1) + DEADLINE]) this.answer(c, DEADLINE_EXCEEDED);
    else if (rows[c + FLAGS] & SHALLOW) {
      this.units[rows[c + UNIT]].probed++;
      this.answer(c, OK);
    } else this.behaviour.arrive(c);
  }

  /** Ends the call here and sends the answer. */
  answer(c: number, outcome: number): void {
    const { rows, times } = this.calls;
    const { meter } = this;
    rows[c + OUTCOME] = outcome;
    if (outcome === OK) {
      meter.ok++;
      meter.record(this.agenda, times, (c >> 1) + ARRIVED);
    } else meter.failed++;
    this.leave(c);
    this.links[rows[c + LINK]].answer(c);
  }

  /** Ends the call here without an answer; only for calls whose caller gave up. */
  drop(c: number): void {
    const { calls, recorder } = this.core;
    this.meter.dropped++;
    this.leave(c);
    if (calls.rows[c + FLAGS] & TRACED) recorder.note(c, NOTE.abandoned, 1, 0);
    calls.free(c);
  }

  /** Marked as gone first: the last call of a draining unit ends the unit, which resets whatever is still inside. */
  private leave(c: number): void {
    const { rows } = this.calls;
    rows[c + PHASE] = INBOUND;
    const unit = this.units[rows[c + UNIT]];
    if (--unit.inside === 0 && unit.isLeaving) unit.send({ type: 'EMPTY' });
  }

  /** Makes the parent's answer what a child brought: value, version and marks. */
  inheritAnswer(parent: number, c: number): void {
    const { rows } = this.calls;
    rows[parent + FLAGS] = (rows[parent + FLAGS] & ~HIT) | (rows[c + FLAGS] & (HIT | STALE | DEGRADED));
    if (rows[c + AUTHORITY] === NONE) return;
    rows[parent + VERSION] = rows[c + VERSION];
    rows[parent + AUTHORITY] = rows[c + AUTHORITY];
  }

  /** Answers 429, as a callee did or of its own: worth trying again after so many ms. */
  answerTooMany(c: number, retryAfterMs: number): void {
    this.calls.rows[c + STEP] = retryAfterMs;
    this.answer(c, HTTP_429);
  }

  /** A fault people ordered; a sentence about what happened, or null when this station knows no such fault. */
  fault(fault: string, unit: number, factor: number): string | null {
    // Who hangs on its way out has to answer again as well, or it never gets there.
    const all = this.units.filter((each) => !each.retired || fault === 'answers');
    const units = unit === NONE ? all : this.units.slice(unit, unit + 1);
    const who = unit === NONE ? this.label : this.unitName(unit);
    return befall(fault, who, units, factor) ?? this.behaviour.fault(fault, unit, factor);
  }

  /** The node was deleted from the running design: calls inside are reset, new ones are refused. */
  detach(): void {
    this.attached = false;
    this.behaviour.stop();
    this.fleet.kill();
  }

  /** Adds units up to `count`, or retires the last ones; new ones of a running station start up first. */
  setUnits(count: number, startMs: number, running: boolean): void {
    this.fleet.configure(plainLife(startMs));
    this.fleet.resize(count, running);
  }

  /** Tells those who call it which units there are now. */
  announce(): void {
    for (const { attached, caller } of this.incoming) if (attached) (caller as Station).behaviour.wired();
  }

  /** Whether a call is inside this station, at this unit. */
  holds(c: number, unit: Unit): boolean {
    const { calls } = this.core;
    return (
      calls.rows[c + PHASE] === INSIDE &&
      calls.rows[c + UNIT] === unit.index &&
      this.links[calls.rows[c + LINK]].callee === this
    );
  }

  /** Whether a call inside waits for calls made on its behalf. */
  isWaiting(c: number): boolean {
    return this.calls.rows[c + CHILD] !== NONE || this.core.forks.isOpen(c);
  }

  /** Stops waiting for the calls made on behalf of one that is inside. */
  abandonCalls(c: number): void {
    const child = this.calls.rows[c + CHILD];
    this.calls.rows[c + CHILD] = NONE;
    if (child !== NONE) this.abandon(child);
    if (this.core.forks.isOpen(c)) for (const each of this.core.forks.take(c)) this.abandon(each);
  }

  private abandon(child: number): void {
    const { rows } = this.calls;
    // Answered already, and a process that stands still has not read it yet: see `HaltedProcess`.
    if (rows[child + PHASE] === LOST && (rows[child + FLAGS] & OPEN) === 0) rows[child + PARENT] = NONE;
    else this.links[this.calls.rows[child + LINK]].abandon(child);
  }
}
