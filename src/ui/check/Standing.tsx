/** How far the check is and what came of it, in a bar, a sentence that is read out, and as text to take along. */
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { RUNS } from '../../session/check/protocol.ts';
import { formatCount } from '../format.ts';
import { type CheckProgress, finalResults } from './use-check.ts';
import { asText, summary, totalRequests } from './words.ts';
import css from './Standing.module.css';

export function Standing({ progress, seed }: { progress: CheckProgress; seed: number }) {
  const { entries, results, phase } = progress;
  const ended = finalResults(progress);
  const tone =
    phase === 'running' ? 'idle' : phase === 'done' && ended.every(({ passed }) => passed) ? 'ok' : 'bad';
  const runs = [...results.values()].reduce((sum, result) => sum + result.runs, 0);
  return (
    <section className={css.standing} data-tone={tone} aria-label="Result" data-phase={phase}>
      <p className={css.words}>
        <b role="status">{summary(progress, seed)}</b>
        {ended.length > 0 && (
          <span>
            {formatCount(totalRequests(ended))} requests simulated, {RUNS} runs of each case
          </span>
        )}
      </p>
      {phase === 'running' ? (
        <progress
          className={css.bar}
          aria-label="Model check"
          value={runs}
          max={Math.max(1, entries.length * RUNS)}
        />
      ) : (
        <CopyButton text={asText(progress, seed)} />
      )}
    </section>
  );
}

function CopyButton({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <>
      <button className="button" type="button" onClick={() => void copy()}>
        <Icon size={14} aria-hidden />
        {outcome === 'copied' ? 'Copied' : 'Copy as text'}
      </button>
      <span className={outcome === 'refused' ? css.refused : 'visually-hidden'} role="status">
        {outcome === 'copied' && 'The result is in the clipboard.'}
        {outcome === 'refused' && 'The clipboard is closed to this page.'}
      </span>
    </>
  );
}
