/** Says that the simulation died, where and why, and what can be done. The drawing is not touched by it. */
import { useState } from 'react';
import { formatDuration } from '../format.ts';
import { nameOf } from '../run/design-source.ts';
import { useRun, useRunState } from '../run/use-run.ts';
import css from './FailureNote.module.css';

export function FailureNote() {
  const run = useRun();
  const failure = useRunState((state) => state.failure);
  const seed = useRunState((state) => state.seed);
  const [isCopied, setIsCopied] = useState(false);
  if (!failure) return null;
  const where = failure.node ? ` in ${nameOf(run.source.get(), failure.node)}` : '';
  const copy = async () => {
    await navigator.clipboard.writeText(failure.report);
    setIsCopied(true);
  };
  return (
    <div className={css.note} role="alert">
      <p>
        <b>The simulation {failure.simMs > 0 ? 'stopped' : 'did not start'}</b>
        {failure.simMs > 0 && ` at ${formatDuration(failure.simMs)}`}
        {where}, seed {seed}. {failure.message} Your drawing is safe.
      </p>
      <button type="button" className="button" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy report'}
      </button>
      <button type="button" className="button" data-look="primary" onClick={run.restart}>
        Start again
      </button>
    </div>
  );
}
