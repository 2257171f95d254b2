/**
 * The units of one station: how many there are, which of them callers know of, and what becomes of the calls inside when
 * a process stops, stands still or goes on. It must not know any kind, nor why the number changes.
 */
import { FAILING, FLAGS, HELD, LINK, ROW } from '../calls/calls.ts';
import { renewCallersTimers } from '../calls/callertimers.ts';
import { UNIT_BITS } from '../limits.ts';
import { restartPauseMs } from '../machines/life.ts';
import { RESET } from '../calls/outcomes.ts';
import { type Ground, HaltedProcess } from './standstill.ts';
import { FIRST_BUILD, type LifeSettings, type Standstill } from './process.ts';
import { BACK_OFF, DOWN, DRAINING, STARTING, STOPPED, Unit, type UnitListener, UP } from './unit.ts';
import { LIFE_NAMES } from '../states.ts';

/** Hears of units that came, went or changed. */
export type FleetListener = (unit: Unit) => void;

/** The station whose units they are. */
export interface Home extends Ground {
  readonly id: string;
  readonly label: string;
  /** Every link of the system, with what its caller may wait for. */
  readonly links: readonly { readonly hedging: { renew(c: number): void } | null }[];
  /** Its dependencies, with what each unit keeps of them. */
  readonly outgoing: readonly { forget(unit: number): void }[];
  /** Units whose process stands still. */
  stalled: number;
  unitName(unit: number): string;
  /** Stops waiting for the calls made on behalf of one that is inside. */
  abandonCalls(c: number): void;
  /** Ends a call here and sends the answer. */
  answer(c: number, outcome: number): void;
}

/** A life without warm-up, restarts and haste. */
export function plainLife(startMs: number): LifeSettings {
  return { startMs, drainMs: 0, restarts: false, warmUpMs: 0, coldSpeed: 1 };
}

const MAX_UNITS = 1 << UNIT_BITS;

/** A place that no process holds, and that callers know to be left. */
const isVacant = (unit: Unit) => unit.retired && unit.state === STOPPED && !unit.offered;

export class Fleet implements UnitListener {
  readonly units: Unit[] = [];
  /** Set by whoever controls the number of units. */
  listener: FleetListener | null = null;
  /** What new processes are made of. */
  build = FIRST_BUILD;
  private readonly station: Home;
  private settings = plainLife(0);

