/** Whether the work is kept, in words. */
import { useStore } from 'zustand';
import { useDesignState, useServices } from '../app/context.ts';
import type { Origin } from '../design/store.ts';
import css from './Header.module.css';

const UNCHANGED: Record<Origin, string> = {
  own: 'Saved in this browser',
  link: 'From a link, unchanged',
  file: 'From a file, unchanged',
  example: 'Example, unchanged',
};

export function SavedState() {
  const { files } = useServices();
  const { phase, problem } = useStore(files.autosave);
  const origin = useDesignState((state) => state.origin);
  const words = { unsaved: UNCHANGED[origin], saving: 'Saving…', saved: 'Saved', refused: 'Not saved' };
  const title = phase === 'saved' ? 'Every change is kept in this browser' : (problem ?? undefined);
  return (
    <span className={css.saved} data-phase={phase} title={title} role="status">
      {words[phase]}
    </span>
  );
}
