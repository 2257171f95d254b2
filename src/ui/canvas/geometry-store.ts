/** The geometry of the canvas as it is drawn now, kept outside React for layers that draw by themselves. */
import type { DesignLink, Viewport } from '../../model/document.ts';
import { boxOf, type CardNode } from './flow.ts';
import { linkCurve, type Box, type CanvasGeometry } from './geometry.ts';

export interface GeometryStore extends CanvasGeometry {
  show(nodes: readonly CardNode[], links: readonly DesignLink[]): void;
  look(view: Viewport): void;
  /** Where a node is drawn now, also while it is dragged. */
  box(nodeId: string): Box | null;
  /** Changes with every change; for React. */
  version(): number;
}

export function createGeometry(): GeometryStore {
  const listeners = new Set<() => void>();
  let boxes = new Map<string, Box>();
  let links = new Map<string, DesignLink>();
  let view: Viewport = { x: 0, y: 0, zoom: 1 };
  let version = 0;
  const tell = () => {
    version++;
    for (const listener of listeners) listener();
  };
  return {
    show(nodes, drawn) {
      boxes = new Map(nodes.map((node) => [node.id, boxOf(node.data.node, node.position)]));
      links = new Map(drawn.map((link) => [link.id, link]));
      tell();
    },
    look(next) {
      view = next;
      tell();
    },
    curve(linkId) {
      const link = links.get(linkId);
      const from = link && boxes.get(link.from);
      const to = link && boxes.get(link.to);
      return from && to ? linkCurve(from, to) : null;
    },
    box: (nodeId) => boxes.get(nodeId) ?? null,
    viewport: () => view,
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
