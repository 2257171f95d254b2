/**
 * Places in the world where groups may stand, and what a design says of the way between them. It must not know how far
 * apart they are by default, nor how a run uses that.
 */
import type { ParamOverrides } from './params.ts';

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

/** Two places in the order in which pairs are kept. */
export function inOrder(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** The network with another time for a pair; `undefined` goes back to the typical one. */
export function withRoundTrip(network: Network, a: string, b: string, rttMs: number | undefined): Network {
  const [from, to] = inOrder(a, b);
  const others = network.roundTrips.filter((pair) => pair.from !== from || pair.to !== to);
  return { ...network, roundTrips: rttMs === undefined ? others : sorted([...others, { from, to, rttMs }]) };
}

export function sorted(roundTrips: readonly RoundTrip[]): readonly RoundTrip[] {
  const key = ({ from, to }: RoundTrip): string => `${from} ${to}`;
  return [...roundTrips].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Whether it says nothing that is not the default. */
export function saysNothing({ params, roundTrips }: Network): boolean {
  return Object.keys(params).length === 0 && roundTrips.length === 0;
}
