/**
 * The one function that carries out an edit. Edits are pure and share what they do not touch, and they never
 * leave a reference that leads nowhere. It must not know undo or screens.
 */
import { equalDesigns } from './canonical.ts';
import { addGroup, addLink, addNode, addNote, setDrill } from './additions.ts';
import {
  moveElements,
  relink,
  renameElement,
  replaceNode,
  setCollapsed,
  setGroup,
  setNote,
  setParam,
  setPlace,
  setSeed,
} from './changes.ts';
import { copyElements, insertPart } from './copies.ts';
import type { Design } from './document.ts';
import type { Edit } from './edit-data.ts';
import { setNetworkParam, setRoundTrip } from './distances.ts';
import { removeElements } from './removal.ts';

/**
 * The design after the edit. Ids that do not exist are ignored, and so is what would break a rule of
 * documents (an id used twice, a link to nowhere or to itself, more elements than allowed). The very same
 * design comes back when nothing changes.
 */
export function applyEdit(design: Design, edit: Edit): Design {
  switch (edit.type) {
    case 'addNode':
      return addNode(design, edit.node);
    case 'addLink':
      return addLink(design, edit.link);
    case 'addGroup':
      return addGroup(design, edit.group);
    case 'addNote':
      return addNote(design, edit.note);
    case 'removeElements':
      return removeElements(design, new Set(edit.ids));
    case 'relink':
      return relink(design, edit.id, edit.from, edit.to);
    case 'replaceNode':
      return replaceNode(design, edit.node);
    case 'moveNodes':
      return moveElements(design, new Map(edit.moves.map((move) => [move.id, move.position])));
    case 'setParam':
      return setParam(design, new Set(edit.ids), edit.name, edit.value);
    case 'rename':
      return renameElement(design, edit.id, edit.label);
    case 'setSeed':
      return setSeed(design, edit.seed);
    case 'setGroup':
      return setGroup(design, new Set(edit.ids), edit.group);
    case 'setCollapsed':
      return setCollapsed(design, edit.id, edit.collapsed);
    case 'setPlace':
      return setPlace(design, edit.id, edit.place);
    case 'setRoundTrip':
      return setRoundTrip(design, edit.from, edit.to, edit.rttMs);
    case 'setNetwork':
      return setNetworkParam(design, edit.name, edit.value);
    case 'setNote':
      return setNote(design, edit.id, edit.text);
    case 'setDrill':
      return setDrill(design, edit.drill);
    case 'duplicate':
      return insertPart(design, copyElements(design, edit.ids), edit.offset);
    case 'insert':
      return insertPart(design, edit.part, edit.offset);
    case 'replace':
      return equalDesigns(design, edit.design) ? design : edit.design;
    case 'batch':
      return edit.edits.reduce(applyEdit, design);
  }
}
