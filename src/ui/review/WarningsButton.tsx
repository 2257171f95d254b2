/** How many warnings the design has, in the header; opens them. */
import { TriangleAlert } from 'lucide-react';
import { useView, useViewStore } from '../app/context.ts';
import { useWarnings } from './use-warnings.ts';
import css from './WarningsButton.module.css';

export default function WarningsButton() {
  const view = useViewStore();
  const isOpen = useView((state) => state.review === 'warnings');
  const found = useWarnings();
  const count = found.filter(({ severity }) => severity === 'warning').length;
  const words = wordsFor(count, found.length - count);
  return (
    <button
      className={`button ${css.button}`}
      data-look={count === 0 ? 'quiet' : undefined}
      data-tone={count === 0 ? undefined : 'warning'}
      aria-label={words}
      aria-expanded={isOpen}
      title={`${words}: what could hurt before anything runs`}
      onClick={() => view.setState({ review: isOpen ? null : 'warnings' })}
    >
      <TriangleAlert size={15} aria-hidden />
      <span className={css.count}>{found.length}</span>
      <span className={css.words}>{words}</span>
    </button>
  );
}

/** "No design warnings, 2 notes": as the panel lists them. */
function wordsFor(warnings: number, notes: number): string {
  const many = (count: number, noun: string) => `${count || 'No'} ${noun}${count === 1 ? '' : 's'}`;
  return many(warnings, 'design warning') + (notes > 0 ? `, ${many(notes, 'note')}` : '');
}
