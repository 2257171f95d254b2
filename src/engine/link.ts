/**
 * A dependency as its caller sees it. A call passes retry → breaker → bulkhead → attempt timeout → network, and ends
 * for its caller exactly once, in `conclude`. It must not know what caller and callee do.
 */
import { COMPLETION, type Lane } from './agenda.ts';
import {
  ABANDONED,
  BACKING_OFF,
  INBOUND,
  INSIDE,
  LOST,
  NONE,
  ONE_WAY,
  OPEN,
  OUTBOUND,
  READ,
} from './calls.ts';
import type { Core } from './core.ts';
import { forCall, RESPONSE } from './events.ts';
import { Bulkhead } from './bulkhead.ts';
import { BreakerBank } from './breakerbank.ts';
import { Drafts } from './drafts.ts';
import type { LinkSettings } from './linksettings.ts';
import { Meter } from './meter.ts';
import * as outcomes from './outcomes.ts';
import { NOTE } from './recorder.ts';
import { Retries } from './retries.ts';
import { TimeoutList } from './timeouts.ts';
import { NS_PER_MS } from './time.ts';
import { Wire } from './wire.ts';

/** Who makes calls over a link. */
export interface Caller {
  readonly id: string;
  readonly label: string;
  /** A call made for `parent` (NONE for a client's request) ended. The slot is read here and freed afterwards. */
  childDone(parent: number, c: number): void;
  unitName(unit: number): string;
  /** It chooses the callee's unit itself, so a retry goes to the same one. */
  readonly picksUnits: boolean;
}

/** Who is called. */
export interface Callee {
  readonly id: string;
  readonly label: string;
  /** A call reaches it. */
  accept(c: number): void;
  /** The caller gave up. `full`: work under way is to be aborted too. */
  cancel(c: number, full: boolean): void;
  /** The unit for a call addressed to none in particular. */
  chooseUnit(c: number): number;
}

/** A callee unit left to the callee to choose. */
export const ANY_UNIT = NONE;

export class Link {
  readonly id: string;
  readonly index: number;
  readonly caller: Caller;
  readonly callee: Callee;
  readonly meter = new Meter();
  readonly wire: Wire;
  readonly breakers: BreakerBank;
  readonly retries: Retries;
  settings: LinkSettings;
  /** Calls the caller waits for now. */
  open = 0;
  /** False once the link was deleted from a running design; calls under way still end. */
  attached = true;

  private readonly core: Core;
  private readonly atOnce: Lane;
  private readonly drafts: Drafts;
  private readonly timeouts: TimeoutList;
  readonly bulkhead: Bulkhead;

  constructor(core: Core, id: string, index: number, caller: Caller, callee: Callee, settings: LinkSettings) {
    this.core = core;
    this.id = id;
    this.index = index;
    this.caller = caller;
    this.callee = callee;
    this.settings = settings;
    this.atOnce = core.agenda.lane(0, COMPLETION);
    this.wire = new Wire(core, id, index);
    this.drafts = new Drafts(core, id, index);
    this.retries = new Retries(core, this, this.drafts);
    this.breakers = new BreakerBank(core, this);
    this.timeouts = new TimeoutList(core, index);
    this.bulkhead = new Bulkhead(core.calls);
    this.configure(settings);
  }

  /** Applies settings, to a running link too: messages under way keep the delays they were sent with. */
  configure(settings: LinkSettings): void {
    this.settings = settings;
    this.wire.configure(settings);
    this.breakers.configure(settings.breaker);
    this.timeouts.configure(settings.attemptTimeoutNs, settings.totalTimeoutNs);
  }

  /** The link was deleted from a running design: calls under way still end. */
  detach(): void {
    this.attached = false;
    this.settings = { ...this.settings, breaker: null };
    this.breakers.configure(null);
  }

  /** A client's request. Returns the call. */
  request(operation: number, key: number, session: number, request: number): number {
    const { calls, now } = this.core;
    const c = this.drafts.take(NONE, 0, operation);
    if (c === NONE) return NONE;
    calls.issued[c] = now;
    calls.deadline[c] = this.deadlineFrom(Infinity);
    calls.key[c] = key;
    calls.session[c] = session;
    this.drafts.sample(c, request, NONE);
    this.launch(c, ANY_UNIT);
    return c;
  }

  /** A call on behalf of `parent`, made by a unit of the caller, to one callee unit or to any. */
  call(parent: number, callerUnit: number, unit: number, operation: number): number {
    const { calls } = this.core;
    const c = this.drafts.take(parent, callerUnit, operation);
    if (c === NONE) return NONE;
    calls.child[parent] = c;
    this.drafts.inherit(c, parent);
    calls.deadline[c] = this.deadlineFrom(calls.deadline[parent]);
    this.launch(c, unit);
    return c;
  }

  /** As `call`, but nobody waits: no timeout, no breaker, no answer. */
  cast(parent: number, callerUnit: number, operation: number): void {
    const { calls } = this.core;
    const c = this.drafts.take(NONE, callerUnit, operation);
    if (c === NONE) return;
    calls.flags[c] |= ONE_WAY;
    this.drafts.inherit(c, parent);
    calls.deadline[c] = Infinity;
    this.openOne(c);
    calls.unit[c] = this.callee.chooseUnit(c);
    calls.phase[c] = OUTBOUND;
    if (!this.wire.send(c)) this.settle(c, false);
  }

  private deadlineFrom(parents: number): number {
    const total = this.settings.totalTimeoutNs;
    if (total === 0) return parents;
    const own = this.core.now + total;
    return own < parents ? own : parents;
  }

