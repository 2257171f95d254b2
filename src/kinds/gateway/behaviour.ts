/** A gateway at work: decides on each request by the counts of its key, and passes it on or answers 429. */
import { COMPLETION } from '../../engine/agenda/agenda.ts';
import { Behaviour } from '../../engine/station/behaviour.ts';
import { GENERATION, LINK, NONE, OUTCOME, ROW, SESSION, STEP, UNIT } from '../../engine/calls/calls.ts';
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import { forCall, WORK } from '../../engine/events.ts';
import type { Link } from '../../engine/link/link.ts';
import { greetingNs } from '../../engine/units/handshake.ts';
import {
  asAnswer,
  HTTP_429,
  HTTP_500,
  HTTP_503,
  isUnconnected,
  OK,
  OVER_LIMIT,
} from '../../engine/calls/outcomes.ts';
import type { Station } from '../../engine/station/station.ts';
import { NS_PER_MS, toNs, toWholeNs } from '../../engine/time.ts';
import type { Unit } from '../../engine/units/unit.ts';
import { fit } from '../routes.ts';
import { createLimiter, type Limit, type Limiter } from './limiters.ts';
import { CountStore } from './countstore.ts';
import type { GatewayParams } from './spec.ts';

/** A day. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/** In the STEP of a request: where it is. */
const ASKS = 0;
const PASSES = 1;
/** No answer of the shared counts will come. */
const UNHEARD = 2;
/** Let through without them. */
const UNCOUNTED = 3;

/** What is counted for one key. */
interface Counts {
  readonly limiter: Limiter | null;
  open: number;
}

class Gateway extends Behaviour {
  private params: GatewayParams;
  private limit!: Limit;
  /** By replica, or one for all; by key. */
  private counts: Map<number, Counts>[] = [];
  private readonly store: CountStore;
  private asked = 0;
  private refused = 0;
  private passed = 0;
  private heldNs = 0;
  private readonly faultChance = this.stream('fault');

  constructor(params: GatewayParams, station: Station) {
    super(station);
    this.params = params;
    this.store = new CountStore(params);
    this.apply();
    station.setUnits(params.replicas, 0, false);
  }

  /** New rules count from nothing; requests under way stay counted as open. */
  override reconfigure(params: GatewayParams): void {
    this.params = params;
    this.store.configure(params);
    this.apply();
    this.station.setUnits(params.replicas, 0, true);
  }

  private apply(): void {
    const { rateRps, burst, perWindow, windowMs, maxWaitMs } = this.params;
    this.limit = {
      rate: rateRps,
      burst: this.params.algorithm === 'leakyBucket' ? burst : Math.max(1, burst),
      perWindow,
      windowNs: toNs(windowMs),
      maxWaitNs: toNs(maxWaitMs),
    };
    this.counts = Array.from({ length: this.params.replicas }, () => new Map<number, Counts>());
    this.countOpen();
  }

  /** Counts the requests under way where they belong by the rules of now, which is where they will be looked for. */
  private countOpen(): void {
    const { calls } = this.core;
    const { station } = this;
    for (let c = 0; c < calls.end; c += ROW) {
      if (calls.rows[c + STEP] === PASSES && station.units.some((unit) => station.holds(c, unit)))
        this.countsOf(c).open++;
    }
  }

  private newLimiter(): Limiter | null {
    return createLimiter(this.params.algorithm, this.limit, this.params.undelayed);
  }

  private countsOf(c: number): Counts {
    const keys = this.keysOf(c);
    const key = this.keyOf(c);
    let counts = keys.get(key);
    if (!counts) keys.set(key, (counts = { limiter: this.newLimiter(), open: 0 }));
    return counts;
  }

  private keysOf(c: number): Map<number, Counts> {
    const replica = this.params.sharedState ? 0 : this.core.calls.rows[c + UNIT];
    return this.counts[Math.min(replica, this.counts.length - 1)];
  }

  private keyOf(c: number): number {
    const { rows } = this.core.calls;
    switch (this.params.limitKey) {
      case 'global':
        return 0;
      // Visitor n has the nth address by /24 networks, so network and visitor are the same here.
      case 'clientIp':
      case 'session':
        return rows[c + SESSION];
      case 'caller':
        return rows[c + LINK];
    }
  }

  override windowClosed(): void {
    const { gauges } = this.station;
    gauges[0] = this.shareOf('refused', this.refused, this.asked);
    gauges[1] = this.shareOf('held', this.heldNs / NS_PER_MS, this.passed);
    gauges[2] = this.counts.reduce((sum, keys) => sum + keys.size, 0);
  }

  override totals(): { label: string; value: number }[] {
    return this.params.sharedState
      ? [{ label: 'Decided without the shared counts', value: this.store.missed }]
      : [];
  }

  override fault(fault: string, _unit: number, factor: number): string | null {
    return this.store.befall(fault, factor, this.station.label);
  }

