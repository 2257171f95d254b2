/** How the run is doing right now, as its users see it: goodput, p99, errors over the last second. */
import { formatCount, formatDuration, formatShare } from '../format.ts';
import type { History } from '../run/history.ts';
import { useLive } from '../run/use-run.ts';
import css from './Transport.module.css';

/** Two windows of half a second. */
const WINDOWS = 2;
/** Where a number turns into bad news: a share of failures, and a wait people notice as broken. */
const BAD_SHARE = 0.01;
const BAD_MS = 1_000;

export function Outcome() {
  const goodput = useLive((_, { history }) => formatCount(perSecond(history, 'good')));
  const offered = useLive((_, { history }) => formatCount(perSecond(history, 'offered')));
  const p99 = useLive((_, { history }) => history.value(history.count - 1, 'p99Ms'), 500);
  const errors = useLive((_, { history }) => failedShare(history), 500);
  return (
    <div className={css.outcome} role="group" aria-label="Over the last second">
      <dl>
        <div className={css.offered}>
          <dt>Offered</dt>
          <dd>
            <b>{offered}</b> rps
          </dd>
        </div>
        <div title="Good answers, counted when they come, of requests begun earlier too">
          <dt>Goodput</dt>
          <dd>
            <b>{goodput}</b>
          </dd>
        </div>
        <div>
          <dt>p99</dt>
          <dd>
            <b data-bad={p99 >= BAD_MS || undefined}>{formatDuration(p99)}</b>
          </dd>
        </div>
        <div>
          <dt>Errors</dt>
          <dd>
            <b data-bad={errors >= BAD_SHARE || undefined}>{formatShare(errors)}</b>
          </dd>
        </div>
      </dl>
    </div>
  );
}

function sumOf(history: History, field: 'good' | 'offered' | 'failed' | 'lengthMs'): number {
  let sum = 0;
  for (let back = 1; back <= Math.min(WINDOWS, history.count); back++) {
    sum += history.value(history.count - back, field);
  }
  return sum;
}

const perSecond = (history: History, field: 'good' | 'offered') =>
  (sumOf(history, field) / sumOf(history, 'lengthMs')) * 1_000;

function failedShare(history: History): number {
  const failed = sumOf(history, 'failed');
  const ended = failed + sumOf(history, 'good');
  return ended > 0 ? failed / ended : NaN;
}
