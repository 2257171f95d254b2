/**
 * What the name servers answer: which regions are well as far as they know, and which of them a vantage point is told. They
 * know distances from a table, health from probes, load from what regions report; nothing else. It must not know clients.
 */
import type { Link } from '../../engine/link/link.ts';
import type { Stream } from '../../engine/chance/random.ts';
import type { Station } from '../../engine/station/station.ts';
import { MAX_ANSWERS } from './resolvers.ts';
import { type Shares, waterfall } from './waterfall.ts';

/** The front door of a region. */
export class Target {
  readonly link: Link;
  /** As the probes see it. */
  up = true;
  /** Results in a row that speak against `up`. */
  against = 0;
  isProbed = false;
  /** Requests that went there. */
  requests = 0;

  constructor(link: Link) {
    this.link = link;
  }

  get label(): string {
    const station = this.link.callee as Station;
    return station.region || station.label;
  }

  /** Where in the world; '' when that is not said. */
  get place(): string {
    return (this.link.callee as Station).place;
  }
}

/** From where clients ask: a unit of the router. */
export interface Vantage {
  readonly unit: number;
  /** "users in EU". */
  readonly label: string;
  /** Where in the world; '' when that is not said. */
  readonly place: string;
  /** The regions that were well when its name servers heard of health last; null: they hear of it. */
  readonly heard: ReadonlySet<Target> | null;
}

const UP_TO_DATE = { heard: null };

/** A smaller share elsewhere is not worth a line in the log. */
const SPILLS = 0.01;

export interface AnswerRules {
  readonly policy: string;
  /** Regions are filled up to this share of their capacity; 0: they are not filled in order of distance. */
  readonly fillShare: number;
}

export class Authority {
  private known: readonly Target[] = [];
  rules!: AnswerRules;
  /** By number of the vantage, then by place of the target; null where the nearest gets all. */
  private shares: Shares | null = null;

  get targets(): readonly Target[] {
    return this.known;
  }

  /** Other regions than before are filled anew from the next time on; until then the nearest gets all. */
  set targets(targets: readonly Target[]) {
    const isSame =
      targets.length === this.known.length && targets.every((target, i) => target === this.known[i]);
    this.known = targets;
    if (!isSame) this.shares = null;
  }

  /** Regions that are answered with: well and with a weight; all, when none is (Route 53). */
  private eligible({ heard }: Pick<Vantage, 'heard'> = UP_TO_DATE): readonly Target[] {
    const weighted = this.targets.filter(({ link }) => link.settings.weight > 0);
    const pool = weighted.length > 0 ? weighted : this.targets;
    const well = pool.filter((target) => (heard === null ? target.up : heard.has(target)));
    return well.length > 0 ? well : pool;
  }

  /** All that may be answered to a vantage now, the best first. */
  allowed(vantage: Vantage, number: number): readonly Target[] {
    const pool = this.eligible(vantage);
    switch (this.rules.policy) {
      case 'weighted':
      case 'multivalue':
        return pool;
      case 'failover':
        return ofLowestTier(pool);
      default: {
        const shares = this.shares?.[number];
        const filled = shares ? pool.filter((target) => shares[this.targets.indexOf(target)] > 0) : [];
        return filled.length > 0 ? filled : this.best(vantage, pool);
      }
    }
  }

  /** Of latency and geo: the one region that gets all while nothing spills over. */
  private best(vantage: Vantage, pool: readonly Target[]): readonly Target[] {
    if (pool.length === 0) return pool;
    if (this.rules.policy !== 'geo') return [nearest(vantage, pool)];
    const here = pool.filter((target) => vantage.place !== '' && target.place === vantage.place);
    const continent = pool.filter(
      (target) => vantage.place !== '' && continentOf(target) === continentOf(vantage),
    );
    // Whoever stands on no mapped continent gets the default answer.
    return [(here[0] ?? continent[0] ?? ofLowestTier(pool)[0]) as Target];
  }

