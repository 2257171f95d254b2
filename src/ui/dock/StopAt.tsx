/** Pauses the run by itself at a simulated time: "30 s", "1:30", empty for never. */
import { useState } from 'react';
import { useRun, useRunState } from '../run/use-run.ts';
import css from './Transport.module.css';

export function StopAt() {
  const run = useRun();
  const stopAtMs = useRunState((state) => state.stopAtMs);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (stopAtMs === null ? '' : stopText(stopAtMs));
  const isBad = typed !== null && parseStop(typed) === undefined;
  const finish = () => {
    const next = typed === null ? undefined : parseStop(typed);
    if (next !== undefined && next !== stopAtMs) run.setStopAt(next);
    setTyped(null);
  };
  return (
    <label className={css.stop}>
      Pause at
      <input
        aria-invalid={isBad}
        placeholder="never"
        title="Simulated time, for instance 30 s or 1:30; empty = never"
        value={shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isBad) finish();
          if (event.key === 'Escape') setTyped(null);
          event.stopPropagation();
        }}
      />
    </label>
  );
}

export const stopText = (ms: number) => `${Number((ms / 1_000).toFixed(3))} s`;

/** Simulated ms; null for "never", undefined for something that is no time. */
export function parseStop(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'never') return null;
  const clock = /^(?:(\d+):)?(\d+):(\d{1,2}(?:\.\d+)?)$/.exec(trimmed);
  if (clock) return ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1_000;
  const plain = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m)?$/.exec(trimmed);
  if (!plain) return undefined;
  const unit = { ms: 1, s: 1_000, m: 60_000, min: 60_000 }[plain[2] ?? 's'] ?? 1_000;
  const ms = Math.round(Number(plain[1]) * unit * 1e6) / 1e6;
  return ms > 0 ? ms : null;
}
