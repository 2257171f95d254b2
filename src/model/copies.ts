/**
 * Parts of designs: taken out for the clipboard, put in as copies with fresh ids. The same part put into the
 * same design gets the same ids everywhere. It must not know edits as data.
 */
import { clampPoint, withLists } from './changes.ts';
import {
  emptyDesign,
  MAX_GROUPS,
  MAX_LINKS,
  MAX_NODES,
  MAX_NOTES,
  type Design,
  type DesignNode,
  type Group,
  type Point,
} from './document.ts';
import { allIds, createIdSource, hasId, ID_PREFIX } from './identity.ts';

/**
 * The named nodes, groups and notes, and all links among these nodes, as a design of their own. A node keeps
 * the name of its group even when that is not among them: put back into the same design, it stands in it
 * again.
 */
export function copyElements(design: Design, ids: readonly string[]): Design {
  const wanted = new Set(ids);
  const among = (element: { readonly id: string }): boolean => wanted.has(element.id);
  return {
    ...emptyDesign(design.name),
    nodes: design.nodes.filter(among),
    links: design.links.filter((link) => wanted.has(link.from) && wanted.has(link.to)),
    groups: design.groups.filter(among),
    notes: design.notes.filter(among),
  };
}

/** Which id each element of the part gets in the design. */
export function insertIds(design: Design, part: Design): ReadonlyMap<string, string> {
  const fresh = createIdSource(allIds(design));
  const ids = new Map<string, string>();
  for (const { id } of part.groups) ids.set(id, fresh(ID_PREFIX.group));
  for (const { id } of part.nodes) ids.set(id, fresh(ID_PREFIX.node));
  for (const { id } of part.links) ids.set(id, fresh(ID_PREFIX.link));
  for (const { id } of part.notes) ids.set(id, fresh(ID_PREFIX.note));
  return ids;
}

/** Which id each copy gets when these elements are duplicated in their design. */
export function duplicateIds(design: Design, ids: readonly string[]): ReadonlyMap<string, string> {
  return insertIds(design, copyElements(design, ids));
}

/**
 * The design with copies of all nodes, links, groups and notes of the part, moved by `offset`. What exceeds
 * the limits of documents is left out, with the links to it.
 */
export function insertPart(design: Design, part: Design, offset: Point): Design {
  const ids = insertIds(design, part);
  const idOf = (element: { readonly id: string }): string => ids.get(element.id) ?? element.id;
  const place = ({ x, y }: Point): Point => clampPoint({ x: x + offset.x, y: y + offset.y });
  const partGroups = part.groups.slice(0, MAX_GROUPS - design.groups.length);
  const partNodes = part.nodes.slice(0, MAX_NODES - design.nodes.length);
  const partNotes = part.notes.slice(0, MAX_NOTES - design.notes.length);
  // A group that is not copied along is meant to be the one of the design.
  const around = (group: string | undefined): string | undefined => {
    if (hasId(partGroups, group ?? '')) return ids.get(group ?? '');
    return hasId(design.groups, group ?? '') ? group : undefined;
  };
  const groups = partGroups.map(({ parent, ...group }): Group => {
    const outer = around(parent);
    return { ...group, id: idOf(group), ...(outer === undefined ? {} : { parent: outer }) };
  });
  const nodes = partNodes.map(({ group: inner, ...node }): DesignNode => {
    const group = around(inner);
    const copy = { ...node, id: idOf(node), position: place(node.position) };
    return group === undefined ? copy : { ...copy, group };
  });
  const present = new Set(partNodes.map((node) => node.id));
  const links = part.links
    .filter((link) => present.has(link.from) && present.has(link.to))
    .slice(0, MAX_LINKS - design.links.length)
    .map((link) => ({ ...link, id: idOf(link), from: ids.get(link.from) ?? '', to: ids.get(link.to) ?? '' }));
  const notes = partNotes.map((note) => ({ ...note, id: idOf(note), position: place(note.position) }));
  return withLists(design, {
    nodes: append(design.nodes, nodes),
    links: append(design.links, links),
    groups: append(design.groups, groups),
    notes: append(design.notes, notes),
  });
}

function append<T>(list: readonly T[], more: readonly T[]): readonly T[] {
  return more.length === 0 ? list : [...list, ...more];
}
