/** Distances of a design as a column of a link, and back. Reading assumes nothing; parsing checks what comes out. */
import { asList, noSuch, type Column } from './columns.ts';
import { MAX_ROUND_TRIPS, type Network, saysNothing } from './places.ts';
import { NETWORK_PARAMS } from './round-trips.ts';
import { readParams, writeParams } from './rows.ts';

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
  return { params: readParams(params, NETWORK_PARAMS), roundTrips };
}
