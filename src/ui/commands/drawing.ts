/** Commands that draw and arrange. What they do is loaded when they are first used. */
import type { Services } from '../app/context.ts';
import { selectedNodes } from '../design/actions.ts';
import type { Command } from './command.ts';

const hasOneNode = (services: Services) => selectedNodes(services).length === 1;

const adding = () => import('../adding/open.ts');
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
