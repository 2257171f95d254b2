/**
 * A component at work: it takes calls, works on them with its units, calls others, and answers. Kinds build on this or
 * on `server.ts`. It must not know any kind, nor what a call's path beyond the next link is.
 */
import { DEADLINE_EXCEEDED, CONNECT_REFUSED, OK, RESET } from './outcomes.ts';
import { FAILING, HIT, INSIDE, NONE, STALE } from './calls.ts';
import type { Core } from './core.ts';
import { forCall, TICK } from './events.ts';
import type { Callee, Caller, Link } from './link.ts';
import { Meter } from './meter.ts';
import { NOTE } from './recorder.ts';
import type { Stream } from './random.ts';
import type { BuildContext } from './build.ts';
import { NS_PER_MS } from './time.ts';
import { DOWN, DRAINING, LIFE_NAMES, Unit, UP } from './unit.ts';

/** What a caller does beside the store when a callee of this station only may know the answer (cache-aside). */
export interface Lookaside {
  /** Whether a reader waits until a missed value is stored. */
  readonly waitsForFill: boolean;
  readonly onWrite: 'delete' | 'update' | 'nothing';
}

export abstract class Station implements Caller, Callee {
  readonly id: string;
  label: string;
  readonly index: number;
  /** Dependencies, in the order of assembly. */
  readonly outgoing: Link[] = [];
  readonly incoming: Link[] = [];
  readonly units: Unit[] = [];
  readonly meter = new Meter();
  /** Set for what a caller goes past when it does not know the answer. */
  lookaside: Lookaside | null = null;
  readonly picksUnits: boolean = false;
  /** Region or zone it stands in; '' for none. */
  region = '';
  /** False once deleted from a running design. */
  attached = true;

  protected readonly core: Core;
  private turn = 0;
  private readonly counters = new Map<string, number>();
  private links: readonly Link[] = [];

  constructor(context: BuildContext) {
    this.core = context.core;
    this.id = context.id;
    this.label = context.label;
    this.index = context.index;
  }

  /** New parameters of the kind, while it runs: work under way goes on as it began. */
  abstract reconfigure(params: unknown): void;

  /** The node was deleted from the running design: calls inside are reset, new ones are refused. */
  detach(): void {
    this.attached = false;
    for (const unit of this.units) if (unit.state !== DOWN) unit.send({ type: 'CRASH' });
    this.gone();
  }

  /** Stops what the station does of its own accord. */
  protected gone(): void {}

  /** Called once all stations and links exist, and again after a live edit changed them. */
  wired(all: readonly Link[]): void {
    this.links = all;
  }

  /** A call has come in at a unit that listens. `answer` it, sooner or later. */
  protected abstract arrive(c: number): void;

  /** A piece of own work on the call ended (scheduled with WORK). */
  finish(_c: number): void {
    throw new Error(`${this.id} scheduled no work`);
  }

  childDone(_parent: number, _c: number): void {
    throw new Error(`${this.id} makes no calls`);
  }

  /** An event the station scheduled for itself with `tickAt`. */
  tick(_data: number): void {
    throw new Error(`${this.id} scheduled no tick`);
  }

  /** The kind's own live numbers, in the order of its spec; renewed when a window closes. NaN = unknown. */
  readonly gauges = new Float64Array(4).fill(NaN);

