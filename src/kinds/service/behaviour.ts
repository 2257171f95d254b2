/**
 * A service: instances with workers and a queue each. Own work first, then the dependencies in order; while it waits
 * for them a blocking worker is held.
 */
import { Autoscaler } from '../../engine/autoscaler.ts';
import {
  AUTHORITY,
  CHILD,
  DEL,
  FAILING,
  FLAGS,
  HIT,
  LINK,
  NONE,
  OUTCOME,
  READ,
  SET,
  STEP,
  UNIT,
  WRITE,
} from '../../engine/calls.ts';
import { Deployment } from '../../engine/deployment.ts';
import { createSampler, type Sampler } from '../../engine/distributions.ts';
import { ANY_UNIT } from '../../engine/ends.ts';
import type { Control } from '../../engine/inside.ts';
import { MAX_CACHES } from '../../engine/limits.ts';
import type { Link } from '../../engine/link.ts';
import { asAnswer, OK, OVER_LIMIT } from '../../engine/outcomes.ts';
import { ADAPTIVE, BY_CLASS, FIFO, LIFO } from '../../engine/pool.ts';
import type { Stream } from '../../engine/random.ts';
import { Server } from '../../engine/server.ts';
import type { Station } from '../../engine/station.ts';
import { toNs } from '../../engine/time.ts';
import { workSampler } from '../work.ts';
import { orderDeploy } from './deploy-orders.ts';
import { lifeOf } from './life-params.ts';
import { sheddingOf } from './overload-params.ts';
import { planFor, type Step } from './plan.ts';
import { scalingOf } from './scaling-params.ts';
import type { ServiceParams } from './spec.ts';

/** Of `calls.step`: the place in the plan, and above it the bits of missed caches. */
const PLACE_BITS = 14;
const PLACE = (1 << PLACE_BITS) - 1;

const ORDERS: Readonly<Record<string, number>> = { lifo: LIFO, adaptive: ADAPTIVE, priority: BY_CLASS };

class Service extends Server {
  private params: ServiceParams;
  private work!: Sampler;
  private readonly deployment: Deployment;
  private readonly autoscaler: Autoscaler;
  private readPlan: Step[] = [];
  private writePlan: Step[] = [];
  private saidUnfilled = false;
  private readonly workDraws: Stream;
  private readonly errorDraws: Stream;
  private readonly callDraws: Stream;

  constructor(params: ServiceParams, station: Station) {
    super(station);
    this.params = params;
    this.workDraws = this.stream('work');
    this.errorDraws = this.stream('errors');
    this.callDraws = this.stream('calls');
    this.setWork();
    this.deployment = new Deployment(station, params.instances);
    this.setLife();
    this.deployment.resize(params.instances, false);
    this.autoscaler = new Autoscaler(station, this.deployment);
    this.autoscaler.configure(scalingOf(params));
  }

  override reconfigure(params: ServiceParams): void {
    // Without an autoscaler the number is what is said here; with one it is only where that begins.
    const before = this.params;
    const isLeftAlone = before.autoscale !== 'off' && params.autoscale === 'off';
    const isResized = params.instances !== before.instances || isLeftAlone;
    this.params = params;
    this.setWork();
    this.wired();
    this.setLife();
    if (isResized) this.deployment.resize(params.instances, true);
    this.autoscaler.configure(scalingOf(params));
  }

  override wired(): void {
    this.readPlan = planFor(this.station.outgoing, READ, this.params.together);
    this.writePlan = planFor(this.station.outgoing, WRITE, this.params.together);
    if (this.saidUnfilled || !this.readPlan.some(({ kind, missBit }) => kind === 'get' && missBit === 0))
      return;
    this.saidUnfilled = true;
    const text = `${this.station.label} has more than ${MAX_CACHES} caches: the others are asked and never filled`;
    this.core.journal.write(this.core.now, 'warning', 'limit', text, this.station.id);
  }

  override windowClosed(lengthMs: number): void {
    this.station.gauges[0] = this.station.waiting;
    this.station.gauges[1] = this.shareOf('wasted', this.servers.wastedNs, this.servers.workedNs);
    this.station.gauges[2] = this.rateOf('refused', this.servers.refused, lengthMs);
    this.station.gauges[3] = this.station.fleet.ready;
  }

  private setLife(): void {
    this.station.backlog = this.params.backlog;
    this.station.fleet.configure(lifeOf(this.params));
    this.deployment.configure(this.params);
  }

  private setWork(): void {
    this.work = workSampler(this.params.serviceMs, this.params);
    const { workers, queueLimit, discipline, patienceMs, patience } = this.params;
    this.servers.useDiscipline(
      ORDERS[discipline] ?? FIFO,
      discipline === 'sharing',
      patienceMs > 0 ? createSampler({ distribution: patience, mean: toNs(patienceMs) }) : null,
    );
    this.servers.configure(workers, queueLimit);
    this.servers.useShedding(sheddingOf(this.params));
  }

  override fault(fault: string, _unit: number, factor: number): string | null {
    return orderDeploy(this.deployment, fault, factor);
  }

  override get controls(): readonly Control[] {
    return [this.autoscaler.control, this.deployment.control].filter((control) => control !== null);
  }

  override stop(): void {
    this.autoscaler.configure(null);
    this.deployment.stop();
  }

  override draw(c: number, into: Float64Array): void {
    const { errorShare, errorMs } = this.params;
    if (errorShare > 0 && this.errorDraws.chance(errorShare)) {
      this.core.calls.rows[c + FLAGS] |= FAILING;
      into[0] = toNs(errorMs);
    } else this.work.draw(this.workDraws, into);
  }

  override worked(c: number): void {
    if (this.readPlan.length > 0 && this.params.waiting === 'async') this.servers.yieldServer(c);
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
      else if (link.settings.onFailure === 'fail') {
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
    const { onFailure } = this.station.links[calls.rows[child + LINK]].settings;
    const isLast = forks.ended(parent, child);
    if (outcome === OK) this.station.inheritAnswer(parent, child);
    else if (onFailure === 'fail') {
      this.fail(parent, outcome);
      return;
    }
    if (!isLast) return;
    this.moveTo(parent, (calls.rows[parent + STEP] & PLACE) + 1);
    this.goOn(parent);
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
      if (outcome === OK) this.station.inheritAnswer(parent, child);
      else if (step.link.settings.onFailure === 'fail') return this.servers.done(parent, asAnswer(outcome));
      else this.moveTo(parent, step.afterHit);
    }
    this.goOn(parent);
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
export function build(params: ServiceParams, station: Station): Service {
  return new Service(params, station);
}
