/**
 * One circuit breaker of one link. Counts results in typed arrays on the request path and tells its state machine only
 * when a threshold is crossed; the machine's state is mirrored in a byte for the path.
 */
import { type Actor, createActor } from 'xstate';
import type { SimulatedClock } from '../agenda/clock.ts';
import { type BreakerEvent, breakerMachine, type BreakerTimes, openWaitMs } from '../machines/breaker.ts';
import { BREAKER_STATE_NAMES } from '../states.ts';
import { toMs } from '../time.ts';
import { ResultWindow } from './window.ts';

export interface BreakerSettings extends BreakerTimes {
  readonly mode: 'on' | 'forcedOpen' | 'disabled' | 'metricsOnly';
  readonly windowKind: 'count' | 'time';
  /** Calls, or whole seconds. */
  readonly windowSize: number;
  readonly minCalls: number;
  /** 0..1, reached means crossed. */
  readonly failureShare: number;
  readonly slowShare: number;
  /** Strictly longer is slow, ns. */
  readonly slowNs: number;
  readonly trialCalls: number;
  /** A trial call that its caller cancels opens it again (Hystrix, Polly); otherwise the permit is given back. */
  readonly cancelOpens: boolean;
  /** Half-open, results of calls sent earlier count as trials too (resilience4j). */
  readonly countsLate: boolean;
}

export const CLOSED = 0;
export const HALF_OPEN = 1;
export const OPEN_STATE = 2;
export const DISABLED = 4;
/** Records and never trips. */
const METRICS_ONLY = 5;

/** From harmless to grave, by state. */
export const BREAKER_GRAVITY = [0, 3, 4, 5, 1, 2] as const;

const ORDERS = {
  on: 'RESET',
  forcedOpen: 'FORCE_OPEN',
  disabled: 'DISABLE',
  metricsOnly: 'WATCH',
} as const;

/** Told of every change of state, with the sentence of why. */
export type BreakerListener = (breaker: Breaker, state: number, why: string) => void;

export class Breaker {
  /** Unit of the caller it belongs to, 0 where all share it, and unit of the callee it is for, −1 for all. */
  readonly unit: number;
  readonly peer: number;
  /** Index into BREAKER_STATE_NAMES: the machine's state for the request path. */
  state = CLOSED;
  /** Counts states entered; results of an earlier epoch do not decide trials. Starts at 1: 0 means "no permit". */
  epoch = 1;
  sinceNs = 0;
  rejected = 0;
  trips = 0;
  /** Times it has opened since it was last closed. */
  private openings = 0;
  private settings: BreakerSettings;
  private window: ResultWindow;
  private trials: ResultWindow;
  private permits = 0;
  /** Results among the trials that are of calls sent before it was half-open. */
  private late = 0;
  private why = '';
  private actor: Actor<typeof breakerMachine> | null = null;
  private readonly clock: SimulatedClock;
  private readonly listener: BreakerListener;

  constructor(
    unit: number,
    peer: number,
    settings: BreakerSettings,
    clock: SimulatedClock,
    listener: BreakerListener,
  ) {
    this.unit = unit;
    this.peer = peer;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.window = new ResultWindow(settings.windowKind, settings.windowSize);
    this.trials = new ResultWindow('count', settings.trialCalls);
    if (settings.mode !== 'on') this.obey(settings.mode);
  }

  /** The epoch of a permit, or 0 when the call must not be sent. */
  acquire(): number {
    switch (this.state) {
      case CLOSED:
        return this.epoch;
      case DISABLED:
      case METRICS_ONLY:
        return this.epoch;
      case HALF_OPEN:
        if (this.permits > 0) {
          this.permits--;
          return this.epoch;
        }
        this.rejected++;
        return 0;
      default:
        this.rejected++;
        return 0;
    }
  }

  /** Whether a call took so long that it counts as slow, answered well or not. */
  isSlow(durationNs: number): boolean {
    return durationNs > this.settings.slowNs;
  }

  /** The result of a call that had a permit. It takes no instant: a double handed over is a number allocated. */
  record(permit: number, failed: boolean, slow: boolean): void {
    const { window } = this;
    switch (this.state) {
      case CLOSED:
        this.note(failed, slow);
        // Nothing to judge while all is well, which is nearly always.
        if (window.failed + window.slow === 0) return;
        if (window.total >= this.minCalls() && this.crosses(window)) this.trip();
        return;
      case HALF_OPEN:
        if (permit !== this.epoch) {
          if (!this.settings.countsLate) return;
          this.late++;
        }
        this.trials.push(failed, slow);
        if (this.trials.total >= this.minTrials()) this.decide();
        return;
      case OPEN_STATE:
      case METRICS_ONLY:
        this.note(failed, slow);
        return;
    }
  }

  private note(failed: boolean, slow: boolean): void {
    if (this.window.byTime) this.window.add(failed, slow, this.clock);
    else this.window.push(failed, slow);
  }

  /** A permit given back without a result: the caller's own rejection. */
  giveBack(permit: number): void {
    if (this.state === HALF_OPEN && permit === this.epoch) this.permits++;
  }

