/** Distances in a foreign document: what differs from the typical ones. It must not know which links use them. */
import { checkNames } from './elements.ts';
import { field, isFields, items } from './foreign.ts';
import {
  inOrder,
  isPlace,
  MAX_ROUND_TRIPS,
  MAX_RTT_MS,
  type Network,
  type RoundTrip,
  saysNothing,
  sorted,
} from './places.ts';
import { pathTo, quote, type ProblemList } from './problems.ts';
import { NETWORK_PARAMS, typicalRttMs } from './round-trips.ts';
import { isFinite, readParams } from './values.ts';

const NETWORK_FIELDS = ['params', 'roundTrips'];
const ROUND_TRIP_FIELDS = ['from', 'to', 'rttMs'];

/** The field `network` of a document; `null` when it says nothing. */
export function readNetwork(document: object, problems: ProblemList): Network | null {
  const value = field(document, 'network');
  const path = '$.network';
  if (value === undefined) return null;
  if (!isFields(value)) {
    problems.error(path, `“network” must be an object, not ${quote(value)}; it was left out.`);
    return null;
  }
  checkNames(value, NETWORK_FIELDS, path, 'network', problems);
  const params = readParams(value, NETWORK_PARAMS, path, 'the network', problems);
  const network = { params, roundTrips: readRoundTrips(value, pathTo(path, 'roundTrips'), problems) };
  return saysNothing(network) ? null : network;
}

function readRoundTrips(fields: object, path: string, problems: ProblemList): readonly RoundTrip[] {
  const value = field(fields, 'roundTrips');
  if (value === undefined) return [];
  const read = items(value, MAX_ROUND_TRIPS);
  if (read === null) {
    problems.error(path, `“roundTrips” must be a list, not ${quote(value)}; it was read as empty.`);
    return [];
  }
  if (read.total > MAX_ROUND_TRIPS) {
    const message = `There are more than ${MAX_ROUND_TRIPS} round trips; only the first were kept.`;
    problems.error(path, message);
  }
  const pairs = new Map<string, RoundTrip>();
  for (const [i, part] of read.list.entries()) {
    const place = pathTo(path, i);
    const pair = isFields(part) ? readRoundTrip(part) : `must be an object, not ${quote(part)}`;
    if (isFields(part)) checkNames(part, ROUND_TRIP_FIELDS, place, 'round trip', problems);
    if (typeof pair === 'string') problems.error(place, `This round trip ${pair}; it was left out.`);
    else if (pairs.has(`${pair.from} ${pair.to}`)) {
      problems.warn(
        place,
        `There is already a round trip between ${pair.from} and ${pair.to}; it was left out.`,
      );
    } else pairs.set(`${pair.from} ${pair.to}`, pair);
  }
  return sorted([...pairs.values()].filter(({ from, to, rttMs }) => rttMs !== typicalRttMs(from, to)));
}

/** A round trip, or what is wrong with it. */
function readRoundTrip(part: object): RoundTrip | string {
  const [a, b, rttMs] = ROUND_TRIP_FIELDS.map((name) => field(part, name));
  if (!isPlace(a) || !isPlace(b)) return `is not between two places (${quote(a)} and ${quote(b)})`;
  if (a === b) return `leads from ${quote(a)} to itself`;
  if (!isFinite(rttMs) || rttMs < 0 || rttMs > MAX_RTT_MS) {
    return `must take 0 to ${MAX_RTT_MS} ms, not ${quote(rttMs)}`;
  }
  const [from, to] = inOrder(a, b);
  return { from, to, rttMs: rttMs + 0 };
}
