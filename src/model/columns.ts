/**
 * Columns of numbers and names for links: like values side by side compress best. Writing assumes a checked
 * design; reading assumes nothing and never throws, it only moves values, which parsing checks afterwards.
 */
import type { Point } from './document.ts';

/** A list, or 0 where it would say nothing. */
export type Column = readonly unknown[] | 0;

/** A foreign value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Differences between neighbours, the first against 0. */
export function toDeltas(values: readonly number[]): number[] {
  return values.map((value, i) => value - (i === 0 ? 0 : values[i - 1]));
}

/** Running sums of a foreign column; NaN from the first value on that is no number. */
export function fromDeltas(column: unknown): number[] {
  let sum = 0;
  return asList(column).map((delta) => {
    sum = typeof delta === 'number' ? sum + delta : NaN;
    return sum;
  });
}

/**
 * Positions as `[grid, x deltas, y deltas]`, rounded to whole units and counted in steps of their common
 * grid.
 */
export function writePositions(points: readonly Point[]): Column {
  if (points.length === 0) return 0;
  const xs = points.map((point) => Math.round(point.x));
  const ys = points.map((point) => Math.round(point.y));
  const grid = [...xs, ...ys].reduce(greatestCommonDivisor, 0) || 1;
  return [grid, toDeltas(xs.map((x) => x / grid)), toDeltas(ys.map((y) => y / grid))];
}

export function readPositions(column: unknown): (index: number) => unknown {
  const [grid, xs, ys] = asList(column);
  const scale = typeof grid === 'number' ? grid : NaN;
  const [x, y] = [fromDeltas(xs), fromDeltas(ys)];
  return (i) => ({ x: x[i] * scale, y: y[i] * scale });
}

/**
 * Ids: 0 when they are prefix and 1, 2, 3 …; else a list with the distance to the previous number for ids of
 * that form, and other ids as they are.
 */
export function writeIds(ids: readonly string[], prefix: string): Column {
  let previous = 0;
  const column = ids.map((id) => {
    const digits = id.startsWith(prefix) ? id.slice(prefix.length) : '';
    if (!/^[1-9][0-9]{0,8}$/.test(digits)) return id;
    const distance = Number(digits) - previous;
    previous = Number(digits);
    return distance;
  });
  return column.every((distance) => distance === 1) ? 0 : column;
}

export function readIds(column: unknown, prefix: string): (index: number) => unknown {
  if (!Array.isArray(column)) return (i) => `${prefix}${i + 1}`;
  let previous = 0;
  const ids = column.map((entry: unknown) => {
    if (typeof entry !== 'number') return entry;
    previous += entry;
    return `${prefix}${previous}`;
  });
  return (i) => ids[i];
}

/** References into a list by place: 0 for none, else place + 1. The whole column is 0 when no one refers. */
export function writeReferences(
  ids: readonly (string | undefined)[],
  places: ReadonlyMap<string, number>,
): Column {
  const column = ids.map((id) => (id === undefined ? 0 : (places.get(id) ?? -1) + 1));
  return column.some((place) => place > 0) ? column : 0;
}

/** The id a reference names; undefined for none; a name that no element has when it leads nowhere. */
export function readReference(value: unknown, idAt: (index: number) => unknown): unknown {
  if (value === undefined || value === 0) return undefined;
  return typeof value === 'number' ? (idAt(value - 1) ?? noSuch(value)) : noSuch(value);
}

/** A name for a place in a list that has no such place; it is no valid name of anything. */
export function noSuch(place: unknown): string {
  return `#${String(place).slice(0, 20)}`;
}

/** Places of names in a list. */
export function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, place) => [name, place]));
}

function greatestCommonDivisor(a: number, b: number): number {
  let [large, small] = [Math.abs(a), Math.abs(b)];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}
