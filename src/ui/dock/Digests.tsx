/** What a run proves: its digests at whole marks, and whether it was changed on its way. */
import { useState } from 'react';
import type { DigestMark } from '../../session/protocol.ts';
import { useRunState } from '../run/use-run.ts';
import css from './RunChip.module.css';

export default function Digests() {
  const marks = useRunState((state) => state.marks);
  const interventions = useRunState((state) => state.interventions);
  return (
    <>
      <h2>Digests of this run</h2>
      <p>
        The same design, seed and drill give the same digests anywhere: in any browser, on any machine, at any
        speed.
      </p>
      {interventions > 0 && (
        <p className={css.changed}>
          This run was changed on its way (
          {interventions === 1 ? 'one edit or fault' : `${interventions} edits or faults`}
          ), so the link alone gives other digests. Restart to compare.
        </p>
      )}
      <Marks marks={marks} />
    </>
  );
}

function Marks({ marks }: { readonly marks: readonly DigestMark[] }) {
  const [isCopied, setIsCopied] = useState(false);
  if (marks.length === 0) return <p className={css.none}>The first comes at 10 s of simulated time.</p>;
  const copy = async () => {
    await navigator.clipboard.writeText(
      marks.map(({ atMs, digest }) => `${atMs / 1_000} s  ${digest}`).join('\n'),
    );
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 1_500);
  };
  return (
    <>
      <ol className={css.marks} aria-label="Digest marks" tabIndex={0}>
        {marks.map(({ atMs, digest }) => (
          <li key={atMs}>
            <span>{atMs / 1_000} s</span>
            <code data-at-ms={atMs}>{digest}</code>
          </li>
        ))}
      </ol>
      <button type="button" className="button" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </>
  );
}
