/**
 * What of a painted board lies under a point: what is painted on a canvas has no element that could tell. Pure; it must
 * not know React, nor how anything is painted.
 */
import type { Design, Point } from '../../model/document.ts';
import type { GeometryStore } from '../canvas/geometry-store.ts';
import { pointAt, type LinkCurve } from '../canvas/geometry.ts';
import { contains } from '../canvas/grouping.ts';

/** Steps along a curve between which it is taken to be straight. */
const STEPS = 16;

/** Topmost node, note or collapsed group there: what is drawn later lies above. */
export function nodeUnder(geometry: Pick<GeometryStore, 'boxes'>, point: Point): string | null {
  let found: string | null = null;
  for (const [id, box] of geometry.boxes()) if (contains(box, point)) found = id;
  return found;
}

/** Nearest link within `reach` canvas units. */
export function linkUnder(
  { links }: Pick<Design, 'links'>,
  geometry: Pick<GeometryStore, 'curve'>,
  point: Point,
  reach: number,
): string | null {
  let found: string | null = null;
  let least = reach;
  for (const { id } of links) {
    const curve = geometry.curve(id);
    if (!curve || !isNear(curve, point, reach)) continue;
    const distance = distanceTo(curve, point);
    if (distance <= least) [found, least] = [id, distance];
  }
  return found;
}

/** A curve never leaves the rectangle around its four points. */
function isNear({ start, control1, control2, end }: LinkCurve, { x, y }: Point, reach: number): boolean {
  const [left, right] = [Math.min(start.x, control2.x, end.x), Math.max(start.x, control1.x, end.x)];
  const [top, bottom] = [Math.min(start.y, end.y), Math.max(start.y, end.y)];
  return x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;
}

function distanceTo(curve: LinkCurve, point: Point): number {
  let least = Infinity;
  let from = curve.start;
  for (let step = 1; step <= STEPS; step++) {
    const to = pointAt(curve, step / STEPS);
    least = Math.min(least, distanceToLine(from, to, point));
    from = to;
  }
  return least;
}

function distanceToLine(from: Point, to: Point, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
}
