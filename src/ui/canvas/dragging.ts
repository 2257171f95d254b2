/**
 * One drag of nodes and notes, from the first move to the drop: where they come to rest, which link they would split,
 * which region they would enter or leave, or that copies are made. The drop is one edit. It must not know React Flow.
 */
import type { Design, Group, Point } from '../../model/document.ts';
import { duplicateIds } from '../../model/copies.ts';
import { describeEdit } from '../../model/describe.ts';
import type { Edit } from '../../model/edit-data.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from './flow.ts';
import { boundsOf, noteBox, overlaps, type Box } from './geometry.ts';
import { contains, framesOf, membersOf, middleOf, withHidden } from './grouping.ts';
import type { DragShown } from './drag-shown.ts';
import { snap } from './snapping.ts';
import { findSplit } from './splitting.ts';

export interface DragKeys {
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export interface Drag {
  /** The pointer is this far from where it began. Gives where the nodes are to be drawn. */
  move(delta: Point, keys: DragKeys): ReadonlyMap<string, Point>;
  drop(): void;
}

export interface Board {
  boxes(): ReadonlyMap<string, Box>;
  readonly zoom: number;
}

/** In CSS pixels, at any zoom. */
const SNAP_REACH = 7;
/** More neighbours than this are too many to look along. */
const MOST_NEIGHBOURS = 400;

type Dragging = Pick<Services, 'design' | 'view' | 'speech'>;

export function beginDrag(services: Dragging, board: Board, dragged: Iterable<string>): Drag {
  const { design } = services.design.getState();
  const ids = new Set(withHidden(design, dragged));
  const starts = new Map<string, Box>();
  for (const node of design.nodes) if (ids.has(node.id)) starts.set(node.id, boxOf(node));
  for (const note of design.notes) if (ids.has(note.id)) starts.set(note.id, noteBox(note));
  const drawn = board.boxes();
  const frames = framesOf(design, (id) => drawn.get(id) ?? null);
  const neighbours = [...drawn].filter(([id]) => !ids.has(id)).map(([, box]) => box);
  const bounds = boundsOf([...starts.values()]);
  const moving = { design, ids, starts, frames, neighbours, bounds, zoom: board.zoom };
  let plan: Plan | null = null;
  return {
    move(delta, keys) {
      const before = plan;
      plan = planOf(moving, delta, keys, services.view.getState().isSnapping);
      services.view.setState({ dragged: plan.shown });
      if (plan.shown.words && plan.shown.words !== before?.shown.words) services.speech.say(plan.shown.words);
      return plan.isCopy ? new Map() : positionsAt(moving, plan.delta);
    },
    drop() {
      services.view.setState({ dragged: null });
      if (plan) finish(services, moving, plan);
    },
  };
}

interface Moving {
  readonly design: Design;
  readonly ids: ReadonlySet<string>;
  readonly starts: ReadonlyMap<string, Box>;
  readonly frames: ReadonlyMap<string, Box>;
  readonly neighbours: readonly Box[];
  readonly bounds: Box | null;
  readonly zoom: number;
}

interface Plan {
  readonly delta: Point;
  readonly isCopy: boolean;
  readonly regroup: readonly Edit[];
  readonly shown: DragShown;
}

function planOf(moving: Moving, pointer: Point, keys: DragKeys, isSnapping: boolean): Plan {
  const { bounds, zoom, design, starts, frames } = moving;
  const isFree = isSnapping === (keys.ctrlKey || keys.metaKey);
  const near = moving.neighbours.length > MOST_NEIGHBOURS ? [] : moving.neighbours;
  const { delta, guides } =
    bounds && !isFree
      ? snap(bounds, pointer, near, SNAP_REACH / zoom)
      : { delta: { x: Math.round(pointer.x), y: Math.round(pointer.y) }, guides: [] };
  const at = bounds && { x: bounds.x + delta.x + bounds.width / 2, y: bounds.y + delta.y + bounds.height };
  const hush = { split: null, into: null, words: null, at };
  if (keys.altKey) {
    const copies = [...starts.values()].map((box) => ({ ...box, x: box.x + delta.x, y: box.y + delta.y }));
    return { delta, isCopy: true, regroup: [], shown: { ...hush, guides, copies, frames } };
  }
  const [only] = starts.size === 1 ? design.nodes.filter(({ id }) => starts.has(id)) : [];
  const split = only && findSplit(design, only, middleOf(moved(boxOf(only), delta)));
  const { regroup, into, words, carried } = regroupingOf(moving, delta);
  const held = new Map([...frames].map(([id, box]) => [id, carried.has(id) ? moved(box, delta) : box]));
  const said = split?.words ?? words;
  const shown = { guides, copies: [], split: split ?? null, frames: held, into, words: said, at };
  return { delta, isCopy: false, regroup, shown };
}

interface Regrouping {
  readonly regroup: readonly Edit[];
  readonly into: string | null;
  readonly words: string | null;
  /** Groups that move as a whole. */
  readonly carried: ReadonlySet<string>;
}

/** What is dropped inside a frame enters that group; what left its own entirely leaves it. */
function regroupingOf({ design, starts, frames }: Moving, delta: Point): Regrouping {
  const isCarried = ({ id }: Group) => {
    const members = membersOf(design, id);
    return members.length > 0 && members.every((member) => starts.has(member));
  };
  const carried = new Set(design.groups.filter(isCarried).map(({ id }) => id));
  const entered = new Map<string | null, string[]>();
  const note = (id: string, box: Box, own: string | undefined, isGroup: boolean) => {
    const target = targetOf(frames, carried, box, own);
    if (target === (own ?? null) || (isGroup && target === null && own === undefined)) return;
    entered.set(target, [...(entered.get(target) ?? []), id]);
  };
  for (const node of design.nodes) {
    const start = starts.get(node.id);
    if (start && !(node.group && carried.has(node.group)))
      note(node.id, moved(start, delta), node.group, false);
  }
  for (const group of design.groups) {
    const frame = frames.get(group.id);
    // Zones stand in regions; regions stand for themselves.
    if (!frame || group.kind !== 'zone' || !carried.has(group.id) || carried.has(group.parent ?? ''))
      continue;
    note(group.id, moved(frame, delta), group.parent, true);
  }
  const regroup = [...entered].map(([group, ids]): Edit => ({ type: 'setGroup', ids, group }));
  const label = (id: string) => design.groups.find((group) => group.id === id)?.label ?? id;
  const into = [...entered.keys()].find((id) => id !== null) ?? null;
  const words = into ? `Into ${label(into)}` : entered.has(null) ? 'Out of its region' : null;
  return { regroup, into, words, carried };
}

function targetOf(
  frames: ReadonlyMap<string, Box>,
  carried: ReadonlySet<string>,
  box: Box,
  own: string | undefined,
): string | null {
  // Frames are listed outer ones first, so the last that fits is the innermost.
  const under = [...frames].findLast(
    ([id, frame]) => !carried.has(id) && contains(frame, middleOf(box)),
  )?.[0];
  if (under !== undefined) return under;
  const frame = own === undefined ? undefined : frames.get(own);
  return own !== undefined && frame && overlaps(box, frame) ? own : null;
}

function finish(services: Dragging, moving: Moving, { delta, isCopy, regroup, shown }: Plan): void {
  if (delta.x === 0 && delta.y === 0) return;
  const ids = [...moving.ids];
  if (isCopy) {
    const copies = duplicateIds(moving.design, ids);
    const label = services.design.edit({ type: 'duplicate', ids, offset: delta });
    services.view.select([...moving.starts.keys()].map((id) => copies.get(id) ?? id));
    if (label) services.speech.say(`${label}.`);
    return;
  }
  const moves = [...positionsAt(moving, delta)].map(([id, position]) => ({ id, position }));
  const move: Edit = { type: 'moveNodes', moves };
  const { split, words } = shown;
  if (!split && regroup.length === 0) {
    services.design.edit(move);
    return;
  }
  const label =
    split?.words.split(':')[0] ?? `${describeEdit(moving.design, move)} ${inSentence(words ?? '')}`;
  services.design.edit({ type: 'batch', label, edits: [move, ...regroup, ...(split?.edits ?? [])] });
  services.speech.say(`${label}.`);
}

function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function positionsAt({ starts }: Moving, delta: Point): ReadonlyMap<string, Point> {
  return new Map([...starts].map(([id, { x, y }]) => [id, { x: x + delta.x, y: y + delta.y }]));
}

function moved<T extends Box>(box: T, { x, y }: Point): T {
  return { ...box, x: box.x + x, y: box.y + y };
}
