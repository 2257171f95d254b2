/**
 * Whether and when a failed attempt of a link is repeated: retryable outcome, attempts left, budget, deadline. Each
 * attempt is a slot of its own, because the one before may still be at work. It must not know stations.
 */
import { TIMER } from './agenda.ts';
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
  REQUEST,
  UNIT,
} from './calls.ts';
import type { Core } from './core.ts';
import type { Drafts } from './drafts.ts';
import { forCall, RETRY } from './events.ts';
import type { LinkSettings } from './linksettings.ts';
import { HTTP_429, isRetryable } from './outcomes.ts';
import type { Stream } from './random.ts';
import { NOTE } from './recorder.ts';
import { NS_PER_MS } from './time.ts';

/** Retries in flight that are always allowed, whatever the budget (Envoy's `min_retry_concurrency`). */
const FREE_RETRIES = 3;

const NS_PER_US = 1_000;

/** What a retry needs of its link. */
interface Retried {
  readonly id: string;
  readonly open: number;
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
  private readonly stream: Stream;

  constructor(core: Core, link: Retried, drafts: Drafts) {
    this.core = core;
    this.link = link;
    this.drafts = drafts;
    this.stream = core.stream(link.id, 'backoff');
  }

  /** Attempts beyond the first since this was last asked. */
  takeNew(): number {
    const fresh = this.total - this.taken;
    this.taken = this.total;
    return fresh;
  }

  /** Schedules the next attempt of a call that just ended; false when it has to fail. */
  again(c: number, outcome: number): boolean {
    const { calls, now } = this.core;
    const s = this.link.settings;
    const n = calls.attempt(c);
    if (
      n >= s.attempts ||
      calls.rows[c + FLAGS] & PROBE ||
      !isRetryable(outcome, calls.operation(c) === READ)
    )
      return false;
    const previous = n === 1 ? s.backoffBaseNs : calls.pause(c) * NS_PER_US;
    const asked = outcome === HTTP_429 ? calls.retryAfter(c) * NS_PER_MS : 0;
    const own = backoff(s.backoff, n, s.backoffBaseNs, s.backoffCapNs, previous, this.stream);
    const pause = asked > 0 ? asked : own;
    if (now + pause >= calls.times[(c >> 1) + DEADLINE]) return false;
    if (s.budgetShare > 0 && this.inFlight >= Math.max(FREE_RETRIES, s.budgetShare * this.link.open)) {
      this.overBudget++;
      return false;
    }
    return this.schedule(c, n + 1, pause);
  }

  private schedule(c: number, attempt: number, pause: number): boolean {
    const { calls, agenda, now, recorder } = this.core;
    const parent = calls.rows[c + PARENT];
    const d = this.drafts.take(parent, calls.callerUnit(c), calls.operation(c), attempt);
    if (d === NONE) return false;
    if (parent !== NONE) calls.rows[parent + CHILD] = d;
    this.drafts.inherit(d, c);
    calls.times[(d >> 1) + DEADLINE] = calls.times[(c >> 1) + DEADLINE];
    calls.setPause(d, Math.round(pause / NS_PER_US));
    calls.rows[d + UNIT] = this.link.caller.picksUnits ? calls.rows[c + UNIT] : NONE;
    calls.rows[d + PHASE] = BACKING_OFF;
    this.total++;
    this.inFlight++;
    if (calls.rows[c + REQUEST] !== NONE) {
      recorder.note(c, NOTE.retry, pause, attempt);
      this.drafts.trace(d, parent === NONE ? NONE : calls.span(parent));
    }
    agenda.at(now + pause, TIMER, forCall(RETRY, calls.rows[d + GENERATION]), d);
    return true;
  }
}
