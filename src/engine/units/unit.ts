/**
 * One part of a station: an instance, a shard, a point of presence. Its life, and whether its process gets on, are state
 * machines on the simulated clock; plain fields mirror them for the request path. It must not know what the unit does
 * with calls.
 */
import { type Actor, createActor } from 'xstate';
import type { SimulatedClock } from '../agenda/clock.ts';
import { type LifeEvent, lifeMachine, NEVER_MS } from '../machines/life.ts';
import { type StallEvent, stallMachine } from '../machines/stall.ts';
import type { Pool } from '../station/pool.ts';
import { type Build, FIRST_BUILD, type LifeSettings, type Standstill } from './process.ts';
import { LIFE_NAMES, STALL_NAMES } from '../states.ts';
import { DOUBLE, toMs, toNs } from '../time.ts';

export const STARTING = 0;
export const UP = 1;
export const DEGRADED = 2;
export const DRAINING = 3;
export const DOWN = 4;
const RESTARTING = 5;
/** Taken away: out of service, not broken. */
export const STOPPED = 6;
/** Crashed, and waits until it is started again. */
export const BACK_OFF = 7;
/** On its way out, and deaf to new calls. */
const CLOSING = 8;

/** What a call finds at the door. */
export const OPEN_DOOR = 0;
/** Nobody listens. */
export const SHUT_DOOR = 1;
/** Somebody listens and does not answer. */
export const DEAF_DOOR = 2;

export interface UnitListener {
  lifeChanged(unit: Unit, state: number, before: number): void;
  /** The process stands still, or no longer. */
  stallChanged(unit: Unit): void;
}

export class Unit {
  readonly index: number;
  /** Index into LIFE_NAMES. */
  state = UP;
  /** Follows from life and standstill; kept for the request path. */
  door = OPEN_DOOR;
  /** Goes when its last call is answered. */
  isLeaving = false;
  sinceNs = DOUBLE;
  /** When its process was ready for the first time, ns. */
  private upSinceNs = DOUBLE;
  /** Taken out of service, or on its way out. */
  retired = false;
  /** Callers are told of it. */
  offered = true;
  /** Work takes this many times as long, for all reasons but a cold start. */
  slow = DOUBLE;
  /** Share of calls that fail, for all reasons. */
  errorShare = DOUBLE;
  /** By faults of its own: slow-down, errors, and both at once (gray failure). */
  readonly faults = { slow: 1, errorShare: 0, graySlow: 1, grayShare: 0 };
  build = FIRST_BUILD;
  /** A fault makes it crash again so long after each start, ms. */
  crashLoopMs = NEVER_MS;
  /** Until when it warms up after a start, ns. */
  warmUntil = DOUBLE;
  standstill: Standstill | null = null;
  /** Servers and queue; null where work never waits. */
  pool: Pool | null = null;
  /** Calls that arrived, and calls inside now. */
  arrived = 0;
  inside = 0;
  /** Of those that arrived: probes that the process answered at once. */
  probed = 0;
  /** Values at the start of the current window, for rates. */
  arrivedBefore = 0;
  busyBefore = DOUBLE;
  /** Over the last window. */
  rateRps = DOUBLE;
  utilisation = NaN;
  restarts = 0;
  /** Tells processes apart that were launched in the same place. */
  process = 0;

  private settings: LifeSettings;
  private readonly clock: SimulatedClock;
  private readonly listener: UnitListener;
  private life: Actor<typeof lifeMachine> | null = null;
  private stall: Actor<typeof stallMachine> | null = null;

  constructor(index: number, settings: LifeSettings, clock: SimulatedClock, listener: UnitListener) {
    this.index = index;
    this.sinceNs = this.upSinceNs = this.errorShare = this.busyBefore = this.rateRps = this.warmUntil = 0;
    this.slow = 1;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
  }

  /** The machine is started with the first event: most units never change. */
  send(event: LifeEvent): void {
    if (!this.life) {
      this.life = createActor(lifeMachine, { clock: this.clock, input: this.times });
      this.life.subscribe((snapshot) => this.enter(LIFE_NAMES.indexOf(snapshot.value)));
      this.life.start();
    }
    this.life.send(event);
  }

  /** Ends once the calls inside are answered, and refuses others; of the longest drain so much is over, ms. */
  close(spentMs: number): void {
    this.send({ type: 'CLOSE', spentMs });
    if (this.inside === 0) this.send({ type: 'EMPTY' });
  }

  crash(): void {
    this.send({ type: 'CRASH', upMs: this.takesPart ? toMs(this.clock.now - this.upSinceNs) : 0 });
  }

  configure(settings: LifeSettings): void {
    this.settings = settings;
    this.life?.send({ type: 'CONFIG', ...this.times });
  }

