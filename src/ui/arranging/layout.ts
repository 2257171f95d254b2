/**
 * Lays out the selection, or everything, as one undo step; what moved is seen moving, unless motion is unwanted. It must
 * not know how places are found.
 */
import type { Design, Point } from '../../model/document.ts';
import type { Move } from '../../model/edit-data.ts';
import type { Services } from '../app/context.ts';
import { selectedNodes } from '../design/actions.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, noteBox, type Box } from '../canvas/geometry.ts';
import { cardBox, membersOf, middleOf, standInsOf } from '../canvas/grouping.ts';
import type { LayoutBox, LayoutRequest, Placed } from './layers.ts';
import { glide } from './glide.ts';

type PlaceBoxes = (request: LayoutRequest) => Promise<readonly Placed[]>;

/** Half the grid: middles of boxes of different height can then be level. */
const STEP = 10;

export async function layOut(services: Services, place: PlaceBoxes = placeInWorker): Promise<void> {
  const { design } = services.design.getState();
  const chosen = selectedNodes(services);
  const nodes = chosen.length > 1 ? chosen : design.nodes;
  if (nodes.length < 2) {
    services.speech.say('There is nothing to arrange.');
    return;
  }
  const boxes = boxesOf(design, new Set(nodes.map(({ id }) => id)));
  const standIns = standInsOf(design);
  const shown = new Set(boxes.map(({ id }) => id));
  const links = design.links
    .map(({ from, to }) => ({ from: standIns.get(from) ?? from, to: standIns.get(to) ?? to }))
    .filter(({ from, to }) => from !== to && shown.has(from) && shown.has(to));
  const groups =
    chosen.length > 1 ? [] : design.groups.map(({ id, parent }) => ({ id, ...(parent ? { parent } : {}) }));
  const placed = await place({ boxes, groups, links }).catch(() => null);
  if (!placed) {
    const text = 'This could not be arranged; everything stays where it was.';
    return services.view.notify({ id: 'arranging', tone: 'warning', text });
  }
  // What was edited meanwhile is worth more than an arrangement of what was.
  if (services.design.getState().design !== design) return;
  const moves = movesOf(design, boxes, placed, chosen.length <= 1);
  const label = services.design.edit({
    type: 'batch',
    label: chosen.length > 1 ? `Arrange ${nodes.length} components` : 'Arrange everything',
    edits: [{ type: 'moveNodes', moves }],
  });
  if (label === null) {
    services.speech.say('Everything is arranged already.');
    return;
  }
  services.speech.say(`${label}.`);
  const before = new Map([...design.nodes, ...design.notes].map(({ id, position }) => [id, position]));
  await glide(services.view, before, moves);
  if (chosen.length <= 1) services.canvas.fit();
}

/** Boxes to be placed: nodes, and one card for all that a collapsed group hides. */
function boxesOf(design: Design, wanted: ReadonlySet<string>): LayoutBox[] {
  const standIns = standInsOf(design);
  const seen = new Set<string>();
  const boxes: LayoutBox[] = [];
  for (const node of design.nodes) {
    if (!wanted.has(node.id)) continue;
    const id = standIns.get(node.id) ?? node.id;
    if (seen.has(id)) continue;
    seen.add(id);
    const isCard = id !== node.id;
    const box = isCard ? cardOf(design, id) : boxOf(node);
    const parent = isCard ? design.groups.find((group) => group.id === id)?.parent : node.group;
    boxes.push({ id, ...box, ...(parent === undefined ? {} : { parent }) });
  }
  return boxes;
}

function cardOf(design: Design, id: string): Box {
  const members = new Set(membersOf(design, id));
  const inside = design.nodes.filter((node) => members.has(node.id)).map((node) => boxOf(node));
  return cardBox(boundsOf(inside) ?? { x: 0, y: 0, width: 0, height: 0 });
}

/** The arrangement keeps its corner; notes go along with the node nearest to them. */
function movesOf(
  design: Design,
  boxes: readonly LayoutBox[],
  placed: readonly Placed[],
  withNotes: boolean,
): readonly Move[] {
  const before = boundsOf(boxes);
  const sizes = new Map(boxes.map((box) => [box.id, box]));
  const after = boundsOf(
    placed.flatMap(({ id, x, y }) => ({ ...(sizes.get(id) ?? { width: 0, height: 0 }), x, y })),
  );
  if (!before || !after) return [];
  const level = (value: number) => Math.round(value / STEP) * STEP;
  const ways = new Map<string, Point>();
  for (const { id, x, y } of placed) {
    const from = sizes.get(id);
    const to = { x: level(x - after.x + before.x), y: level(y - after.y + before.y) };
    if (from) ways.set(id, { x: to.x - from.x, y: to.y - from.y });
  }
  const standIns = standInsOf(design);
  const moves: Move[] = [];
  for (const { id, position } of design.nodes) {
    const way = ways.get(standIns.get(id) ?? id);
    if (way) moves.push({ id, position: { x: position.x + way.x, y: position.y + way.y } });
  }
  for (const note of withNotes ? design.notes : []) {
    const { id, position } = note;
    const way = ways.get(nearest(boxes, noteBox(note)) ?? '');
    if (way) moves.push({ id, position: { x: position.x + way.x, y: position.y + way.y } });
  }
  return moves;
}

function nearest(boxes: readonly LayoutBox[], box: Box): string | null {
  const here = middleOf(box);
  let best: string | null = null;
  let least = Infinity;
  for (const other of boxes) {
    const { x, y } = middleOf(other);
    const distance = Math.hypot(x - here.x, y - here.y);
    if (distance < least) [best, least] = [other.id, distance];
  }
  return best;
}

function placeInWorker(request: LayoutRequest): Promise<readonly Placed[]> {
  const worker = new Worker(new URL('./layers.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<readonly Placed[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<readonly Placed[]>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(request);
  return answer.finally(() => worker.terminate());
}
