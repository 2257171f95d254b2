/** Commands of the run, the view and the files. */
import { boxOf, specOf } from '../canvas/flow.ts';
import { boundsOf } from '../canvas/geometry.ts';
import { CHECK_HASH } from '../check/address.ts';
import { selectedNodes } from '../design/actions.ts';
import { NORMAL_SPEED } from '../run/speed.ts';
import type { Command } from './command.ts';

const ZOOM_STEP = 1.25;

export const RUNNING: readonly Command[] = [
  {
    id: 'play',
    label: 'Play or pause',
    group: 'Run',
    keys: ['K'],
    where: 'keys',
    name: ({ run }) => (run.state.getState().willPlay ? 'Pause' : 'Play'),
    run: ({ run }) => run.toggle(),
  },
  {
    id: 'step',
    label: 'Step one event',
    group: 'Run',
    keys: ['.'],
    where: 'keys',
    run: ({ run }) => run.step('event'),
  },
  {
    id: 'step-request',
    label: 'Step to the next request',
    group: 'Run',
    where: 'keys',
    run: ({ run }) => run.step('request'),
  },
  {
    id: 'step-second',
    label: 'Step one second',
    group: 'Run',
    where: 'keys',
    run: ({ run }) => run.step('second'),
  },
  { id: 'slower', label: 'Slower', group: 'Run', keys: ['J'], where: 'keys', run: ({ run }) => run.slower() },
  { id: 'faster', label: 'Faster', group: 'Run', keys: ['L'], where: 'keys', run: ({ run }) => run.faster() },
  {
    id: 'fastest',
    label: 'Run at the highest speed',
    group: 'Run',
    where: 'keys',
    run: ({ run }) => run.setSpeed(Infinity),
  },
  {
    id: 'real-time',
    label: 'Run at the speed of real time',
    group: 'Run',
    where: 'keys',
    run: ({ run }) => run.setSpeed(NORMAL_SPEED),
  },
  {
    id: 'seed',
    label: 'Run with another seed',
    group: 'Run',
    where: 'keys',
    run: ({ run }) => run.reseed(),
  },
  {
    id: 'restart',
    label: 'Restart from 0',
    group: 'Run',
    keys: ['Home'],
    where: 'keys',
    run: ({ run }) => run.restart(),
  },
];

export const VIEWING: readonly Command[] = [
  {
    id: 'commands',
    label: 'Find a command or component',
    group: 'View',
    keys: ['Mod+K', 'Mod+Shift+P'],
    where: 'page',
    isMinor: true,
    run: ({ view }) => view.setState({ dialog: 'commands' }),
  },
  {
    id: 'zoom-in',
    label: 'Zoom in',
    group: 'View',
    keys: ['Mod++'],
    where: 'page',
    run: ({ canvas }) => canvas.zoomBy(ZOOM_STEP),
  },
  {
    id: 'zoom-out',
    label: 'Zoom out',
    group: 'View',
    keys: ['Mod+-'],
    where: 'page',
    run: ({ canvas }) => canvas.zoomBy(1 / ZOOM_STEP),
  },
  {
    id: 'zoom-full',
    label: 'Zoom to 100 %',
    group: 'View',
    keys: ['Mod+0', 'Shift+0'],
    where: 'keys',
    run: ({ canvas }) => canvas.zoomTo(1),
  },
  {
    id: 'fit',
    label: 'Fit everything into view',
    group: 'View',
    keys: ['Shift+1'],
    where: 'keys',
    run: ({ canvas }) => canvas.fit(),
  },
  {
    id: 'fit-selection',
    label: 'Fit the selection into view',
    group: 'View',
    keys: ['Shift+2'],
    where: 'keys',
    isPossible: (services) => selectedNodes(services).length > 0,
    run: (services) =>
      services.canvas.fit(
        boundsOf(
          selectedNodes(services).map((node) => boxOf(node)),
          80,
        ),
      ),
  },
  {
    id: 'measurements',
    label: 'Show or hide the measurements',
    group: 'View',
    keys: ['D'],
    where: 'keys',
    name: ({ run }) => `${run.state.getState().isDockOpen ? 'Hide' : 'Show'} the measurements`,
    run: ({ run }) => run.showDock(!run.state.getState().isDockOpen),
  },
  ...(['timeline', 'events', 'traces'] as const).map((tab): Command => ({
    id: tab,
    label: `Show the ${tab}`,
    group: 'View',
    where: 'page',
    run: ({ run }) => run.openTab(tab),
  })),
  {
    id: 'theme',
    label: 'Switch between light and dark',
    group: 'View',
    keys: ['Alt+Shift+D'],
    where: 'page',
    run: ({ theme }) => theme.choose(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
  },
  {
    id: 'theme-system',
    label: 'Use the theme of the system',
    group: 'View',
    where: 'page',
    run: ({ theme }) => theme.choose('system'),
  },
  {
    id: 'help',
    label: 'Help and shortcuts',
    group: 'Help',
    keys: ['?', 'Mod+Alt+/'],
    where: 'keys',
    run: ({ view }) => view.setState({ dialog: 'help' }),
  },
  {
    id: 'check',
    label: 'Model check: simulation against theory',
    group: 'Help',
    where: 'page',
    run: () => {
      location.hash = CHECK_HASH;
    },
  },
];

export const FILING: readonly Command[] = [
  {
    id: 'new',
    label: 'New design',
    group: 'Design',
    where: 'page',
    run: ({ files, canvas }) => {
      files.startNew();
      // What is drawn there next is drawn with the keys of the canvas.
      canvas.focus(null);
    },
  },
  {
    id: 'open',
    label: 'Open or import…',
    group: 'Design',
    keys: ['Mod+O'],
    where: 'page',
    run: ({ view }) => view.setState({ dialog: 'open' }),
  },
  {
    id: 'gallery',
    label: 'Start from an example of the gallery…',
    group: 'Design',
    where: 'page',
    run: ({ view }) => view.setState({ dialog: 'gallery' }),
  },
  {
    id: 'save',
    label: 'Save as a file',
    group: 'Design',
    keys: ['Mod+S'],
    where: 'page',
    run: ({ files }) => files.saveFile(),
  },
  {
    id: 'share',
    label: 'Share as a link, read-only, or to embed',
    group: 'Design',
    where: 'page',
    isPossible: ({ design }) => design.getState().design.nodes.length > 0,
    run: ({ view }) => view.setState({ dialog: 'share' }),
  },
  {
    id: 'export',
    label: 'Export as SVG, PNG, Mermaid or JSON…',
    group: 'Design',
    keys: ['Mod+Shift+E'],
    where: 'page',
    isPossible: ({ design }) => design.getState().design.nodes.length > 0,
    run: ({ view }) => view.setState({ dialog: 'export' }),
  },
  {
    id: 'rename-design',
    label: 'Rename the design',
    group: 'Design',
    where: 'page',
    run: ({ view }) => view.setState({ renaming: 'design' }),
  },
];

/** What a node is called in the command palette: "orders, sharded DB". */
export function nodeEntry(node: { readonly label: string; readonly kind: string }): string {
  return `Go to ${node.label} (${specOf(node.kind)?.label ?? node.kind})`;
}
