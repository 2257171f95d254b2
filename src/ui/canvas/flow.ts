/**
 * The only translator between the document and React Flow's arrays. Unchanged elements keep their objects, so that
 * React Flow redraws only what changed. It must not know the run, nor how a node or link is drawn.
 */
import { Position, type Edge, type EdgeChange, type Node, type NodeChange } from '@xyflow/react';
import type { KindSpec } from '../../kinds/contract.ts';
import { routeLabel, routeNumber } from '../../kinds/routes.ts';
import { SPECS } from '../../kinds/specs.ts';
import type { Design, DesignLink, DesignNode, Group, Note, Point } from '../../model/document.ts';
import { boundsOf, nodeSize, noteSize, type Box } from './geometry.ts';
import { cardBox, membersOf, standInsOf } from './grouping.ts';

export type CardNode = Node<{ node: DesignNode }, 'card'>;
export type NoteNode = Node<{ note: Note }, 'note'>;
/** A collapsed group; `members` are the nodes it hides, by id and separated by spaces. */
export type GroupNode = Node<{ group: Group; members: string }, 'group'>;
export type BoardNode = CardNode | NoteNode | GroupNode;
export type LinkEdge = Edge<{ link: DesignLink; from: string; to: string }, 'link'>;

/** Layers of the canvas, back to front. */
const CARD_LAYER = 10;

export function specOf(kind: string): KindSpec | null {
  return Object.hasOwn(SPECS, kind) ? SPECS[kind] : null;
}

export function boxOf(node: DesignNode, position: Point = node.position): Box {
  return { x: position.x, y: position.y, ...nodeSize(specOf(node.kind)) };
}

type Ids = ReadonlySet<string>;

export interface FlowTranslator {
  /**
   * `moved` holds positions of what is drawn elsewhere than the document has it; `lit` what is not dimmed, null when
   * nothing is.
   */
  nodes(design: Design, selection: Ids, moved: ReadonlyMap<string, Point>, lit?: Ids | null): BoardNode[];
  edges(design: Design, selection: Ids, lit?: Ids | null): LinkEdge[];
}

export function createFlow(): FlowTranslator {
  let cards = new Map<string, BoardNode>();
  let edges = new Map<string, LinkEdge>();
  return {
    nodes(design, selection, moved, lit = null) {
      const next = new Map<string, BoardNode>();
      const show = (plain: BoardNode) => {
        const fresh = dimmed(plain, lit);
        const old = cards.get(fresh.id);
        next.set(fresh.id, old && isSameNode(old, fresh) ? old : fresh);
      };
      const standIns = standInsOf(design);
      for (const node of design.nodes) {
        if (standIns.has(node.id)) continue;
        const position = moved.get(node.id) ?? node.position;
        const old = cards.get(node.id);
        // There may be a thousand of them for each step of a drag: what stays is not even made again to compare.
        if (old && isCardOf(old, node, position, selection, lit)) next.set(node.id, old);
        else show(cardOf(node, selection.has(node.id), position));
      }
      for (const id of new Set(standIns.values())) {
        const group = design.groups.find((each) => each.id === id);
        if (group) show(groupOf(design, group, selection.has(id), moved));
      }
      for (const note of design.notes) {
        show(noteOf(note, selection.has(note.id), moved.get(note.id) ?? note.position));
      }
      cards = next;
      return [...next.values()];
    },
    edges(design, selection, lit = null) {
      const labels = new Map(design.nodes.map((node) => [node.id, node.label]));
      const standIns = standInsOf(design);
      const next = new Map<string, LinkEdge>();
      for (const link of design.links) {
        const old = edges.get(link.id);
        const fresh = dimmed(edgeOf(link, selection.has(link.id), labels, standIns), lit);
        if (fresh.source === fresh.target) continue;
        next.set(link.id, old && isSameEdge(old, fresh) ? old : fresh);
      }
      edges = next;
      return [...next.values()];
    },
  };
}

function shapeOf(position: Point, { width, height }: Pick<Box, 'width' | 'height'>) {
  const middle = { y: height / 2, width: 0, height: 0 };
  return {
    position: { x: position.x, y: position.y },
    width,
    height,
    measured: { width, height },
    handles: [
      { type: 'target' as const, position: Position.Left, x: 0, ...middle },
      { type: 'source' as const, position: Position.Right, x: width, ...middle },
    ],
    zIndex: CARD_LAYER,
  };
}

