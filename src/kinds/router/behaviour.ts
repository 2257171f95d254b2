/**
 * A global router at work. It is not in the way of requests: it decides where a client goes by what the client, its
 * resolver or the network remembers, and asks the authority only when that is over.
 */
import { COMPLETION, CONTROL } from '../../engine/agenda/agenda.ts';
import {
  FLAGS,
  GENERATION,
  LINK,
  NONE,
  OUTCOME,
  READ,
  SENT,
  SESSION,
  STEP,
  TRACED,
  UNIT,
} from '../../engine/calls/calls.ts';
import { Behaviour } from '../../engine/station/behaviour.ts';
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import { forCall, WORK } from '../../engine/events.ts';
import type { Severity } from '../../engine/records/journal.ts';
import * as outcomes from '../../engine/calls/outcomes.ts';
import { BY_LOOKUP, BY_NETWORK, BY_NEXT, NOTE } from '../../engine/records/recorder.ts';
import type { Station } from '../../engine/station/station.ts';
import { Address } from './address.ts';
import { Anycast, type Host } from './anycast.ts';
import { Authority, Target } from './authority.ts';
import { Checks, type Prober } from './checks.ts';
import { isConnectionError, passedOn } from './endings.ts';
import { Shift } from './shift.ts';
import type { RouterParams } from './spec.ts';
import { CHECKER, type Place, Vantages } from './vantages.ts';

/** Purposes of ticks, in the lowest two bits. */
const PROBE = 0;
const FILL = 1;
const CONVERGE = 2;

/** How often regions are filled anew by the load of late. */
const FILL_EVERY = 10e9;

class Router extends Behaviour implements Host, Prober {
  override readonly placesCalls = true;
  private params: RouterParams;
  private readonly authority = new Authority();
  private readonly vantages: Vantages;
  private readonly address: Address;
  private readonly anycast: Anycast;
  private readonly shift = new Shift();
  /** Regions by index of their link. */
  private byLink: Target[] = [];
  private isFilling = false;
  /** What links say of the answers: which there are, weights and tiers. */
  private asked = '';
  /** Per window: requests, those on answers that are old, and those that went past a nearer region. */
  private sent = 0;
  private stale = 0;
  private far = 0;
  private readonly checks = new Checks(this.core, this, this.stream('probes'));

  constructor(params: RouterParams, station: Station) {
    super(station);
    this.params = params;
    this.vantages = new Vantages(this.core.seed);
    this.address = new Address(this.authority, this.vantages, this.stream('answers'), this.stream('caches'));
    this.anycast = new Anycast(station, this.authority, this.stream('convergence'), this);
    station.setUnits(1, 0, false);
    this.apply();
  }

  override reconfigure(params: RouterParams): void {
    const { resolvers, resolverSkew } = this.params;
    this.params = params;
    if (resolvers !== params.resolvers || resolverSkew !== params.resolverSkew) {
      this.vantages.replaceResolvers(params);
    }
    this.apply();
    this.answersMayDiffer();
  }

  private apply(): void {
    const { policy, spill, fillShare } = this.params;
    this.authority.rules = { policy, fillShare: spill ? fillShare : 0 };
    this.address.apply(this.params);
    this.checks.apply(this.params);
    this.startTimers();
  }

  override wired(): void {
    this.vantages.rebuild(this.station.incoming, this.params);
    this.station.setUnits(this.vantages.list.length + 1, 0, false);
    const before = this.byLink;
    this.byLink = [];
    const links = this.station.outgoing.filter((link) => link.attached);
    this.authority.targets = links.map((link) => before[link.index] ?? new Target(link));
    for (const target of this.authority.targets) this.byLink[target.link.index] = target;
    this.address.byLink = this.byLink;
    this.startTimers();
    this.address.forgetAllowed();
    // Units behind the links come and go without a change of the answers.
    const asked = links.map(({ index, settings }) => [index, settings.weight, settings.tier]).join(' ');
    if (asked !== this.asked) this.answersMayDiffer();
    this.asked = asked;
  }

