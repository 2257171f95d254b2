/**
 * Older documents made readable: a numbered, append-only list of steps, each turning the raw document of one
 * version into that of the next. Steps only move values; checking them is left to parsing. A step is never
 * changed once a version after it is out.
 */
import { MAX_LINKS, MAX_NODES } from './document.ts';
import { field, isFields, items } from './foreign.ts';

export type Migration = (document: object) => object;

/** `MIGRATIONS[n]` turns `loadbearing/n` into `loadbearing/n+1`. */
const MIGRATIONS: readonly Migration[] = [fromDraft];

/** The version this code reads and writes; the number in `FORMAT`. */
export const CURRENT_VERSION = MIGRATIONS.length;

/** The number in a `format` field, or `null` when the document is not one of ours. */
export function formatVersion(format: unknown): number | null {
  const match = typeof format === 'string' ? /^loadbearing\/(\d{1,6})$/.exec(format) : null;
  return match === null ? null : Number(match[1]);
}

/** Brings a raw document of an older version to the current one. */
export function migrate(document: object, version: number): object {
  return MIGRATIONS.slice(version).reduce((older, step) => step(older), document);
}

/** 0 → 1: components and connections became nodes and links, `title` became `name`, x and y a position. */
function fromDraft(draft: object): object {
  const node = (part: object) => ({
    id: field(part, 'id'),
    kind: field(part, 'kind'),
    label: field(part, 'title'),
    position: { x: field(part, 'x'), y: field(part, 'y') },
    params: field(part, 'settings'),
  });
  const link = (part: object) => ({
    id: field(part, 'id'),
    from: field(part, 'source'),
    to: field(part, 'target'),
    params: field(part, 'settings'),
  });
  return {
    format: 'loadbearing/1',
    name: field(draft, 'title'),
    seed: field(draft, 'seed'),
    nodes: eachPart(field(draft, 'components'), MAX_NODES, node),
    links: eachPart(field(draft, 'connections'), MAX_LINKS, link),
  };
}

/**
 * Items that are no objects stay as they are, for parsing to report. One beyond the limit stays, for the same
 * reason.
 */
function eachPart(value: unknown, limit: number, turn: (part: object) => object): unknown {
  const read = items(value, limit + 1);
  return read === null ? value : read.list.map((part) => (isFields(part) ? turn(part) : part));
}