function cardOf(node: DesignNode, selected: boolean, position: Point): CardNode {
  const shape = shapeOf(position, nodeSize(specOf(node.kind)));
  return { ...shape, id: node.id, type: 'card', data: { node }, selected, ariaLabel: describeNode(node) };
}

function noteOf(note: Note, selected: boolean, position: Point): NoteNode {
  const { handles: _, ...shape } = shapeOf(position, noteSize(note.text));
  const ariaLabel = `Note: ${note.text || 'empty'}`;
  return { ...shape, id: note.id, type: 'note', data: { note }, selected, ariaLabel };
}

function groupOf(
  design: Design,
  group: Group,
  selected: boolean,
  moved: ReadonlyMap<string, Point>,
): GroupNode {
  const ids = membersOf(design, group.id);
  const hidden = new Set(ids);
  const boxes = design.nodes
    .filter((node) => hidden.has(node.id))
    .map((node) => boxOf(node, moved.get(node.id) ?? node.position));
  const box = cardBox(boundsOf(boxes) ?? { x: 0, y: 0, width: 0, height: 0 });
  const ariaLabel = `${group.label}, collapsed ${group.kind}, ${ids.length} components`;
  const data = { group, members: ids.join(' ') };
  return { ...shapeOf(box, box), id: group.id, type: 'group', data, selected, ariaLabel };
}

function edgeOf(
  link: DesignLink,
  selected: boolean,
  labels: ReadonlyMap<string, string>,
  standIns: ReadonlyMap<string, string>,
): LinkEdge {
  const from = labels.get(link.from) ?? link.from;
  const to = labels.get(link.to) ?? link.to;
  return {
    id: link.id,
    type: 'link',
    source: standIns.get(link.from) ?? link.from,
    target: standIns.get(link.to) ?? link.to,
    data: { link, from, to },
    selected,
    ariaLabel: `Link from ${from} to ${to}${routeOf(link) && `, for ${routeOf(link)}`}`,
  };
}

/** "/a · group b": the route a link is for; empty for any. */
export function routeOf({ params: { path = '', header = '' } }: DesignLink): string {
  return routeLabel(routeNumber({ path: String(path), header: String(header) }));
}

/** "api, service": what stands for a node in words before there are live numbers. */
export function describeNode(node: DesignNode): string {
  return `${node.label}, ${specOf(node.kind)?.label.toLowerCase() ?? node.kind}`;
}

function isCardOf(
  old: BoardNode,
  node: DesignNode,
  position: Point,
  selection: Ids,
  lit: Ids | null,
): boolean {
  if (old.type !== 'card' || old.data.node !== node || old.selected !== selection.has(node.id)) return false;
  if (old.position.x !== position.x || old.position.y !== position.y) return false;
  return (old.className === undefined) === (lit === null || lit.has(node.id));
}

function isSameNode(a: BoardNode, b: BoardNode): boolean {
  const isPlaced = a.position.x === b.position.x && a.position.y === b.position.y;
  if (!isPlaced || a.selected !== b.selected || a.className !== b.className) return false;
  if (a.type === 'note' && b.type === 'note') return a.data.note === b.data.note;
  if (a.type !== 'group' || b.type !== 'group') return false;
  return a.data.group === b.data.group && a.data.members === b.data.members;
}

function isSameEdge(a: LinkEdge, b: LinkEdge): boolean {
  const [mine, other] = [a.data, b.data];
  const isLabelled = mine?.from === other?.from && mine?.to === other?.to;
  const isDrawn = a.source === b.source && a.target === b.target && a.className === b.className;
  return isDrawn && isLabelled && mine?.link === other?.link && a.selected === b.selected;
}

function dimmed<T extends BoardNode | LinkEdge>(element: T, lit: Ids | null): T {
  return lit === null || lit.has(element.id) ? element : { ...element, className: 'dimmed' };
}

/** What is selected, what is one link away from it, and the links between; by the ids they are drawn under. */
export function linkedWith(design: Design, selection: Ids): Ids {
  const standIns = standInsOf(design);
  const drawn = (id: string) => standIns.get(id) ?? id;
  const lit = new Set(selection);
  for (const { id, from, to } of design.links) {
    const ends = [drawn(from), drawn(to)];
    if (![id, ...ends].some((each) => selection.has(each))) continue;
    for (const each of [id, ...ends]) lit.add(each);
  }
  return lit;
}

/** What changes of React Flow mean for us: nodes on their way, and what became selected or not. */
export function readNodeChanges(changes: readonly NodeChange<BoardNode>[]): {
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
