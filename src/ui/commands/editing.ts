/** Commands that change the design or the selection. */
import type { Design } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, GRID, noteBox } from '../canvas/geometry.ts';
import { standInsOf } from '../canvas/grouping.ts';
import { beginLinking, cancelLinking } from '../canvas/linking.ts';
import {
  deleteElements,
  duplicateElements,
  moveBy,
  selectedNodes,
  selectedThings,
} from '../design/actions.ts';
import { copySelection, cutSelection, pasteFromClipboard } from '../design/clipboard.ts';
import { openSelectionMenu } from '../menu/open.ts';
import type { Command } from './command.ts';

const hasSelection = ({ view }: Services) => view.getState().selection.size > 0;
const hasThings = (services: Services) => selectedThings(services).length > 0;
const hasOneNode = (services: Services) => selectedNodes(services).length === 1;

export const EDITING: readonly Command[] = [
  {
    id: 'undo',
    label: 'Undo',
    group: 'Edit',
    keys: ['Mod+Z'],
    where: 'keys',
    name: ({ design }) => withWhat('Undo', design.getState().history.past.at(-1)?.label),
    isPossible: ({ design }) => design.getState().history.past.length > 0,
    run: ({ design, speech }) => speech.say(said('Undone', design.undo())),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    where: 'keys',
    name: ({ design }) => withWhat('Redo', design.getState().history.future[0]?.label),
    isPossible: ({ design }) => design.getState().history.future.length > 0,
    run: ({ design, speech }) => speech.say(said('Done again', design.redo())),
  },
  {
    id: 'cut',
    label: 'Cut',
    group: 'Edit',
    keys: ['Mod+X'],
    where: 'native',
    isPossible: hasThings,
    run: (services) => void cutSelection(services),
  },
  {
    id: 'copy',
    label: 'Copy',
    group: 'Edit',
    keys: ['Mod+C'],
    where: 'native',
    isPossible: hasThings,
    run: (services) => void copySelection(services),
  },
  {
    id: 'paste',
    label: 'Paste',
    group: 'Edit',
    keys: ['Mod+V'],
    where: 'native',
    run: (services) => void pasteFromClipboard(services),
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    group: 'Edit',
    keys: ['Mod+D'],
    where: 'keys',
    isPossible: hasThings,
    run: (services) => duplicateElements(services, services.view.getState().selection),
  },
  {
    id: 'delete',
    label: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    where: 'canvas',
    isPossible: hasSelection,
    run: (services) => deleteElements(services, services.view.getState().selection),
  },
  {
    id: 'select-all',
    label: 'Select all',
    group: 'Edit',
    keys: ['Mod+A'],
    where: 'keys',
    run: ({ design, view }) => view.select(allDrawn(design.getState().design)),
  },
  {
    id: 'escape',
    label: 'Cancel, or select nothing',
    group: 'Edit',
    keys: ['Escape'],
    where: 'canvas',
    isMinor: true,
    run: (services) => {
      if (services.view.getState().linking) return cancelLinking(services);
      if (services.view.getState().isPresenting) services.view.setState({ isPresenting: false });
      services.view.select([]);
      services.view.setState({ isInspectorOpen: false, isPaletteOpen: false });
    },
  },
  {
    id: 'rename',
    label: 'Rename',
    group: 'Edit',
    keys: ['F2', 'Enter'],
    where: 'canvas',
    isPossible: (services) => namedOne(services) !== null,
    run: (services) => services.view.setState({ renaming: namedOne(services) }),
  },
  {
    id: 'link',
    label: 'Link to another component',
    group: 'Edit',
    keys: ['C'],
    where: 'canvas',
    isPossible: hasOneNode,
    run: (services) => beginLinking(services, selectedNodes(services)[0].id, 'keys'),
  },
  {
    id: 'menu',
    label: 'Open the menu of the selection',
    group: 'Edit',
    keys: ['Shift+F10', 'ContextMenu'],
    where: 'canvas',
    run: (services) => openSelectionMenu(services),
  },
  ...nudges(),
];

/** Arrows move by a step of the grid, with Shift by five, with Ctrl Shift by a pixel. */
function nudges(): Command[] {
  const directions = [
    { word: 'left', x: -1, y: 0, key: 'ArrowLeft' },
    { word: 'right', x: 1, y: 0, key: 'ArrowRight' },
    { word: 'up', x: 0, y: -1, key: 'ArrowUp' },
    { word: 'down', x: 0, y: 1, key: 'ArrowDown' },
  ];
  return directions.map(({ word, x, y, key }) => ({
    id: `nudge-${word}`,
    label: `Move ${word}: one step, five, a pixel`,
    group: 'Edit',
    keys: [key, `Shift+${key}`, `Mod+Shift+${key}`],
    where: 'canvas',
    isMinor: true,
    run: (services, keys = '') => {
      const step = keys.startsWith('Mod') ? 1 : keys.startsWith('Shift') ? 5 * GRID : GRID;
      nudge(services, { x: x * step, y: y * step });
    },
  }));
}

/** The one selected thing that has a name or a text. */
function namedOne({ design, view }: Services): string | null {
  const { nodes, groups, notes } = design.getState().design;
  const { selection } = view.getState();
  const chosen = [...nodes, ...groups, ...notes].filter(({ id }) => selection.has(id));
  return chosen.length === 1 ? chosen[0].id : null;
}

/** Nodes, notes and the cards of collapsed groups, in the place of what these hide. */
function allDrawn(design: Design): string[] {
  const standIns = standInsOf(design);
  return [...new Set([...design.nodes, ...design.notes].map(({ id }) => standIns.get(id) ?? id))];
}

/** Moves what is selected; with nothing selected the view. */
function nudge(services: Services, delta: { x: number; y: number }): void {
  if (!hasThings(services)) return services.canvas.panBy({ x: -2 * delta.x, y: -2 * delta.y });
  moveBy(services, delta);
  const around = boundsOf(
    selectedThings(services).map((each) => ('kind' in each ? boxOf(each) : noteBox(each))),
  );
  if (around) services.canvas.reveal(around);
}

/** "Undo move 3 nodes"; a label that begins with a name keeps its capital. */
function withWhat(verb: string, label: string | undefined): string {
  return label ? `${verb} ${label[0].toLowerCase()}${label.slice(1)}` : verb;
}

function said(verb: string, label: string | null): string {
  return label ? `${verb}: ${label}.` : `Nothing to ${verb === 'Undone' ? 'undo' : 'redo'}.`;
}
