/**
 * A component at work: it takes calls in, counts them, and answers; its behaviour says what happens in between. One
 * class for all kinds. It must not know any kind, nor what a call's path beyond the next link is.
 */
import type { Agenda } from './agenda.ts';
import {
  ARRIVED,
  AUTHORITY,
  type Calls,
  CHILD,
  DEADLINE,
  FAILING,
  FLAGS,
  HIT,
  INBOUND,
  INSIDE,
  LINK,
  NONE,
  OUTCOME,
  PHASE,
  REQUEST,
  ROW,
  SHALLOW,
  STALE,
  STEP,
  UNIT,
  VERSION,
} from './calls.ts';
import type { Core } from './core.ts';
import type { Callee, Caller } from './ends.ts';
import type { Inside } from './inside.ts';
import type { Link } from './link.ts';
import { Meter } from './meter.ts';
import { CONNECT_REFUSED, DEADLINE_EXCEEDED, HTTP_429, OK, RESET } from './outcomes.ts';
import { NOTE } from './recorder.ts';
import { DOWN, DRAINING, LIFE_NAMES, Unit, UP } from './unit.ts';

/** What a caller does beside the store when a callee of this station only may know the answer (cache-aside). */
export interface Lookaside {
  /** Whether a reader waits until a missed value is stored. */
  readonly waitsForFill: boolean;
  readonly onWrite: 'delete' | 'update' | 'nothing';
}

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
  readonly units: Unit[] = [];
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
    this.behaviour.childDone(parent, c);
  }

  cancel(c: number, full: boolean): void {
    this.behaviour.cancel(c, full);
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
      if (!units[unit].retired) return unit;
    }
    return 0;
  }

  /** From the network: counts the call, refuses it where nobody listens or nobody waits any more. */
  accept(c: number): void {
    const { rows, times } = this.calls;
    const now = this.agenda.time;
    const unit = this.units[rows[c + UNIT]];
    rows[c + PHASE] = INSIDE;
    times[(c >> 1) + ARRIVED] = now;
    this.meter.arrived++;
    unit.arrived++;
    unit.inside++;
    if (rows[c + REQUEST] !== NONE) this.core.recorder.note(c, NOTE.arrived, this.index, unit.index);
    if (!unit.listens || !this.attached) this.answer(c, CONNECT_REFUSED);
    else if (now >= times[(c >> 1) + DEADLINE]) this.answer(c, DEADLINE_EXCEEDED);
    else if (rows[c + FLAGS] & SHALLOW) this.answer(c, OK);
    else this.behaviour.arrive(c);
  }

  /** Ends the call here and sends the answer. */
  answer(c: number, outcome: number): void {
    const { rows, times } = this.calls;
    const { meter } = this;
    rows[c + OUTCOME] = outcome;
    if (outcome === OK) {
      meter.ok++;
      meter.record(this.agenda.time - times[(c >> 1) + ARRIVED]);
    } else meter.failed++;
    this.leave(c);
    this.links[rows[c + LINK]].answer(c);
  }

  /** Ends the call here without an answer; only for calls whose caller gave up. */
  drop(c: number): void {
    const { calls, recorder } = this.core;
    this.meter.dropped++;
    this.leave(c);
    if (calls.rows[c + REQUEST] !== NONE) recorder.note(c, NOTE.abandoned, 1, 0);
    calls.free(c);
  }

  /** Marked as gone first: the last call of a draining unit ends the unit, which resets whatever is still inside. */
  private leave(c: number): void {
    const { rows } = this.calls;
    rows[c + PHASE] = INBOUND;
    const unit = this.units[rows[c + UNIT]];
    if (--unit.inside === 0 && unit.state === DRAINING) unit.send({ type: 'EMPTY' });
  }

  /** Makes the parent's answer what a child brought: value, version and marks. */
  inheritAnswer(parent: number, c: number): void {
    const { rows } = this.calls;
    rows[parent + FLAGS] = (rows[parent + FLAGS] & ~HIT) | (rows[c + FLAGS] & (HIT | STALE));
    if (rows[c + AUTHORITY] === NONE) return;
    rows[parent + VERSION] = rows[c + VERSION];
    rows[parent + AUTHORITY] = rows[c + AUTHORITY];
  }

  /** Answers 429, as a callee did or of its own: worth trying again after so many ms. */
  answerTooMany(c: number, retryAfterMs: number): void {
    this.calls.rows[c + STEP] = retryAfterMs;
    this.answer(c, HTTP_429);
  }

  /** Calls in the queues of all units. */
  get waiting(): number {
    let waiting = 0;
    for (const unit of this.units) if (unit.pool) waiting += unit.pool.waiting;
    return waiting;
  }

  /** Busy ÷ capacity over the last window, over all units in service; NaN where capacity has no limit. */
  get utilisation(): number {
    let busy = 0;
    let servers = 0;
    for (const unit of this.units) {
      if (!unit.pool || unit.retired) continue;
      busy += unit.utilisation * unit.pool.servers;
      servers += unit.pool.servers;
    }
    return servers === 0 ? NaN : busy / servers;
  }

  /** A fault people ordered; a sentence about what happened, or null when this station knows no such fault. */
  fault(fault: string, unit: number, factor: number): string | null {
    const targets = unit === NONE ? this.units.filter((u) => !u.retired) : this.units.slice(unit, unit + 1);
    const who = unit === NONE ? this.label : this.unitName(unit);
    switch (fault) {
      case 'crash':
        for (const u of targets) u.send({ type: 'CRASH' });
        return `${who} crashed`;
      case 'restore':
        for (const u of targets) u.send({ type: 'RESTORE' });
        return `${who} restarts`;
      case 'slow':
      case 'fast':
        for (const u of targets) degrade(u, factor, u.errorShare);
        return factor > 1 ? `${who} runs ${factor} times slower` : `${who} is back to full speed`;
      case 'errors':
      case 'noErrors':
        for (const u of targets) degrade(u, u.slow, factor);
        return factor > 0
          ? `${who} fails ${Math.round(factor * 100)} % of its calls`
          : `${who} fails no more calls`;
      default:
        return this.behaviour.fault(fault, unit, factor);
    }
  }

  /** The node was deleted from the running design: calls inside are reset, new ones are refused. */
  detach(): void {
    this.attached = false;
    this.behaviour.stop();
    for (const unit of this.units) if (unit.state !== DOWN) unit.send({ type: 'CRASH' });
  }

  /** Adds units up to `count`, or retires the last ones; new ones of a running station start up first. */
  setUnits(count: number, startMs: number, running: boolean): void {
    while (this.units.length < count) {
      const unit = new Unit(this.units.length, startMs, this.core.clock, this.lifeChanged);
      this.units.push(unit);
      this.behaviour.addServers(unit);
      if (running) unit.send({ type: 'START' });
    }
    this.units.forEach((unit, i) => {
      unit.setStartUp(startMs);
      if (unit.retired === i >= count) return;
      unit.retired = i >= count;
      unit.send({ type: unit.retired ? 'DRAIN' : 'START' });
      if (unit.state === UP) degrade(unit, unit.slow, unit.errorShare);
      if (unit.inside === 0 && unit.state === DRAINING) unit.send({ type: 'EMPTY' });
    });
  }

  private readonly lifeChanged = (unit: Unit, state: number, before: number): void => {
    const { journal, now } = this.core;
    if (state === DOWN) {
      unit.slow = 1;
      unit.errorShare = 0;
      this.resetAll(unit);
    }
    const quiet = state === DOWN && unit.retired;
    const severity = quiet ? 'info' : state === DOWN ? 'bad' : state === UP ? 'good' : 'warning';
    const text = `${this.unitName(unit.index)} ${quiet ? 'was taken out of service' : `is ${LIFE_NAMES[state]}`}`;
    journal.write(now, severity, 'life', `${text} (was ${LIFE_NAMES[before]})`, this.id);
  };

  /** Whether a call that is inside some station is inside this one, at this unit. */
  holds(c: number, unit: Unit): boolean {
    const { calls } = this.core;
    return (
      calls.rows[c + PHASE] === INSIDE &&
      calls.rows[c + UNIT] === unit.index &&
      this.links[calls.rows[c + LINK]].callee === this
    );
  }

  /** The process of a unit is gone: everything inside is reset, whatever it waited for is left. */
  private resetAll(unit: Unit): void {
    const { calls } = this.core;
    this.behaviour.unitDied(unit);
    for (let c = 0; c < calls.end; c += ROW) {
      if (!this.holds(c, unit)) continue;
      this.behaviour.evict(c, unit);
      calls.rows[c + FLAGS] &= ~FAILING;
      calls.voidEvents(c);
      const child = calls.rows[c + CHILD];
      if (child !== NONE) this.links[calls.rows[child + LINK]].abandon(child);
      this.answer(c, RESET);
    }
  }
}

/** Befalls a process that runs; where there is none, the next one starts without the fault. */
function degrade(unit: Unit, slow: number, errorShare: number): void {
  if (!unit.listens) return;
  unit.slow = slow;
  unit.errorShare = errorShare;
  unit.send({ type: slow !== 1 || errorShare > 0 ? 'DEGRADE' : 'RECOVER' });
}
