/** Faults of regions and zones as a whole. It must not know how they are carried out. */
import type { FaultSpec } from './contract.ts';

/** What regions and zones support: the first two of everything in them, the others of the links that lead in and out. */
export const GROUP_FAULTS: readonly FaultSpec[] = [
  {
    id: 'crash',
    label: 'Lose all of it',
    help: 'Everything in it crashes at once: a power cut, a flood, a bad change rolled out everywhere. Clients go on asking.',
    scope: 'node',
    factor: 1,
    endedBy: 'restore',
  },
  {
    id: 'restore',
    label: 'Restore all of it',
    help: 'Starts everything in it again; start-up times pass before it answers.',
    scope: 'node',
    factor: 1,
  },
  {
    id: 'partition',
    label: 'Cut it off',
    help: 'No message gets in or out, only timeouts reveal it; inside everything goes on.',
    scope: 'node',
    factor: 1,
    endedBy: 'heal',
  },
  { id: 'heal', label: 'Reconnect it', help: 'Messages get in and out again.', scope: 'node', factor: 1 },
];
