/**
 * Where components stand, by the groups around them, and the round trip between two of them. It must not know links or
 * kinds.
 */
import type { Design, Group } from './document.ts';
import type { ParamValue } from './params.ts';
import { NO_NETWORK } from './places.ts';
import { NETWORK_PARAMS, rttBetween } from './round-trips.ts';

/** A place in the world, and the zone in it where one is said. */
export interface Standing {
  readonly place: string;
  /** Id of the innermost zone around it; `null` in none. */
  readonly zone: string | null;
  /** Starts requests: outside the region, at the end of an access line. */
  readonly isUser: boolean;
}

export interface Distance {
  readonly rttMs: number;
  /** "us-east to eu-west", "within eu-west". */
  readonly words: string;
}

/** Ids of the groups around something that stands in `group`, from the inside out. */
export function groupsAround(
  groups: ReadonlyMap<string, Group>,
  group: string | undefined,
): readonly string[] {
  const around: string[] = [];
  for (let at = group; at !== undefined && groups.has(at); at = groups.get(at)?.parent) around.push(at);
  return around;
}

/** Where something in `group` stands; `null` where no group around it has a place. */
export function standingIn(
  groups: ReadonlyMap<string, Group>,
  group: string | undefined,
  isUser: boolean,
): Standing | null {
  const around = groupsAround(groups, group).map((id) => groups.get(id)!);
  const place = around.find((each) => each.place !== undefined)?.place;
  if (place === undefined) return null;
  return { place, zone: around.find((each) => each.kind === 'zone')?.id ?? null, isUser };
}

/** The round trip between two standings. Users have their access line on top of the way between the places. */
export function distanceBetween(design: Design, a: Standing, b: Standing): Distance {
  const network = design.network ?? NO_NETWORK;
  const own = (name: keyof typeof NETWORK_PARAMS): number =>
    (network.params[name] ?? (NETWORK_PARAMS[name].default as ParamValue)) as number;
  const access = a.isUser || b.isUser ? own('usersMs') : 0;
  if (a.place !== b.place) {
    const from = a.isUser ? `users in ${a.place}` : a.place;
    return { rttMs: rttBetween(network, a.place, b.place) + access, words: `${from} to ${b.place}` };
  }
  if (access > 0 || a.isUser || b.isUser) return { rttMs: access, words: `users to ${b.place}` };
  if (a.zone !== null && a.zone === b.zone) {
    return { rttMs: own('sameZoneMs'), words: `within a zone of ${a.place}` };
  }
  const isCrossing = a.zone !== null && b.zone !== null;
  return { rttMs: own('betweenZonesMs'), words: `${isCrossing ? 'between zones of' : 'within'} ${a.place}` };
}

/** Spread of times that come from places. */
export function placeJitter(design: Design): number {
  return (design.network?.params.jitterShare ?? NETWORK_PARAMS.jitterShare.default) as number;
}
