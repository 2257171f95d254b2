/** How fast simulated time passes, from a thousandth to as fast as possible; says so when it cannot keep up. */
import { useId } from 'react';
import { useLive, useRun, useRunState } from '../run/use-run.ts';
import { SPEEDS, reachedLabel, shortfall, speedLabel, speedStop } from '../run/speed.ts';
import css from './SpeedSlider.module.css';

const READ_MS = 500;

export function SpeedSlider() {
  const run = useRun();
  const speed = useRunState((state) => state.speed);
  const isPlaying = useRunState((state) => state.play === 'playing');
  const reached = useLive((live) => (live.frame?.playing ? live.frame.speedReached : NaN), READ_MS);
  const asked = useLive((live) => live.frame?.speedAsked ?? NaN, READ_MS);
  const id = useId();
  const stop = speedStop(speed);
  const share = stop / (SPEEDS.length - 1);
  // Just after a change the measured speed is still that of before.
  const slow = isPlaying && asked === speed ? shortfall(speed, reached) : null;
  const isMax = isPlaying && speed === Infinity && reached > 0;
  return (
    <div className={css.speed}>
      <label htmlFor={id}>Speed</label>
      <input
        id={id}
        type="range"
        aria-label="Speed"
        min={0}
        max={SPEEDS.length - 1}
        step={1}
        value={stop}
        style={{ '--share': share } as React.CSSProperties}
        aria-valuetext={speedLabel(speed)}
        title="Simulated seconds per second (J slower, L faster)"
        onChange={(event) => run.setSpeed(SPEEDS[Number(event.currentTarget.value)])}
      />
      <output htmlFor={id} className={css.value}>
        {speedLabel(speed)}
      </output>
      {slow && (
        <span className={css.slow} role="status">
          {slow}
        </span>
      )}
      {isMax && <span className={css.reached}>{reachedLabel(reached)}</span>}
    </div>
  );
}
