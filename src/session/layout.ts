/** The names behind the rows of frames: nodes and links of a running design that exist now, in a fixed order. */
import type { Link } from '../engine/link/link.ts';
import { OUTCOMES } from '../engine/calls/outcomes.ts';
import type { Station } from '../engine/station/station.ts';
import { STOPPED } from '../engine/units/unit.ts';
import type { Running } from './assemble.ts';
import type { Layout } from './protocol.ts';

/** A layout with the parts its rows stand for, and back from an engine index to a row (−1: gone). */
export interface Rows {
  readonly layout: Layout;
  readonly stations: readonly Station[];
  readonly links: readonly Link[];
  readonly linkRow: Int32Array;
}

/** Units up to the last one that is there. */
function unitsShown({ units }: Station): number {
  let count = units.length;
  while (count > 1 && units[count - 1].state === STOPPED) count--;
  return count;
}

/** Whether there are more or fewer units to show than the rows have: some controllers start and stop them. */
export function areUnitsStale({ layout, stations }: Rows): boolean {
  return stations.some((station, row) => layout.nodes[row].units.length !== unitsShown(station));
}

export function rowsOf(running: Running, version: number): Rows {
  const stations = [...running.stations.values()];
  const links = [...running.links.values()];
  const linkRow = new Int32Array(running.system.links.length).fill(-1);
  links.forEach((link, row) => (linkRow[link.index] = row));
  const layout: Layout = {
    version,
    nodes: stations.map((station) => ({
      id: station.id,
      units: Array.from({ length: unitsShown(station) }, (_, i) => station.unitName(i)),
    })),
    links: links.map((link) => link.id),
    failures: OUTCOMES.map(({ id, label }) => ({ id, label })),
  };
  return { layout, stations, links, linkRow };
}

/** Whether frames of the one can be read with the other. */
export function sameRows(a: Layout, b: Layout): boolean {
  return JSON.stringify([a.nodes, a.links]) === JSON.stringify([b.nodes, b.links]);
}
