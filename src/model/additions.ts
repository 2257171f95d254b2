/**
 * Adding elements to a design. What would break a rule of documents (an id used twice, an end that is not
 * there, more than allowed) leaves the design as it is. It must not know edits as data.
 */
import { clampPoint } from './changes.ts';
import {
  MAX_DRILLS,
  MAX_GROUPS,
  MAX_LABEL,
  MAX_LINKS,
  MAX_NODES,
  MAX_NOTE,
  MAX_NOTES,
  type Design,
  type DesignLink,
  type DesignNode,
  type Drill,
  type Group,
  type Note,
} from './document.ts';
import { allElements, hasId, isId } from './identity.ts';
import { cleanLine, cleanLines } from './labels.ts';

export function addNode(design: Design, node: DesignNode): Design {
  if (design.nodes.length >= MAX_NODES || !isFree(design, node.id)) return design;
  const { group, ...rest } = node;
  const placed = { ...rest, label: cleanLine(node.label, MAX_LABEL), position: clampPoint(node.position) };
  const kept = group !== undefined && hasId(design.groups, group) ? { ...placed, group } : placed;
  return { ...design, nodes: [...design.nodes, kept] };
}

export function addLink(design: Design, link: DesignLink): Design {
  const fits = design.links.length < MAX_LINKS && isFree(design, link.id) && link.from !== link.to;
  if (!fits || !hasId(design.nodes, link.from) || !hasId(design.nodes, link.to)) return design;
  return { ...design, links: [...design.links, link] };
}

export function addGroup(design: Design, group: Group): Design {
  if (design.groups.length >= MAX_GROUPS || !isFree(design, group.id)) return design;
  const { parent, ...rest } = group;
  const named = { ...rest, label: cleanLine(group.label, MAX_LABEL) };
  const kept = parent !== undefined && hasId(design.groups, parent) ? { ...named, parent } : named;
  return { ...design, groups: [...design.groups, kept] };
}

export function addNote(design: Design, note: Note): Design {
  if (design.notes.length >= MAX_NOTES || !isFree(design, note.id)) return design;
  const kept = { ...note, text: cleanLines(note.text, MAX_NOTE), position: clampPoint(note.position) };
  return { ...design, notes: [...design.notes, kept] };
}

/** Steps and expectations about elements that do not exist are left out. */
export function setDrill(design: Design, drill: Drill): Design {
  const at = design.drills.findIndex((known) => known.id === drill.id);
  if (at < 0 && (design.drills.length >= MAX_DRILLS || !isFree(design, drill.id))) return design;
  if (at >= 0 && design.drills[at] === drill) return design;
  const kept: Drill = {
    ...drill,
    name: cleanLine(drill.name, MAX_LABEL),
    hypothesis: cleanLines(drill.hypothesis, MAX_NOTE),
    steps: drill.steps.filter(({ target }) =>
      [design.nodes, design.links, design.groups].some((list) => hasId(list, target)),
    ),
    expectations: drill.expectations.filter((expected) => hasId(design.nodes, expected.subject)),
  };
  return { ...design, drills: at < 0 ? [...design.drills, kept] : design.drills.with(at, kept) };
}

function isFree(design: Design, id: string): boolean {
  return isId(id) && allElements(design).every((list) => !hasId(list, id));
}
