/**
 * The circuit breakers of one link: one per unit of the caller, made when that unit first calls. It must not know
 * stations.
 */
import { Breaker, BREAKER_GRAVITY, type BreakerSettings, CLOSED, HALF_OPEN, OPEN_STATE } from './breaker.ts';
import { BREAKER_STATE_NAMES } from './states.ts';
import { FLAGS, PERMIT, PERMITTED, SENT } from './calls.ts';
import type { Core } from './core.ts';
import { CANCELLED, isBreakerFailure, isLocal } from './outcomes.ts';

interface Guarded {
  readonly id: string;
  readonly caller: { readonly label: string; unitName(unit: number): string };
  readonly callee: { readonly label: string };
}

const WORDS = ['closed', 'is half-open', 'opened', 'is forced open', 'is disabled', 'only watches'] as const;

export class BreakerBank {
  private readonly core: Core;
  private readonly link: Guarded;
  private readonly byUnit: (Breaker | undefined)[] = [];
  private settings: BreakerSettings | null = null;
  /** Epochs used up by breakers that were switched off: calls may still hold permits of them. */
  private epochs = 0;

  constructor(core: Core, link: Guarded) {
    this.core = core;
    this.link = link;
  }

  configure(settings: BreakerSettings | null): void {
    this.settings = settings;
    if (settings) this.byUnit.forEach((breaker) => breaker?.reconfigure(settings));
    else {
      for (const breaker of this.all) {
        breaker.stop();
        this.epochs = Math.max(this.epochs, breaker.epoch);
      }
      this.byUnit.length = 0;
    }
  }

  /** The process of a caller unit is gone, and its breaker with it; the next one begins closed. */
  forget(unit: number): void {
    const breaker = this.byUnit[unit];
    if (!breaker) return;
    breaker.stop();
    this.epochs = Math.max(this.epochs, breaker.epoch);
    this.byUnit[unit] = undefined;
  }

  /** Breakers made so far, by caller unit. */
  get all(): readonly Breaker[] {
    return this.byUnit.filter((b) => b !== undefined);
  }

  /** The worst state of all: forced open, open, half-open, closed; −1 without breakers. */
  get worst(): number {
    if (!this.settings) return -1;
    let worst = this.settings.mode === 'on' ? CLOSED : BREAKER_STATE_NAMES.indexOf(this.settings.mode);
    for (const breaker of this.byUnit) {
      if (breaker && BREAKER_GRAVITY[breaker.state] > BREAKER_GRAVITY[worst]) worst = breaker.state;
    }
    return worst;
  }

  /** Asks the breaker of the call's caller unit for a permit and notes it on the call. */
  permits(c: number): boolean {
    const { calls } = this.core;
    const unit = calls.callerUnit(c);
    const breaker = this.byUnit[unit] ?? this.make(unit);
    const permit = breaker.acquire();
    if (permit === 0) return false;
    calls.rows[c + PERMIT] = permit;
    calls.rows[c + FLAGS] |= PERMITTED;
    return true;
  }

  /** How a call with a permit ended. */
  report(c: number, outcome: number): void {
    const { calls, now } = this.core;
    const breaker = this.byUnit[calls.callerUnit(c)];
    if (!breaker) return;
    if (outcome === CANCELLED || isLocal(outcome)) breaker.giveBack(calls.rows[c + PERMIT]);
    else
      breaker.record(
        calls.rows[c + PERMIT],
        isBreakerFailure(outcome),
        now - calls.times[(c >> 1) + SENT],
        now,
      );
  }

  private make(unit: number): Breaker {
    const breaker = new Breaker(unit, this.settings!, this.core.clock, this.changed);
    breaker.epoch += this.epochs;
    this.byUnit[unit] = breaker;
    return breaker;
  }

  private readonly changed = (breaker: Breaker, state: number, why: string): void => {
    const { journal, now } = this.core;
    const { caller, callee, id } = this.link;
    const who = `${caller.unitName(breaker.unit)} → ${callee.label}`;
    const severity =
      state === OPEN_STATE ? 'bad' : state === HALF_OPEN ? 'warning' : state === CLOSED ? 'good' : 'info';
    journal.write(now, severity, 'breaker', `Breaker ${who} ${WORDS[state]}: ${why}`, id);
  };
}
