/** One price or assumption: a number with its unit; what is no number is said in words and not taken. */
import { useId, useState } from 'react';
import type { Price } from '../../kinds/prices.ts';
import { isRate, MAX_RATE } from './rates.ts';
import css from './CostView.module.css';

interface RateFieldProps {
  readonly price: Price;
  readonly value: number;
  onChange(value: number): void;
}

export function RateField({ price, value, onChange }: RateFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const take = (text: string) => {
    const next = text.trim() === '' ? NaN : Number(text.replace(',', '.'));
    if (!isRate(next)) {
      setProblem(`${price.label} must be a number from 0 to ${MAX_RATE.toLocaleString('en-US')}.`);
      return;
    }
    setProblem(null);
    if (next !== value) onChange(next);
  };
  return (
    <div className={css.rate} title={price.help}>
      <label htmlFor={id}>
        {price.label} <small>{price.unit}</small>
      </label>
      <input
        key={value}
        id={id}
        className="field number"
        inputMode="decimal"
        defaultValue={value}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onBlur={(event) => take(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(event.currentTarget.value);
        }}
      />
      {problem && (
        <p id={`${id}-problem`} className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
