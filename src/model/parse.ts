/**
 * Turns unknown data into a design. It never throws: what can be saved of a partly bad document is kept, and
 * each change is reported with its place. It must not know kinds; their tables come in as a vocabulary.
 */
import {
  DEFAULT_NAME,
  DEFAULT_SEED,
  FORMAT,
  MAX_DRILLS,
  MAX_GROUPS,
  MAX_LINKS,
  MAX_NODES,
  MAX_NOTES,
  MAX_SEED,
  type Design,
  type Viewport,
} from './document.ts';
import { readDrills } from './drills.ts';
import { assignIds, checkNames, readList } from './elements.ts';
import { field, isFields } from './foreign.ts';
import { ID_PREFIX } from './identity.ts';
import { CURRENT_VERSION, formatVersion, migrate } from './migrations.ts';
import { readNetwork } from './network.ts';
import { readGroups, readLinks, readNodes, readNotes, type References } from './parts.ts';
import { createProblems, quote, type Problem, type ProblemList } from './problems.ts';
import { isFinite, readLabel } from './values.ts';
import { clampCoordinate } from './position.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A design and what had to be changed to get it; or no design, and why. */
export type Parsed =
  | { readonly design: Design; readonly problems: readonly Problem[] }
  | { readonly design: null; readonly problems: readonly Problem[] };

/**
 * Checks and tidies any value. The design is `null` only when the value is no document of ours or was made by
 * a newer version; then the problems say so. Parsing what parsing gave changes nothing and finds no problem.
 */
export function parseDesign(value: unknown, vocabulary: Vocabulary): Parsed {
  const problems = createProblems();
  try {
    return { design: readDocument(value, vocabulary, problems), problems: problems.list() } as Parsed;
  } catch {
    // Reading foreign values is guarded one by one; this is for what no guard can foresee.
    problems.error('$', 'This document could not be read; it may be damaged or far too large.');
    return { design: null, problems: problems.list() };
  }
}

function readDocument(value: unknown, vocabulary: Vocabulary, problems: ProblemList): Design | null {
  if (!isFields(value)) {
    problems.error('$', `A design is a JSON object, not ${quote(value)}.`);
    return null;
  }
  const format = field(value, 'format');
  const version = formatVersion(format);
  if (version === null) {
    const found = format === undefined ? 'it has none' : `it has ${quote(format)}`;
    problems.error(
      '$.format',
      `This is not a Loadbearing design: its format should be “${FORMAT}”, ${found}.`,
    );
    return null;
  }
  if (version > CURRENT_VERSION) {
    const made = `This design was made by a newer Loadbearing (${quote(format)}`;
    const advice = 'reload the page to get the newest version';
    problems.error('$.format', `${made}, this one reads “${FORMAT}”); ${advice}.`);
    return null;
  }
  return readCurrent(migrate(value, version), vocabulary, problems);
}

const DOCUMENT_FIELDS = [
  '$schema',
  'format',
  'name',
  'seed',
  'nodes',
  'links',
  'groups',
  'notes',
  'drills',
  'viewport',
  'network',
];

function readCurrent(document: object, vocabulary: Vocabulary, problems: ProblemList): Design {
  checkNames(document, DOCUMENT_FIELDS, '$', 'design', problems);
  const lists = [
    readList(document, 'nodes', 'node', ID_PREFIX.node, MAX_NODES, problems),
    readList(document, 'links', 'link', ID_PREFIX.link, MAX_LINKS, problems),
    readList(document, 'groups', 'group', ID_PREFIX.group, MAX_GROUPS, problems),
    readList(document, 'notes', 'note', ID_PREFIX.note, MAX_NOTES, problems),
    readList(document, 'drills', 'drill', ID_PREFIX.drill, MAX_DRILLS, problems),
  ];
  const [rawNodes, rawLinks, rawGroups, rawNotes, rawDrills] = lists.map((list) => list.elements);
  const [nodeIds, linkIds, groupIds] = assignIds(lists, problems);
  const nodes = readNodes(rawNodes, groupIds, vocabulary, problems);
  const links = readLinks(rawLinks, nodeIds, nodes, vocabulary, problems);
  const viewport = readViewport(document, problems);
  const network = readNetwork(document, problems);
  const targets = new Map([...groupIds, ...present(links, linkIds), ...present(nodes, nodeIds)]);
  return {
    format: FORMAT,
    name: readLabel(document, 'name', '$', DEFAULT_NAME, problems),
    seed: readSeed(document, problems),
    nodes,
    links,
    groups: readGroups(rawGroups, groupIds, problems),
    notes: readNotes(rawNotes, problems),
    drills: readDrills(rawDrills, present(nodes, nodeIds), targets, problems),
    ...(viewport === null ? {} : { viewport }),
    ...(network === null ? {} : { network }),
  };
}

/** Of what was written, that which refers to an element that is still there. */
function present(elements: readonly { id: string }[], written: References): References {
  const ids = new Set(elements.map((element) => element.id));
  return new Map([...written].filter(([, id]) => ids.has(id)));
}

function readSeed(document: object, problems: ProblemList): number {
  const seed = field(document, 'seed');
  if (seed === undefined) return DEFAULT_SEED;
  if (Number.isInteger(seed) && (seed as number) >= 0 && (seed as number) <= MAX_SEED)
    return (seed as number) + 0;
  const rule = `The seed must be a whole number from 0 to ${MAX_SEED}, not ${quote(seed)}`;
  problems.error('$.seed', `${rule}; it is now ${DEFAULT_SEED}.`);
  return DEFAULT_SEED;
}

function readViewport(document: object, problems: ProblemList): Viewport | null {
  const value = field(document, 'viewport');
  if (value === undefined) return null;
  const [x, y, zoom] = isFields(value) ? ['x', 'y', 'zoom'].map((name) => field(value, name)) : [];
  if (isFinite(x) && isFinite(y) && isFinite(zoom) && zoom > 0 && zoom <= 100) {
    return { x: clampCoordinate(x), y: clampCoordinate(y), zoom };
  }
  problems.warn('$.viewport', 'The view must have finite x and y and a zoom above 0; it was left out.');
  return null;
}
