/**
 * Puts what was pasted into the design: components, a link, or text of somebody else. It must not know how a paste was
 * asked for.
 */
import { insertIds } from '../../model/copies.ts';
import { describeEdit } from '../../model/describe.ts';
import type { Design, Point } from '../../model/document.ts';
import type { Edit } from '../../model/edit-data.ts';
import { freshId, ID_PREFIX } from '../../model/identity.ts';
import { cleanLine } from '../../model/labels.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, GRID, noteBox, overlaps } from '../canvas/geometry.ts';
import { middleOf, standInsOf } from '../canvas/grouping.ts';
import { groupAt } from './actions.ts';
import { readPasted } from './reading.ts';

/** Puts in what was pasted: a part of a design goes into this one, a link is opened; of other text it is said why not. */
export async function paste(services: Services, text: string, at?: Point): Promise<void> {
  const pasted = await readPasted(text);
  if (!pasted) return refuse(services, text, at);
  const { design } = pasted.reading;
  if (pasted.kind !== 'json' || !design) {
    services.files.accept(pasted.reading, pasted.kind === 'link' ? 'link' : 'file');
    return;
  }
  if (pasted.reading.isPartial) {
    services.view.notify({
      id: 'bad-input',
      tone: 'bad',
      text: pasted.reading.problem ?? '',
      details: pasted.reading.details,
      actions: [{ label: 'Paste what could be read', run: () => insert(services, design, at) }],
    });
    return;
  }
  insert(services, design, at);
}

/** Text of somebody else: what it is not, what can be pasted, and what can still be done with it. */
function refuse(services: Services, text: string, at: Point | undefined): void {
  const words = cleanLine(text, MOST_QUOTED + 1);
  const quoted = words.length > MOST_QUOTED ? `${words.slice(0, MOST_QUOTED)}…` : words;
  const said = quoted
    ? `The clipboard holds “${quoted}”, which is neither a Loadbearing link nor components copied here.`
    : 'The clipboard holds no text, so there is nothing to paste.';
  const asNote = () => {
    const { design } = services.design.getState();
    const id = freshId(design, ID_PREFIX.note);
    services.design.edit({ type: 'addNote', note: { id, text, position: at ?? services.canvas.centre() } });
    services.view.select([id]);
    services.view.dismiss('clipboard');
  };
  const actions = quoted ? { actions: [{ label: 'Paste it as a note', run: asNote }] } : {};
  services.view.notify({ id: 'clipboard', tone: 'info', text: said, ...actions });
}

const MOST_QUOTED = 40;

/** Around the point asked for, else in the middle of the view; then aside until nothing is covered. */
function insert(services: Services, part: Design, at: Point = services.canvas.centre()): void {
  const { design } = services.design.getState();
  const around = boundsOf([...part.nodes.map((node) => boxOf(node)), ...part.notes.map(noteBox)]);
  if (!around) {
    const text = 'The pasted design is empty, so there is nothing to put in.';
    services.view.notify({ id: 'clipboard', tone: 'info', text, isBrief: true });
    return;
  }
  const offset = {
    x: onGrid(at.x - around.x - around.width / 2),
    y: onGrid(at.y - around.y - around.height / 2),
  };
  const taken = design.nodes.map((node) => boxOf(node));
  const covers = () =>
    part.nodes.some((node) => {
      const { position } = node;
      const box = boxOf(node, { x: position.x + offset.x, y: position.y + offset.y });
      return taken.some((other) => overlaps(box, other));
    });
  for (let step = 0; step < MOST_STEPS && covers(); step++) {
    offset.x += 2 * GRID;
    offset.y += 2 * GRID;
  }
  const ids = insertIds(design, part);
  const put: Edit = { type: 'insert', part, offset };
  const label = describeEdit(design, put);
  const done = services.design.edit({
    type: 'batch',
    label,
    edits: [put, ...entering(design, part, ids, offset)],
  });
  if (done === null) {
    const text = 'Nothing was pasted: the design is as large as designs can be.';
    services.view.notify({ id: 'clipboard', tone: 'warning', text });
    return;
  }
  services.view.dismiss('clipboard');
  const standIns = standInsOf(part);
  const shown = [...part.nodes, ...part.notes].map(({ id }) => standIns.get(id) ?? id);
  services.view.select(new Set(shown.map((id) => ids.get(id) ?? id)));
  services.speech.say(`${label}.`);
}

/** What is put down inside a region stands in it. */
function entering(
  design: Design,
  part: Design,
  ids: ReadonlyMap<string, string>,
  offset: Point,
): readonly Edit[] {
  if (design.groups.length === 0) return [];
  const entered = new Map<string, string[]>();
  for (const node of part.nodes) {
    const { x, y } = middleOf(boxOf(node));
    const group = node.group ? undefined : groupAt(design, { x: x + offset.x, y: y + offset.y });
    if (group) entered.set(group, [...(entered.get(group) ?? []), ids.get(node.id) ?? node.id]);
  }
  return [...entered].map(([group, members]) => ({ type: 'setGroup', ids: members, group }));
}

/** After so many steps aside it may cover something; the design is that full. */
const MOST_STEPS = 40;

function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}
