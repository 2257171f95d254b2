/**
 * Where something that is dragged comes to rest: flush with a neighbour's edge or middle, else on the grid; and the
 * lines that show with what. Pure; it must not know React or what is dragged.
 */
import type { Point } from '../../model/document.ts';
import { GRID, type Box } from './geometry.ts';

/** A line through everything that is flush, in canvas units. */
export interface Guide {
  readonly from: Point;
  readonly to: Point;
}

export interface Snapped {
  readonly delta: Point;
  readonly guides: readonly Guide[];
}

/**
 * `box` is what is dragged, where it was; `delta` how far the pointer went. Neighbours within `reach` attract, on each
 * axis for itself; the nearest wins.
 */
export function snap(box: Box, delta: Point, neighbours: readonly Box[], reach: number): Snapped {
  const x = nearest(box, delta.x, neighbours, reach, ACROSS);
  const y = nearest(box, delta.y, neighbours, reach, DOWN);
  const settled = {
    x: x ?? toGrid(box.x + delta.x) - box.x,
    y: y ?? toGrid(box.y + delta.y) - box.y,
  };
  const at = { ...box, x: box.x + settled.x, y: box.y + settled.y };
  const guides = [
    ...(x === null ? [] : guidesOf(at, neighbours, ACROSS)),
    ...(y === null ? [] : guidesOf(at, neighbours, DOWN)),
  ];
  return { delta: settled, guides };
}

interface Axis {
  readonly start: 'x' | 'y';
  readonly size: 'width' | 'height';
  readonly other: 'x' | 'y';
  readonly otherSize: 'width' | 'height';
}

const ACROSS: Axis = { start: 'x', size: 'width', other: 'y', otherSize: 'height' };
const DOWN: Axis = { start: 'y', size: 'height', other: 'x', otherSize: 'width' };

/** Edges and middle; like attracts like, and edges attract edges. */
const lines = (box: Box, { start, size }: Axis) => ({
  edges: [box[start], box[start] + box[size]],
  middle: box[start] + box[size] / 2,
});

function nearest(
  box: Box,
  delta: number,
  neighbours: readonly Box[],
  reach: number,
  axis: Axis,
): number | null {
  const own = lines(box, axis);
  let best: number | null = null;
  let least = reach;
  const attract = (from: number, to: number) => {
    const distance = Math.abs(to - (from + delta));
    if (distance > least || (best !== null && distance === least)) return;
    least = distance;
    best = to - from;
  };
  for (const neighbour of neighbours) {
    const theirs = lines(neighbour, axis);
    attract(own.middle, theirs.middle);
    for (const mine of own.edges) for (const other of theirs.edges) attract(mine, other);
  }
  return best;
}

/** Near enough to be the same line: nodes have whole coordinates, their middles halves. */
const SAME = 0.5;

function guidesOf(at: Box, neighbours: readonly Box[], axis: Axis): Guide[] {
  const own = lines(at, axis);
  const guides: Guide[] = [];
  for (const [line, isMiddle] of [
    [own.middle, true],
    [own.edges[0], false],
    [own.edges[1], false],
  ] as const) {
    const flush = neighbours.filter((neighbour) => {
      const theirs = lines(neighbour, axis);
      return (isMiddle ? [theirs.middle] : theirs.edges).some((other) => Math.abs(other - line) < SAME);
    });
    if (flush.length === 0) continue;
    const all = [at, ...flush];
    const from = Math.min(...all.map((box) => box[axis.other]));
    const to = Math.max(...all.map((box) => box[axis.other] + box[axis.otherSize]));
    guides.push(
      axis === ACROSS
        ? { from: { x: line, y: from }, to: { x: line, y: to } }
        : { from: { x: from, y: line }, to: { x: to, y: line } },
    );
  }
  return guides;
}

export function toGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}
