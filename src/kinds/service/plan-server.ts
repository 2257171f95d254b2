/**
 * A server whose requests follow a plan after their own work: calls one after the other or at once, caches before and
 * after them, and fallbacks for what fails. It must not know how the plan comes about, nor parameters.
 */
import { COMPLETION } from '../../engine/agenda/agenda.ts';
import {
  AUTHORITY,
  BEGAN,
  CHILD,
  DEL,
  FALLING_BACK,
  FLAGS,
  GENERATION,
  HIT,
  LINK,
  NONE,
  OUTCOME,
  READ,
  REQUEST,
  SET,
  STEP,
  UNIT,
  WRITE,
} from '../../engine/calls/calls.ts';
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import { forCall, WORK } from '../../engine/events.ts';
import { MAX_CACHES } from '../../engine/limits.ts';
import type { Link } from '../../engine/link/link.ts';
import { asAnswer, OK, OVER_LIMIT } from '../../engine/calls/outcomes.ts';
import type { Stream } from '../../engine/chance/random.ts';
import { NOTE } from '../../engine/records/recorder.ts';
import { Server } from '../../engine/station/server.ts';
import type { Station } from '../../engine/station/station.ts';
import { planFor, type Step } from './plan.ts';

/** Of `calls.step`: the place in the plan, and above it the bits of missed caches. */
export const PLACE_BITS = 14;
const PLACE = (1 << PLACE_BITS) - 1;

export abstract class PlanServer extends Server {
  private readPlan: Step[] = [];
  private writePlan: Step[] = [];
  private saidUnfilled = false;
  private readonly callDraws: Stream;

  constructor(station: Station) {
    super(station);
    this.callDraws = this.stream('calls');
  }

  /** Whether calls at the same place in the order are made at once. */
  protected abstract get callsTogether(): boolean;

  /** Whether a request gives its server back while it waits for a call. */
  protected abstract get isAsync(): boolean;

  override wired(): void {
    this.readPlan = planFor(this.station.outgoing, READ, this.callsTogether);
    this.writePlan = planFor(this.station.outgoing, WRITE, this.callsTogether);
    if (this.saidUnfilled || !this.readPlan.some(({ kind, missBit }) => kind === 'get' && missBit === 0))
      return;
    this.saidUnfilled = true;
    const text = `${this.station.label} has more than ${MAX_CACHES} caches: the others are asked and never filled`;
    this.core.journal.write(this.core.now, 'warning', 'limit', text, this.station.id);
  }

  override worked(c: number): void {
    if (this.readPlan.length > 0 && this.isAsync) this.servers.yieldServer(c);
    this.core.calls.rows[c + STEP] = 0;
    this.goOn(c);
  }

  /** Takes the steps of the plan from where the call stands until one has to be waited for. */
  private goOn(c: number): void {
    const { calls } = this.core;
    const plan = this.planOf(c);
    for (;;) {
      const place = calls.rows[c + STEP] & PLACE;
      if (place >= plan.length) return this.servers.done(c, OK);
      if (this.take(c, plan[place])) return;
      calls.rows[c + STEP]++;
    }
  }

  private planOf(c: number): Step[] {
    return this.core.calls.operation(c) === READ ? this.readPlan : this.writePlan;
  }

  /** Does one step; true when its end has to be waited for. */
  private take(c: number, step: Step): boolean {
    const { calls } = this.core;
    const { link } = step;
    switch (step.kind) {
      case 'get':
        return this.makeCall(c, link, READ);
      case 'call': {
        const { callShare } = link.settings;
        if (callShare < 1 && !this.callDraws.chance(callShare)) {
          this.moveTo(c, step.afterHit - 1);
          return false;
        }
        return this.makeCall(c, link, calls.operation(c));
      }
      case 'fork':
        return this.fork(c, step);
      case 'fill':
        if (((calls.rows[c + STEP] >> PLACE_BITS) & step.missBit) === 0 || calls.rows[c + AUTHORITY] === NONE)
          return false;
        if ((link.callee as Station).lookaside!.waitsForFill) return this.makeCall(c, link, SET);
        link.cast(c, calls.rows[c + UNIT], SET);
        return false;
      case 'invalidate':
        return this.makeCall(c, link, (link.callee as Station).lookaside!.onWrite === 'update' ? SET : DEL);
    }
  }

  private makeCall(c: number, link: Link, operation: number): boolean {
    if (link.call(c, this.core.calls.rows[c + UNIT], ANY_UNIT, operation) !== NONE) return true;
    this.servers.done(c, asAnswer(OVER_LIMIT));
    return true;
  }

  /** Calls all branches at once; true when there is any to wait for. */
  private fork(c: number, { branches }: Step): boolean {
    const children: number[] = [];
    for (const link of branches) {
      const { callShare } = link.settings;
      if (callShare < 1 && !this.callDraws.chance(callShare)) continue;
      const child = link.call(c, this.core.calls.rows[c + UNIT], ANY_UNIT, this.core.calls.operation(c));
      if (child !== NONE) children.push(child);
      else if (link.settings.onFailure !== 'ignore') {
        this.core.forks.open(c, children);
        return this.fail(c, OVER_LIMIT);
      }
    }
    this.core.calls.rows[c + CHILD] = NONE;
    if (children.length > 0) this.core.forks.open(c, children);
    return children.length > 0;
  }

