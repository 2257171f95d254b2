/**
 * Groups as they are drawn: the frame around what stands in each, and which card stands in for what a collapsed group
 * hides. Pure; it must not know React.
 */
import type { Design, Group, Point } from '../../model/document.ts';
import { boundsOf, nodeSize, type Box } from './geometry.ts';

/** Room between a frame and what stands in it; badges stick out above nodes. */
const MARGIN = 24;
/** Groups cannot contain themselves in a checked design; the limit is for the one being edited. */
const MOST_DEPTH = 8;

/** Nodes in a group and in the groups inside it. */
export function membersOf(design: Design, groupId: string): string[] {
  const inner = design.groups.filter((group) => group.parent === groupId);
  const own = design.nodes.filter((node) => node.group === groupId).map((node) => node.id);
  return [...own, ...inner.flatMap((group) => membersOf(design, group.id))];
}

/** For each node that a collapsed group hides, the outermost such group. */
export function standInsOf(design: Design): ReadonlyMap<string, string> {
  const standIns = new Map<string, string>();
  if (!design.groups.some((group) => group.collapsed)) return standIns;
  const byId = new Map(design.groups.map((group) => [group.id, group]));
  for (const node of design.nodes) {
    const hiding = outermostCollapsed(byId, node.group);
    if (hiding) standIns.set(node.id, hiding);
  }
  return standIns;
}

function outermostCollapsed(groups: ReadonlyMap<string, Group>, id: string | undefined): string | null {
  let found: string | null = null;
  for (let at = id, depth = 0; at !== undefined && depth < MOST_DEPTH; depth++) {
    const group = groups.get(at);
    if (group?.collapsed) found = group.id;
    at = group?.parent;
  }
  return found;
}

/** The card of a collapsed group: in the middle of what it hides. */
export function cardBox(around: Box): Box {
  const { width, height } = nodeSize(null);
  const x = around.x + (around.width - width) / 2;
  const y = around.y + (around.height - height) / 2;
  return { x: Math.round(x), y: Math.round(y), width, height };
}

/** Where nodes and cards of collapsed groups are drawn, by id. */
export type Drawn = (id: string) => Box | null;

/** Frames of the groups that are drawn as frames, outer ones first. */
export function framesOf(design: Design, drawn: Drawn): ReadonlyMap<string, Box> {
  const frames = new Map<string, Box>();
  const frame = (group: Group, depth: number): Box | null => {
    if (group.collapsed) return drawn(group.id);
    const members = design.nodes.filter((node) => node.group === group.id).map((node) => drawn(node.id));
    const inner = depth >= MOST_DEPTH ? [] : design.groups.filter((each) => each.parent === group.id);
    const boxes = [...members, ...inner.map((each) => frame(each, depth + 1))];
    const box = boundsOf(
      boxes.filter((each) => each !== null),
      MARGIN,
    );
    if (box) frames.set(group.id, box);
    return box;
  };
  for (const group of design.groups) if (group.parent === undefined) frame(group, 0);
  // Written inside out; drawn outside in.
  return new Map([...frames].reverse());
}

export function contains(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

export function middleOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Ids that go along when these are moved, copied or deleted: a collapsed group takes what it hides. */
export function withHidden(design: Design, ids: Iterable<string>): string[] {
  const all = new Set(ids);
  for (const group of design.groups) {
    if (!all.has(group.id)) continue;
    for (const id of membersOf(design, group.id)) all.add(id);
    for (const inner of innerGroups(design, group.id)) all.add(inner);
  }
  return [...all];
}

function innerGroups(design: Design, groupId: string): string[] {
  const inner = design.groups.filter((group) => group.parent === groupId).map((group) => group.id);
  return [...inner, ...inner.flatMap((id) => innerGroups(design, id))];
}
