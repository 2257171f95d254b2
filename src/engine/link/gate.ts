/**
 * What a call of one link has to pass before it is sent: client throttling, circuit breaker, rate limit, bulkhead, in this
 * order; who is told how it ended, budgets included; and what is answered in its place. It must not know the network nor
 * who tries again.
 */
import { COMPLETION, TIMER } from '../agenda/agenda.ts';
import { BreakerBank } from './breakerbank.ts';
import { Bulkhead } from './bulkhead.ts';
import {
  type Calls,
  DEADLINE,
  FLAGS,
  GENERATION,
  HELD_BACK,
  INBOUND,
  LATE,
  NONE,
  OUTCOME,
  PERMITTED,
  PHASE,
  SENT,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { forCall, RESPONSE, RETRY } from '../events.ts';
import { Fallback } from './fallback.ts';
import type { LinkSettings } from './linksettings.ts';
import * as outcomes from '../calls/outcomes.ts';
import { NO_TOKEN, RateLimit, type RateLimitSettings } from './ratelimit.ts';
import { Budgets } from './retrybudget.ts';
import { Throttle } from './throttle.ts';

interface Gated {
  readonly id: string;
  readonly caller: { readonly label: string; unitName(unit: number): string };
  readonly callee: { readonly label: string; unitName(unit: number): string };
}

/** In place of a refusal: the call is not sent yet. */
const NOT_YET = -1;

export class Gate {
  readonly breakers: BreakerBank;
  readonly bulkhead: Bulkhead;
  /** null until calls have been throttled. */
  throttle: Throttle | null = null;
  /** null until calls have been limited. */
  rateLimit: RateLimit | null = null;
  /** null where no failed read was ever to be answered otherwise. */
  fallback: Fallback | null = null;
  readonly budgets = new Budgets();
  /** Some policy is set: calls have to be asked about. */
  isSet = false;
  /** Some policy is set or was: calls that end may have something to give back. */
  wasSet = false;
  /** The same of all but the breaker, which many links have and nothing else. */
  private hasMore = false;
  private hadMore = false;
  private readonly core: Core;
  private readonly link: Gated;
  private readonly calls: Calls;
  private settings!: LinkSettings;

  constructor(core: Core, link: Gated) {
    this.core = core;
    this.calls = core.calls;
    this.breakers = new BreakerBank(core, link);
    this.bulkhead = new Bulkhead(core.calls);
    this.link = link;
  }

  configure(settings: LinkSettings): void {
    this.settings = settings;
    this.breakers.configure(settings.breaker, settings.breakerScope);
    this.budgets.configure(settings.budget, settings.budgetShare);
    const { breaker, rateLimit, maxConcurrent, throttleFactor } = settings;
    if (throttleFactor > 0) this.throttle ??= new Throttle(this.core, this.link.id);
    if (rateLimit !== null) this.rateLimit ??= new RateLimit();
    this.hasMore = rateLimit !== null || maxConcurrent > 0 || throttleFactor > 0 || this.budgets.isOn;
    this.hadMore ||= this.hasMore;
    this.isSet = breaker !== null || this.hasMore;
    this.wasSet ||= this.isSet;
    this.configureFallback(settings);
    for (const unit of this.bulkhead.units) this.admitWaiting(unit);
  }

  private configureFallback({ onFailure, fallbackNs, fallbackKeys }: LinkSettings): void {
    if (onFailure !== 'value' && onFailure !== 'stale') return;
    this.fallback ??= new Fallback(this.core, this.link);
    this.fallback.configure(fallbackNs, onFailure === 'stale' ? fallbackKeys : 0);
  }

  /** OK, or the outcome with which the call is rejected, or NOT_YET: the call comes back with `RETRY`. */
  ask(c: number): number {
    if (!this.hasMore) return this.breakers.permits(c) ? outcomes.OK : outcomes.BREAKER_OPEN;
    const { breaker, rateLimit, maxConcurrent, throttleFactor } = this.settings;
    if (this.budgets.isOn && this.calls.attempt(c) === 1)
      this.budgets.of(this.calls.callerUnit(c)).began(this.core.now);
    if (throttleFactor > 0 && this.throttle!.rejects(this.calls.callerUnit(c), throttleFactor))
      return outcomes.THROTTLED;
    if (breaker !== null && !this.breakers.permits(c)) return outcomes.BREAKER_OPEN;
    if (rateLimit !== null) {
      const refusal = this.keepToRate(c, rateLimit);
      if (refusal !== outcomes.OK) return refusal;
    }
    return this.takePlace(c, maxConcurrent);
  }

  private takePlace(c: number, most: number): number {
    if (most === 0 || this.bulkhead.enter(c, most)) return outcomes.OK;
    const { agenda, now } = this.core;
    const { rows, times } = this.calls;
    const until = Math.min(now + this.settings.bulkheadWaitNs, times[(c >> 1) + DEADLINE]);
    if (until <= now) return outcomes.BULKHEAD_FULL;
    this.bulkhead.wait(c);
    rows[c + PHASE] = HELD_BACK;
    agenda.at(until, TIMER, forCall(RETRY, rows[c + GENERATION]), c);
    return NOT_YET;
  }

  /** Places came free: those of the unit that wait longest go on, as events of this instant. */
  private admitWaiting(unit: number): void {
    const { agenda } = this.core;
    const most = this.settings.maxConcurrent || Infinity;
    for (let c = this.bulkhead.admitNext(unit, most); c !== NONE; c = this.bulkhead.admitNext(unit, most)) {
      this.calls.voidEvents(c);
      agenda.at(agenda.time, TIMER, forCall(RETRY, this.calls.rows[c + GENERATION]), c);
    }
  }

  private keepToRate(c: number, settings: RateLimitSettings): number {
    const { agenda, now } = this.core;
    const { rows, times } = this.calls;
    const wait = this.rateLimit!.admit(this.calls.callerUnit(c), now, settings);
    if (wait === 0) return outcomes.OK;
    if (wait === NO_TOKEN || now + wait >= times[(c >> 1) + DEADLINE]) return outcomes.RATE_LIMITED;
    rows[c + PHASE] = HELD_BACK;
    agenda.at(now + wait, TIMER, forCall(RETRY, rows[c + GENERATION]), c);
    return NOT_YET;
  }

  /** False when the call was rejected, or is held back: then it comes back with `RETRY`. */
  lets(c: number): boolean {
    return this.passes(c, this.ask(c));
  }

  /** A call that was held back goes on: it counts as sent now. False when it is rejected after all. */
  goesOn(c: number): boolean {
    this.calls.times[(c >> 1) + SENT] = this.core.now;
    this.calls.rows[c + FLAGS] |= LATE;
    const hasWaited = this.bulkhead.stopWaiting(c);
    const isOver = this.core.now >= this.calls.times[(c >> 1) + DEADLINE];
    if (isOver) return this.passes(c, outcomes.DEADLINE_EXCEEDED);
    if (this.bulkhead.holds(c)) return true;
    const refusal = hasWaited ? outcomes.BULKHEAD_FULL : this.takePlace(c, this.settings.maxConcurrent);
    return this.passes(c, refusal);
  }

  private passes(c: number, refusal: number): boolean {
    if (refusal !== outcomes.OK && refusal !== NOT_YET) this.reject(c, refusal);
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
    this.rateLimit?.forget(unit);
    this.fallback?.forget(unit);
    this.budgets.forget(unit);
  }

  /** An attempt ended for its caller: gives back what it held. */
  left(c: number, outcome: number): void {
    if (this.calls.rows[c + FLAGS] & PERMITTED) this.breakers.report(c, outcome);
    if (!this.hadMore) return;
    if (this.bulkhead.holds(c)) {
      this.bulkhead.leave(c);
      this.admitWaiting(this.calls.callerUnit(c));
    } else if (this.calls.rows[c + PHASE] === HELD_BACK) this.bulkhead.stopWaiting(c);
    if (this.budgets.isOn && outcome !== outcomes.CANCELLED && !outcomes.isLocal(outcome))
      this.budgets.of(this.calls.callerUnit(c)).ended(outcome === outcomes.OK);
    if (this.settings.throttleFactor > 0 && outcomes.isAccepted(outcome))
      this.throttle!.accepted(this.calls.callerUnit(c));
  }
}
