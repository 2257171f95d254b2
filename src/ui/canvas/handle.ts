/**
 * What the rest of the interface may ask of the canvas: where the middle is, to show something, to zoom. Filled in by
 * the canvas while it is mounted. It must not know React Flow.
 */
import type { Point } from '../../model/document.ts';
import type { Box } from './geometry.ts';

export interface CanvasActions {
  /** Canvas point in the middle of the view. */
  centre(): Point;
  /** Where the pointer was last seen over the canvas, in CSS pixels of the window; null when it is elsewhere. */
  pointer(): Point | null;
  /** Canvas point under a point of the window; null outside the canvas. */
  pointAt(client: Point): Point | null;
  /** Point of the window of a canvas point. */
  clientAt(point: Point): Point;
  fit(box?: Box | null): void;
  /** Moves the view as little as needed to show the box; not at all when it is visible. */
  reveal(box: Box): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  panBy(delta: Point): void;
  /** Puts the keyboard focus on a node, or on the canvas itself. */
  focus(id: string | null): void;
}

export interface CanvasHandle extends CanvasActions {
  attach(actions: CanvasActions): () => void;
}

export function createCanvasHandle(): CanvasHandle {
  let actions: CanvasActions | null = null;
  return {
    attach(next) {
      actions = next;
      return () => {
        if (actions === next) actions = null;
      };
    },
    centre: () => actions?.centre() ?? { x: 0, y: 0 },
    pointer: () => actions?.pointer() ?? null,
    pointAt: (client) => actions?.pointAt(client) ?? null,
    clientAt: (point) => actions?.clientAt(point) ?? point,
    fit: (box) => actions?.fit(box),
    reveal: (box) => actions?.reveal(box),
    zoomBy: (factor) => actions?.zoomBy(factor),
    zoomTo: (zoom) => actions?.zoomTo(zoom),
    panBy: (delta) => actions?.panBy(delta),
    focus: (id) => actions?.focus(id),
  };
}
