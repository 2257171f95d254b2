/** The digest of the run so far, and behind it all digests at whole marks: the proof that a run is the same run. */
import { lazy, Suspense, useRef } from 'react';
import { useRunState } from '../run/use-run.ts';
import css from './RunChip.module.css';
import chip from './Transport.module.css';

/** No part of the first picture. */
const Digests = lazy(() => import('./Digests.tsx'));

/** "7f3a·91c0": enough to compare by eye. */
export function shortDigest(digest: string): string {
  return digest.length <= 8 ? digest : `${digest.slice(0, 4)}·${digest.slice(4, 8)}`;
}

export function RunChip() {
  const marks = useRunState((state) => state.marks);
  const popover = useRef<HTMLDivElement>(null);
  const last = marks.at(-1);
  const place = (button: HTMLElement) => {
    const { left, top } = button.getBoundingClientRect();
    if (!popover.current) return;
    popover.current.style.left = `${Math.max(8, Math.min(left, innerWidth - 340))}px`;
    popover.current.style.bottom = `${innerHeight - top + 8}px`;
  };
  return (
    <>
      <button
        type="button"
        className={chip.chip}
        popoverTarget="run-digests"
        title={last ? `Digest at ${last.atMs / 1_000} s` : 'The first digest comes at 10 s'}
        onClick={(event) => place(event.currentTarget)}
      >
        run {last ? shortDigest(last.digest) : '–'}
      </button>
      <div
        ref={popover}
        id="run-digests"
        popover="auto"
        className={css.popover}
        role="dialog"
        aria-label="Digests"
      >
        <Suspense fallback={null}>
          <Digests />
        </Suspense>
      </div>
    </>
  );
}
