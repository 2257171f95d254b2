/**
 * Ids of elements: what one looks like, and how the next free one is found without chance, so that the same
 * edit on the same design gives the same ids everywhere.
 */
import type { Design } from './document.ts';
import { MAX_ID } from './document.ts';

/** First letters of the ids given by the app itself: n1, n2 …; links of conventional ids are shorter. */
export const ID_PREFIX = { node: 'n', link: 'l', group: 'g', note: 't', drill: 'd' } as const;

export const ID_PATTERN = `^[A-Za-z0-9_-]{1,${MAX_ID}}$`;
const ID = new RegExp(ID_PATTERN);

/** Whether a value may be an id. Names every object has (`constructor`, `__proto__`) may not. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value) && !(value in Object.prototype);
}

/** Hands out ids: prefix and the smallest number above the largest used with that prefix. */
export type IdSource = (prefix: string) => string;

/** A source that knows the ids in `taken` and adds each one it hands out. */
export function createIdSource(taken: Set<string>): IdSource {
  const next = new Map<string, number>();
  return (prefix) => {
    let number = next.get(prefix) ?? largestNumber(taken, prefix) + 1;
    while (taken.has(prefix + number)) number++;
    next.set(prefix, number + 1);
    taken.add(prefix + number);
    return prefix + number;
  };
}

/** The next free id with this prefix: `freshId(design, 'n')` after n1 and n7 is n8. */
export function freshId(design: Design, prefix: string): string {
  return createIdSource(allIds(design))(prefix);
}

/** Ids of all nodes, links, groups, notes and drills. */
export function allIds(design: Design): Set<string> {
  return new Set(allElements(design).flatMap((list) => list.map((element) => element.id)));
}

/** All lists of elements; ids are unique across them. */
export function allElements(design: Design): readonly (readonly { readonly id: string }[])[] {
  return [design.nodes, design.links, design.groups, design.notes, design.drills];
}

export function hasId(elements: readonly { readonly id: string }[], id: string): boolean {
  return elements.some((element) => element.id === id);
}

function largestNumber(taken: Set<string>, prefix: string): number {
  let largest = 0;
  for (const id of taken) {
    const digits = id.startsWith(prefix) ? id.slice(prefix.length) : '';
    if (/^[0-9]{1,9}$/.test(digits)) largest = Math.max(largest, Number(digits));
  }
  return largest;
}
