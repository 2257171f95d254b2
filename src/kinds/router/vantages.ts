/**
 * From where clients ask: one vantage for each region that callers stand in, users and services apart, each a unit of the
 * router with resolvers of its own. It must not know what they are answered.
 */
import { NONE } from '../../engine/calls/calls.ts';
import type { Link } from '../../engine/link/link.ts';
import { hashString } from '../../engine/chance/random.ts';
import { Source } from '../../engine/station/source.ts';
import type { Station } from '../../engine/station/station.ts';
import type { Target, Vantage } from './authority.ts';
import { Clients, MAX_CLIENTS } from './clients.ts';
import { Resolvers } from './resolvers.ts';
import type { RouterParams } from './spec.ts';

/** The unit that probes: it stands with none of the callers. */
export const CHECKER = 0;

export class Place implements Vantage {
  readonly unit: number;
  readonly label: string;
  place: string;
  resolvers: Resolvers;
  /** Requests from here, and at the last filling. */
  requests = 0;
  before = 0;
  /** Anycast: the region the network leads to, and whether it is about to change. */
  caught: Target | null = null;
  isMoving = false;
  heard: ReadonlySet<Target> | null = null;

  constructor(unit: number, label: string, place: string, resolvers: Resolvers) {
    this.unit = unit;
    this.label = label;
    this.place = place;
    this.resolvers = resolvers;
  }
}

export class Vantages {
  readonly list: Place[] = [];
  private readonly keys: string[] = [];
  private readonly byLink: Place[] = [];
  private readonly clients: Clients[] = [];
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Learns of callers; those that are gone keep their vantage. */
  rebuild(incoming: readonly Link[], p: RouterParams): void {
    for (const link of incoming) {
      const { behaviour, group, region, place } = link.caller as Station;
      const key = `${group} ${behaviour instanceof Source}`;
      let number = this.keys.indexOf(key);
      if (number < 0) {
        number = this.keys.push(key) - 1;
        const who = behaviour instanceof Source ? 'users' : 'services';
        const label = region === '' ? who : `${who} in ${region}`;
        this.list.push(new Place(number + 1, label, place, resolversOf(p)));
      }
      this.list[number].place = place;
      this.byLink[link.index] = this.list[number];
      this.clients[link.index] ??= new Clients(hashString(link.id, this.seed), () => saySharing(link));
    }
  }

  /** Other resolvers, who have to learn everything anew. */
  replaceResolvers(p: RouterParams): void {
    for (const vantage of this.list) vantage.resolvers = resolversOf(p);
  }

  /** Name servers of one vantage, or of all (NONE), hear no more of health, or hear of it again. Who that is, in words. */
  freeze(unit: number, isFrozen: boolean, targets: readonly Target[]): string {
    const hit = this.list.filter((vantage) => unit === NONE || vantage.unit === unit);
    for (const vantage of hit) {
      if (!isFrozen) vantage.heard = null;
      else vantage.heard ??= new Set(targets.filter((target) => target.up));
    }
    return hit.map(({ label }) => label).join(', ') || 'nobody';
  }

  of(link: number): Place | undefined {
    return this.byLink[link];
  }

  clientsOf(link: number): Clients {
    return this.clients[link];
  }
}

function saySharing(link: Link): void {
  const { core, label } = link.caller as Station;
  const text = `${label} has more than ${MAX_CLIENTS} visitors: those beyond share an address with another one`;
  core.journal.write(core.now, 'warning', 'limit', text, link.id);
}

function resolversOf(p: RouterParams): Resolvers {
  return new Resolvers(p.resolvers, p.resolverSkew);
}
