/** Commands that show what there is to say about the design as a whole: warnings, cost, history. */
import type { Review } from '../app/view.ts';
import type { Command } from './command.ts';

const show = (review: Review, label: string, keys?: readonly string[]): Command => ({
  id: review,
  label,
  group: 'Design',
  where: 'page',
  ...(keys ? { keys } : {}),
  run: ({ view }) => view.setState({ review }),
});

export const REVIEWING: readonly Command[] = [
  show('warnings', 'Show design warnings', ['Mod+Alt+L']),
  show('cost', 'Estimate the monthly cost'),
  show('history', 'Show history and kept versions', ['Mod+Alt+H']),
];