  constructor(station: Home) {
    this.station = station;
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

  /** Applies to units that are there and to those that come. */
  configure(settings: LifeSettings): void {
    this.settings = settings;
    for (const unit of this.units) unit.configure(settings);
  }

  /** Adds units up to `count`, or retires the last ones, at a word: callers know at once. */
  resize(count: number, running: boolean): void {
    let there = 0;
    for (const unit of this.units) if (!unit.retired) there++;
    for (const unit of this.units) if (there < count && this.bringBack(unit)) there++;
    for (; there < count && this.hasRoom; there++)
      if (this.add() && running) this.units.at(-1)!.send({ type: 'START' });
    if (there < count) this.sayFull(count - there);
    for (let i = this.units.length; there > count;) {
      const unit = this.units[--i];
      if (unit.retired) continue;
      there--;
      unit.retired = true;
      unit.offered = false;
      unit.send({ type: 'DRAIN' });
      if (unit.inside === 0 && unit.isLeaving) unit.send({ type: 'EMPTY' });
    }
  }

  /** Units that serve are told apart in events by UNIT_BITS; those of a kind without servers are not. */
  private get hasRoom(): boolean {
    const { units } = this;
    return units.length < MAX_UNITS || units[0].pool === null;
  }

  private sayFull(missing: number): void {
    const { core, id, label } = this.station;
    const text = `${label} cannot have ${missing} more: it has ${MAX_UNITS}, those that are leaving included`;
    core.journal.write(core.now, 'warning', 'limit', text, id);
  }

  private bringBack(unit: Unit): boolean {
    // One that was told to close will.
    if (!unit.retired || (unit.state !== STOPPED && unit.state !== DRAINING)) return false;
    if (unit.state === STOPPED) unit.launch(this.build);
    else {
      unit.retired = false;
      unit.send({ type: 'START' });
      if (unit.takesPart && unit.isFaulty) unit.send({ type: 'DEGRADE' });
    }
    unit.offered = true;
    return true;
  }

  /** Units that are ready for calls, and meant to get them. */
  get ready(): number {
    return this.units.filter((unit) => unit.takesPart && !unit.retired).length;
  }

  /** Processes that `launch` can start now. */
  get vacancies(): number {
    return MAX_UNITS - this.units.length + this.units.filter(isVacant).length;
  }

  /** Starts one more process, in a place that was left where there is one. Nobody is told of it yet. */
  launch(): void {
    const vacant = this.units.find(isVacant);
    if (vacant) vacant.launch(this.build);
    else this.add().launch(this.build);
  }

  private add(): Unit {
    const { station, units, settings } = this;
    const unit = new Unit(units.length, settings, station.core.clock, this);
    unit.build = this.build;
    unit.settle();
    units.push(unit);
    station.behaviour.addServers(unit);
    return unit;
  }

  lifeChanged(unit: Unit, state: number, before: number): void {
    const { core } = this.station;
    const isGone = state === DOWN || state === STOPPED || state === BACK_OFF;
    const cutOff = isGone ? unit.inside : 0;
    if (isGone) this.processGone(unit);
    const severity =
      state === DOWN || state === BACK_OFF
        ? 'bad'
        : state === UP
          ? 'good'
          : state === STOPPED
            ? 'info'
            : 'warning';
    core.journal.write(
      core.now,
      severity,
      'life',
      this.wordsFor(unit, state, before, cutOff),
      this.station.id,
    );
    this.listener?.(unit);
  }

  private wordsFor(unit: Unit, state: number, before: number, cutOff: number): string {
    const was = `(was ${LIFE_NAMES[before]})`;
    const name = this.station.unitName(unit.index);
    if (state === STARTING) return `${name} is starting`;
    if (state === STOPPED) {
      const lost = cutOff === 0 ? '' : `, ${cutOff} calls inside were reset`;
      return `${name} was taken out of service ${was}${lost}`;
    }
    if (state === BACK_OFF) {
      const seconds = restartPauseMs(unit.crashesInARow) / 1_000;
      return `${name} crashed ${was}, crash ${unit.crashesInARow} in a row: it is restarted in ${seconds} s`;
    }
    if (state === UP && this.settings.warmUpMs > 0 && unit.warmUntil > this.station.core.now) {
      const share = Math.round(this.settings.coldSpeed * 100);
      return `${name} is up ${was}, cold: ${share} % of its speed; all of it in ${this.settings.warmUpMs / 1_000} s`;
    }
    return `${name} is ${LIFE_NAMES[state]} ${was}`;
  }

  stallChanged(unit: Unit): void {
    const { station } = this;
    if (unit.isStalled === (unit.standstill !== null)) return;
    const { core } = station;
    if (unit.isStalled) {
      station.stalled++;
      unit.pool?.standStill(true);
      unit.standstill = new HaltedProcess(station, unit);
      unit.hangDoor();
    } else {
      const standstill = this.endStandstill(unit)!;
      core.journal.write(core.now, 'good', 'life', `${station.unitName(unit.index)} goes on`, station.id);
      standstill.goOn();
      station.behaviour.goesOn(unit);
    }
  }

  private endStandstill(unit: Unit): Standstill | null {
    const { standstill } = unit;
    if (standstill === null) return null;
    this.station.stalled--;
    unit.standstill = null;
    unit.pool?.standStill(false);
    unit.hangDoor();
    return standstill;
  }

  /** The process of a unit is gone: everything inside is reset, whatever it waited for is left. */
  private processGone(unit: Unit): void {
    const { station } = this;
    const { calls } = station.core;
    unit.forgetFaults();
    const standstill = this.endStandstill(unit);
    if (unit.isStalled) unit.tellStall({ type: 'RELEASE' });
    station.behaviour.unitDied(unit);
    for (let c = 0; c < calls.end; c += ROW) {
      if (!station.holds(c, unit)) continue;
      if ((calls.rows[c + FLAGS] & HELD) === 0) station.behaviour.evict(c, unit);
      calls.rows[c + FLAGS] &= ~(FAILING | HELD);
      calls.voidEvents(c);
      renewCallersTimers(station.core, station.links[calls.rows[c + LINK]], c);
      station.abandonCalls(c);
      station.answer(c, RESET);
    }
    standstill?.discard();
    for (const link of station.outgoing) link.forget(unit.index);
  }

  /** Takes all units away as they stand. */
  kill(): void {
    for (const unit of this.units) unit.send({ type: 'KILL' });
  }
}