  override unitFor(link: number): number {
    return this.vantages.of(link)?.unit ?? CHECKER;
  }

  override chooseUnit(c: number): number {
    return this.unitFor(this.core.calls.rows[c + LINK]);
  }

  override unitName(unit: number): string | null {
    const vantage = this.vantages.list[unit - 1];
    return `${this.station.label} ${vantage ? `for ${vantage.label}` : 'checks'}`;
  }

  override fault(fault: string, unit: number): string | null {
    const { label } = this.station;
    if (fault === 'outage' || fault === 'lookups') {
      this.address.isSilent = fault === 'outage';
      return `${label} ${fault === 'outage' ? 'answers no lookups' : 'answers lookups again'}`;
    }
    if (fault !== 'freeze' && fault !== 'thaw') return null;
    const who = this.vantages.freeze(unit, fault === 'freeze', this.authority.targets);
    this.answersMayDiffer();
    return fault === 'freeze'
      ? `${label} answers ${who} by what it knew so far`
      : `${label} answers ${who} by what it knows now`;
  }

  override get isBroken(): boolean {
    return this.address.isSilent || this.vantages.list.some((vantage) => vantage.heard !== null);
  }

  private startTimers(): void {
    const { now } = this.core;
    this.checks.start(this.authority.targets);
    if (this.authority.fills && !this.isFilling) {
      this.isFilling = true;
      this.schedule(now + FILL_EVERY, FILL, 0);
    }
  }

  private schedule(at: number, purpose: number, data: number): void {
    this.tickAt(at, CONTROL, purpose | (data << 2));
  }

  override tick(data: number): void {
    if (!this.station.attached) return;
    const purpose = data & 3;
    const target = this.byLink[data >> 2];
    if (purpose === PROBE && target) this.checks.probe(target);
    else if (purpose === FILL) this.fill();
    else if (purpose === CONVERGE) this.anycast.converge(this.vantages.list[data >> 2]);
  }

  probeAt(at: number, target: Target): void {
    this.schedule(at, PROBE, target.link.index);
  }

  private probed(child: number, outcome: number): void {
    const { calls } = this.core;
    const target = this.byLink[calls.rows[child + LINK]];
    if (!target) return;
    const said = this.checks.probed(target, outcome === outcomes.OK, calls.times[(child >> 1) + SENT]);
    if (said === null) return;
    this.say(said, target.up ? 'good' : 'warning');
    if (this.authority.isHelpless) this.say('no region is well, so answers name all of them', 'bad');
    this.answersMayDiffer();
  }

  private fill(): void {
    this.isFilling = this.authority.fills;
    const { list } = this.vantages;
    const demand = list.map((vantage) => ((vantage.requests - vantage.before) * 1e9) / FILL_EVERY);
    for (const vantage of list) vantage.before = vantage.requests;
    for (const words of this.authority.fill(list, demand)) this.say(words);
    this.address.forgetAllowed();
    if (this.isFilling) this.schedule(this.core.now + FILL_EVERY, FILL, 0);
  }

  /** Health, weights or links changed: what was answered before may be old now. */
  private answersMayDiffer(): void {
    this.address.forgetAllowed();
    if (this.core.now === 0) return;
    this.shift.begin(this.core.now);
    if (this.params.routing === 'anycast') {
      for (const vantage of this.vantages.list) this.anycast.reroute(vantage, this.params);
    }
  }

  convergeAt(at: number, vantage: Place): void {
    this.schedule(at, CONVERGE, vantage.unit - 1);
  }

  isLinked(target: Target): boolean {
    return this.byLink[target.link.index] === target;
  }

