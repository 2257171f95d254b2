/**
 * A CDN: one store per region of its callers. A miss asks the origin; while it does, other misses of the same key wait
 * for that answer. Writes and keys that may not be cached pass through.
 */
import { COMPLETION } from '../../engine/agenda/agenda.ts';
import {
  AUTHORITY,
  FLAGS,
  GENERATION,
  HIT,
  ISSUED,
  KEY,
  LINK,
  NEXT,
  NONE,
  OUTCOME,
  PREVIOUS,
  QUEUED,
  READ,
  ROW,
  STALE,
  STEP,
  TRACED,
  UNIT,
  VERSION,
} from '../../engine/calls/calls.ts';
import { forCall, WORK } from '../../engine/events.ts';
import { KeyTable } from '../../engine/stores/keytable.ts';
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import { LruStore } from '../../engine/stores/lru.ts';
import { asAnswer, HTTP_500, NO_HEALTHY_PEER, OK, OVER_LIMIT } from '../../engine/calls/outcomes.ts';
import { hash32 } from '../../engine/chance/random.ts';
import { NOTE } from '../../engine/records/recorder.ts';
import { Behaviour } from '../../engine/station/behaviour.ts';
import type { Station } from '../../engine/station/station.ts';
import { toNs, toWholeNs } from '../../engine/time.ts';
import type { Unit } from '../../engine/units/unit.ts';
import type { CdnParams } from './spec.ts';

const TWO_TO_32 = 4_294_967_296;

/** Salt of the hash that decides whether a key may be cached: the same in every CDN. */
const CACHEABLE_SALT = 0x5eed;

/** In `calls.step`: the call fetches for its followers, or passes through. */
const LEADS = 1;
const PASSES = 2;

interface Pop {
  readonly store: LruStore;
  /** By key: the call that is fetching it. */
  readonly leaders: KeyTable;
}

class Cdn extends Behaviour {
  override readonly placesCalls = true;
  private params: CdnParams;
  private edgeNs = 0;
  private readonly pops: Pop[] = [];
  private readonly regions: string[] = [];
  private popOfLink: number[] = [];
  private reads = 0;
  private hits = 0;
  private staleHits = 0;
  private collapsed = 0;
  private readonly faultChance = this.stream('fault');

  constructor(params: CdnParams, station: Station) {
    super(station);
    this.params = params;
    this.setEdge();
  }

  override reconfigure(params: CdnParams): void {
    this.params = params;
    this.setEdge();
    for (const pop of this.pops) pop.store.resize(params.capacityEntries);
  }

  /** One point of presence per region that callers stand in; a region that is gone keeps its store. */
  override wired(): void {
    for (const link of this.station.incoming) {
      const { region } = link.caller as Station;
      if (!this.regions.includes(region)) this.regions.push(region);
      this.popOfLink[link.index] = this.regions.indexOf(region);
    }
    if (this.regions.length === 0) this.regions.push('');
    while (this.pops.length < this.regions.length) {
      this.pops.push({ store: new LruStore(this.params.capacityEntries), leaders: new KeyTable() });
    }
    this.station.setUnits(this.regions.length, 0, false);
  }

  override unitName(unit: number): string | null {
    const region = this.regions[unit];
    return region ? `${this.station.label} ${region}` : null;
  }

  override unitFor(link: number): number {
    return this.popOfLink[link] ?? 0;
  }

  override chooseUnit(c: number): number {
    return this.unitFor(this.core.calls.rows[c + LINK]);
  }

  override fault(fault: string, unit: number): string | null {
    if (fault !== 'flush') return null;
    this.pops.forEach((pop, i) => (unit === NONE || unit === i) && pop.store.clear());
    return `${unit === NONE ? this.station.label : this.station.unitName(unit)} was flushed`;
  }

  override windowClosed(lengthMs: number): void {
    const hits = this.hits;
    this.station.gauges[0] = this.shareOf('hits', hits, this.reads);
    this.station.gauges[1] = this.pops.reduce((sum, pop) => sum + pop.store.size, 0);
    this.station.gauges[2] = this.shareOf('stale', this.staleHits, hits);
    this.station.gauges[3] = this.rateOf('collapsed', this.collapsed, lengthMs);
  }

  private setEdge(): void {
    this.edgeNs = toNs(this.params.edgeMs);
  }

