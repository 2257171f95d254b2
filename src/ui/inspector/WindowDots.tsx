/** The newest results a breaker decides on, one sign each: hollow for good, filled for failed, striped for slow. */
import { formatShare } from '../format.ts';
import css from './WindowDots.module.css';

const LOOKS = ['ok', 'failed', 'slow'] as const;
/** More do not fit; the newest are the ones that matter. */
const MOST_SHOWN = 60;

export function WindowDots({ results, failureShare }: { results: readonly number[]; failureShare: number }) {
  const shown = results.slice(-MOST_SHOWN);
  const failed = results.filter((result) => result === 1).length;
  return (
    <figure className={css.window}>
      <figcaption>
        <span>{results.length === 0 ? 'No calls yet' : `Last ${results.length} calls`}</span>
        <span className="number">{formatShare(failureShare)} failed</span>
      </figcaption>
      <div
        className={css.dots}
        role="img"
        aria-label={`${failed} of the last ${results.length} calls failed`}
      >
        {shown.map((result, index) => (
          <i key={index} data-look={LOOKS[result] ?? 'ok'} />
        ))}
      </div>
    </figure>
  );
}
