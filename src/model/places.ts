/**
 * Where groups of a design stand in the world, and how far apart: places, round-trip times between them, and what a
 * design says differently. It must not know links or how a run uses the times.
 */
import { defineParams, type ParamOverrides } from './params.ts';

/** The places with times of their own. Groups may name others; these are what people are offered. */
export const PLACES = [
  'us-east',
  'us-west',
  'sa-east',
  'eu-west',
  'eu-central',
  'ap-northeast',
  'ap-southeast',
] as const;

/** What a place may be called: one of ours, or a name of the design's own. */
export const PLACE_PATTERN = '^[a-z][a-z0-9-]{0,23}$';
const PLACE = new RegExp(PLACE_PATTERN);

export function isPlace(value: unknown): value is string {
  return typeof value === 'string' && PLACE.test(value) && !(value in Object.prototype);
}

/** The round-trip time between two places, the same both ways; `from` stands before `to` in the alphabet. */
export interface RoundTrip {
  readonly from: string;
  readonly to: string;
  readonly rttMs: number;
}

/** What a design says about distances where it differs from the defaults. */
export interface Network {
  readonly params: ParamOverrides;
  /** Ordered by `from`, then `to`; each pair once. */
  readonly roundTrips: readonly RoundTrip[];
}

export const NO_NETWORK: Network = { params: {}, roundTrips: [] };

/** Far above what designs have; a document with more is damaged. */
export const MAX_ROUND_TRIPS = 400;
/** More than once to the moon and back. */
export const MAX_RTT_MS = 10_000;

/** Times that belong to no pair of places; ms are round trips. */
export const NETWORK_PARAMS = defineParams({
  sameZoneMs: {
    type: 'number',
    label: 'Within a zone',
    help: 'Round trip between two components of one zone.',
    group: 'Round trips',
    unit: 'ms',
    default: 0.3,
    min: 0,
    max: MAX_RTT_MS,
  },
  betweenZonesMs: {
    type: 'number',
    label: 'Within a region',
    help: 'Round trip between two zones of one region, or where no zone is said.',
    group: 'Round trips',
    unit: 'ms',
    default: 1,
    min: 0,
    max: MAX_RTT_MS,
  },
  usersMs: {
    type: 'number',
    label: 'Users to their region',
    help: 'Round trip that clients have on top, to reach the region they stand in; mobile users about 60 ms.',
    group: 'Round trips',
    unit: 'ms',
    default: 20,
    min: 0,
    max: MAX_RTT_MS,
  },
  elsewhereMs: {
    type: 'number',
    label: 'Other pairs',
    help: 'Round trip between places for which the table has no time.',
    group: 'Round trips',
    unit: 'ms',
    default: 150,
    min: 0,
    max: MAX_RTT_MS,
  },
  jitterShare: {
    type: 'number',
    label: 'Jitter',
    help: 'Spread of these times (lognormal) on links that set no jitter of their own; 0 is constant.',
    group: 'Round trips',
    unit: 'share',
    default: 0.1,
    min: 0,
    max: 2,
  },
});

/** Typical round trips over public networks, ms. */
const TYPICAL: Readonly<Record<string, number>> = {
  'us-east us-west': 65,
  'eu-west us-east': 75,
  'eu-west us-west': 135,
  'eu-central eu-west': 25,
  'sa-east us-east': 115,
  'ap-northeast us-east': 150,
  'ap-northeast us-west': 100,
  'ap-southeast eu-central': 160,
  'ap-southeast us-east': 220,
  'ap-northeast ap-southeast': 70,
  'eu-central us-east': 90,
  'eu-central us-west': 150,
  'sa-east us-west': 175,
  'ap-southeast us-west': 170,
  'eu-west sa-east': 180,
  'eu-central sa-east': 200,
  'ap-northeast eu-west': 210,
  'ap-southeast eu-west': 175,
  'ap-northeast eu-central': 225,
  'ap-northeast sa-east': 255,
  'ap-southeast sa-east': 320,
};

/** Two places in the order in which pairs are kept. */
export function inOrder(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** The default round trip between two different places, ms; `undefined` where the table has none. */
export function typicalRttMs(a: string, b: string): number | undefined {
  return TYPICAL[inOrder(a, b).join(' ')];
}

/** The round trip between two different places as the design has it, ms. */
export function rttBetween(network: Network, a: string, b: string): number {
  const [from, to] = inOrder(a, b);
  const own = network.roundTrips.find((pair) => pair.from === from && pair.to === to);
  const elsewhere = network.params.elsewhereMs ?? NETWORK_PARAMS.elsewhereMs.default;
  return own?.rttMs ?? typicalRttMs(a, b) ?? (elsewhere as number);
}

/** The network with another time for a pair; `undefined` goes back to the typical one. */
export function withRoundTrip(network: Network, a: string, b: string, rttMs: number | undefined): Network {
  const [from, to] = inOrder(a, b);
  const others = network.roundTrips.filter((pair) => pair.from !== from || pair.to !== to);
  const isOwn = rttMs !== undefined && rttMs !== typicalRttMs(a, b);
  return { ...network, roundTrips: isOwn ? sorted([...others, { from, to, rttMs }]) : others };
}

export function sorted(roundTrips: readonly RoundTrip[]): readonly RoundTrip[] {
  const key = ({ from, to }: RoundTrip): string => `${from} ${to}`;
  return [...roundTrips].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Whether it says nothing that is not the default. */
export function saysNothing({ params, roundTrips }: Network): boolean {
  return Object.keys(params).length === 0 && roundTrips.length === 0;
}
