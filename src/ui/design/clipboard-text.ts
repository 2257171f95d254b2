/**
 * What is selected, as text for the system's clipboard, so that tabs, browsers and issue trackers can take part. It must
 * not know what a paste does with it.
 */
import { serialize } from '../../model/canonical.ts';
import { copyElements } from '../../model/copies.ts';
import type { Design } from '../../model/document.ts';
import { membersOf } from '../canvas/grouping.ts';
import { selectedThings, type Editing } from './actions.ts';

/** Part of no first picture. */
export const loadPasting = () => import('./pasting.ts');

/**
 * The selected nodes and notes, the links among them, and the groups that are selected with all that is in them, as
 * text; null with none selected.
 */
export function selectionText(editing: Editing): string | null {
  const { design } = editing.design.getState();
  const ids = new Set(selectedThings(editing).map(({ id }) => id));
  if (ids.size === 0) return null;
  const isWhole = (group: string) => {
    const members = membersOf(design, group);
    return members.length > 0 && members.every((member) => ids.has(member));
  };
  const groups = design.groups.map(({ id }) => id).filter(isWhole);
  const part = copyElements(design, [...ids, ...groups]);
  return serialize(standingAlone(part));
}

/** Without references to groups that were not copied along. */
function standingAlone(part: Design): Design {
  const present = new Set(part.groups.map(({ id }) => id));
  return {
    ...part,
    nodes: part.nodes.map(({ group, ...node }) => (group && present.has(group) ? { ...node, group } : node)),
    groups: part.groups.map(({ parent, ...group }) =>
      parent && present.has(parent) ? { ...group, parent } : group,
    ),
  };
}
