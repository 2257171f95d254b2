/** The geometry of the canvas as it is drawn now, kept outside React for layers that draw by themselves. */
import type { Design, DesignLink, Viewport } from '../../model/document.ts';
import type { BoardNode } from './flow.ts';
import { linkCurve, type Box, type CanvasGeometry } from './geometry.ts';
import { standInsOf } from './grouping.ts';

export interface GeometryStore extends CanvasGeometry {
  show(nodes: readonly BoardNode[], design: Design): void;
  look(view: Viewport): void;
  /** Where a node, note or collapsed group is drawn now, also while it is dragged; null for what is hidden. */
  box(id: string): Box | null;
  /** Everything that is drawn, by id. */
  boxes(): ReadonlyMap<string, Box>;
  /** Changes whenever something is drawn elsewhere, but not when only the view moves. */
  version(): number;
}

export function createGeometry(): GeometryStore {
  const listeners = new Set<() => void>();
  let boxes = new Map<string, Box>();
  let links = new Map<string, DesignLink>();
  let standIns: ReadonlyMap<string, string> = new Map();
  let view: Viewport = { x: 0, y: 0, zoom: 1 };
  let version = 0;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    show(nodes, design) {
      const boxOf = ({ position, width = 0, height = 0 }: BoardNode) => ({ ...position, width, height });
      boxes = new Map(nodes.map((node) => [node.id, boxOf(node)]));
      links = new Map(design.links.map((link) => [link.id, link]));
      standIns = standInsOf(design);
      version++;
      tell();
    },
    look(next) {
      if (next.x === view.x && next.y === view.y && next.zoom === view.zoom) return;
      view = next;
      tell();
    },
    curve(linkId) {
      const link = links.get(linkId);
      if (!link) return null;
      const from = boxes.get(standIns.get(link.from) ?? link.from);
      const to = boxes.get(standIns.get(link.to) ?? link.to);
      return from && to && from !== to ? linkCurve(from, to) : null;
    },
    box: (id) => boxes.get(id) ?? null,
    boxes: () => boxes,
    viewport: () => view,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
