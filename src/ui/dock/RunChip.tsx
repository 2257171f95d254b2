/** The digest of the run so far, and behind it all digests at whole marks: the proof that a run is the same run. */
import { useRef, useState } from 'react';
import type { DigestMark } from '../../session/protocol.ts';
import { useRunState } from '../run/use-run.ts';
import css from './RunChip.module.css';
import chip from './Transport.module.css';

/** "7f3a·91c0": enough to compare by eye. */
export function shortDigest(digest: string): string {
  return digest.length <= 8 ? digest : `${digest.slice(0, 4)}·${digest.slice(4, 8)}`;
}

export function RunChip() {
  const marks = useRunState((state) => state.marks);
  const interventions = useRunState((state) => state.interventions);
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
        <h2>Digests of this run</h2>
        <p>
          The same design, seed and drill give the same digests anywhere: in any browser, on any machine, at
          any speed.
        </p>
        {interventions > 0 && (
          <p className={css.changed}>
            This run was changed on its way (
            {interventions === 1 ? 'one edit or fault' : `${interventions} edits or faults`}
            ), so the link alone gives other digests. Restart to compare.
          </p>
        )}
        <Marks marks={marks} />
      </div>
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
