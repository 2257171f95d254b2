/**
 * The lists of a foreign document before their content is looked at: bounded, objects only, and every element
 * with an id that is valid and its own. It must not know what nodes or links mean.
 */
import { field, fieldNames, isFields, items } from './foreign.ts';
import { createIdSource, isId } from './identity.ts';
import { pathTo, quote, type ProblemList } from './problems.ts';

/** One object of a list, not yet checked. */
export interface RawElement {
  readonly fields: object;
  readonly path: string;
  /** Final id: the written one where that is valid and free. */
  id: string;
}

export interface RawList {
  /** Singular, for sentences: "node". */
  readonly noun: string;
  readonly prefix: string;
  readonly elements: readonly RawElement[];
}

/** Reads a list of a document; what is no object is reported and left out. */
export function readList(
  document: object,
  name: string,
  noun: string,
  prefix: string,
  limit: number,
  problems: ProblemList,
): RawList {
  const value = field(document, name);
  const path = pathTo('$', name);
  const elements: RawElement[] = [];
  const read = value === undefined ? { list: [], total: 0 } : items(value, limit);
  if (read === null) {
    problems.error(path, `“${name}” must be a list, not ${quote(value)}; it was read as empty.`);
    return { noun, prefix, elements };
  }
  if (read.total > limit) {
    problems.error(path, `There are more than ${limit} ${noun}s; only the first ${limit} were kept.`);
  }
  for (const [i, part] of read.list.entries()) {
    if (isFields(part)) elements.push({ fields: part, path: pathTo(path, i), id: '' });
    else problems.error(pathTo(path, i), `A ${noun} must be an object, not ${quote(part)}; it was left out.`);
  }
  return { noun, prefix, elements };
}

/**
 * Gives every element its id. The first with a valid id keeps it; others get a fresh one, which no other
 * element of the document has. Returns per list what a written id refers to now.
 */
export function assignIds(lists: readonly RawList[], problems: ProblemList): readonly Map<unknown, string>[] {
  const taken = new Set<string>();
  const references = lists.map(() => new Map<unknown, string>());
  const unnamed: { element: RawElement; list: number; written: unknown }[] = [];
  for (const [list, { elements }] of lists.entries()) {
    for (const element of elements) {
      const written = field(element.fields, 'id');
      if (isId(written) && !taken.has(written)) {
        taken.add(written);
        element.id = written;
        references[list].set(written, written);
      } else unnamed.push({ element, list, written });
    }
  }
  const fresh = createIdSource(taken);
  for (const { element, list, written } of unnamed) {
    element.id = fresh(lists[list].prefix);
    const why = isId(written) ? 'is used twice' : 'must be 1 to 40 letters, digits, “-” or “_”';
    const problem = `The id of this ${lists[list].noun} ${why} (${quote(written)})`;
    problems.warn(pathTo(element.path, 'id'), `${problem}; it is now “${element.id}”.`);
    const canRefer = typeof written === 'string' || typeof written === 'number';
    if (canRefer && !references[list].has(written)) references[list].set(written, element.id);
  }
  return references;
}

/** Foreign objects may have any number of fields; this many are looked at for misspelt names. */
const MAX_FIELDS = 200;

/** Reports fields nobody knows, so that a misspelt name does not pass in silence. */
export function checkNames(
  value: object,
  known: readonly string[],
  path: string,
  noun: string,
  problems: ProblemList,
): void {
  for (const name of fieldNames(value, MAX_FIELDS)) {
    if (known.includes(name)) continue;
    problems.warn(pathTo(path, name), `${quote(name)} is not a field of a ${noun}; it was ignored.`);
  }
}
