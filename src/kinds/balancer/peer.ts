/**
 * One unit behind one link of a balancer, with all that balancing and health keep about it. Names are nginx's where the
 * rule is. It must not know how a peer is chosen.
 */
import { KEY, LINK, SESSION } from '../../engine/calls/calls.ts';
import type { Core } from '../../engine/core.ts';
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import type { Link } from '../../engine/link/link.ts';
import type { Station } from '../../engine/station/station.ts';
import { DOUBLE } from '../../engine/time.ts';

/** No zone is preferred. */
export const ANY_ZONE = -1;

/** Long before any run. */
export const NEVER = -1e18;

export class Peer {
  readonly link: Link;
  /** ANY_UNIT where the callee itself knows which of its units a call belongs to. */
  readonly unit: number;
  /** Tells peers apart, for timers; never used again in a run. */
  readonly slot: number;
  /** Where it stands in the list, and what rings and tables are built from. */
  place = 0;
  name = '';

  /** Of its link. 0: no new requests. */
  weight = 1;
  /** Number of the route that it is for, 0 for any, and whether it is the only one. */
  route = 0;
  isAlone = false;
  /** Peers of a higher tier are used when those of the lower ones are not enough. */
  tier = 0;
  /** Number of its zone, where the balancer looks at zones. */
  zone = 0;
  /** Requests open there (layer 4: connections), through this balancer. */
  conns = 0;
  picks = 0;
  picksBefore = 0;
  /** Picks of late: those of each window count for nine tenths in the next. */
  recent = DOUBLE;

  /** Smooth round robin: weight lowered by failures, and current weight. */
  effective = DOUBLE;
  current = DOUBLE;
  /** Round robin by due time (Envoy): when it is next, and its turn among those due together. */
  dueAt = DOUBLE;
  turn = 0;
  /** Set by an algorithm that narrows the choice before it goes round. */
  mark = 0;

  /** When the last failure was seen that counts, and when the peer was last tried (ns). */
  accessed = DOUBLE;
  checked = DOUBLE;
  /** Active checks: results in a row (0 … rise + fall − 1; up from rise on). */
  passes = 0;
  isProbed = false;
  isChecked = false;
  /** Requests that failed in a row, where they count as probes. */
  liveErrors = 0;
  /** When it came up, for slow start; NEVER for those that were up from the beginning (ns). */
  since = DOUBLE;

  /** Outlier detection: how often it was ejected in a row, and when it last came back (ns). */
  ejections = 0;
  returnedAt = DOUBLE;
  /** Failures and gateway errors in a row, and results of the present interval. */
  consecutive = 0;
  gatewayErrors = 0;
  good = 0;
  ended = 0;

  /** Least time: smoothed response time in whole ms, and when it was last measured (ns). */
  averageMs = 0;
  averagedAt = DOUBLE;
  /** Peak EWMA: cost and when it was true (ns). */
  cost = DOUBLE;
  costAt = DOUBLE;
  /** Picks in the present second and the one before, and which second it is. */
  second = 0;
  picksOfSecond = 0;
  picksOfSecondBefore = 0;

  private readonly health: { changes: number };
  private isUp = true;
  private failures = 0;
  private outSince = DOUBLE;

  /** `health`: is told of each change of whether it is up, has failed or is ejected. */
  constructor(link: Link, unit: number, slot: number, health = { changes: 0 }) {
    this.link = link;
    this.unit = unit;
    this.slot = slot;
    this.health = health;
    this.dueAt = this.cost = this.recent = 0;
    this.accessed = this.checked = this.averagedAt = this.costAt = this.returnedAt = NEVER;
    this.since = NEVER;
    this.outSince = Infinity;
    this.effective = 1;
    this.current = 0;
  }

  /** By active checks. */
  get up(): boolean {
    return this.isUp;
  }

  set up(isUp: boolean) {
    if (isUp !== this.isUp) this.health.changes++;
    this.isUp = isUp;
  }

  /** By the passive check: failures that count. */
  get fails(): number {
    return this.failures;
  }

  set fails(fails: number) {
    if (fails !== this.failures) this.health.changes++;
    this.failures = fails;
  }

  /** By outlier detection: when it was ejected, ns; Infinity: it is not. */
  get ejectedAt(): number {
    return this.outSince;
  }

  set ejectedAt(at: number) {
    if (at !== this.outSince) this.health.changes++;
    this.outSince = at;
  }

  get label(): string {
    const callee = this.link.callee as Station;
    return this.unit === ANY_UNIT ? callee.label : callee.unitName(this.unit);
  }

  /** Picks per second, over the present second and as much of the one before as makes a whole one. */
  rateAt(now: number): number {
    this.enterSecond(now);
    const gone = now / 1e9 - this.second;
    return this.picksOfSecond + this.picksOfSecondBefore * (1 - gone);
  }

  /** For `rateAt`. */
  countInSecond(now: number): void {
    this.enterSecond(now);
    this.picksOfSecond++;
  }

  private enterSecond(now: number): void {
    const second = Math.floor(now / 1e9);
    if (second === this.second) return;
    this.picksOfSecondBefore = second === this.second + 1 ? this.picksOfSecond : 0;
    this.picksOfSecond = 0;
    this.second = second;
  }
}

export function totalWeight(list: readonly Peer[]): number {
  let total = 0;
  for (const peer of list) total += peer.weight;
  return total;
}

/** What a choice is made for; one object, filled anew for each. */
export class Ask {
  now = DOUBLE;
  /** Visitor and key of the request. */
  session = 0;
  key = 0;
  /** Peers the request was sent to before. */
  tried: readonly Peer[] = [];
  /** Number of its route; 0 where it says none. */
  route = 0;
  /** Index of the link the request came over. */
  link = 0;
  /** The zone to choose from; ANY_ZONE for all. */
  zone = ANY_ZONE;
  /** The tier to choose from. */
  tier = 0;
  /** Health does not count: all peers are down, or too many. */
  regardless = false;
  /** 1 where nothing narrows the choice but the health of peers: no limits, no zone, none tried before, one tier. */
  isUnrestricted = 0;

  /** Asks for the peer of a request that was sent to these before. */
  about({ calls, now }: Core, c: number, tried: readonly Peer[]): this {
    const { rows } = calls;
    this.now = now;
    this.session = rows[c + SESSION];
    this.key = rows[c + KEY];
    this.link = rows[c + LINK];
    this.route = calls.route(c);
    this.tried = tried;
    return this;
  }
}
