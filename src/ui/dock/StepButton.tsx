/** Runs on by one event, one request or one second, and stands still again. */
import { StepForward } from 'lucide-react';
import { useState } from 'react';
import type { StepSize } from '../../session/api.ts';
import { useRun, useRunState } from '../run/use-run.ts';
import css from './Transport.module.css';

const SIZES: readonly { readonly value: StepSize; readonly label: string }[] = [
  { value: 'event', label: 'one event' },
  { value: 'request', label: 'one request' },
  { value: 'second', label: 'one second' },
];

export function StepButton() {
  const run = useRun();
  const isReady = useRunState((state) => state.play === 'paused' || state.play === 'playing');
  const [size, setSize] = useState<StepSize>('request');
  return (
    <div className={css.step}>
      <button
        type="button"
        className="button"
        title="Step"
        disabled={!isReady}
        onClick={() => run.step(size)}
      >
        <StepForward size={14} />
        Step
      </button>
      <select
        aria-label="Step by"
        value={size}
        onChange={(event) => setSize(event.currentTarget.value as StepSize)}
      >
        {SIZES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
