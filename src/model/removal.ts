/**
 * Taking elements out of a design together with everything that refers to them. It must not know edits as
 * data.
 */
import { changeEach, withLists } from './changes.ts';
import type { Design, Drill, Group } from './document.ts';

/**
 * Removes nodes, links, groups, notes and drills. Links of removed nodes go too, and steps and expectations
 * of drills about what is gone. What stood in a removed group moves up to the nearest group around it that
 * stays.
 */
export function removeElements(design: Design, ids: ReadonlySet<string>): Design {
  const nodes = keep(design.nodes, (node) => !ids.has(node.id));
  const links = keep(design.links, (link) => !ids.has(link.id) && !ids.has(link.from) && !ids.has(link.to));
  const groups = keep(design.groups, (group) => !ids.has(group.id));
  const remaining = new Set([...nodes, ...links, ...groups].map((element) => element.id));
  const gone = nodes !== design.nodes || links !== design.links || groups !== design.groups;
  return withLists(design, {
    nodes: groups === design.groups ? nodes : moveUp(nodes, 'group', design.groups, ids),
    links,
    groups: groups === design.groups ? groups : moveUp(groups, 'parent', design.groups, ids),
    notes: keep(design.notes, (note) => !ids.has(note.id)),
    drills: changeEach(
      keep(design.drills, (drill) => !ids.has(drill.id)),
      (drill) => (gone ? withoutLost(drill, remaining) : drill),
    ),
  });
}

function moveUp<K extends 'group' | 'parent', T extends { readonly [key in K]?: string }>(
  elements: readonly T[],
  key: K,
  groups: readonly Group[],
  gone: ReadonlySet<string>,
): readonly T[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  return changeEach(elements, (element) => {
    const around: string | undefined = element[key];
    if (around === undefined || !gone.has(around)) return element;
    let outer = byId.get(around)?.parent;
    while (outer !== undefined && gone.has(outer)) outer = byId.get(outer)?.parent;
    const { [key]: _, ...rest } = element;
    return (outer === undefined ? rest : { ...rest, [key]: outer }) as T;
  });
}

function withoutLost(drill: Drill, remaining: ReadonlySet<string>): Drill {
  const steps = keep(drill.steps, (step) => remaining.has(step.target));
  const expectations = keep(drill.expectations, (expected) => remaining.has(expected.subject));
  const same = steps === drill.steps && expectations === drill.expectations;
  return same ? drill : { ...drill, steps, expectations };
}

/** The elements that stay; the very same list when all do. */
function keep<T>(list: readonly T[], stays: (element: T) => boolean): readonly T[] {
  return list.every(stays) ? list : list.filter(stays);
}
