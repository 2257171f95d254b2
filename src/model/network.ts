/**
 * Distances of a design: read from foreign documents, written to links and back, changed by edits. It must not know
 * which links use them.
 */
import { asList, noSuch, type Column } from './columns.ts';
import type { Design } from './document.ts';
import { checkNames } from './elements.ts';
import { field, isFields, items } from './foreign.ts';
import type { ParamValue } from './params.ts';
import {
  inOrder,
  isPlace,
  MAX_ROUND_TRIPS,
  MAX_RTT_MS,
  NETWORK_PARAMS,
  NO_NETWORK,
  type Network,
  type RoundTrip,
  saysNothing,
  sorted,
  typicalRttMs,
  withRoundTrip,
} from './places.ts';
import { pathTo, quote, type ProblemList } from './problems.ts';
import { readParams as readRow, writeParams } from './rows.ts';
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

/** `[params, names of places, [from, to, ms, from, to, ms …]]` with places by number; 0 when there is nothing to say. */
export function writeNetwork(network: Network | undefined): Column {
  if (network === undefined || saysNothing(network)) return 0;
  const names = [...new Set(network.roundTrips.flatMap(({ from, to }) => [from, to]))];
  const rows = network.roundTrips.flatMap(({ from, to, rttMs }) => [
    names.indexOf(from),
    names.indexOf(to),
    rttMs,
  ]);
  return [writeParams(network.params, NETWORK_PARAMS), ...(rows.length === 0 ? [] : [names, rows])];
}

/** A raw network from a foreign column; `undefined` where there is none. */
export function fromColumn(column: unknown): object | undefined {
  if (column === undefined || column === 0) return undefined;
  const [params, names, rows] = asList(column);
  const nameOf = (place: unknown): unknown =>
    (typeof place === 'number' ? asList(names)[place] : undefined) ?? noSuch(place);
  const list = asList(rows).slice(0, 3 * (MAX_ROUND_TRIPS + 1));
  const roundTrips = [];
  for (let i = 0; i < list.length; i += 3) {
    roundTrips.push({ from: nameOf(list[i]), to: nameOf(list[i + 1]), rttMs: list[i + 2] });
  }
  return { params: readRow(params, NETWORK_PARAMS), roundTrips };
}

/** Another round trip between two places; `undefined` is the typical one. What makes no sense is ignored. */
export function setRoundTrip(design: Design, a: string, b: string, rttMs: number | undefined): Design {
  const fits = rttMs === undefined || (rttMs >= 0 && rttMs <= MAX_RTT_MS);
  const before = design.network ?? NO_NETWORK;
  if (!fits || !isPlace(a) || !isPlace(b) || a === b) return design;
  const after = withRoundTrip(before, a, b, rttMs);
  return after.roundTrips.length > MAX_ROUND_TRIPS ? design : withNetwork(design, after);
}

/** Another time of the network's own; `undefined` is its default. */
export function setNetworkParam(design: Design, name: string, value: ParamValue | undefined): Design {
  if (!Object.hasOwn(NETWORK_PARAMS, name)) return design;
  const before = design.network ?? NO_NETWORK;
  const { [name]: _, ...others } = before.params;
  return withNetwork(design, {
    ...before,
    params: value === undefined ? others : { ...others, [name]: value },
  });
}

function withNetwork(design: Design, network: Network): Design {
  const { network: before = NO_NETWORK, ...rest } = design;
  if (JSON.stringify(before) === JSON.stringify(network)) return design;
  return saysNothing(network) ? rest : { ...rest, network };
}
