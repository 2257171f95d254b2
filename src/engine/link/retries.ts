/**
 * Whether and when a failed attempt of a link is repeated: retryable outcome, attempts left, budget, deadline. Each
 * attempt is a slot of its own, because the one before may still be at work. It must not know stations.
 */
import { TIMER } from '../agenda/agenda.ts';
import { backoff } from './backoff.ts';
import {
  BACKING_OFF,
  CHILD,
  DEADLINE,
  FLAGS,
  GENERATION,
  NONE,
  PARENT,
  PHASE,
  PROBE,
  READ,
  TRACED,
  UNIT,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import type { Drafts } from './drafts.ts';
import { forCall, RETRY } from '../events.ts';
import type { LinkSettings } from './linksettings.ts';
import type { Meter } from '../records/meter.ts';
import { HTTP_429, isRetryable } from '../calls/outcomes.ts';
import type { Stream } from '../chance/random.ts';
import { NOTE } from '../records/recorder.ts';
import type { Budgets } from './retrybudget.ts';
import { NS_PER_MS } from '../time.ts';

/** Retries in flight that are always allowed, whatever the budget (Envoy's `min_retry_concurrency`). */
const FREE_RETRIES = 3;

const NS_PER_US = 1_000;

/** What a retry needs of its link. */
interface Retried {
  readonly id: string;
  readonly meter: Meter;
  readonly settings: LinkSettings;
  readonly caller: { readonly picksUnits: boolean };
}

export class Retries {
  /** Attempts beyond the first, since the start. */
  total = 0;
  /** Attempts beyond the first ÷ attempts, over the last window; NaN without attempts. */
  windowShare = NaN;
  private taken = 0;
  /** Attempts beyond the first under way, pauses before them included. */
  inFlight = 0;
  /** Retries that the budget forbade. */
  overBudget = 0;

  private readonly core: Core;
  private readonly link: Retried;
  private readonly drafts: Drafts;
  private readonly budgets: Budgets;
  private readonly stream: Stream;

  constructor(core: Core, link: Retried, drafts: Drafts, budgets: Budgets) {
    this.core = core;
    this.link = link;
    this.drafts = drafts;
    this.budgets = budgets;
    this.stream = core.stream(link.id, 'backoff');
  }

  /** Attempts beyond the first since this was last asked. */
  takeNew(): number {
    const fresh = this.total - this.taken;
    this.taken = this.total;
    return fresh;
  }

  /** Whether an attempt that ended like this may be repeated at all. */
  isRepeatable(c: number, outcome: number): boolean {
    const { retryOn, retryWrites } = this.link.settings;
    return isRetryable(outcome, retryOn, retryWrites || this.core.calls.operation(c) === READ);
  }

  /** Whether the budget pays for one more attempt of a call. */
  isPaidFor(c: number): boolean {
    const { budget, budgetShare } = this.link.settings;
    if (budgetShare === 0) return true;
    const pays =
      budget === 'inFlight'
        ? this.inFlight < Math.max(FREE_RETRIES, budgetShare * this.link.meter.open)
        : this.budgets.of(this.core.calls.callerUnit(c)).pays(this.core.now);
    if (!pays) this.overBudget++;
    return pays;
  }

  /** Schedules the next attempt of a call that just ended; false when it has to fail. */
  again(c: number, outcome: number): boolean {
    const { calls, now } = this.core;
    const s = this.link.settings;
    const n = calls.attempt(c);
    if (n >= s.attempts || calls.rows[c + FLAGS] & PROBE || !this.isRepeatable(c, outcome)) return false;
    const previous = n === 1 ? s.backoff.base : calls.pause(c) * NS_PER_US;
    const asked = outcome === HTTP_429 ? calls.retryAfter(c) * NS_PER_MS : 0;
    const own = backoff(s.backoff, n, previous, this.stream);
    const pause = asked > 0 ? asked : own;
    if (now + pause >= calls.times[(c >> 1) + DEADLINE] || !this.isPaidFor(c)) return false;
    return this.schedule(c, pause);
  }

  private schedule(c: number, pause: number): boolean {
    const { calls, agenda, forks, now } = this.core;
    const d = this.draft(c);
    if (d === NONE) return false;
    const parent = calls.rows[c + PARENT];
    if (parent !== NONE && !forks.replace(parent, c, d)) calls.rows[parent + CHILD] = d;
    calls.setPause(d, Math.round(pause / NS_PER_US));
    calls.rows[d + PHASE] = BACKING_OFF;
    if (calls.rows[c + FLAGS] & TRACED) this.core.recorder.note(c, NOTE.retry, pause, calls.attempt(d));
    agenda.at(now + pause, TIMER, forCall(RETRY, calls.rows[d + GENERATION]), d);
    return true;
  }

  /** The row of one more attempt of a call; NONE at the simulator's limit. */
  draft(c: number): number {
    const { calls } = this.core;
    const parent = calls.rows[c + PARENT];
    const d = this.drafts.take(parent, calls.callerUnit(c), calls.operation(c), calls.attempt(c) + 1);
    if (d === NONE) return NONE;
    this.drafts.inherit(d, c);
    calls.times[(d >> 1) + DEADLINE] = calls.times[(c >> 1) + DEADLINE];
    calls.rows[d + UNIT] = this.link.caller.picksUnits ? calls.rows[c + UNIT] : NONE;
    this.total++;
    this.inFlight++;
    if (calls.rows[c + FLAGS] & TRACED) this.drafts.trace(d, parent === NONE ? NONE : calls.span(parent));
    return d;
  }
}
