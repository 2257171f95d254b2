/** The simulated clock, written straight into the page with every frame. */
import { useEffect, useRef } from 'react';
import { formatClock } from '../format.ts';
import { useRun, useRunState } from '../run/use-run.ts';
import { clockDecimals } from '../run/speed.ts';
import css from './Transport.module.css';

export function Clock() {
  const run = useRun();
  const decimals = useRunState((state) => clockDecimals(state.speed));
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = '';
    const write = () => {
      const next = formatClock(run.live.frame?.simMs ?? 0, decimals);
      if (next === shown || !text.current) return;
      shown = next;
      // A size of its own: the digits change with every frame, and nothing around them is to be laid out again.
      if (next.length !== text.current.textContent.length) text.current.style.width = `${next.length}ch`;
      text.current.textContent = next;
    };
    write();
    return run.live.subscribe(write);
  }, [run, decimals]);
  return (
    <span ref={text} className={css.clock} role="timer" aria-label="Simulated time" title="Simulated time" />
  );
}
