/**
 * Measures the instances of a station, and has their number follow. What it sees is as old as the way of metrics makes
 * it. It must not know how instances are started and ended, nor what a request is.
 */
import { type Actor, createActor } from 'xstate';
import type { Deployment } from './deployment.ts';
import type { Control } from '../station/inside.ts';
import { autoscalerMachine } from '../machines/autoscaler.ts';
import { type Decision, decide, type Past, type Readings, recommend, type ScalingRules } from './scaling.ts';
import type { Station } from '../station/station.ts';
import { NS_PER_MS, toMs } from '../time.ts';
import { STOPPED, type Unit } from './unit.ts';

/** What is measured of each instance: busy ÷ workers, arrivals per second, requests that wait, requests inside. */
export type Metric = 'utilisation' | 'rate' | 'queue' | 'inFlight';

export interface Target {
  readonly metric: Metric;
  /** Of each instance. */
  readonly target: number;
}

export interface ScalingSettings extends ScalingRules {
  /** One or more: each asks for a number of instances, and the largest counts. */
  readonly targets: readonly Target[];
  readonly syncMs: number;
  /** Age of the newest readings it can see, ms; a multiple of `syncMs` at last. */
  readonly lagMs: number;
}

/** Counters of one unit at the end of a window. */
interface Counters {
  readonly process: number;
  readonly busyNs: number;
  readonly waitingNs: number;
  readonly arrived: number;
  readonly inside: number;
}

/** Values of the units that were ready all through a window, by process and in the order of targets; and when it ended. */
interface Window {
  readonly endMs: number;
  readonly values: ReadonlyMap<string, readonly number[]>;
}

const nameOf = ({ index, process }: Unit) => `${index}/${process}`;

export class Autoscaler {
  private readonly station: Station;
  private readonly deployment: Deployment;
  private settings: ScalingSettings | null = null;
  private actor: Actor<typeof autoscalerMachine> | null = null;
  private past: Past = { recommended: [], added: [] };
  private windows: Window[] = [];
  private counters = new Map<string, Counters>();
  private countedMs = 0;
  /** Of each target, and which of them asked for most. */
  private means: number[] = [];
  private leading = 0;
  private last: Decision | null = null;

  constructor(station: Station, deployment: Deployment) {
    this.station = station;
    this.deployment = deployment;
  }

  /** Switches it on, off, or over to other rules; what it has seen it keeps while the metric stays. */
  configure(settings: ScalingSettings | null): void {
    const before = this.settings;
    this.settings = settings;
    if (metricsOf(settings) === metricsOf(before) && settings?.syncMs === before?.syncMs) return;
    this.actor?.stop();
    this.actor = null;
    this.windows = [];
    this.last = null;
    this.past = { recommended: [], added: [] };
    if (settings === null) return;
    this.count();
    let isDue = false;
    const machine = autoscalerMachine.provide({ actions: { judge: () => void (isDue = true) } });
    const { clock } = this.station.core;
    this.actor = createActor(machine, { clock, input: { syncMs: settings.syncMs } });
    // Not in the action itself: judging starts other machines.
    this.actor.subscribe(() => {
      if (!isDue) return;
      isDue = false;
      this.judge();
    });
    this.actor.start();
  }

  /** What it is in, knows and wants; null when it is off. */
  get control(): Control | null {
    if (this.actor === null) return null;
    const state = this.actor.getSnapshot().value;
    return { name: 'Autoscaler', machine: autoscalerMachine, state, sentence: this.sentence };
  }

  private get sentence(): string {
    if (this.last === null) return 'Waits for its first readings.';
    const { count, recommended, heldBy } = this.last;
    const held =
      heldBy === 'nothing' || count === recommended ? '' : `; ${WHY[heldBy](recommended, this.settings!)}`;
    const measure = this.measure();
    return `${measure[0].toUpperCase()}${measure.slice(1)}; ${count} instances${held}.`;
  }

  private measure(): string {
    const words = this.settings!.targets.map(({ metric, target }, i) => WORDS[metric](this.means[i], target));
    if (!(this.means[0] >= 0)) return 'nothing measured yet';
    // What decides comes first.
    return [words[this.leading], ...words.filter((_, i) => i !== this.leading)].join('; ');
  }

  private judge(): void {
    const { station, deployment } = this;
    const settings = this.settings!;
    const nowMs = toMs(station.core.now);
    this.closeWindow(nowMs);
    const readings = this.readings(nowMs - settings.lagMs);
    this.means = readings.map(
      ({ measured }) => measured.reduce((sum, each) => sum + each, 0) / measured.length,
    );
    const current = deployment.wanted;
    const asked = readings.map((each, i) => recommend(each, settings.targets[i].target, current));
    const most = Math.max(...asked);
    this.leading = asked.indexOf(most);
    const decision = decide(this.past, nowMs, current, most, settings);
    this.tell(decision, current);
    this.last = decision;
    if (decision.count !== current) deployment.scaleTo(decision.count);
  }

