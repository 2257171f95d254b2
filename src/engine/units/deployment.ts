/**
 * Keeps as many instances of the wanted version as are wanted: brings in a new version a few instances at a time, and
 * starts or ends instances when another number is wanted. It must not know why either is wanted.
 */
import { type Actor, createActor } from 'xstate';
import type { Control } from '../station/inside.ts';
import type { Severity } from '../records/journal.ts';
import { rolloutMachine } from '../machines/rollout.ts';
import type { Station } from '../station/station.ts';
import { toMs } from '../time.ts';
import { type Build, FIRST_BUILD } from './process.ts';
import { STOPPED, type Unit } from './unit.ts';
import { type Counts, limitsOf, planStep } from './rolloutplan.ts';

export interface DeploySettings {
  readonly surgeShare: number;
  readonly unavailableShare: number;
  readonly preStopMs: number;
  readonly endpointMs: number;
}

export class Deployment {
  /** Instances that should be there. */
  wanted: number;

  private readonly station: Station;
  private settings!: DeploySettings;
  private build = FIRST_BUILD;
  private before: Build | null = null;
  private newest = FIRST_BUILD.version;
  /** Made with the first deploy: most services never have one. */
  private rollout: Actor<typeof rolloutMachine> | null = null;
  private sinceNs = 0;
  private isActing = false;
  private isStale = false;
  /** There was no place for all that should start. */
  private isShort = false;

  constructor(station: Station, wanted: number) {
    this.station = station;
    this.wanted = wanted;
    station.fleet.listener = (unit) => this.heard(unit);
  }

  configure(settings: DeploySettings): void {
    this.settings = settings;
  }

  private get version(): number {
    return this.build.version;
  }

  private startRollout(): Actor<typeof rolloutMachine> {
    const rollout = createActor(rolloutMachine, { clock: this.station.core.clock });
    rollout.subscribe(({ value }) => value === 'stalled' && this.sayStalled());
    return rollout.start();
  }

  private get state() {
    return this.rollout?.getSnapshot().value ?? 'complete';
  }

  private get isRolling(): boolean {
    return this.state !== 'complete';
  }

  /** How far the last deploy is; null before the first. */
  get control(): Control | null {
    if (this.newest === FIRST_BUILD.version) return null;
    const { state } = this;
    const { ready, unready, oldReady, oldUnready, leaving } = this.count();
    const parts = [
      `v${this.version} is ready on ${ready} of ${this.wanted} instances`,
      ...(unready > 0 ? [`${unready} not yet`] : []),
      ...(oldReady + oldUnready > 0 ? [`${oldReady + oldUnready} run another version`] : []),
      ...(leaving > 0 ? [`${leaving} on the way out`] : []),
    ];
    return { name: 'Rollout', machine: rolloutMachine, state, sentence: `${parts.join(', ')}.` };
  }

  /** Somebody sets the number by hand: without a deploy under way the last instances leave at a word. */
  resize(wanted: number, running: boolean): void {
    this.wanted = wanted;
    if (!this.isRolling) this.station.fleet.resize(wanted, running);
    else this.act();
  }

  /** From now on so many; instances that leave do so as in a deploy. */
  scaleTo(wanted: number): void {
    this.wanted = wanted;
    this.act();
  }

  /** Brings in a new version. */
  deploy(quality: Partial<Build>): string {
    return this.roll({ ...this.build, ...quality, version: ++this.newest });
  }

  /** Brings back the version before. */
  rollBack(): string {
    const { before, station } = this;
    return before === null ? `${station.label} has no version to go back to` : this.roll(before);
  }

  private roll(build: Build): string {
    const { station, wanted, settings } = this;
    this.before = this.build;
    this.build = station.fleet.build = build;
    this.sinceNs = station.core.now;
    const { most, leastReady } = limitsOf(wanted, settings.surgeShare, settings.unavailableShare);
    (this.rollout ??= this.startRollout()).send({ type: 'DEPLOY' });
    this.act();
    return `${station.label} gets v${build.version}: at most ${most} instances at a time, at least ${leastReady} ready`;
  }

  /** The station is gone. */
  stop(): void {
    this.rollout?.stop();
    this.rollout = null; // units that still drain are heard of, and no machine is left to tell
  }