  /** The answer to one lookup: indexes of links, to be tried in this order. */
  answer(vantage: Vantage, number: number, stream: Stream): readonly number[] {
    const pool = this.allowed(vantage, number);
    if (pool.length === 0) return [];
    if (this.rules.policy === 'multivalue') return mixed(pool, stream).slice(0, MAX_ANSWERS);
    if (pool.length === 1) return [pool[0].link.index];
    const shares = this.shares?.[number];
    const weightOf = (target: Target): number =>
      shares && this.fills ? shares[this.targets.indexOf(target)] : target.link.settings.weight;
    return [drawn(pool, weightOf, stream).link.index];
  }

  /** Anycast: the nearest region that announces the address; a region that fails its probes withdraws it. */
  announcing(vantage: Vantage): Target | null {
    const pool = this.eligible(vantage);
    return pool.length === 0 ? null : nearest(vantage, pool);
  }

  get fills(): boolean {
    const { policy, fillShare } = this.rules;
    const isByDistance = policy === 'latency' || policy === 'geo';
    return isByDistance && fillShare > 0 && this.targets.some(({ link }) => link.settings.capacityRps > 0);
  }

  /** No region passes its probes. */
  get isHelpless(): boolean {
    return this.targets.every((target) => !target.up);
  }

  /** Fills regions anew by what was asked from each vantage lately, per second; says where spilling began or ended. */
  fill(vantages: readonly Vantage[], demand: readonly number[]): string[] {
    const before = this.shares;
    if (this.targets.length === 0) return [];
    this.shares = this.fills ? this.filled(vantages, demand) : null;
    return vantages.flatMap((vantage, i) => {
      const { label } = vantage;
      const first = this.targets.indexOf(nearest(vantage, this.eligible()));
      const [was, is] = [before, this.shares].map((shares) => 1 - (shares?.[i]?.[first] ?? 1));
      if (was < SPILLS === is < SPILLS) return [];
      return [
        is < SPILLS
          ? `the nearest region has room for ${label} again`
          : `${Math.round(100 * is)} % of ${label} spill over to the next region`,
      ];
    });
  }

  private filled(vantages: readonly Vantage[], demand: readonly number[]): Shares {
    const pool = this.eligible();
    const room = this.targets.map((target) => {
      const { capacityRps } = target.link.settings;
      if (!pool.includes(target)) return 0;
      return capacityRps === 0 ? Infinity : capacityRps * this.rules.fillShare;
    });
    return waterfall(demand, room, (row, column) => distance(vantages[row], this.targets[column]));
  }
}

/** Round trip by the table, in ns of one way: whether a way is cut at present nobody knows here. */
export function distance(vantage: Vantage, target: Target): number {
  return target.link.wire.meanNs(vantage.unit);
}

/** The first of the nearest. */
function nearest(vantage: Vantage, pool: readonly Target[]): Target {
  return pool.reduce((best, target) => (distance(vantage, target) < distance(vantage, best) ? target : best));
}

function ofLowestTier(pool: readonly Target[]): readonly Target[] {
  const tier = Math.min(...pool.map(({ link }) => link.settings.tier));
  return pool.filter(({ link }) => link.settings.tier === tier);
}

function continentOf({ place }: { readonly place: string }): string {
  return place.split('-')[0];
}

function drawn(pool: readonly Target[], weightOf: (target: Target) => number, stream: Stream): Target {
  const sum = pool.reduce((total, target) => total + weightOf(target), 0);
  // All weights 0: every one alike.
  if (sum === 0) return pool[stream.below(pool.length)];
  let at = stream.uniform() * sum;
  for (const target of pool) {
    at -= weightOf(target);
    if (at < 0) return target;
  }
  return pool[pool.length - 1];
}

function mixed(pool: readonly Target[], stream: Stream): number[] {
  const links = pool.map(({ link }) => link.index);
  for (let i = links.length - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    [links[i], links[j]] = [links[j], links[i]];
  }
  return links;
}
