/** Lines up or spreads what is selected, as one undo step. It must not know keys or menus. */
import type { Move } from '../../model/edit-data.ts';
import type { Services } from '../app/context.ts';
import { selectedThings } from '../design/actions.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, noteBox, type Box } from '../canvas/geometry.ts';
import { glide } from './glide.ts';

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'horizontally' | 'vertically';

interface Placed extends Box {
  readonly id: string;
}

const WORDS: Record<Alignment, string> = {
  left: 'on the left',
  centre: 'on one vertical line',
  right: 'on the right',
  top: 'at the top',
  middle: 'on one horizontal line',
  bottom: 'at the bottom',
};

export function align(services: Services, how: Alignment): void {
  const boxes = selectedBoxes(services);
  const around = boundsOf(boxes);
  if (!around) return;
  const right = around.x + around.width;
  const bottom = around.y + around.height;
  const place: Record<Alignment, (box: Box) => Partial<Box>> = {
    left: () => ({ x: around.x }),
    centre: (box) => ({ x: Math.round(around.x + (around.width - box.width) / 2) }),
    right: (box) => ({ x: right - box.width }),
    top: () => ({ y: around.y }),
    middle: (box) => ({ y: Math.round(around.y + (around.height - box.height) / 2) }),
    bottom: (box) => ({ y: bottom - box.height }),
  };
  const moves = boxes.map((box) => moveOf({ ...box, ...place[how](box) }));
  carryOut(services, `Align ${boxes.length} ${WORDS[how]}`, boxes, moves);
}

/** Equal gaps between neighbours; the outermost two stay. */
export function distribute(services: Services, axis: Axis): void {
  const [start, size] = axis === 'horizontally' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const boxes = selectedBoxes(services).sort((a, b) => a[start] + a[size] / 2 - b[start] - b[size] / 2);
  if (boxes.length < 3) return;
  const last = boxes[boxes.length - 1];
  const taken = boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = (last[start] + last[size] - boxes[0][start] - taken) / (boxes.length - 1);
  let at = boxes[0][start];
  const moves = boxes.map((box) => {
    const move = moveOf({ ...box, [start]: Math.round(at) });
    at += box[size] + gap;
    return move;
  });
  carryOut(services, `Distribute ${boxes.length} ${axis}`, boxes, moves);
}

function selectedBoxes(services: Services): Placed[] {
  return selectedThings(services).map((each) => ({
    id: each.id,
    ...('kind' in each ? boxOf(each) : noteBox(each)),
  }));
}

function moveOf({ id, x, y }: Placed): Move {
  return { id, position: { x, y } };
}

function carryOut(services: Services, label: string, boxes: readonly Placed[], moves: readonly Move[]): void {
  const isDone =
    services.design.edit({ type: 'batch', label, edits: [{ type: 'moveNodes', moves }] }) !== null;
  services.speech.say(isDone ? `${label}.` : 'They are already there.');
  if (isDone) void glide(services.view, new Map(boxes.map(({ id, x, y }) => [id, { x, y }])), moves);
}
