/**
 * Edits in words, for the undo menu and announcements: "Move 3 nodes", "Change attempt timeout". It must not
 * know the labels of parameters; their names are words already.
 */
import type { Design } from './document.ts';
import type { Edit } from './edit-data.ts';

/** What an edit does to this design, as a phrase with a verb first, sentence case, without a full stop. */
export function describeEdit(design: Design, edit: Edit): string {
  switch (edit.type) {
    case 'addNode':
      return `Add ${edit.node.label || 'a node'}`;
    case 'addLink':
      return `Link ${nameOf(design, edit.link.from)} to ${nameOf(design, edit.link.to)}`;
    case 'addGroup':
      return `Add ${edit.group.kind} ${edit.group.label}`.trim();
    case 'addNote':
      return 'Add a note';
    case 'removeElements':
      return `Delete ${describeElements(design, edit.ids)}`;
    case 'relink':
      return `Link ${nameOf(design, edit.from)} to ${nameOf(design, edit.to)}`;
    case 'replaceNode':
      return `Replace ${nameOf(design, edit.node.id)}`;
    case 'moveNodes':
      return `Move ${describeElements(
        design,
        edit.moves.map((move) => move.id),
      )}`;
    case 'setParam':
      return `${edit.value === undefined ? 'Reset' : 'Change'} ${wordsOf(edit.name)}`;
    case 'rename':
      return edit.id === null ? 'Rename the design' : `Rename ${nameOf(design, edit.id)}`;
    case 'setSeed':
      return 'Change the seed';
    case 'setGroup': {
      const what = describeElements(design, edit.ids);
      return edit.group === null
        ? `Take ${what} out of its group`
        : `Put ${what} into ${nameOf(design, edit.group)}`;
    }
    case 'setCollapsed':
      return `${edit.collapsed ? 'Collapse' : 'Expand'} ${nameOf(design, edit.id)}`;
    case 'setPlace':
      return edit.place === null
        ? `Take ${nameOf(design, edit.id)} off the map`
        : `Put ${nameOf(design, edit.id)} into ${edit.place}`;
    case 'setRoundTrip':
      return `Change the round trip ${edit.from} to ${edit.to}`;
    case 'setNetwork':
      return `${edit.value === undefined ? 'Reset' : 'Change'} ${wordsOf(edit.name)} of the network`;
    case 'setNote':
      return 'Change a note';
    case 'setDrill': {
      const isNew = design.drills.every((drill) => drill.id !== edit.drill.id);
      return `${isNew ? 'Add' : 'Change'} drill ${edit.drill.name}`.trim();
    }
    case 'duplicate':
      return `Duplicate ${describeElements(design, edit.ids)}`;
    case 'insert':
      return `Paste ${describeElements(edit.part, null)}`;
    case 'replace':
    case 'batch':
      return edit.label;
  }
}

/** `breakerFailureShare` → "breaker failure": words, without the unit at the end. */
function wordsOf(param: string): string {
  const words = param
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');
  const units = ['ms', 'rps', 'bytes', 'share', 'seconds'];
  return (words.length > 1 && units.includes(words[words.length - 1]) ? words.slice(0, -1) : words).join(' ');
}

/** One element by its name, several by their number; links only when there is nothing else. */
function describeElements(design: Design, ids: readonly string[] | null): string {
  const wanted = ids === null ? null : new Set(ids);
  const count = (list: readonly { readonly id: string }[]): number =>
    wanted === null ? list.length : list.filter((element) => wanted.has(element.id)).length;
  const lists = [
    { noun: 'node', number: count(design.nodes) },
    { noun: 'group', number: count(design.groups) },
    { noun: 'note', number: count(design.notes) },
    { noun: 'drill', number: count(design.drills) },
  ].filter((list) => list.number > 0);
  const total = lists.reduce((sum, list) => sum + list.number, 0);
  if (total === 0) return plural(count(design.links), 'link');
  if (total === 1 && ids !== null && lists[0].noun !== 'note') {
    return nameOf(design, ids.find((id) => nameOf(design, id) !== id) ?? ids[0]);
  }
  return lists.length === 1 ? plural(total, lists[0].noun) : plural(total, 'element');
}

function plural(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/** What people call an element; its id when it has no name. */
function nameOf(design: Design, id: string): string {
  const labelled = [...design.nodes, ...design.groups].find((element) => element.id === id)?.label;
  return labelled || design.drills.find((drill) => drill.id === id)?.name || id;
}