  override get isBroken(): boolean {
    return this.store.isBroken;
  }

  override arrive(c: number): void {
    const { rows } = this.core.calls;
    rows[c + STEP] = ASKS;
    if (!this.params.sharedState) return this.decide(c);
    const wait = this.store.ask(this.station.units[rows[c + UNIT]].slow);
    if (wait < 0) rows[c + STEP] = UNHEARD;
    const held = wait < 0 ? -1 - wait : wait;
    if (held > 0) this.goOnAfter(c, held);
    else this.finish(c);
  }

  private workFor(c: number, ns: number): void {
    this.goOnAfter(c, toWholeNs(ns * this.station.units[this.core.calls.rows[c + UNIT]].slow));
  }

  private goOnAfter(c: number, ns: number): void {
    const { agenda, calls } = this.core;
    agenda.due = agenda.time + ns;
    agenda.push(COMPLETION, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  private decide(c: number): void {
    const counts = this.countsOf(c);
    this.asked++;
    if (this.params.maxOpen > 0 && counts.open >= this.params.maxOpen) return this.refuse(c, 0);
    const wait = counts.limiter === null ? 0 : counts.limiter.admit(this.core.now);
    if (wait < 0) return this.refuse(c, -1 - wait);
    counts.open++;
    this.letPass(c, PASSES, wait);
  }

  /** Counts nothing: nobody knows the counts. */
  private decideAlone(c: number): void {
    this.asked++;
    this.store.missed++;
    if (this.params.failOpen) this.letPass(c, UNCOUNTED, 0);
    else this.end(c, HTTP_503);
  }

  private letPass(c: number, step: number, waitNs: number): void {
    this.passed++;
    this.heldNs += waitNs;
    this.core.calls.rows[c + STEP] = step;
    this.workFor(
      c,
      waitNs + toNs(this.params.overheadMs) + greetingNs(this.station.links, this.core.calls, c),
    );
  }

  private refuse(c: number, waitNs: number): void {
    this.refused++;
    this.station.answerTooMany(c, Math.min(MAX_RETRY_AFTER_MS, Math.ceil(waitNs / NS_PER_MS)));
  }

  override finish(c: number): void {
    const step = this.core.calls.rows[c + STEP];
    if (step === PASSES || step === UNCOUNTED) this.passOn(c);
    else if (step === UNHEARD || this.store.isDown) this.decideAlone(c);
    else this.decide(c);
  }

  private passOn(c: number): void {
    const { calls } = this.core;
    const { errorShare } = this.station.units[calls.rows[c + UNIT]];
    if (errorShare > 0 && this.faultChance.chance(errorShare)) return this.end(c, HTTP_500);
    const link = this.routeOf(c);
    if (!link) this.end(c, HTTP_503);
    else if (link.call(c, calls.rows[c + UNIT], ANY_UNIT, calls.operation(c)) === NONE) {
      this.end(c, asAnswer(OVER_LIMIT));
    }
  }

  /** The first of the links that fit most closely what the request says of itself. */
  private routeOf(c: number): Link | undefined {
    const route = this.core.calls.route(c);
    let best: Link | undefined;
    let closest = -1;
    for (const link of this.station.outgoing) {
      const close = link.attached ? fit(link.settings.route, route) : -1;
      if (close <= closest) continue;
      best = link;
      closest = close;
    }
    return best;
  }

  override childDone(parent: number, child: number): void {
    const { rows } = this.core.calls;
    const outcome = rows[child + OUTCOME];
    if (outcome === OK) this.station.inheritAnswer(parent, child);
    if (outcome === HTTP_429) {
      this.leave(parent);
      this.station.answerTooMany(parent, this.core.calls.retryAfter(child));
    } else this.end(parent, isUnconnected(outcome) ? HTTP_503 : asAnswer(outcome));
  }

  private end(c: number, outcome: number): void {
    this.leave(c);
    this.station.answer(c, outcome);
  }

  /** The request is no longer under way for its key. */
  private leave(c: number): void {
    if (this.core.calls.rows[c + STEP] !== PASSES) return;
    this.core.calls.rows[c + STEP] = ASKS;
    this.countsOf(c).open--;
  }

  override cancel(c: number, full: boolean): void {
    if (!full) return;
    this.core.calls.voidEvents(c);
    this.leave(c);
    this.station.abandonCalls(c);
    this.station.drop(c);
  }

  override unitDied(unit: Unit): void {
    if (this.params.sharedState) return;
    // What is inside is about to be reset, and counts itself out.
    const keys = this.counts[unit.index];
    for (const [key, { open }] of keys ?? []) {
      if (open === 0) keys.delete(key);
      else keys.set(key, { limiter: this.newLimiter(), open });
    }
  }

  override evict(c: number): void {
    this.leave(c);
  }
}

export function build(params: GatewayParams, station: Station): Gateway {
  return new Gateway(params, station);
}
