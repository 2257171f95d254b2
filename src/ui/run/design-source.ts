/**
 * What the running half needs of the document's owner, and which changes of a document concern a run. It must not
 * know how a document is edited, undone or saved.
 */
import type { Design, DesignLink, DesignNode } from '../../model/document.ts';

/** `open` = another document took its place (link, file, example); `edit` = the same one was changed. */
export type DesignChange = 'edit' | 'open';

export interface DesignSource {
  get(): Design;
  /** Called after each change. Returns the way out. */
  subscribe(listener: (change: DesignChange) => void): () => void;
  /** An ordinary, undoable edit: the seed is part of the document. */
  setSeed(seed: number): void;
}

/** Both give the same run: they differ at most in positions, notes, title and view. */
export function isSameRun(a: Design, b: Design): boolean {
  return (
    a.seed === b.seed &&
    a.groups === b.groups &&
    a.network === b.network &&
    a.drills === b.drills &&
    isSameList(a.nodes, b.nodes, isSameNode) &&
    isSameList(a.links, b.links, isSameLink)
  );
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return (
    a === b ||
    (a.length === b.length && a.every((item, index) => item === b[index] || isSame(item, b[index])))
  );
}

// Labels are part of a run: the event log speaks of them.
const isSameNode = (a: DesignNode, b: DesignNode) =>
  a.id === b.id && a.kind === b.kind && a.label === b.label && a.group === b.group && isSameParams(a, b);

const isSameLink = (a: DesignLink, b: DesignLink) =>
  a.id === b.id && a.from === b.from && a.to === b.to && isSameParams(a, b);

function isSameParams(a: DesignNode | DesignLink, b: DesignNode | DesignLink): boolean {
  if (a.params === b.params) return true;
  const [mine, other] = [Object.entries(a.params), b.params];
  return (
    mine.length === Object.keys(other).length && mine.every(([name, value]) => Object.is(other[name], value))
  );
}

/** What people call a node, link or group: "orders", "api → orders", "EU"; the id where it is gone. */
export function nameOf(design: Design, id: string): string {
  const labelOf = (node: string) => design.nodes.find((each) => each.id === node)?.label || node;
  const link = design.links.find((each) => each.id === id);
  if (link) return `${labelOf(link.from)} → ${labelOf(link.to)}`;
  return design.groups.find((each) => each.id === id)?.label || labelOf(id);
}
