/**
 * Where a new component goes, and which link it brings along: next to the selected one and linked when that is legal,
 * else into the middle of the view. Pure; it must not know the screen.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import type { KindSpec } from '../../kinds/contract.ts';
import type { Design, DesignNode, Point } from '../../model/document.ts';
import { GRID, nodeSize, overlaps, type Box } from '../canvas/geometry.ts';

/** Room between a component and the next one in the chain. */
const GAP = 80;
/** Room kept free around a component. */
const MARGIN = 10;

export interface Placement {
  readonly position: Point;
  readonly link: { readonly from: string; readonly to: string } | null;
}

/** `boxes` are those of the design's nodes; `node` is the new one, its position still open. */
export function placeBeside(
  design: Design,
  boxes: ReadonlyMap<string, Box>,
  node: DesignNode,
  spec: KindSpec,
  anchorId: string,
): Placement | null {
  const anchor = boxes.get(anchorId);
  if (!anchor) return null;
  const size = nodeSize(spec);
  const future = { ...design, nodes: [...design.nodes, node] };
  const y = anchor.y + (anchor.height - size.height) / 2;
  if (connectionProblem(future, anchorId, node.id) === null) {
    const position = freeSpot(boxes, { x: anchor.x + anchor.width + GAP, y, ...size });
    return { position, link: { from: anchorId, to: node.id } };
  }
  if (connectionProblem(future, node.id, anchorId) === null) {
    const position = freeSpot(boxes, { x: anchor.x - size.width - GAP, y, ...size });
    return { position, link: { from: node.id, to: anchorId } };
  }
  return {
    position: freeSpot(boxes, { x: anchor.x, y: anchor.y + anchor.height + GAP / 2, ...size }),
    link: null,
  };
}

/** Around a point, moved down until nothing is covered. */
export function placeAt(boxes: ReadonlyMap<string, Box>, spec: KindSpec, centre: Point): Point {
  const size = nodeSize(spec);
  return freeSpot(boxes, { x: centre.x - size.width / 2, y: centre.y - size.height / 2, ...size });
}

/** The first spot in this column, below or above, where the box covers no other; on the grid. */
function freeSpot(boxes: ReadonlyMap<string, Box>, wanted: Box): Point {
  const x = snapped(wanted.x);
  const isFree = (y: number) => {
    const box = { ...wanted, x: x - MARGIN, y: y - MARGIN, width: wanted.width + 2 * MARGIN };
    return ![...boxes.values()].some((other) =>
      overlaps({ ...box, height: wanted.height + 2 * MARGIN }, other),
    );
  };
  const first = snapped(wanted.y);
  for (let step = 0; step < 200; step++) {
    for (const y of [first + step * GRID, first - step * GRID]) if (isFree(y)) return { x, y };
  }
  return { x, y: first };
}

function snapped(value: number): number {
  return Math.round(value / (GRID / 2)) * (GRID / 2);
}
