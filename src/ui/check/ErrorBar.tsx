/** A difference on a scale of ±4 standard errors: a bar from the middle, an arrow where it leaves the scale. */
import { LIMIT } from '../../session/check/protocol.ts';
import css from './ErrorBar.module.css';

/** Half of the picture's width, with room for the mark at either end. */
const MIDDLE = 60;
const STEP = (MIDDLE - 6) / LIMIT;
const HEIGHT = 16;
const LINE = HEIGHT / 2;

/** Inside the scale a dot, beyond it an arrowhead; `error` undefined or NaN: nothing is known yet. */
export function ErrorBar({ error, state }: { error: number | undefined; state: string }) {
  const isKnown = error !== undefined && !Number.isNaN(error);
  const shown = isKnown ? Math.max(-LIMIT, Math.min(LIMIT, error)) : 0;
  const end = MIDDLE + shown * STEP;
  const way = Math.sign(shown);
  return (
    <svg className={css.bar} data-state={state} viewBox={`0 0 ${2 * MIDDLE} ${HEIGHT}`} aria-hidden>
      <path className={css.track} d={`M${MIDDLE - LIMIT * STEP} ${LINE}H${MIDDLE + LIMIT * STEP}`} />
      {TICKS.map((tick) => (
        <path key={tick} className={css.tick} d={`M${MIDDLE + tick * STEP} ${LINE - 4}v8`} />
      ))}
      {isKnown && <path className={css.length} d={`M${MIDDLE} ${LINE}H${end}`} />}
      {isKnown && shown === error && <circle className={css.mark} cx={end} cy={LINE} r="3.5" />}
      {isKnown && shown !== error && (
        <path className={css.mark} d={`M${end} ${LINE - 5}l${way * 6} 5l${-way * 6} 5z`} />
      )}
    </svg>
  );
}

const TICKS = [-LIMIT, -LIMIT / 2, 0, LIMIT / 2, LIMIT];
