/**
 * A design as one list of columns, for links: places instead of names, defaults left out. The order of
 * columns belongs to form `a1` and never changes. Reading gives a raw document for parsing, the one path of
 * validation.
 */
import {
  asList,
  noSuch,
  placesOf,
  readIds,
  readPositions,
  readReference,
  writeIds,
  writePositions,
  writeReferences,
  type Column,
} from './columns.ts';
import type { Design, Group, Note } from './document.ts';
import { MAX_DRILLS, MAX_GROUPS, MAX_LINKS, MAX_NODES, MAX_NOTES } from './document.ts';
import { readExtras, writeExtras, type LinkExtras } from './extras.ts';
import { ID_PREFIX } from './identity.ts';
import { fromColumn, writeNetwork } from './network-columns.ts';
import type { ParamTable } from './params.ts';
import { readDrill, readParams, writeDrill, writeParams } from './rows.ts';
import { kindWords, type Vocabulary } from './vocabulary.ts';

const NO_PARAMS: ParamTable = {};

/** Columns of a checked design. The viewport of the design is left out; `extras` has the one to share. */
export function toPositional(design: Design, extras: LinkExtras, vocabulary: Vocabulary): readonly unknown[] {
  const { nodes, links, groups, drills } = design;
  const kinds = placesOf(vocabulary.kindOrder);
  const places = placesOf([...nodes, ...links, ...groups].map((element) => element.id));
  const groupPlaces = placesOf(groups.map((group) => group.id));
  const from = links.map((link) => places.get(link.from) ?? -1);
  const to = links.map((link) => places.get(link.to) ?? -1);
  const columns = [
    design.name,
    design.seed,
    orZero(nodes.map((node) => kinds.get(node.kind) ?? node.kind)),
    orZero(nodes.map((node) => node.label)),
    writePositions(nodes.map((node) => node.position)),
    orZero(nodes.map((node) => writeParams(node.params, tableOf(node.kind, vocabulary)))),
    writeIds(idsOf(nodes), ID_PREFIX.node),
    writeReferences(
      nodes.map((node) => node.group),
      groupPlaces,
    ),
    orZero(from),
    // Ends relative to starts repeat more often: callers tend to stand beside what they call.
    orZero(to.map((place, i) => place - from[i])),
    orZero(links.map((link) => writeParams(link.params, vocabulary.link))),
    writeIds(idsOf(links), ID_PREFIX.link),
    writeGroups(groups, groupPlaces),
    writeNotes(design.notes),
    drills.length === 0
      ? 0
      : [writeIds(idsOf(drills), ID_PREFIX.drill), ...drills.map((d) => writeDrill(d, places))],
    writeExtras(extras),
    writeNetwork(design.network),
  ];
  // Name and seed always stay: a seed of 0 is no empty column.
  while (columns.length > 2 && columns[columns.length - 1] === 0) columns.pop();
  return columns;
}

/**
 * A raw document and the extras from foreign columns, or `null` for a value that cannot have been written here: name
 * and seed always are, and without this anything at all would open as an empty design.
 */