  /** The caller gave up a call that had a permit: no result either. */
  cancelled(permit: number): void {
    if (!this.settings.cancelOpens) return this.giveBack(permit);
    if (this.state !== HALF_OPEN || permit !== this.epoch) return;
    this.why = 'a trial call was cancelled';
    this.send({ type: 'TRIAL_CANCELLED' });
  }

  /** Changes thresholds and times in a running breaker; a new window keeps the newest results. */
  reconfigure(settings: BreakerSettings): void {
    const was = this.settings;
    this.settings = settings;
    this.window = this.window.resized(settings.windowKind, settings.windowSize);
    const elapsedMs = toMs(this.clock.now - this.sinceNs);
    const { openMs, openGrowth, openMostMs, trialMs } = settings;
    this.actor?.send({ type: 'CONFIG', times: { openMs, openGrowth, openMostMs, trialMs }, elapsedMs });
    if (settings.mode !== was.mode) this.obey(settings.mode);
    else if (this.state === HALF_OPEN) this.adaptTrials(settings.trialCalls - was.trialCalls);
  }

  /** Half-open with another number of trials: without this it might wait for results that can never come. */
  private adaptTrials(more: number): void {
    this.permits += more;
    this.trials = this.trials.resized('count', this.settings.trialCalls);
    if (this.trials.total > 0 && this.trials.total >= this.minTrials()) this.decide();
  }

  /** The link is gone or goes without: no timer of it may fire any more. */
  stop(): void {
    this.actor?.stop();
  }

  /** Half-open: trial calls that were let through and have not ended. */
  get trialsUnderWay(): number {
    const ended = this.trials.total - this.late;
    return this.state === HALF_OPEN ? this.settings.trialCalls - this.permits - ended : 0;
  }

  /** Results the current state decides by, newest last: 0 ok, 1 failed, 2 slow. */
  results(): number[] {
    return (this.state === HALF_OPEN ? this.trials : this.window).toArray();
  }

  get failureShare(): number {
    return (this.state === HALF_OPEN ? this.trials : this.window).failureShare;
  }

  /** Simulated ns until its next timed transition; NaN without one. */
  untilNext(now: number): number {
    if (this.state === OPEN_STATE) return this.sinceNs + this.openMs * 1e6 - now;
    if (this.state === HALF_OPEN && this.settings.trialMs > 0)
      return this.sinceNs + this.settings.trialMs * 1e6 - now;
    return NaN;
  }

  /** How long it stays open this time, ms. */
  private get openMs(): number {
    return openWaitMs(this.settings, this.openings);
  }

  private minCalls(): number {
    const { minCalls, windowKind, windowSize } = this.settings;
    return windowKind === 'count' && windowSize < minCalls ? windowSize : minCalls;
  }

  private minTrials(): number {
    return Math.min(this.settings.minCalls, this.settings.trialCalls);
  }

  private crosses(window: ResultWindow): boolean {
    const { failureShare, slowShare } = this.settings;
    return window.failed >= failureShare * window.total || window.slow >= slowShare * window.total;
  }

  private describe(window: ResultWindow): string {
    const { failureShare, slowShare } = this.settings;
    const failing = window.failed >= failureShare * window.total;
    const count = failing ? window.failed : window.slow;
    const limit = Math.round((failing ? failureShare : slowShare) * 100);
    return `${count} of the last ${window.total} calls ${failing ? 'failed' : 'were slow'} (limit ${limit} %)`;
  }

  private trip(): void {
    this.why = this.describe(this.window);
    this.send({ type: 'TRIP' });
  }

  private decide(): void {
    const failed = this.crosses(this.trials);
    this.why = failed
      ? `trial calls failed: ${this.trials.failed} of ${this.trials.total}`
      : `${this.trials.total - this.trials.failed} of ${this.trials.total} trial calls succeeded`;
    this.send({ type: failed ? 'TRIALS_FAILED' : 'TRIALS_OK' });
  }

  private obey(mode: BreakerSettings['mode']): void {
    this.why = 'set by hand';
    this.send({ type: ORDERS[mode] });
  }

  private send(event: BreakerEvent): void {
    this.actor ??= this.start();
    this.actor.send(event);
  }

  /** The machine is started when it is first needed: most breakers never change state. */
  private start(): Actor<typeof breakerMachine> {
    const actor = createActor(breakerMachine, { clock: this.clock, input: this.settings });
    actor.subscribe((snapshot) => this.enter(BREAKER_STATE_NAMES.indexOf(snapshot.value)));
    actor.start();
    return actor;
  }

  private enter(state: number): void {
    if (state === this.state) return;
    if (this.state === OPEN_STATE && state === HALF_OPEN) this.why = `after ${this.openMs / 1000} s`;
    if (this.state === HALF_OPEN && state === OPEN_STATE && this.why.startsWith('after')) {
      this.why = 'trial calls took too long';
    }
    this.state = state;
    this.epoch++;
    this.sinceNs = this.clock.now;
    if (state === OPEN_STATE) {
      this.trips++;
      this.openings++;
    }
    if (state === CLOSED) {
      this.window.clear();
      this.openings = 0;
    }
    if (state === HALF_OPEN) {
      this.trials = new ResultWindow('count', this.settings.trialCalls);
      this.permits = this.settings.trialCalls;
      this.late = 0;
    }
    this.listener(this, state, this.why);
  }
}