  /** A window of the statistics closed: renews `gauges`. */
  windowClosed(_lengthMs: number): void {}

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
        for (const u of targets) this.degrade(u, factor, u.errorShare);
        return factor > 1 ? `${who} runs ${factor} times slower` : `${who} is back to full speed`;
      case 'errors':
      case 'noErrors':
        for (const u of targets) this.degrade(u, u.slow, factor);
        return factor > 0 ? `${who} fails ${Math.round(factor * 100)} % of its calls` : `${who} fails no more calls`;
      default:
        return null;
    }
  }

  private degrade(unit: Unit, slow: number, errorShare: number): void {
    unit.slow = slow;
    unit.errorShare = errorShare;
    unit.send({ type: slow !== 1 || errorShare > 0 ? 'DEGRADE' : 'RECOVER' });
  }

  unitName(unit: number): string {
    return this.units.length > 1 ? `${this.label}-${unit + 1}` : this.label;
  }

  /** Round robin over the units in service, without knowing how they are. */
  chooseUnit(_c: number): number {
    const { units } = this;
    if (units.length === 1) return 0;
    for (let tries = 0; tries < units.length; tries++) {
      const unit = this.turn++ % units.length;
      if (!units[unit].retired) return unit;
    }
    return 0;
  }

  /** From the network: counts the call, refuses it where nobody listens or nobody waits any more. */
  accept(c: number): void {
    const { calls, now, recorder } = this.core;
    const unit = this.units[calls.unit[c]];
    calls.phase[c] = INSIDE;
    calls.arrived[c] = now;
    this.meter.arrived++;
    unit.arrived++;
    unit.inside++;
    if (calls.request[c] !== NONE) {
      recorder.note(calls.request[c], calls.span[c], NOTE.arrived, this.index, unit.index, now);
    }
    if (!unit.listens || !this.attached) this.answer(c, CONNECT_REFUSED);
    else if (now >= calls.deadline[c]) this.answer(c, DEADLINE_EXCEEDED);
    else this.arrive(c);
  }

  /** Ends the call here and sends the answer. */
  protected answer(c: number, outcome: number): void {
    const { calls, now } = this.core;
    calls.outcome[c] = outcome;
    if (outcome === OK) {
      this.meter.ok++;
      this.meter.record((now - calls.arrived[c]) / NS_PER_MS);
    } else this.meter.failed++;
    this.leave(c);
    this.links[calls.link[c]].answer(c);
  }

  /** Ends the call here without an answer; only for calls whose caller gave up. */
  protected drop(c: number): void {
    const { calls, recorder, now } = this.core;
    this.meter.dropped++;
    this.leave(c);
    if (calls.request[c] !== NONE) {
      recorder.note(calls.request[c], calls.span[c], NOTE.abandoned, 1, 0, now);
    }
    this.links[calls.link[c]].drop(c);
  }

  private leave(c: number): void {
    const unit = this.units[this.core.calls.unit[c]];
    if (--unit.inside === 0 && unit.state === DRAINING) unit.send({ type: 'EMPTY' });
  }

  /** Makes the parent's answer what a child brought: value, version and marks. */
  protected inheritAnswer(parent: number, c: number): void {
    const { calls } = this.core;
    calls.flags[parent] = (calls.flags[parent] & ~HIT) | (calls.flags[c] & (HIT | STALE));
    if (calls.authority[c] === NONE) return;
    calls.version[parent] = calls.version[c];
    calls.authority[parent] = calls.authority[c];
  }

  /** The caller gave up. Nothing to do where calls neither queue nor can be aborted. */
  cancel(_c: number, _full: boolean): void {}

  /** Stops waiting for the call made on behalf of `c`. */
  protected abandonChild(c: number): void {
    const child = this.core.calls.child[c];
    if (child !== NONE) this.links[this.core.calls.link[child]].abandon(child);
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

  /** Part ÷ whole since the last window, for two counters that only grow; NaN when nothing happened. */
  protected shareOf(name: string, part: number, whole: number): number {
    return this.grown(`${name}/part`, part) / this.grown(`${name}/whole`, whole);
  }

  /** Growth of a counter since the last window, per second. */
  protected rateOf(name: string, count: number, lengthMs: number): number {
    return (this.grown(name, count) * 1000) / lengthMs;
  }

  private grown(name: string, value: number): number {
    const before = this.counters.get(name) ?? 0;
    this.counters.set(name, value);
    return value - before;
  }

  protected stream(purpose: string): Stream {
    return this.core.stream(this.id, purpose);
  }

  /** Schedules `tick(data)`; `data` 0 … 2²⁷. */
  protected tickAt(time: number, order: number, data: number): void {
    this.core.agenda.at(time, order, forCall(TICK, data), this.index);
  }

  /** Adds units up to `count`, or retires the last ones; new ones of a running station start up first. */
  protected setUnits(count: number, startMs: number, running: boolean): void {
    while (this.units.length < count) {
      const unit = new Unit(this.units.length, startMs, this.core.clock, this.lifeChanged);
      this.units.push(unit);
      this.addServers(unit);
      if (running) unit.send({ type: 'START' });
    }
    this.units.forEach((unit, i) => {
      unit.setStartUp(startMs);
      if (unit.retired === i >= count) return;
      unit.retired = i >= count;
      if (!unit.retired) unit.send({ type: 'START' });
      else {
        unit.send({ type: 'DRAIN' });
        if (unit.inside === 0 && unit.state === DRAINING) unit.send({ type: 'EMPTY' });
      }
    });
  }

  /** Gives a new unit what it works with. */
  protected addServers(_unit: Unit): void {}

  private readonly lifeChanged = (unit: Unit, state: number, before: number): void => {
    const { journal, now } = this.core;
    if (state === DOWN) {
      unit.slow = 1;
      unit.errorShare = 0;
      this.unitDied(unit);
    }
    const severity = state === DOWN ? 'bad' : state === UP ? 'good' : 'warning';
    const quiet = state === DOWN && unit.retired;
    const text = `${this.unitName(unit.index)} ${quiet ? 'was taken out of service' : `is ${LIFE_NAMES[state]}`}`;
    journal.write(now, quiet ? 'info' : severity, 'life', `${text} (was ${LIFE_NAMES[before]})`, this.id);
  };

  /** Whether a call that is inside some station is inside this one. */
  protected isHere(c: number): boolean {
    return this.links[this.core.calls.link[c]].callee === this;
  }

  /** Its process is gone: everything inside is reset, whatever it waited for is left. */
  protected unitDied(unit: Unit): void {
    const { calls } = this.core;
    for (let c = 0; c < calls.end; c++) {
      if (calls.phase[c] !== INSIDE || calls.unit[c] !== unit.index || !this.isHere(c)) continue;
      this.evict(c, unit);
      calls.flags[c] &= ~FAILING;
      calls.voidEvents(c);
      this.abandonChild(c);
      this.answer(c, RESET);
    }
  }

  /** Takes a call out of whatever it holds or waits in at a unit, without starting the next one. */
  protected evict(_c: number, _unit: Unit): void {}
}
