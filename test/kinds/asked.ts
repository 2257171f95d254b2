// Clients for tests of exact instants: they ask at given times, for given keys, and nothing is drawn at random.
import { OUTCOMES } from '../../src/engine/calls/outcomes.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import type { Running } from '../../src/session/assemble.ts';
import type { Sketched } from './sketch.ts';

/** Reads of one key that start at these instants (ms; 0 means a nanosecond after the start). */
export function askedAt(times: readonly number[], more: ParamOverrides = {}): Sketched {
  const reads = { readShare: 1, keys: 1, popularity: 'uniform' };
  return ['client', { load: 'replay', times: times.join(','), ...reads, ...more }];
}

/** Work of a constant length. */
export function constant(serviceMs: number, more: ParamOverrides = {}): Sketched {
  return ['service', { instances: 1, serviceMs, distribution: 'constant', ...more }];
}

/** How the requests of a client ended so far: "2 ok, 1 attemptTimeout". */
export function endings({ system }: Running, client: string): string {
  const source = system.sources.find((s) => s.station.id === client)!;
  const failed = OUTCOMES.map(({ id }, i) => ({ id, n: source.failuresInAll[i] })).filter(({ n }) => n > 0);
  const ok = { id: 'ok', n: source.station.meter.ok };
  return [ok, ...failed]
    .filter(({ n }) => n > 0)
    .map(({ id, n }) => `${n} ${id}`)
    .join(', ');
}

/** Server time spent at a station, ms. */
export function busyMs({ stations }: Running, id: string): number {
  return stations.get(id)!.units.reduce((sum, unit) => sum + unit.pool!.busyTime, 0) / 1e6;
}