  override arrive(c: number): void {
    const { agenda, calls } = this.core;
    const vantage = this.vantages.list[calls.rows[c + UNIT] - 1];
    if (vantage === undefined) return this.station.answer(c, outcomes.NO_ADDRESS);
    vantage.requests++;
    calls.rows[c + STEP] = 0;
    if (this.params.routing === 'anycast') {
      return this.follow(c, vantage, this.anycast.caughtBy(vantage), BY_NETWORK);
    }
    const target = this.address.known(calls.rows[c + LINK], calls.rows[c + SESSION], vantage, this.core.now);
    if (target !== null) return this.follow(c, vantage, target, this.address.how);
    agenda.due = agenda.time + this.address.lookupNs;
    agenda.push(COMPLETION, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  /** The resolver has asked. */
  override finish(c: number): void {
    const { rows } = this.core.calls;
    const vantage = this.vantages.list[rows[c + UNIT] - 1];
    const target = this.address.asked(rows[c + LINK], rows[c + SESSION], vantage, this.core.now);
    this.follow(c, vantage, target, BY_LOOKUP);
  }

  private follow(c: number, vantage: Place, target: Target | null, how: number): void {
    const { calls, recorder } = this.core;
    if (target === null) return this.station.answer(c, outcomes.NO_ADDRESS);
    this.sent++;
    target.requests++;
    if (calls.rows[c + FLAGS] & TRACED) recorder.note(c, NOTE.resolved, how, target.link.index);
    if (!this.isCurrent(vantage, target)) this.stale++;
    if (this.address.isPastNearer(vantage, target)) this.far++;
    const sent = target.link.call(c, calls.rows[c + UNIT], ANY_UNIT, calls.operation(c));
    if (sent === NONE) this.station.answer(c, outcomes.asAnswer(outcomes.OVER_LIMIT));
  }

  private isCurrent(vantage: Place, target: Target): boolean {
    if (this.params.routing === 'dns') return this.address.isAllowed(vantage, target);
    return this.authority.announcing(vantage) === target;
  }

  override childDone(parent: number, child: number): void {
    const { calls } = this.core;
    const outcome = calls.rows[child + OUTCOME];
    if (parent === NONE) return this.probed(child, outcome);
    if (outcome === outcomes.OK) this.station.inheritAnswer(parent, child);
    else if (isConnectionError(outcome) && this.movesOn(parent, outcome)) return;
    if (outcome === outcomes.HTTP_429) this.station.answerTooMany(parent, calls.retryAfter(child));
    else this.station.answer(parent, passedOn(outcome));
  }

  /** The client forgets the address, and tries the next one of the same answer, if there is one. */
  private movesOn(c: number, outcome: number): boolean {
    const { rows } = this.core.calls;
    if (this.params.routing === 'anycast') return false;
    const vantage = this.vantages.list[rows[c + UNIT] - 1];
    const next = this.address.failed(rows[c + LINK], rows[c + SESSION], vantage, rows[c + STEP]);
    const isRepeatable = outcomes.isUnconnected(outcome) || this.core.calls.operation(c) === READ;
    if (next === null || !isRepeatable) return false;
    rows[c + STEP]++;
    this.follow(c, vantage, next, BY_NEXT);
    return true;
  }

  override cancel(c: number, full: boolean): void {
    if (!full) return;
    this.core.calls.voidEvents(c);
    this.station.abandonCalls(c);
    this.station.drop(c);
  }

  override totals(): { label: string; value: number }[] {
    return this.authority.targets.map(({ label, requests }) => ({
      label: `Went to ${label}`,
      value: requests,
    }));
  }

  override windowClosed(lengthMs: number): void {
    const { gauges } = this.station;
    gauges[0] = this.stale / this.sent;
    gauges[1] = this.far / this.sent;
    gauges[2] = this.rateOf('lookups', this.address.lookups, lengthMs);
    const { targets } = this.authority;
    gauges[3] = targets.filter((target) => target.up).length / targets.length;
    const said = this.shift.look(this.stale, this.sent, this.core.now);
    if (said !== null) this.say(said);
    this.sent = this.stale = this.far = 0;
  }

  say(words: string, severity: Severity = 'info'): void {
    const { journal, now } = this.core;
    journal.write(now, severity, 'region', `${this.station.label}: ${words}`, this.station.id);
  }
}

export function build(params: RouterParams, station: Station): Router {
  return new Router(params, station);
}
