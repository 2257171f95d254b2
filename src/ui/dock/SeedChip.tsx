/** The seed of the run: click to type another, or take a new one. Either starts the run anew. */
import { Dices } from 'lucide-react';
import { useState } from 'react';
import { useRun, useRunState } from '../run/use-run.ts';
import css from './Transport.module.css';

const SEEDS = 2 ** 32;

export function SeedChip() {
  const run = useRun();
  const seed = useRunState((state) => state.seed);
  const [typed, setTyped] = useState<string | null>(null);
  const isBad = typed !== null && parseSeed(typed) === null;
  const finish = () => {
    const next = typed === null ? null : parseSeed(typed);
    if (next !== null && next !== seed) run.source.setSeed(next);
    setTyped(null);
  };
  if (typed === null) {
    return (
      <span className={css.chips}>
        <button
          type="button"
          className={css.chip}
          title="With the design it decides every event of the run"
          onClick={() => setTyped(String(seed))}
        >
          seed {seed}
        </button>
        <button
          type="button"
          className={css.dice}
          aria-label="New seed"
          title="New seed"
          onClick={run.reseed}
        >
          <Dices size={14} />
        </button>
      </span>
    );
  }
  return (
    <input
      className={css.seed}
      aria-label="Seed"
      aria-invalid={isBad}
      inputMode="numeric"
      title={`A whole number from 0 to ${SEEDS - 1}`}
      value={typed}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isBad) finish();
        if (event.key === 'Escape') setTyped(null);
        event.stopPropagation();
      }}
    />
  );
}

function parseSeed(text: string): number | null {
  const seed = Number(text.trim());
  return /^\s*\d+\s*$/.test(text) && seed < SEEDS ? seed : null;
}
