/** Commands that draw and arrange. What they do is loaded when they are first used. */
import type { Group, Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { selectedNodes } from '../design/actions.ts';
import { setCollapsed } from '../design/collapsing.ts';
import { addNote, makeGroup, putIntoGroup } from '../design/group-actions.ts';
import type { Command } from './command.ts';

const hasOneNode = (services: Services) => selectedNodes(services).length === 1;

const adding = () => import('../adding/open.ts');
const replacing = () => import('../design/replacing.ts');
const walking = () => import('../canvas/walking.ts');

const ARROWS = [
  { key: 'ArrowRight', walk: 'Go to what it calls', add: 'Add what it calls, to the right' },
  { key: 'ArrowLeft', walk: 'Go to what calls it', add: 'Add what calls it, to the left' },
  { key: 'ArrowUp', walk: 'Go to the one above', add: 'Add what calls it, above' },
  { key: 'ArrowDown', walk: 'Go to the one below', add: 'Add what it calls, below' },
] as const;

export const DRAWING: readonly Command[] = [
  {
    id: 'quick-add',
    label: 'Add a component',
    group: 'Edit',
    keys: ['/', 'A'],
    where: 'canvas',
    run: (services) => void adding().then(({ openQuickAdd }) => openQuickAdd(services)),
  },
  {
    id: 'replace',
    label: 'Replace by another kind, keeping links',
    group: 'Edit',
    keys: ['R'],
    where: 'canvas',
    isPossible: hasOneNode,
    run: (services) => {
      const [{ id }] = selectedNodes(services);
      void replacing().then(({ openReplace }) => openReplace(services, id));
    },
  },
  {
    id: 'note',
    label: 'Write a note',
    group: 'Edit',
    keys: ['N'],
    where: 'canvas',
    run: (services) => addNote(services, noteSpot(services)),
  },
  {
    id: 'group',
    label: 'Put into a new region',
    group: 'Edit',
    keys: ['Mod+G'],
    where: 'keys',
    isPossible: hasGroupable,
    run: (services) => makeGroup(services, groupable(services), 'region'),
  },
  {
    id: 'group-zone',
    label: 'Put into a new zone',
    group: 'Edit',
    keys: ['Mod+Alt+G'],
    where: 'keys',
    isPossible: hasGroupable,
    run: (services) => makeGroup(services, groupable(services), 'zone'),
  },
  {
    id: 'ungroup',
    label: 'Take out of its region or zone',
    group: 'Edit',
    keys: ['Mod+Shift+G'],
    where: 'keys',
    isPossible: (services) => selectedNodes(services).some((node) => node.group !== undefined),
    run: (services) => putIntoGroup(services, groupable(services), null),
  },
  {
    id: 'collapse',
    label: 'Collapse or expand the region',
    group: 'Edit',
    keys: ['E'],
    where: 'canvas',
    isPossible: (services) => groupHere(services) !== null,
    run: (services) => {
      const group = groupHere(services);
      if (!group) return;
      setCollapsed(services, group.id, !group.collapsed);
    },
  },
  ...ARROWS.map(({ key, add }): Command => ({
    id: `add-${key}`,
    label: add,
    group: 'Edit',
    keys: [`Mod+${key}`],
    where: 'canvas',
    isMinor: true,
    isPossible: hasOneNode,
    run: (services) => {
      const [node] = selectedNodes(services);
      void adding().then(({ openNeighbour }) => openNeighbour(services, node.id, key));
    },
  })),
  ...ARROWS.map(({ key, walk: label }): Command => ({
    id: `walk-${key}`,
    label,
    group: 'View',
    keys: [`Alt+${key}`],
    where: 'canvas',
    isMinor: true,
    run: (services) => void walking().then(({ walk }) => walk(services, key)),
  })),
];

/** Selected nodes and collapsed groups: what can stand in a group. */
function groupable({ design, view }: Services): string[] {
  const { nodes, groups } = design.getState().design;
  const { selection } = view.getState();
  return [...nodes, ...groups].map(({ id }) => id).filter((id) => selection.has(id));
}

function hasGroupable(services: Services): boolean {
  return groupable(services).length > 0;
}

/** The selected collapsed group, or the one all selected nodes stand in. */
function groupHere(services: Services): Group | null {
  const { groups } = services.design.getState().design;
  const { selection } = services.view.getState();
  const own = new Set(selectedNodes(services).map((node) => node.group));
  const [id] = own.size === 1 ? own : [];
  return groups.find((group) => selection.has(group.id)) ?? groups.find((group) => group.id === id) ?? null;
}

/** Under the pointer, else in the middle of the view. */
function noteSpot({ canvas }: Services): Point {
  const pointer = canvas.pointer();
  return (pointer && canvas.pointAt(pointer)) ?? canvas.centre();
}
