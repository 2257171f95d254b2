/**
 * What people make of regions and zones, and new notes. Every one is an edit and can be undone. It must not know React or which
 * key or menu asked for it.
 */
import type { Design, Group, Point } from '../../model/document.ts';
import type { Edit } from '../../model/edit-data.ts';
import { freshId, ID_PREFIX } from '../../model/identity.ts';
import { boxOf } from '../canvas/flow.ts';
import { GRID, noteSize, overlaps } from '../canvas/geometry.ts';
import { membersOf } from '../canvas/grouping.ts';
import { deleteElements, type Editing } from './actions.ts';

/** Puts nodes and groups into a group that exists, or out of all. */
export function putIntoGroup(editing: Editing, ids: readonly string[], group: string | null): void {
  const label = editing.design.edit({ type: 'setGroup', ids, group });
  if (label) editing.speech.say(`${label}.`);
}

/**
 * Makes a group of nodes and of collapsed groups, and lets people name it. It stands in the group all of them stood in.
 */
export function makeGroup(editing: Editing, ids: readonly string[], kind: Group['kind']): void {
  const { design } = editing.design.getState();
  const parents = new Set(ids.map((id) => parentOf(design, id)));
  const [parent] = parents.size === 1 ? parents : [];
  const made: Group = {
    id: freshId(design, ID_PREFIX.group),
    kind,
    label: freeName(design, kind),
    ...(parent === undefined ? {} : { parent }),
  };
  const edits: Edit[] = [
    { type: 'addGroup', group: made },
    { type: 'setGroup', ids, group: made.id },
  ];
  const label = `Make ${made.label}`;
  editing.design.edit({ type: 'batch', label, edits });
  editing.speech.say(`${label}.`);
  editing.view.setState({ renaming: made.id });
}

function parentOf(design: Design, id: string): string | undefined {
  const node = design.nodes.find((each) => each.id === id);
  return node ? node.group : design.groups.find((each) => each.id === id)?.parent;
}

/** "Region 2": names are how people tell groups apart. */
function freeName(design: Design, kind: Group['kind']): string {
  const taken = new Set(design.groups.map((group) => group.label));
  const noun = kind === 'region' ? 'Region' : 'Zone';
  let number = 1;
  while (taken.has(`${noun} ${number}`)) number++;
  return `${noun} ${number}`;
}

/** The frame goes, what stands in it stays. */
export function dissolveGroup(editing: Editing, id: string): void {
  const { design } = editing.design.getState();
  const group = design.groups.find((each) => each.id === id);
  if (!group) return;
  const label = `Dissolve ${group.label || group.kind}`;
  editing.design.edit({ type: 'batch', label, edits: [{ type: 'removeElements', ids: [id] }] });
  editing.view.select(membersOf(design, id));
  editing.speech.say(`${label}: what was in it stays.`);
}

/** The group with all that is in it. */
export function deleteGroup(editing: Editing, id: string): void {
  const { design } = editing.design.getState();
  deleteElements(editing, [id, ...membersOf(design, id)]);
}

/** An empty note whose text is to be typed. */
export function addNote(editing: Editing, at: Point): void {
  const { design } = editing.design.getState();
  const id = freshId(design, ID_PREFIX.note);
  const position = freeSpot(design, at);
  editing.design.edit({ type: 'addNote', note: { id, text: '', position } });
  editing.view.select([id]);
  editing.view.setState({ renaming: id });
}

/** On the grid, moved down until no component is covered. */
function freeSpot(design: Design, at: Point): Point {
  const boxes = design.nodes.map((node) => boxOf(node));
  const spot = { x: Math.round(at.x / GRID) * GRID, y: Math.round(at.y / GRID) * GRID };
  const size = noteSize('');
  const covers = () => boxes.some((box) => overlaps(box, { ...spot, ...size }));
  for (let step = 0; step < MOST_STEPS && covers(); step++) spot.y += GRID;
  return spot;
}

/** Then it may cover something; the design is that full. */
const MOST_STEPS = 100;
