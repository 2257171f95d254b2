/**
 * One part of a station: an instance, a shard, a point of presence. Its life is a state machine on the simulated clock;
 * a byte mirrors the state for the request path. It must not know what the unit does with calls.
 */
import { type Actor, createActor } from 'xstate';
import type { SimulatedClock } from './clock.ts';
import { type LifeEvent, lifeMachine } from './machines/life.ts';
import type { Pool } from './pool.ts';
import { DOUBLE } from './time.ts';

export const LIFE_NAMES = ['starting', 'up', 'degraded', 'draining', 'down', 'restarting'] as const;
export const UP = 1;
export const DEGRADED = 2;
export const DRAINING = 3;
export const DOWN = 4;

export type LifeListener = (unit: Unit, state: number, before: number) => void;

export class Unit {
  readonly index: number;
  /** Index into LIFE_NAMES. */
  state = UP;
  /** Takes calls: the process listens. Follows from the state; kept for the request path. */
  listens = true;
  sinceNs = DOUBLE;
  /** Taken out by scaling in: it gets no new calls and is not offered to balancers. */
  retired = false;
  /** Work takes this many times as long. */
  slow = DOUBLE;
  /** Share of calls that fail by fault. */
  errorShare = DOUBLE;
  /** Servers and queue; null where work never waits. */
  pool: Pool | null = null;
  /** Calls that arrived, and calls inside now. */
  arrived = 0;
  inside = 0;
  /** Values at the start of the current window, for rates. */
  arrivedBefore = 0;
  busyBefore = DOUBLE;
  /** Over the last window. */
  rateRps = DOUBLE;
  utilisation = NaN;

  private startMs = DOUBLE;
  private readonly clock: SimulatedClock;
  private readonly listener: LifeListener;
  private actor: Actor<typeof lifeMachine> | null = null;

  constructor(index: number, startMs: number, clock: SimulatedClock, listener: LifeListener) {
    this.index = index;
    this.sinceNs = this.errorShare = this.busyBefore = this.rateRps = 0;
    this.slow = 1;
    this.startMs = startMs;
    this.clock = clock;
    this.listener = listener;
  }

  /** The machine is started with the first event: most units never change. */
  send(event: LifeEvent): void {
    if (!this.actor) {
      this.actor = createActor(lifeMachine, { clock: this.clock, input: { startMs: this.startMs } });
      this.actor.subscribe((snapshot) => this.enter(LIFE_NAMES.indexOf(snapshot.value)));
      this.actor.start();
    }
    this.actor.send(event);
  }

  /** Befalls a process that runs; where there is none, the next one starts without the fault. */
  degrade(slow: number, errorShare: number): void {
    if (!this.listens) return;
    this.slow = slow;
    this.errorShare = errorShare;
    this.send({ type: slow !== 1 || errorShare > 0 ? 'DEGRADE' : 'RECOVER' });
  }

  setStartUp(startMs: number): void {
    if (startMs === this.startMs) return;
    this.startMs = startMs;
    this.actor?.send({ type: 'CONFIG', startMs });
  }

  private enter(state: number): void {
    if (state === this.state) return;
    const before = this.state;
    this.state = state;
    this.listens = state === UP || state === DEGRADED || state === DRAINING;
    this.sinceNs = this.clock.now;
    this.listener(this, state, before);
  }
}
