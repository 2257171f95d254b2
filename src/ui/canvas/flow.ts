/**
 * The only translator between the document and React Flow's arrays. Unchanged elements keep their objects, so that
 * React Flow redraws only what changed. It must not know the run, nor how a node or link is drawn.
 */
import { Position, type Edge, type EdgeChange, type Node, type NodeChange } from '@xyflow/react';
import type { KindSpec } from '../../kinds/contract.ts';
import { SPECS } from '../../kinds/specs.ts';
import type { Design, DesignLink, DesignNode, Point } from '../../model/document.ts';
import { nodeSize, type Box } from './geometry.ts';

export type CardNode = Node<{ node: DesignNode }, 'card'>;
export type LinkEdge = Edge<{ link: DesignLink; from: string; to: string }, 'link'>;

/** Layers of the canvas, back to front. */
const CARD_LAYER = 10;

export function specOf(kind: string): KindSpec | null {
  return Object.hasOwn(SPECS, kind) ? SPECS[kind] : null;
}

export function boxOf(node: DesignNode, position: Point = node.position): Box {
  return { x: position.x, y: position.y, ...nodeSize(specOf(node.kind)) };
}

export interface FlowTranslator {
  /** `moved` holds positions of nodes that are being dragged and not yet in the document. */
  nodes(design: Design, selection: ReadonlySet<string>, moved: ReadonlyMap<string, Point>): CardNode[];
  edges(design: Design, selection: ReadonlySet<string>): LinkEdge[];
}

export function createFlow(): FlowTranslator {
  let cards = new Map<string, CardNode>();
  let edges = new Map<string, LinkEdge>();
  return {
    nodes(design, selection, moved) {
      const next = new Map<string, CardNode>();
      for (const node of design.nodes) {
        const old = cards.get(node.id);
        const fresh = cardOf(node, selection.has(node.id), moved.get(node.id) ?? node.position);
        next.set(node.id, old && isSameCard(old, fresh) ? old : fresh);
      }
      cards = next;
      return [...next.values()];
    },
    edges(design, selection) {
      const labels = new Map(design.nodes.map((node) => [node.id, node.label]));
      const next = new Map<string, LinkEdge>();
      for (const link of design.links) {
        const old = edges.get(link.id);
        const fresh = edgeOf(link, selection.has(link.id), labels);
        next.set(link.id, old && isSameEdge(old, fresh) ? old : fresh);
      }
      edges = next;
      return [...next.values()];
    },
  };
}

function cardOf(node: DesignNode, selected: boolean, position: Point): CardNode {
  const { width, height } = nodeSize(specOf(node.kind));
  const middle = { y: height / 2, width: 0, height: 0 };
  return {
    id: node.id,
    type: 'card',
    position: { x: position.x, y: position.y },
    data: { node },
    selected,
    width,
    height,
    measured: { width, height },
    handles: [
      { type: 'target', position: Position.Left, x: 0, ...middle },
      { type: 'source', position: Position.Right, x: width, ...middle },
    ],
    zIndex: CARD_LAYER,
    ariaLabel: describeNode(node),
  };
}

function edgeOf(link: DesignLink, selected: boolean, labels: ReadonlyMap<string, string>): LinkEdge {
  const from = labels.get(link.from) ?? link.from;
  const to = labels.get(link.to) ?? link.to;
  return {
    id: link.id,
    type: 'link',
    source: link.from,
    target: link.to,
    data: { link, from, to },
    selected,
    ariaLabel: `Link from ${from} to ${to}`,
  };
}

/** "api, service": what stands for a node in words before there are live numbers. */
export function describeNode(node: DesignNode): string {
  return `${node.label}, ${specOf(node.kind)?.label.toLowerCase() ?? node.kind}`;
}

function isSameCard(a: CardNode, b: CardNode): boolean {
  const isPlaced = a.position.x === b.position.x && a.position.y === b.position.y;
  return isPlaced && a.data.node === b.data.node && a.selected === b.selected;
}

function isSameEdge(a: LinkEdge, b: LinkEdge): boolean {
  const [mine, other] = [a.data, b.data];
  const isLabelled = mine?.from === other?.from && mine?.to === other?.to;
  return isLabelled && mine?.link === other?.link && a.selected === b.selected;
}

/** What changes of React Flow mean for us: nodes on their way, and what became selected or not. */
export function readNodeChanges(changes: readonly NodeChange<CardNode>[]): {
  moved: Map<string, Point>;
  selected: Map<string, boolean>;
} {
  const moved = new Map<string, Point>();
  const selected = new Map<string, boolean>();
  for (const change of changes) {
    if (change.type === 'position' && change.position) moved.set(change.id, change.position);
    if (change.type === 'select') selected.set(change.id, change.selected);
  }
  return { moved, selected };
}

export function readEdgeChanges(changes: readonly EdgeChange<LinkEdge>[]): Map<string, boolean> {
  const selected = new Map<string, boolean>();
  for (const change of changes) if (change.type === 'select') selected.set(change.id, change.selected);
  return selected;
}