  private openOne(c: number): void {
    const { calls, now } = this.core;
    calls.sent[c] = now;
    calls.flags[c] |= OPEN;
    this.meter.arrived++;
    this.open++;
  }

  /** Starts an attempt: through the caller's policies and into the network, or back at once. */
  launch(c: number, unit: number): void {
    const { calls, now } = this.core;
    const { settings } = this;
    this.openOne(c);
    if (now >= calls.deadline[c]) return this.reject(c, outcomes.DEADLINE_EXCEEDED);
    if (settings.breaker !== null && !this.breakers.permits(c)) return this.reject(c, outcomes.BREAKER_OPEN);
    if (!this.bulkhead.enter(c, settings.maxConcurrent)) return this.reject(c, outcomes.BULKHEAD_FULL);
    this.timeouts.watch(c);
    calls.unit[c] = unit === ANY_UNIT ? this.callee.chooseUnit(c) : unit;
    calls.phase[c] = OUTBOUND;
    if (!this.wire.send(c)) calls.phase[c] = LOST;
  }

  /** Back to the caller without having been sent, as an event of this instant. */
  private reject(c: number, outcome: number): void {
    const { calls, agenda } = this.core;
    calls.outcome[c] = outcome;
    calls.phase[c] = INBOUND;
    agenda.later(this.atOnce, forCall(RESPONSE, calls.generation[c]), c);
  }

  /** The callee has an answer: sends it back, or drops it where nobody waits. */
  answer(c: number): void {
    const { calls } = this.core;
    const flags = calls.flags[c];
    if (flags & ABANDONED) {
      this.wire.showLateAnswer(c);
      calls.free(c);
    } else if (flags & ONE_WAY) this.settle(c, calls.outcome[c] === outcomes.OK);
    else calls.phase[c] = this.wire.sendBack(c) ? INBOUND : LOST;
  }

  private settle(c: number, ok: boolean): void {
    this.open--;
    if (ok) this.meter.ok++;
    else this.meter.failed++;
    this.core.calls.free(c);
  }

  /** An answer, or a rejection, has reached the caller. */
  receive(c: number): void {
    const { calls } = this.core;
    if ((calls.flags[c] & ABANDONED) === 0) this.conclude(c);
    calls.free(c);
  }

  /** The caller learns the outcome: the one place where an attempt ends for it and gives back all it held. */
  private conclude(c: number): void {
    const { calls } = this.core;
    const outcome = calls.outcome[c];
    this.account(c, outcome);
    if (outcome !== outcomes.OK && this.attached && this.retries.again(c, outcome)) return;
    const parent = calls.parent[c];
    if (parent !== NONE) calls.child[parent] = NONE;
    this.caller.childDone(parent, c);
  }

  private account(c: number, outcome: number): void {
    const { calls, now, recorder } = this.core;
    this.timeouts.remove(c);
    this.open--;
    calls.flags[c] &= ~OPEN;
    if (calls.attempt[c] > 1) this.retries.inFlight--;
    const duration = now - calls.sent[c];
    if (outcome === outcomes.OK) {
      this.meter.ok++;
      this.meter.record(duration / NS_PER_MS);
    } else this.meter.failed++;
    if (calls.permit[c] !== 0) this.breakers.report(c, outcome, duration);
    this.bulkhead.leave(c);
    if (calls.request[c] !== NONE) {
      recorder.note(calls.request[c], calls.span[c], NOTE.end, outcome, calls.attempt[c], now);
    }
  }

  /** A timer of the attempts fired: ends every one that is due. */
  expire(timer: number): void {
    this.timeouts.due(timer, this.endOverdue);
  }

  private readonly endOverdue = (c: number): void => {
    const { calls, now } = this.core;
    this.timeOut(c, calls.deadline[c] <= now ? outcomes.DEADLINE_EXCEEDED : outcomes.ATTEMPT_TIMEOUT);
  };

  /** The whole call ran out of time during a later attempt. */
  deadlinePassed(c: number): void {
    if (this.core.calls.flags[c] & OPEN) this.timeOut(c, outcomes.DEADLINE_EXCEEDED);
  }

  private timeOut(c: number, outcome: number): void {
    this.core.calls.outcome[c] = outcome;
    this.conclude(c);
    this.giveUp(c);
  }

  /** The caller is gone or no longer interested: ends the call for it without telling it. */
  abandon(c: number): void {
    const { calls } = this.core;
    const parent = calls.parent[c];
    if (parent !== NONE) calls.child[parent] = NONE;
    if (calls.phase[c] === BACKING_OFF) {
      this.retries.inFlight--;
      calls.free(c);
      return;
    }
    calls.outcome[c] = outcomes.CANCELLED;
    this.account(c, outcomes.CANCELLED);
    this.giveUp(c);
  }

  /** Leaves the slot to the callee, and tells it where the policy says so. */
  private giveUp(c: number): void {
    const { calls } = this.core;
    calls.parent[c] = NONE;
    calls.flags[c] |= ABANDONED;
    const phase = calls.phase[c];
    if (phase === LOST) calls.free(c);
    else if ((phase === OUTBOUND || phase === INSIDE) && this.settings.giveUp !== 'none')
      this.wire.sendNotice(c);
  }

  /** A cancel notice reached the callee. */
  cancelArrived(c: number): void {
    if (this.core.calls.phase[c] === INSIDE) this.callee.cancel(c, this.settings.giveUp === 'full');
  }

  /** Whether calls of this operation use the link at all. */
  carries(operation: number): boolean {
    const { carries } = this.settings;
    return carries === 'all' || (carries === 'reads') === (operation === READ);
  }
}
