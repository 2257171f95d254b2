/**
 * What people do to a design, in terms of the selection: add, link, delete, duplicate, move. Every one is an
 * edit and can be undone, whatever the device. It must not know React or which key or menu asked for it.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import type { KindSpec } from '../../kinds/contract.ts';
import type { Design, DesignNode, Note, Point } from '../../model/document.ts';
import { duplicateIds } from '../../model/copies.ts';
import type { Edit } from '../../model/edit-data.ts';
import { freshId, ID_PREFIX } from '../../model/identity.ts';
import type { Services } from '../app/context.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { GRID, nodeSize } from '../canvas/geometry.ts';
import { contains, framesOf, withHidden } from '../canvas/grouping.ts';
import type { Split } from '../canvas/splitting.ts';
import { nameOf } from '../run/design-source.ts';
import { placeAt, placeBeside, type Placement } from './placement.ts';

export type Editing = Pick<Services, 'design' | 'view' | 'speech' | 'canvas'>;

/** Selected nodes that exist. */
export function selectedNodes({ design, view }: Editing): readonly DesignNode[] {
  const { selection } = view.getState();
  return design.getState().design.nodes.filter((node) => selection.has(node.id));
}

/** Everything selected that has a place: nodes, notes, and what selected collapsed groups hide. */
export function selectedThings({ design, view }: Editing): readonly (DesignNode | Note)[] {
  const { design: current } = design.getState();
  const ids = new Set(withHidden(current, view.getState().selection));
  return [...current.nodes, ...current.notes].filter(({ id }) => ids.has(id));
}

/**
 * Adds a component and selects it. With `at`, its centre is that point of the canvas; else it goes next to the selected
 * one, linked where that is legal. `from` is a component that is to call it, or `to` one that it is to call.
 */
export function addComponent(editing: Editing, kind: string, wish: Wish = {}): string | null {
  const spec = specOf(kind);
  if (!spec) return null;
  const { design } = editing.design.getState();
  const draft = draftNode(design, spec);
  const { id, label } = draft;
  const { position, link } = placementOf(editing, draft, spec, wish);
  const other = link && design.nodes.find((node) => node.id === (link.from === id ? link.to : link.from));
  // Callers are elsewhere; what is called stands beside its caller.
  const beside = spec.role === 'source' ? undefined : other?.group;
  const group = (wish.at && groupAt(design, wish.at)) ?? beside;
  const node: DesignNode = { ...draft, ...(group ? { group } : {}), position };
  const edits: Edit[] = [{ type: 'addNode', node }, ...(wish.split?.edits ?? [])];
  if (link)
    edits.push({ type: 'addLink', link: { id: freshId(design, ID_PREFIX.link), ...link, params: {} } });
  editing.design.edit({ type: 'batch', label: wish.split?.words ?? `Add ${label}`, edits });
  editing.view.select([id]);
  editing.canvas.reveal(boxOf(node));
  const where = wish.split ? `. ${wish.split.words}` : other ? `, linked with ${other.label}` : '';
  editing.speech.say(`${label} added${where}.`);
  return id;
}

/** A component as it would be added, for asking what may be done with it; its place is still open. */
export function draftNode(design: Design, spec: KindSpec): DesignNode {
  const label = freeLabel(design.nodes, spec.label);
  return {
    id: freshId(design, ID_PREFIX.node),
    kind: spec.kind,
    label,
    position: { x: 0, y: 0 },
    params: {},
  };
}

/** The innermost group whose frame is there. */
export function groupAt(design: Design, at: Point): string | undefined {
  const boxes = new Map(design.nodes.map((node) => [node.id, boxOf(node)]));
  const frames = framesOf(design, (id) => boxes.get(id) ?? null);
  return [...frames].findLast(([, frame]) => contains(frame, at))?.[0];
}

export interface Wish {
  readonly at?: Point;
  readonly from?: string;
  readonly to?: string;
  /** The link it is put into, as found for the place `at`. */
  readonly split?: Split | null;
}

function placementOf(editing: Editing, draft: DesignNode, spec: KindSpec, { at, from, to }: Wish): Placement {
  const { design } = editing.design.getState();
  const boxes = new Map(design.nodes.map((node) => [node.id, boxOf(node)]));
  if (at) {
    const { width, height } = nodeSize(spec);
    // A link that ends at the point keeps its end there; else the point is the middle.
    const x = snap(from ? at.x : to ? at.x - width : at.x - width / 2);
    const position = { x, y: snap(at.y - height / 2) };
    if (from) return { position, link: { from, to: draft.id } };
    return { position, link: to ? { from: draft.id, to } : null };
  }
  const selected = selectedNodes(editing);
  const beside = selected.length === 1 ? placeBeside(design, boxes, draft, spec, selected[0].id) : null;
  return beside ?? { position: placeAt(boxes, spec, editing.canvas.centre()), link: null };
}

/** "Service", then "Service 2": names are how people tell components apart. */
export function freeLabel(nodes: readonly DesignNode[], label: string): string {
  const taken = new Set(nodes.map((node) => node.label));
  if (!taken.has(label)) return label;
  let number = 2;
  while (taken.has(`${label} ${number}`)) number++;
  return `${label} ${number}`;
}

/** Draws a link, or says why not. */
export function connect(editing: Editing, from: string, to: string): boolean {
  const { design } = editing.design.getState();
  const problem = connectionProblem(design, from, to);
  if (problem) {
    editing.speech.say(`Not linked. ${problem}`);
    return false;
  }
  const id = freshId(design, ID_PREFIX.link);
  editing.design.edit({ type: 'addLink', link: { id, from, to, params: {} } });
  editing.speech.say(`Linked ${nameOf(design, from)} to ${nameOf(design, to)}.`);
  return true;
}

export function deleteElements(editing: Editing, ids: Iterable<string>): void {
  const gone = withHidden(editing.design.getState().design, ids);
  if (gone.length === 0) return;
  const label = editing.design.edit({ type: 'removeElements', ids: gone });
  if (label === null) return;
  const { selection } = editing.view.getState();
  editing.view.select([...selection].filter((id) => !gone.includes(id)));
  editing.speech.say(`${label}.`);
}

export function duplicateElements(editing: Editing, ids: Iterable<string>): void {
  const { design } = editing.design.getState();
  const chosen = [...ids];
  const wanted = withHidden(design, chosen);
  const copies = duplicateIds(design, wanted);
  if (copies.size === 0) return;
  const label = editing.design.edit({ type: 'duplicate', ids: wanted, offset: { x: 2 * GRID, y: 2 * GRID } });
  editing.view.select(chosen.flatMap((id) => copies.get(id) ?? []));
  if (label) editing.speech.say(`${label}.`);
}

export function moveBy(editing: Editing, delta: Point): void {
  const moves = selectedThings(editing).map(({ id, position }) => ({
    id,
    position: { x: position.x + delta.x, y: position.y + delta.y },
  }));
  if (moves.length > 0) editing.design.edit({ type: 'moveNodes', moves }, 'nudge');
}

export function rename(editing: Editing, id: string | null, label: string): void {
  editing.design.edit({ type: 'rename', id, label });
}

function snap(value: number): number {
  return Math.round(value / GRID) * GRID;
}
