/**
 * Keeps the latest frame and tells its readers, at most once per animation frame. Implements `Live`. It must not
 * know what the numbers are used for, nor React.
 */
import { LINK_FIELDS, NODE_FIELDS, UNIT_FIELDS, type Frame, type Layout } from '../../session/protocol.ts';
import type { Live } from './live.ts';

const column = <T extends string>(fields: readonly T[]) =>
  new Map<T, number>(fields.map((name, index) => [name, index]));
const NODE_COLUMNS = column(NODE_FIELDS);
const UNIT_COLUMNS = column(UNIT_FIELDS);
const LINK_COLUMNS = column(LINK_FIELDS);
const NO_UNITS: readonly string[] = [];

export class LiveStore implements Live {
  frame: Frame | null = null;
  layout: Layout | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly nodeRows = new Map<string, number>();
  private readonly linkRows = new Map<string, number>();
  /** Row of the first unit of each node in `Frame.units`. */
  private readonly unitRows: number[] = [];
  private pending = 0;

  /** `schedule` calls back at the next animation frame; none is asked for while nobody listens. */
  constructor(private readonly schedule = (then: () => void): number => requestAnimationFrame(then)) {}

  receive(frame: Frame): void {
    this.frame = frame;
    this.announce();
  }

  adopt(layout: Layout): void {
    this.layout = layout;
    this.nodeRows.clear();
    this.linkRows.clear();
    let unit = 0;
    layout.nodes.forEach((node, row) => {
      this.nodeRows.set(node.id, row);
      this.unitRows[row] = unit;
      unit += node.units.length;
    });
    layout.links.forEach((id, row) => this.linkRows.set(id, row));
    this.announce();
  }

  /** Forgets the numbers of a run that is over; the layout stays until the next one comes. */
  clear(): void {
    this.frame = null;
    this.announce();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  node(id: string, field: (typeof NODE_FIELDS)[number]): number {
    return this.read('nodes', this.nodeRows.get(id), NODE_FIELDS.length, NODE_COLUMNS.get(field));
  }

  link(id: string, field: (typeof LINK_FIELDS)[number]): number {
    return this.read('links', this.linkRows.get(id), LINK_FIELDS.length, LINK_COLUMNS.get(field));
  }

  units(id: string): readonly string[] {
    const row = this.nodeRows.get(id);
    return row === undefined ? NO_UNITS : (this.layout?.nodes[row].units ?? NO_UNITS);
  }

  unit(id: string, index: number, field: (typeof UNIT_FIELDS)[number]): number {
    if (index < 0 || index >= this.units(id).length) return NaN;
    const row = this.unitRows[this.nodeRows.get(id) ?? 0] + index;
    return this.read('units', row, UNIT_FIELDS.length, UNIT_COLUMNS.get(field));
  }

  private read(
    table: 'nodes' | 'units' | 'links',
    row: number | undefined,
    width: number,
    at: number | undefined,
  ): number {
    // A frame of an older layout has other rows.
    if (!this.frame || row === undefined || this.frame.layoutVersion !== this.layout?.version) return NaN;
    return this.frame[table][row * width + (at ?? 0)] ?? NaN;
  }

  private announce(): void {
    if (this.pending !== 0 || this.listeners.size === 0) return;
    this.pending = this.schedule(() => {
      this.pending = 0;
      for (const listener of this.listeners) listener();
    });
  }
}