export function fromPositional(
  value: unknown,
  vocabulary: Vocabulary,
): { readonly document: object; readonly extras: LinkExtras } | null {
  const columns = asList(value);
  const [name, seed, kinds, labels, positions, params, ids, groupOf] = columns;
  if (typeof name !== 'string' || typeof seed !== 'number') return null;
  const [from, to, linkParams, linkIds, groups, notes, drills, extras, network] = columns.slice(8);
  const nodeId = readIds(ids, ID_PREFIX.node);
  const linkId = readIds(linkIds, ID_PREFIX.link);
  const groupId = readIds(asList(groups)[0], ID_PREFIX.group);
  const positionOf = readPositions(positions);
  const [labelOf, rowOf, groupPlace] = [asList(labels), asList(params), asList(groupOf)];
  const [ends, linkRows] = [asList(to), asList(linkParams)];
  const nodes = head(kinds, MAX_NODES).map((place, i) => {
    const kind = typeof place === 'number' ? (vocabulary.kindOrder[place] ?? noSuch(place)) : place;
    const table = tableOf(String(kind).slice(0, 80), vocabulary);
    const group = readReference(groupPlace[i], groupId);
    return {
      id: nodeId(i),
      kind,
      label: labelOf[i],
      position: positionOf(i),
      params: readParams(rowOf[i], table),
      group,
    };
  });
  const idOf = (place: unknown): unknown =>
    (typeof place === 'number' ? nodes[place]?.id : null) ?? noSuch(place);
  const links = head(from, MAX_LINKS).map((start, i) => ({
    id: linkId(i),
    from: idOf(start),
    to: idOf(typeof start === 'number' && typeof ends[i] === 'number' ? start + ends[i] : null),
    params: readParams(linkRows[i], vocabulary.link),
  }));
  const readGroup = readGroups(groups, groupId);
  const targets = [...nodes, ...links, ...readGroup];
  const targetAt = (place: number): unknown => targets[place]?.id;
  const drillId = readIds(asList(drills)[0], ID_PREFIX.drill);
  const document = {
    // What columns of form a1 hold, whatever later versions add: later ones are reached by migrations.
    format: 'loadbearing/1',
    name,
    seed,
    nodes,
    links,
    groups: readGroup,
    notes: readNotes(notes),
    drills: asList(drills)
      .slice(1, MAX_DRILLS + 2)
      .map((row, i) => readDrill(row, drillId(i), targetAt)),
    network: fromColumn(network),
  };
  return { document, extras: readExtras(extras) };
}

function writeGroups(groups: readonly Group[], places: ReadonlyMap<string, number>): Column {
  if (groups.length === 0) return 0;
  const collapsed = groups.map((group) => (group.collapsed ? 1 : 0));
  const standsIn = groups.map((group) => group.place ?? 0);
  const written = (column: readonly unknown[]): Column => (column.some((each) => each !== 0) ? column : 0);
  const later = [written(collapsed), written(standsIn)];
  // Added later, one after the other: links made before do not have them.
  while (later.length > 0 && later[later.length - 1] === 0) later.pop();
  return [
    writeIds(idsOf(groups), ID_PREFIX.group),
    groups.map((group) => (group.kind === 'zone' ? 1 : 0)),
    groups.map((group) => group.label),
    writeReferences(
      groups.map((group) => group.parent),
      places,
    ),
    ...later,
  ];
}

function readGroups(value: unknown, idAt: (place: number) => unknown): { readonly id: unknown }[] {
  const [, kinds, labels, parents, collapsed, standsIn] = asList(value);
  const [labelOf, parentOf, isCollapsed] = [asList(labels), asList(parents), asList(collapsed)];
  const placeOf = asList(standsIn);
  return head(kinds, MAX_GROUPS).map((kind, i) => ({
    id: idAt(i),
    kind: kind === 0 ? 'region' : kind === 1 ? 'zone' : noSuch(kind),
    label: labelOf[i],
    parent: readReference(parentOf[i], idAt),
    collapsed: isCollapsed[i] === 1 ? true : isCollapsed[i] === 0 ? undefined : isCollapsed[i],
    place: placeOf[i] === 0 ? undefined : placeOf[i],
  }));
}

function writeNotes(notes: readonly Note[]): Column {
  if (notes.length === 0) return 0;
  const texts = notes.map((note) => note.text);
  return [writeIds(idsOf(notes), ID_PREFIX.note), texts, writePositions(notes.map((note) => note.position))];
}

function readNotes(value: unknown): object[] {
  const [ids, texts, positions] = asList(value);
  const idAt = readIds(ids, ID_PREFIX.note);
  const positionOf = readPositions(positions);
  return head(texts, MAX_NOTES).map((text, i) => ({ id: idAt(i), text, position: positionOf(i) }));
}

function tableOf(kind: string, vocabulary: Vocabulary): ParamTable {
  return kindWords(vocabulary, kind)?.params ?? NO_PARAMS;
}

function idsOf(elements: readonly { readonly id: string }[]): readonly string[] {
  return elements.map((element) => element.id);
}

/** One more than allowed stays, for parsing to report. */
function head(value: unknown, limit: number): readonly unknown[] {
  return asList(value).slice(0, limit + 1);
}

function orZero(list: readonly unknown[]): Column {
  return list.length === 0 ? 0 : list;
}
