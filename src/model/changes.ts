/**
 * Changes to elements a design has: move, set, rename. Each gives a new design that shares all it did not
 * touch, or the very same one when nothing changes. It must not know edits as data.
 */
import {
  MAX_LABEL,
  MAX_NOTE,
  MAX_SEED,
  type Design,
  type DesignLink,
  type DesignNode,
  type Drill,
  type Group,
  type Note,
  type Point,
} from './document.ts';
import { hasId } from './identity.ts';
import { cleanLine, cleanLines } from './labels.ts';
import type { ParamOverrides, ParamValue } from './params.ts';
import { leadsTo } from './nesting.ts';
import { isPlace } from './places.ts';
import { clampCoordinate } from './position.ts';

/** The list with some elements changed; the very same list when none is. */
export function changeEach<T>(list: readonly T[], change: (element: T) => T): readonly T[] {
  let changed = false;
  const result = list.map((element) => {
    const next = change(element);
    if (next !== element) changed = true;
    return next;
  });
  return changed ? result : list;
}

/** The design with some lists replaced; the very same design when they are the lists it has. */
export function withLists(design: Design, lists: Partial<Design>): Design {
  const names = Object.keys(lists) as (keyof Design)[];
  return names.every((name) => lists[name] === design[name]) ? design : { ...design, ...lists };
}

export function moveElements(design: Design, positions: ReadonlyMap<string, Point>): Design {
  const move = <T extends DesignNode | Note>(element: T): T => {
    const target = positions.get(element.id);
    if (target === undefined) return element;
    const position = clampPoint(target);
    const stays = position.x === element.position.x && position.y === element.position.y;
    return stays ? element : { ...element, position };
  };
  return withLists(design, { nodes: changeEach(design.nodes, move), notes: changeEach(design.notes, move) });
}

export function setParam(
  design: Design,
  ids: ReadonlySet<string>,
  name: string,
  value: ParamValue | undefined,
): Design {
  const set = <T extends DesignNode | DesignLink>(element: T): T => {
    if (!ids.has(element.id)) return element;
    const params = override(element.params, name, value);
    return params === element.params ? element : { ...element, params };
  };
  return withLists(design, { nodes: changeEach(design.nodes, set), links: changeEach(design.links, set) });
}

function override(params: ParamOverrides, name: string, value: ParamValue | undefined): ParamOverrides {
  const present = Object.hasOwn(params, name);
  if (value !== undefined) return present && params[name] === value ? params : { ...params, [name]: value };
  if (!present) return params;
  const { [name]: _, ...rest } = params;
  return rest;
}

export function renameElement(design: Design, id: string | null, label: string): Design {
  const text = cleanLine(label, MAX_LABEL);
  if (id === null) return design.name === text ? design : { ...design, name: text };
  const rename = <T extends DesignNode | Group>(element: T): T =>
    element.id !== id || element.label === text ? element : { ...element, label: text };
  const renameDrill = (drill: Drill): Drill =>
    drill.id !== id || drill.name === text ? drill : { ...drill, name: text };
  return withLists(design, {
    nodes: changeEach(design.nodes, rename),
    groups: changeEach(design.groups, rename),
    drills: changeEach(design.drills, renameDrill),
  });
}

/** Anything but a whole number 0 … 2³²−1 is ignored. */
export function setSeed(design: Design, seed: number): Design {
  const fits = Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED;
  return !fits || seed === design.seed ? design : { ...design, seed };
}

/** A group is not put into itself, nor into one that lies inside it. */
export function setGroup(design: Design, ids: ReadonlySet<string>, group: string | null): Design {
  if (group !== null && !hasId(design.groups, group)) return design;
  const parents = new Map(
    design.groups.flatMap(({ id, parent }) => (parent === undefined ? [] : [[id, parent]])),
  );
  const nodes = changeEach(design.nodes, (node) => {
    if (!ids.has(node.id) || node.group === (group ?? undefined)) return node;
    const { group: _, ...rest } = node;
    return group === null ? rest : { ...rest, group };
  });
  const groups = changeEach(design.groups, (inner) => {
    if (!ids.has(inner.id) || inner.parent === (group ?? undefined)) return inner;
    if (group !== null && leadsTo(group, inner.id, parents)) return inner;
    const { parent: _, ...rest } = inner;
    return group === null ? rest : { ...rest, parent: group };
  });
  return withLists(design, { nodes, groups });
}

/** Ends that are not there, or one and the same, leave the link as it is. */
export function relink(design: Design, id: string, from: string, to: string): Design {
  if (from === to || !hasId(design.nodes, from) || !hasId(design.nodes, to)) return design;
  const links = changeEach(design.links, (link) =>
    link.id !== id || (link.from === from && link.to === to) ? link : { ...link, from, to },
  );
  return withLists(design, { links });
}

/** The place, the group and what refers to the node stay. */
export function replaceNode(design: Design, { id, kind, label, params }: DesignNode): Design {
  const nodes = changeEach(design.nodes, (node) =>
    node.id === id ? { ...node, kind, label: cleanLine(label, MAX_LABEL), params } : node,
  );
  return withLists(design, { nodes });
}

export function setCollapsed(design: Design, id: string, collapsed: boolean): Design {
  const groups = changeEach(design.groups, (group) => {
    if (group.id !== id || (group.collapsed ?? false) === collapsed) return group;
    const { collapsed: _, ...rest } = group;
    return collapsed ? { ...rest, collapsed: true as const } : rest;
  });
  return withLists(design, { groups });
}

/** What is no name of a place is ignored; `null` is nowhere in particular. */
export function setPlace(design: Design, id: string, place: string | null): Design {
  if (place !== null && !isPlace(place)) return design;
  const groups = changeEach(design.groups, (group) => {
    if (group.id !== id || (group.place ?? null) === place) return group;
    const { place: _, ...rest } = group;
    return place === null ? rest : { ...rest, place };
  });
  return withLists(design, { groups });
}

export function setNote(design: Design, id: string, text: string): Design {
  const clean = cleanLines(text, MAX_NOTE);
  const notes = changeEach(design.notes, (note) =>
    note.id !== id || note.text === clean ? note : { ...note, text: clean },
  );
  return withLists(design, { notes });
}

/** A position as documents allow it; what is no finite number becomes 0. */
export function clampPoint(point: Point): Point {
  const coordinate = (value: number): number => clampCoordinate(Number.isFinite(value) ? value : 0);
  return { x: coordinate(point.x), y: coordinate(point.y) };
}