  private get times() {
    const { startMs, drainMs, restarts } = this.settings;
    const diesAfterMs = this.crashLoopMs === NEVER_MS ? this.build.diesAfterMs : this.crashLoopMs;
    return { startMs, drainMs, restarts, diesAfterMs };
  }

  /** With the last one counted. */
  get crashesInARow(): number {
    return this.life?.getSnapshot().context.crashes ?? 0;
  }

  /** From now on it crashes so long after each start, ms; NEVER_MS ends that. */
  setCrashLoop(afterMs: number): void {
    this.crashLoopMs = afterMs;
    this.life?.send({ type: 'CONFIG', ...this.times });
  }

  /** Starts a process of this build; nobody is told of it yet. */
  launch(build: Build): void {
    this.process++;
    this.build = build;
    this.offered = false;
    this.retired = false;
    this.settle();
    this.life?.send({ type: 'CONFIG', ...this.times });
    this.send({ type: 'START' });
  }

  tellStall(event: StallEvent): void {
    if (!this.stall) {
      this.stall = createActor(stallMachine, { clock: this.clock });
      this.stall.subscribe(() => this.listener.stallChanged(this));
      this.stall.start();
    }
    this.stall.send(event);
  }

  get isStalled(): boolean {
    return this.stall !== null && this.stall.getSnapshot().value !== 'running';
  }

  get isHung(): boolean {
    return this.stall?.getSnapshot().value === 'hung';
  }

  /** Index into LIFE_NAMES and then STALL_NAMES: what is to be seen of it. */
  get appearance(): number {
    const stall = this.stall?.getSnapshot().value ?? 'running';
    return stall === 'running' ? this.state : LIFE_NAMES.length + STALL_NAMES.indexOf(stall);
  }

  /** There is a process that listens. */
  get listens(): boolean {
    return this.door !== SHUT_DOOR;
  }

  /** There is a process, and it gets on. */
  get runs(): boolean {
    return this.door === OPEN_DOOR;
  }

  /** Ready for calls, and meant to get them. */
  get takesPart(): boolean {
    return this.state === UP || this.state === DEGRADED;
  }

  /** Share of its speed that it has while it warms up, 0..1. */
  speedAt(nowNs: number): number {
    const { warmUpMs, coldSpeed } = this.settings;
    if (nowNs >= this.warmUntil) return 1;
    return coldSpeed + (1 - coldSpeed) * (1 - (this.warmUntil - nowNs) / toNs(warmUpMs));
  }

  /** Works out what build and faults make of its work together. */
  settle(): void {
    const { slow, errorShare, graySlow, grayShare } = this.faults;
    this.slow = slow * graySlow * this.build.slow;
    let failing = errorShare;
    for (const share of [grayShare, this.build.errorShare]) failing += (1 - failing) * share;
    this.errorShare = failing;
  }

  get isFaulty(): boolean {
    const { slow, errorShare, graySlow, grayShare } = this.faults;
    return slow !== 1 || errorShare > 0 || graySlow !== 1 || grayShare > 0;
  }

  /** Whether a fault that was ordered is still one; null for faults that are none of a unit's. */
  suffers(fault: string): boolean | null {
    const { slow, errorShare, graySlow, grayShare } = this.faults;
    switch (fault) {
      case 'crash':
        return this.state === DOWN || this.state === BACK_OFF;
      case 'crashLoop':
        return this.crashLoopMs !== NEVER_MS;
      case 'slow':
        return slow !== 1;
      case 'errors':
        return errorShare > 0;
      case 'gray':
        return graySlow !== 1 || grayShare > 0;
      case 'blackHole':
        return this.isHung;
      default:
        return null;
    }
  }

  /** The process is gone, and its faults with it. */
  forgetFaults(): void {
    Object.assign(this.faults, { slow: 1, errorShare: 0, graySlow: 1, grayShare: 0 });
    this.settle();
  }

  /** What the door is like follows from the state and from whether the process gets on. */
  hangDoor(): void {
    const listens = this.takesPart || this.state === DRAINING;
    this.door = !listens ? SHUT_DOOR : this.standstill ? DEAF_DOOR : OPEN_DOOR;
  }

  private enter(state: number): void {
    if (state === this.state) return;
    const before = this.state;
    this.state = state;
    this.sinceNs = this.clock.now;
    this.hangDoor();
    if (state === RESTARTING) this.restarts++;
    this.isLeaving = state === DRAINING || state === CLOSING;
    const begins = state === UP && (before === STARTING || before === RESTARTING);
    if (begins) {
      this.upSinceNs = this.sinceNs;
      this.warmUntil = this.sinceNs + toNs(this.settings.warmUpMs);
    }
    this.listener.lifeChanged(this, state, before);
  }
}