  private fail(c: number, outcome: number): true {
    this.core.calls.rows[c + CHILD] = NONE;
    this.station.abandonCalls(c);
    this.servers.done(c, asAnswer(outcome));
    return true;
  }

  /** One of several calls made at once ended: the first failure that counts ends the request, or else the last answer. */
  private branchDone(parent: number, child: number): void {
    const { calls, forks } = this.core;
    const outcome = calls.rows[child + OUTCOME];
    const link = this.station.links[calls.rows[child + LINK]];
    const isLast = forks.ended(parent, child);
    if (outcome === OK) this.succeeded(parent, child, link);
    else if (link.settings.onFailure !== 'ignore') {
      if (!this.fallsBack(parent, link)) return void this.fail(parent, outcome);
      calls.rows[parent + FLAGS] |= FALLING_BACK;
    }
    if (!isLast) return;
    const place = calls.rows[parent + STEP] & PLACE;
    const takes = this.planOf(parent)[place]?.branches.map((each) => each.gate.fallback?.takesNs ?? 0) ?? [];
    this.moveTo(parent, place + 1);
    if (calls.rows[parent + FLAGS] & FALLING_BACK) this.goOnAfter(parent, Math.max(0, ...takes));
    else this.goOn(parent);
  }

  override childDone(parent: number, child: number): void {
    const { calls, forks } = this.core;
    if (forks.isOpen(parent)) return this.branchDone(parent, child);
    const place = this.placeOf(parent, child);
    if (place < 0) return this.goOn(parent);
    const step = this.planOf(parent)[place];
    const outcome = calls.rows[child + OUTCOME];
    this.moveTo(parent, place + 1);
    if (step.kind === 'get') this.cacheAnswered(parent, child, step, outcome === OK);
    else if (step.kind === 'call') {
      if (outcome === OK) this.succeeded(parent, child, step.link);
      else {
        this.moveTo(parent, step.afterHit);
        if (step.link.settings.onFailure !== 'ignore') {
          if (!this.fallsBack(parent, step.link)) return this.servers.done(parent, asAnswer(outcome));
          return this.goOnAfter(parent, step.link.gate.fallback!.takesNs);
        }
      }
    }
    this.goOn(parent);
  }

  private succeeded(parent: number, child: number, link: Link): void {
    this.station.inheritAnswer(parent, child);
    if (link.gate.fallback !== null) link.gate.fallback.remember(this.core.calls.rows[parent + UNIT], child);
  }

  /** The call over the link failed for good: whether the service has an answer of its own to go on with. */
  private fallsBack(parent: number, { settings, gate }: Link): boolean {
    const { recorder, calls } = this.core;
    if (settings.onFailure === 'fail' || !gate.fallback!.answers(calls.rows[parent + UNIT], parent))
      return false;
    if (calls.rows[parent + REQUEST] !== NONE) recorder.note(parent, NOTE.fellBack, 0, 0);
    return true;
  }

  /** Goes on with the plan once a fallback is made, as a piece of work of its own. */
  private goOnAfter(c: number, ns: number): void {
    const { agenda, calls } = this.core;
    calls.rows[c + FLAGS] |= FALLING_BACK;
    calls.times[(c >> 1) + BEGAN] = agenda.time;
    agenda.at(agenda.time + ns, COMPLETION, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  override finish(c: number): void {
    const { rows } = this.core.calls;
    if ((rows[c + FLAGS] & FALLING_BACK) === 0) return this.servers.finish(c);
    rows[c + FLAGS] &= ~FALLING_BACK;
    this.goOn(c);
  }

  /** Where in the plan the child was called; it may have been edited under the call. −1: its link is gone. */
  private placeOf(parent: number, child: number): number {
    const { calls } = this.core;
    const plan = this.planOf(parent);
    const link = calls.rows[child + LINK];
    const place = calls.rows[parent + STEP] & PLACE;
    if (place < plan.length && plan[place].link.index === link) return place;
    return plan.findIndex((step) => step.link.index === link);
  }

  private moveTo(c: number, place: number): void {
    const { rows } = this.core.calls;
    rows[c + STEP] = (rows[c + STEP] & ~PLACE) | place;
  }

  /** A hit makes the call to the store unnecessary; a miss is remembered for the fill; a failure counts as neither. */
  private cacheAnswered(parent: number, child: number, step: Step, ok: boolean): void {
    const { calls } = this.core;
    if (!ok) return;
    if (calls.rows[child + FLAGS] & HIT) {
      this.station.inheritAnswer(parent, child);
      this.moveTo(parent, step.afterHit);
    } else calls.rows[parent + STEP] |= step.missBit << PLACE_BITS;
  }
}
