/** Commands that arrange what is there and choose what is seen of it. What they do is loaded when first used. */
import type { Alignment, Axis } from '../arranging/align.ts';
import type { Services } from '../app/context.ts';
import { selectedThings } from '../design/actions.ts';
import type { Command } from './command.ts';

const aligning = () => import('../arranging/align.ts');
const layout = () => import('../arranging/layout.ts');

const hasSome = (least: number) => (services: Services) => selectedThings(services).length >= least;

const ALIGNMENTS: readonly { how: Alignment; label: string; key: string }[] = [
  { how: 'left', label: 'Align left edges', key: 'Alt+A' },
  { how: 'right', label: 'Align right edges', key: 'Alt+D' },
  { how: 'centre', label: 'Align centres on a vertical line', key: 'Alt+H' },
  { how: 'top', label: 'Align top edges', key: 'Alt+W' },
  { how: 'bottom', label: 'Align bottom edges', key: 'Alt+S' },
  { how: 'middle', label: 'Align middles on a horizontal line', key: 'Alt+V' },
];

const AXES: readonly { axis: Axis; key: string }[] = [
  { axis: 'horizontally', key: 'Alt+Shift+H' },
  { axis: 'vertically', key: 'Alt+Shift+V' },
];

export const ARRANGING: readonly Command[] = [
  {
    id: 'layout',
    label: 'Arrange in layers: the selection, or everything',
    group: 'Edit',
    keys: ['Shift+L'],
    where: 'canvas',
    isPossible: ({ design }) => design.getState().design.nodes.length > 1,
    run: (services) => void layout().then(({ layOut }) => layOut(services)),
  },
  ...ALIGNMENTS.map(({ how, label, key }): Command => ({
    id: `align-${how}`,
    label,
    group: 'Edit',
    keys: [key],
    where: 'keys',
    isPossible: hasSome(2),
    run: (services) => void aligning().then(({ align }) => align(services, how)),
  })),
  ...AXES.map(({ axis, key }): Command => ({
    id: `distribute-${axis}`,
    label: `Distribute ${axis}`,
    group: 'Edit',
    keys: [key],
    where: 'keys',
    isPossible: hasSome(3),
    run: (services) => void aligning().then(({ distribute }) => distribute(services, axis)),
  })),
  {
    id: 'snapping',
    label: 'Snap to the grid and to neighbours',
    group: 'View',
    keys: ["Mod+'", 'Alt+G'],
    where: 'keys',
    name: ({ view }) =>
      view.getState().isSnapping ? 'Stop snapping to grid and neighbours' : 'Snap to grid and neighbours',
    run: ({ view, speech }) => {
      const isSnapping = !view.getState().isSnapping;
      view.setState({ isSnapping });
      speech.say(isSnapping ? 'Snapping is on.' : 'Snapping is off.');
    },
  },
  {
    id: 'find',
    label: 'Find on the canvas: names, kinds, settings, state',
    group: 'View',
    keys: ['Mod+F'],
    where: 'page',
    run: ({ view }) => view.setState({ isFinding: true }),
  },
  {
    id: 'minimap',
    label: 'Show or hide the minimap',
    group: 'View',
    keys: ['M'],
    where: 'canvas',
    name: ({ view }) => (view.getState().isMinimap ? 'Hide the minimap' : 'Show the minimap'),
    run: ({ view }) => view.setState({ isMinimap: !view.getState().isMinimap }),
  },
  {
    id: 'focus',
    label: 'Focus on the selection and what is linked with it',
    group: 'View',
    keys: ['Shift+F'],
    where: 'canvas',
    name: ({ view }) =>
      view.getState().isFocused
        ? 'Show everything clearly again'
        : 'Focus on the selection and what is linked with it',
    run: ({ view, speech }) => {
      const isFocused = !view.getState().isFocused;
      view.setState({ isFocused });
      speech.say(
        isFocused ? 'Focused: what is not linked with the selection is dimmed.' : 'Nothing is dimmed.',
      );
    },
  },
  {
    id: 'present',
    label: 'Present: only the canvas and the run',
    group: 'View',
    keys: ['F', 'Mod+.'],
    where: 'keys',
    name: ({ view }) =>
      view.getState().isPresenting ? 'End the presentation' : 'Present: only the canvas and the run',
    run: ({ view, speech }) => {
      const isPresenting = !view.getState().isPresenting;
      view.setState({ isPresenting });
      speech.say(isPresenting ? 'Presenting. F or Escape ends it.' : 'Presentation ended.');
    },
  },
];
