/**
 * The latest numbers of the run, readable by node and link id, outside React: frames arrive many times a second and
 * must not re-render components. Whoever draws live values subscribes here and writes to the DOM or a canvas.
 */
import type { Frame, LINK_FIELDS, Layout, NODE_FIELDS, UNIT_FIELDS } from '../../session/protocol.ts';

export interface Live {
  /** Null until the first frame arrived. */
  readonly frame: Frame | null;
  readonly layout: Layout | null;
  /** Called after each new frame, at most once per animation frame. Returns the way out. */
  subscribe(listener: () => void): () => void;
  /** NaN for an unknown id or before the first frame. */
  node(id: string, field: (typeof NODE_FIELDS)[number]): number;
  link(id: string, field: (typeof LINK_FIELDS)[number]): number;
  /** Names of the units of a node, in index order. */
  units(id: string): readonly string[];
  unit(id: string, index: number, field: (typeof UNIT_FIELDS)[number]): number;
}