  override arrive(c: number): void {
    const { agenda, calls } = this.core;
    const { slow } = this.station.units[calls.rows[c + UNIT]];
    agenda.due = agenda.time + toWholeNs(this.edgeNs * slow);
    agenda.push(COMPLETION, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  override finish(c: number): void {
    const { calls } = this.core;
    const { errorShare } = this.station.units[calls.rows[c + UNIT]];
    if (errorShare > 0 && this.faultChance.chance(errorShare)) return this.station.answer(c, HTTP_500);
    const key = calls.rows[c + KEY];
    if (calls.operation(c) !== READ || !this.isCacheable(key)) return this.ask(c, PASSES);
    this.lookUp(c, key, this.pops[calls.rows[c + UNIT]]);
  }

  private isCacheable(key: number): boolean {
    return hash32(key, CACHEABLE_SALT) < this.params.cacheableShare * TWO_TO_32;
  }

  private lookUp(c: number, key: number, pop: Pop): void {
    const { calls, now, ledger, recorder } = this.core;
    this.reads++;
    const slot = pop.store.find(key, now);
    if (calls.rows[c + FLAGS] & TRACED) {
      const version = slot === NONE ? 0 : pop.store.version(slot);
      recorder.note(c, NOTE.lookup, slot === NONE ? 0 : 1, version);
    }
    if (slot === NONE) return this.miss(c, key, pop);
    this.hits++;
    const version = pop.store.version(slot);
    const authority = pop.store.authority(slot);
    calls.rows[c + VERSION] = version;
    calls.rows[c + AUTHORITY] = authority;
    calls.rows[c + FLAGS] |= HIT;
    if (ledger.isOutdated(authority, key, version)) {
      this.staleHits++;
      if (ledger.isStaleRead(authority, key, version, calls.times[(c >> 1) + ISSUED]))
        calls.rows[c + FLAGS] |= STALE;
    }
    this.station.answer(c, OK);
  }

  private miss(c: number, key: number, pop: Pop): void {
    const leader = pop.leaders.get(key);
    if (leader !== NONE && this.params.collapse) return this.follow(c, leader);
    if (leader === NONE) pop.leaders.set(key, c);
    this.ask(c, leader === NONE ? LEADS : PASSES);
  }

  private ask(c: number, role: number): void {
    const { calls } = this.core;
    calls.rows[c + STEP] = role;
    const child = this.onlyLink?.call(c, calls.rows[c + UNIT], ANY_UNIT, calls.operation(c));
    if (child === undefined) this.fetched(c, NO_HEALTHY_PEER);
    else if (child === NONE) this.fetched(c, asAnswer(OVER_LIMIT));
  }

  private follow(c: number, leader: number): void {
    const { calls, recorder } = this.core;
    this.collapsed++;
    calls.rows[c + FLAGS] |= QUEUED;
    calls.rows[c + PREVIOUS] = leader;
    calls.rows[c + NEXT] = calls.rows[leader + NEXT];
    if (calls.rows[leader + NEXT] !== NONE) calls.rows[calls.rows[leader + NEXT] + PREVIOUS] = c;
    calls.rows[leader + NEXT] = c;
    if (calls.rows[c + FLAGS] & TRACED) recorder.note(c, NOTE.collapsed, 0, 0);
  }

  private unfollow(c: number): void {
    const { calls } = this.core;
    const next = calls.rows[c + NEXT];
    calls.rows[calls.rows[c + PREVIOUS] + NEXT] = next;
    if (next !== NONE) calls.rows[next + PREVIOUS] = calls.rows[c + PREVIOUS];
    calls.rows[c + FLAGS] &= ~QUEUED;
  }

  override childDone(parent: number, child: number): void {
    const outcome = this.core.calls.rows[child + OUTCOME];
    if (outcome === OK) this.station.inheritAnswer(parent, child);
    this.fetched(parent, asAnswer(outcome));
  }

  /** The origin has answered a leader or a passing call; followers share the leader's answer. */
  private fetched(c: number, outcome: number): void {
    const { calls, now } = this.core;
    const key = calls.rows[c + KEY];
    const pop = this.pops[calls.rows[c + UNIT]];
    if (calls.rows[c + STEP] === LEADS) pop.leaders.set(key, NONE);
    const cacheable = calls.operation(c) === READ && outcome === OK && calls.rows[c + AUTHORITY] !== NONE;
    if (cacheable && this.isCacheable(key)) {
      const { ttlMs } = this.params;
      pop.store.put(
        key,
        calls.rows[c + VERSION],
        calls.rows[c + AUTHORITY],
        ttlMs === 0 ? Infinity : now + toNs(ttlMs),
      );
    }
    while (calls.rows[c + NEXT] !== NONE) {
      const follower = calls.rows[c + NEXT];
      this.unfollow(follower);
      this.share(c, follower);
      this.station.answer(follower, outcome);
    }
    this.station.answer(c, outcome);
  }

  /** A follower may have asked after a write that the leader's answer, already on its way, does not hold. */
  private share(from: number, to: number): void {
    const { calls, ledger } = this.core;
    const version = calls.rows[from + VERSION];
    const authority = calls.rows[from + AUTHORITY];
    calls.rows[to + VERSION] = version;
    calls.rows[to + AUTHORITY] = authority;
    calls.rows[to + FLAGS] |= calls.rows[from + FLAGS] & (HIT | STALE);
    if (
      authority === NONE ||
      !ledger.isStaleRead(authority, calls.rows[to + KEY], version, calls.times[(to >> 1) + ISSUED])
    )
      return;
    calls.rows[to + FLAGS] |= STALE;
  }

  override cancel(c: number, full: boolean): void {
    const { calls } = this.core;
    if (calls.rows[c + FLAGS] & QUEUED) {
      this.unfollow(c);
      this.station.drop(c);
    } else if (full && calls.rows[c + NEXT] === NONE) {
      if (calls.rows[c + STEP] === LEADS)
        this.pops[calls.rows[c + UNIT]].leaders.set(calls.rows[c + KEY], NONE);
      calls.voidEvents(c);
      this.station.abandonCalls(c);
      this.station.drop(c);
    }
  }

  override unitDied(unit: Unit): void {
    const pop = this.pops[unit.index];
    pop.store.clear();
    pop.leaders.clear();
    this.forgetFollowers(unit);
  }

  /** Everyone is reset, leaders and followers alike: nobody is to be answered through another. */
  private forgetFollowers(unit: Unit): void {
    const { calls } = this.core;
    for (let c = 0; c < calls.end; c += ROW) {
      if (!this.station.holds(c, unit)) continue;
      calls.rows[c + FLAGS] &= ~QUEUED;
      calls.rows[c + NEXT] = calls.rows[c + PREVIOUS] = NONE;
      calls.rows[c + STEP] = 0;
    }
  }
}

export function build(params: CdnParams, station: Station): Cdn {
  return new Cdn(params, station);
}