  private heard(unit: Unit): void {
    if (unit.takesPart && !unit.retired && !unit.offered) {
      unit.offered = true;
      this.station.announce();
    }
    const isWanted = unit.build.version === this.version;
    if (isWanted ? unit.takesPart : unit.state === STOPPED) this.rollout?.send({ type: 'PROGRESS' });
    this.goOn();
  }

  /** Something has changed that may make further steps possible. */
  private goOn(): void {
    if (this.isRolling || this.isShort) this.act();
  }

  /** Takes all steps that are possible now. Each may make others possible, or be heard of at once. */
  private act(): void {
    this.isStale = true;
    if (this.isActing || !this.station.attached) return;
    this.isActing = true;
    while (this.isStale) {
      this.isStale = false;
      this.step();
    }
    this.isActing = false;
  }

  private step(): void {
    const { station, wanted, settings } = this;
    const { fleet, units } = station;
    const counts = this.count();
    const limits = limitsOf(wanted, settings.surgeShare, settings.unavailableShare);
    const there = units.filter((unit) => unit.state !== STOPPED).length;
    const { start, stop, stopOld } = planStep(counts, wanted, limits, there + fleet.vacancies);
    const inService = units.filter((unit) => !unit.retired && unit.state !== STOPPED);
    const isOld = (unit: Unit) => unit.build.version !== this.version;
    const unreadyFirst = (list: Unit[]) => [
      ...list.filter((unit) => !unit.takesPart),
      ...list.filter((unit) => unit.takesPart),
    ];
    for (const unit of unreadyFirst(inService.filter(isOld)).slice(0, stopOld)) this.end(unit);
    const newestFirst = inService.filter((unit) => !isOld(unit)).reverse();
    for (const unit of unreadyFirst(newestFirst).slice(0, stop)) this.end(unit);
    this.isShort = start < wanted - counts.ready - counts.unready;
    for (let i = 0; i < start; i++) fleet.launch();
    const after = this.count();
    if (after.oldReady + after.oldUnready === 0 && after.ready === wanted) this.finish();
  }

  private count(): Counts {
    const counts = { ready: 0, unready: 0, oldReady: 0, oldUnready: 0, leaving: 0 };
    for (const unit of this.station.units) {
      if (unit.state === STOPPED) continue;
      if (unit.retired) counts.leaving++;
      else if (unit.build.version === this.version) counts[unit.takesPart ? 'ready' : 'unready']++;
      else counts[unit.takesPart ? 'oldReady' : 'oldUnready']++;
    }
    return counts;
  }

  private finish(): void {
    if (!this.isRolling) return;
    this.rollout?.send({ type: 'DONE' });
    const { core } = this.station;
    const seconds = Math.round(toMs(core.now - this.sinceNs) / 100) / 10;
    this.say('good', `runs v${this.version} on all ${this.wanted} instances, after ${seconds} s`);
  }

  private sayStalled(): void {
    const { oldReady, oldUnready } = this.count();
    const left = oldReady + oldUnready;
    this.say(
      'bad',
      `gets on no further with v${this.version} for 10 min: ${left} of ${this.wanted} instances still run another version`,
    );
  }

  private say(severity: Severity, words: string): void {
    const { core, label, id } = this.station;
    core.journal.write(core.now, severity, 'deploy', `${label} ${words}`, id);
  }

  /** Callers hear of it late, the process at once or after its preStop; whoever calls in between is refused. */
  private end(unit: Unit): void {
    const { clock } = this.station.core;
    const { preStopMs, endpointMs } = this.settings;
    unit.retired = true;
    const close = () => unit.close(preStopMs);
    if (!unit.takesPart) {
      this.withdraw(unit);
      return unit.close(0);
    }
    const { process } = unit;
    const ifSame = (what: () => void) => () => unit.process === process && what();
    if (endpointMs > 0)
      clock.setTimeout(
        ifSame(() => this.withdraw(unit)),
        endpointMs,
      );
    if (preStopMs > 0) clock.setTimeout(ifSame(close), preStopMs);
    else close();
    if (endpointMs === 0) this.withdraw(unit);
  }

  private withdraw(unit: Unit): void {
    if (!unit.offered) return;
    unit.offered = false;
    this.station.announce();
    // Its place may be used again.
    this.goOn();
  }
}
