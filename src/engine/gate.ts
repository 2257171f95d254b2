/**
 * What a call of one link has to pass before it is sent: client throttling, circuit breaker, bulkhead, in this order;
 * and who is told how it ended, budgets included. It must not know the network nor who tries again.
 */
import { COMPLETION } from './agenda.ts';
import { BreakerBank } from './breakerbank.ts';
import { Bulkhead } from './bulkhead.ts';
import { type Calls, FLAGS, GENERATION, INBOUND, OUTCOME, PERMITTED, PHASE } from './calls.ts';
import type { Core } from './core.ts';
import { forCall, RESPONSE } from './events.ts';
import type { LinkSettings } from './linksettings.ts';
import * as outcomes from './outcomes.ts';
import { Budgets } from './retrybudget.ts';
import { Throttle } from './throttle.ts';

interface Gated {
  readonly id: string;
  readonly caller: { readonly label: string; unitName(unit: number): string };
  readonly callee: { readonly label: string };
}

export class Gate {
  readonly breakers: BreakerBank;
  readonly bulkhead: Bulkhead;
  /** null until calls have been throttled. */
  throttle: Throttle | null = null;
  readonly budgets = new Budgets();
  /** Some policy is set: calls have to be asked about. */
  isSet = false;
  /** Some policy is set or was: calls that end may have something to give back. */
  wasSet = false;
  private readonly core: Core;
  private readonly id: string;
  private readonly calls: Calls;
  private settings!: LinkSettings;

  constructor(core: Core, link: Gated) {
    this.core = core;
    this.calls = core.calls;
    this.breakers = new BreakerBank(core, link);
    this.bulkhead = new Bulkhead(core.calls);
    this.id = link.id;
  }

  configure(settings: LinkSettings): void {
    this.settings = settings;
    this.breakers.configure(settings.breaker);
    this.budgets.configure(settings.budget, settings.budgetShare);
    const { breaker, maxConcurrent, throttleFactor } = settings;
    if (throttleFactor > 0) this.throttle ??= new Throttle(this.core, this.id);
    this.isSet = breaker !== null || maxConcurrent > 0 || throttleFactor > 0 || this.budgets.isOn;
    this.wasSet ||= this.isSet;
  }

  /** OK, or the outcome with which the call is rejected. */
  ask(c: number): number {
    const { breaker, maxConcurrent, throttleFactor } = this.settings;
    if (this.budgets.isOn && this.calls.attempt(c) === 1)
      this.budgets.of(this.calls.callerUnit(c)).began(this.core.now);
    if (throttleFactor > 0 && this.throttle!.rejects(this.calls.callerUnit(c), throttleFactor))
      return outcomes.THROTTLED;
    if (breaker !== null && !this.breakers.permits(c)) return outcomes.BREAKER_OPEN;
    if (maxConcurrent > 0 && !this.bulkhead.enter(c, maxConcurrent)) return outcomes.BULKHEAD_FULL;
    return outcomes.OK;
  }

  /** False when the call was rejected. */
  lets(c: number): boolean {
    const refusal = this.ask(c);
    if (refusal !== outcomes.OK) this.reject(c, refusal);
    return refusal === outcomes.OK;
  }

  /** Back to the caller without having been sent, as an event of this instant. */
  reject(c: number, outcome: number): void {
    const { agenda } = this.core;
    const { rows } = this.calls;
    rows[c + OUTCOME] = outcome;
    rows[c + PHASE] = INBOUND;
    agenda.due = agenda.time;
    agenda.push(COMPLETION, forCall(RESPONSE, rows[c + GENERATION]), c);
  }

  /** The process of a caller unit is gone, and what it knew. */
  forget(unit: number): void {
    this.breakers.forget(unit);
    this.throttle?.forget(unit);
    this.budgets.forget(unit);
  }

  /** An attempt ended for its caller: gives back what it held. */
  left(c: number, outcome: number): void {
    if (this.calls.rows[c + FLAGS] & PERMITTED) this.breakers.report(c, outcome);
    this.bulkhead.leave(c);
    if (this.budgets.isOn && outcome !== outcomes.CANCELLED && !outcomes.isLocal(outcome))
      this.budgets.of(this.calls.callerUnit(c)).ended(outcome === outcomes.OK);
    if (this.settings.throttleFactor > 0 && outcomes.isAccepted(outcome))
      this.throttle!.accepted(this.calls.callerUnit(c));
  }
}
