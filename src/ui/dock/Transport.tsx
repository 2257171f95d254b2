/** Plays, pauses, steps and restarts the run; shows its clock, seed, digest and how it is doing. */
import type { ReactNode } from 'react';
import { Pause, Play, RotateCcw } from 'lucide-react';
import { useRun, useRunState } from '../run/use-run.ts';
import { Clock } from './Clock.tsx';
import { Outcome } from './Outcome.tsx';
import { RunChip } from './RunChip.tsx';
import { SeedChip } from './SeedChip.tsx';
import { SpeedSlider } from './SpeedSlider.tsx';
import { StepButton } from './StepButton.tsx';
import { StopAt } from './StopAt.tsx';
import css from './Transport.module.css';

/** `children` stand at the end of the row. */
export function Transport({ children }: { readonly children?: ReactNode }) {
  const run = useRun();
  const play = useRunState((state) => state.play);
  const isPlaying = useRunState((state) => state.willPlay);
  return (
    <div className={css.transport} role="group" aria-label="Run">
      <button
        type="button"
        className={css.play}
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title={isPlaying ? 'Pause (K)' : 'Play (K)'}
        disabled={play === 'failed'}
        onClick={run.toggle}
      >
        {isPlaying ? <Pause size={14} fill="currentColor" /> : <Play size={14} fill="currentColor" />}
      </button>
      <Clock />
      <div className={css.more}>
        <button
          type="button"
          className="button"
          data-look="icon"
          aria-label="Restart"
          title="Restart from 0 (Home)"
          onClick={run.restart}
        >
          <RotateCcw size={15} />
        </button>
        <StepButton />
        <SpeedSlider />
        <SeedChip />
        <RunChip />
        <StopAt />
      </div>
      <Outcome />
      {children}
    </div>
  );
}
