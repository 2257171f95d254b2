/** The seed of the check: typed and run by Enter or the button, or a new one. */
import { Dices, Play } from 'lucide-react';
import { useId, useState, type FormEvent } from 'react';
import { MAX_CHECK_SEED } from '../../session/check/protocol.ts';
import { formatCount } from '../format.ts';
import css from './SeedForm.module.css';

export function SeedForm({ first, onRun }: { first: number; onRun(seed: number): void }) {
  const id = useId();
  const [typed, setTyped] = useState(String(first));
  const seed = parseSeed(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (seed !== null) onRun(seed);
  };
  const takeNew = () => {
    const next = Math.floor(Math.random() * (MAX_CHECK_SEED + 1));
    setTyped(String(next));
    onRun(next);
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <label htmlFor={id}>Seed</label>
      <input
        id={id}
        className={`field number ${css.seed}`}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={seed === null}
        aria-describedby={`${id}-bad`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <button className="button" data-look="primary" type="submit" disabled={seed === null}>
        <Play size={14} aria-hidden />
        Run again
      </button>
      <button className="button" type="button" onClick={takeNew}>
        <Dices size={15} aria-hidden />
        New seed
      </button>
      <span id={`${id}-bad`} className={css.bad}>
        {seed === null && `A whole number from 0 to ${formatCount(MAX_CHECK_SEED)}.`}
      </span>
    </form>
  );
}

function parseSeed(text: string): number | null {
  const seed = Number(text.trim());
  return /^\s*\d+\s*$/.test(text) && seed <= MAX_CHECK_SEED ? seed : null;
}
