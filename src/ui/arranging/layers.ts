/**
 * Places boxes in layers from left to right, callers before what they call, with what stands in a group kept together.
 * Who stood above stays above where the links allow it. Pure; it must not know designs or the screen.
 */
import { Graph, layout } from '@dagrejs/dagre';

export interface LayoutBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The group it stands in. */
  readonly parent?: string;
}

export interface LayoutRequest {
  readonly boxes: readonly LayoutBox[];
  readonly groups: readonly { readonly id: string; readonly parent?: string }[];
  readonly links: readonly { readonly from: string; readonly to: string }[];
}

export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Room between two layers, and between two boxes of one. */
const BETWEEN_LAYERS = 100;
const BETWEEN_BOXES = 50;

/** Top left corners, around the origin. */
export function placeInLayers({ boxes, groups, links }: LayoutRequest): Placed[] {
  const graph = new Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', ranksep: BETWEEN_LAYERS, nodesep: BETWEEN_BOXES });
  graph.setDefaultEdgeLabel(() => ({}));
  // The order in which things are told is the order they keep.
  const sorted = [...boxes].sort((a, b) => a.y - b.y || a.x - b.x);
  const rank = new Map(sorted.map(({ id }, index) => [id, index]));
  const rankOf = (id: string) => rank.get(id) ?? 0;
  const used = new Set(sorted.flatMap(({ parent }) => (parent === undefined ? [] : [parent])));
  for (let grown = true; grown;) {
    const outer = groups.filter(
      ({ id, parent }) => parent !== undefined && used.has(id) && !used.has(parent),
    );
    for (const { parent } of outer) if (parent !== undefined) used.add(parent);
    grown = outer.length > 0;
  }
  // A group without boxes would take room.
  const shown = groups.filter(({ id }) => used.has(id));
  for (const { id } of shown) graph.setNode(id, {});
  for (const { id, width, height } of sorted) graph.setNode(id, { width, height });
  for (const { id, parent } of [...shown, ...sorted]) {
    if (parent !== undefined && used.has(parent)) graph.setParent(id, parent);
  }
  const ordered = [...links].sort((a, b) => rankOf(a.from) - rankOf(b.from) || rankOf(a.to) - rankOf(b.to));
  for (const { from, to } of ordered) graph.setEdge(from, to);
  layout(graph);
  const middles = sorted.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
    return { x, y };
  });
  const up = isUpsideDown(middles) ? -1 : 1;
  return sorted.map(({ id, width, height }, index) => {
    const { x, y } = middles[index];
    return { id, x: x - width / 2, y: up * y - height / 2 };
  });
}

/** Told from top to bottom: whether more neighbours of one layer changed their order than kept it. */
function isUpsideDown(middles: readonly { readonly x: number; readonly y: number }[]): boolean {
  let kept = 0;
  for (const [i, upper] of middles.entries()) {
    for (const lower of middles.slice(i + 1)) {
      if (Math.abs(upper.x - lower.x) < 1) kept += Math.sign(lower.y - upper.y);
    }
  }
  return kept < 0;
}