  private tell(decision: Decision, current: number): void {
    const { count, recommended, heldBy } = decision;
    const settings = this.settings!;
    if (count > current) this.actor!.send({ type: 'MORE' });
    else if (count < current) this.actor!.send({ type: 'FEWER' });
    else this.actor!.send({ type: recommended < current && heldBy === 'window' ? 'TOO_SOON' : 'ENOUGH' });
    if (count !== current) {
      const why =
        heldBy === 'nothing' || count === recommended ? '' : `; ${WHY[heldBy](recommended, settings)}`;
      this.say(
        count > current ? 'warning' : 'info',
        `scaled from ${current} to ${count}: ${this.measure()}${why}`,
      );
    } else if (heldBy === 'most' && this.last?.heldBy !== 'most') {
      this.say('bad', `stays at ${count}: ${this.measure()}; ${WHY.most(recommended, settings)}`);
    } else if (heldBy === 'window' && recommended < current && this.last?.heldBy !== 'window') {
      this.say('info', `stays at ${count}: ${this.measure()}; ${WHY.window(recommended, settings)}`);
    }
  }

  private say(severity: 'info' | 'warning' | 'bad', words: string): void {
    const { core, label, id } = this.station;
    core.journal.write(core.now, severity, 'scaling', `${label} ${words}`, id);
  }

  /** Of each target. */
  private readings(untilMs: number): Readings[] {
    const seen = this.windows.findLast(({ endMs }) => endMs <= untilMs);
    // Older ones will not be asked for any more.
    if (seen) this.windows = this.windows.slice(this.windows.indexOf(seen));
    const { targets } = this.settings!;
    const measured = targets.map((): number[] => []);
    let missing = 0;
    let unready = 0;
    for (const unit of this.station.units) {
      if (unit.retired || unit.state === STOPPED) continue;
      const values = seen?.values.get(nameOf(unit));
      if (!unit.takesPart) unready++;
      else if (values === undefined) missing++;
      else values.forEach((value, i) => measured[i].push(value));
    }
    return measured.map((each) => ({ measured: each, missing, unready }));
  }

  /** Works out the values of the time since the last window, of units that were ready all the time. */
  private closeWindow(nowMs: number): void {
    const before = this.counters;
    const lengthMs = nowMs - this.countedMs;
    this.count();
    const values = new Map<string, readonly number[]>();
    for (const unit of this.station.units) {
      const name = nameOf(unit);
      const [from, to] = [before.get(name), this.counters.get(name)];
      if (!from || !to || !unit.pool) continue;
      const { servers } = unit.pool;
      const { targets } = this.settings!;
      values.set(
        name,
        targets.map(({ metric }) => valueOf(metric, from, to, lengthMs, servers)),
      );
    }
    this.windows.push({ endMs: nowMs, values });
  }

  private count(): void {
    this.countedMs = toMs(this.station.core.now);
    this.counters = new Map();
    for (const unit of this.station.units) {
      const { pool, process, inside } = unit;
      if (!unit.takesPart || !pool) continue;
      const arrived = unit.arrived - unit.probed;
      const counters = { process, arrived, inside, busyNs: pool.busyTime, waitingNs: pool.waitingTime };
      this.counters.set(nameOf(unit), counters);
    }
  }
}

function valueOf(metric: Metric, from: Counters, to: Counters, lengthMs: number, servers: number): number {
  const lengthNs = lengthMs * NS_PER_MS;
  switch (metric) {
    case 'utilisation':
      return (to.busyNs - from.busyNs) / lengthNs / servers;
    case 'rate':
      return ((to.arrived - from.arrived) * 1_000) / lengthMs;
    case 'queue':
      return (to.waitingNs - from.waitingNs) / lengthNs;
    case 'inFlight':
      return to.inside;
  }
}

/** What is measured, as one word; readings of other metrics are of no use. */
function metricsOf(settings: ScalingSettings | null): string {
  return settings?.targets.map(({ metric }) => metric).join() ?? '';
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const rounded = (value: number) => `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)}`;

const WORDS: Readonly<Record<Metric, (mean: number, target: number) => string>> = {
  utilisation: (mean, target) => `utilisation ${percent(mean)}, target ${percent(target)}`,
  rate: (mean, target) => `${rounded(mean)} requests/s each, target ${rounded(target)}`,
  queue: (mean, target) => `${rounded(mean)} waiting at each, target ${rounded(target)}`,
  inFlight: (mean, target) => `${rounded(mean)} in flight at each, target ${rounded(target)}`,
};

const WHY: Readonly<
  Record<Exclude<Decision['heldBy'], 'nothing'>, (wanted: number, rules: ScalingRules) => string>
> = {
  window: (wanted, rules) =>
    `${wanted} would do, if that stays so for ${Math.max(rules.downWindowMs, rules.upWindowMs) / 1_000} s`,
  pace: (wanted) => `${wanted} are wanted, and growth is limited`,
  least: (wanted, rules) => `${wanted} would do, ${rules.least} are the least allowed`,
  most: (wanted, rules) => `${wanted} are wanted, ${rules.most} are the most allowed`,
};
