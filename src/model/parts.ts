/**
 * The parts of a foreign document: nodes, links, groups, notes, read from raw elements that already have
 * their ids. References that lead nowhere are cut. It must not know any particular kind.
 */
import { MAX_NOTE, type DesignLink, type DesignNode, type Group, type Note, type Point } from './document.ts';
import { checkNames, type RawElement } from './elements.ts';
import { field } from './foreign.ts';
import { cleanLine } from './labels.ts';
import { leadsTo } from './nesting.ts';
import { isPlace } from './places.ts';
import { pathTo, quote, type ProblemList } from './problems.ts';
import { readLabel, readParams, readPosition, readText } from './values.ts';
import { kindWords, type Vocabulary } from './vocabulary.ts';

/** What a written id refers to now. */
export type References = ReadonlyMap<unknown, string>;

const NODE_FIELDS = ['id', 'kind', 'label', 'position', 'params', 'group'];
const LINK_FIELDS = ['id', 'from', 'to', 'params'];
const GROUP_FIELDS = ['id', 'kind', 'label', 'parent', 'collapsed', 'place'];
const NOTE_FIELDS = ['id', 'text', 'position'];

/** Nodes of unknown kind are left out; all others are kept. */
export function readNodes(
  elements: readonly RawElement[],
  groups: References,
  vocabulary: Vocabulary,
  problems: ProblemList,
): readonly DesignNode[] {
  const nodes: DesignNode[] = [];
  for (const [i, { fields, path, id }] of elements.entries()) {
    const kind = field(fields, 'kind');
    const words = typeof kind === 'string' ? kindWords(vocabulary, kind) : null;
    if (typeof kind !== 'string' || words === null) {
      const what = kind === undefined ? 'has no kind' : `has the unknown kind ${quote(kind)}`;
      problems.error(pathTo(path, 'kind'), `Node “${id}” ${what}; it was left out, with the links to it.`);
      continue;
    }
    checkNames(fields, NODE_FIELDS, path, 'node', problems);
    const label = readLabel(fields, 'label', path, cleanLine(words.label, 40), problems);
    const group = readReference(fields, 'group', groups, path, problems);
    nodes.push({
      id,
      kind,
      label,
      position: readPosition(fields, path, placeInRows(i), problems),
      params: readParams(fields, words.params, path, `node “${label || id}”`, problems),
      ...(group === null ? {} : { group }),
    });
  }
  return nodes;
}

/** Links that lead from or to nothing, or back to where they start, are left out. */
export function readLinks(
  elements: readonly RawElement[],
  nodeIds: References,
  nodes: readonly DesignNode[],
  vocabulary: Vocabulary,
  problems: ProblemList,
): readonly DesignLink[] {
  const present = new Set(nodes.map((node) => node.id));
  const links: DesignLink[] = [];
  for (const { fields, path, id } of elements) {
    const end = (name: string): string | null => {
      const node = nodeIds.get(field(fields, name));
      if (node !== undefined && present.has(node)) return node;
      const why = node === undefined ? 'is no node of this design' : 'was left out';
      const message = `Link “${id}” was left out: its end “${name}” (${quote(field(fields, name))}) ${why}.`;
      problems.error(pathTo(path, name), message);
      return null;
    };
    const from = end('from');
    const to = end('to');
    if (from === null || to === null) continue;
    if (from === to) {
      problems.error(path, `Link “${id}” was left out: it leads from ${quote(from)} back to itself.`);
      continue;
    }
    checkNames(fields, LINK_FIELDS, path, 'link', problems);
    links.push({ id, from, to, params: readParams(fields, vocabulary.link, path, `link “${id}”`, problems) });
  }
  return links;
}

/** Groups whose parents form a circle become groups without a parent. */
export function readGroups(
  elements: readonly RawElement[],
  groupIds: References,
  problems: ProblemList,
): readonly Group[] {
  const parents = new Map<string, string>();
  return elements.map(({ fields, path, id }) => {
    checkNames(fields, GROUP_FIELDS, path, 'group', problems);
    const written = field(fields, 'kind');
    const kind = written === 'zone' ? 'zone' : 'region';
    if (kind !== written) {
      const message = `Group “${id}” must be a region or a zone, not ${quote(written)}; it is now a region.`;
      problems.error(pathTo(path, 'kind'), message);
    }
    const label = readLabel(fields, 'label', path, kind === 'zone' ? 'Zone' : 'Region', problems);
    let parent = readReference(fields, 'parent', groupIds, path, problems);
    if (parent !== null && leadsTo(parent, id, parents)) {
      problems.error(pathTo(path, 'parent'), `Group “${id}” lies inside itself; it now has no parent.`);
      parent = null;
    }
    if (parent !== null) parents.set(id, parent);
    const rest = readCollapsed(fields, path, id, problems) ? { collapsed: true as const } : {};
    const place = readPlace(fields, path, id, problems);
    return { id, kind, label, ...(parent === null ? {} : { parent }), ...rest, ...place };
  });
}

function readCollapsed(fields: object, path: string, id: string, problems: ProblemList): boolean {
  const value = field(fields, 'collapsed');
  if (typeof value !== 'boolean' && value !== undefined) {
    const message = `“collapsed” of group “${id}” must be true or false, not ${quote(value)}; it was left out.`;
    problems.warn(pathTo(path, 'collapsed'), message);
  }
  return value === true;
}

function readPlace(fields: object, path: string, id: string, problems: ProblemList): { place?: string } {
  const value = field(fields, 'place');
  if (value === undefined) return {};
  if (isPlace(value)) return { place: value };
  const rule = 'a name in small letters, digits and “-”, at most 24';
  const message = `The place of group “${id}” must be ${rule}, not ${quote(value)}; it was left out.`;
  problems.error(pathTo(path, 'place'), message);
  return {};
}

export function readNotes(elements: readonly RawElement[], problems: ProblemList): readonly Note[] {
  return elements.map(({ fields, path, id }, i) => {
    checkNames(fields, NOTE_FIELDS, path, 'note', problems);
    const text = readText(fields, 'text', path, MAX_NOTE, problems);
    return { id, text, position: readPosition(fields, path, placeInRows(i), problems) };
  });
}

function readReference(
  fields: object,
  name: string,
  targets: References,
  path: string,
  problems: ProblemList,
): string | null {
  const written = field(fields, name);
  if (written === undefined) return null;
  const id = targets.get(written);
  if (id !== undefined) return id;
  const message = `“${name}” names ${quote(written)}, which is no group of this design; it was left out.`;
  problems.error(pathTo(path, name), message);
  return null;
}

/** Where elements without a readable position go: rows of eight, so that none hides another. */
function placeInRows(index: number): Point {
  return { x: (index % 8) * 220, y: Math.floor(index / 8) * 160 };
}
