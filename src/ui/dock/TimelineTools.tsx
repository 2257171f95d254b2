/** The controls over the timeline: which percentiles, what the colours of errors mean, how much time is shown. */
import { ZoomIn, ZoomOut } from 'lucide-react';
import { useLive, useRun } from '../run/use-run.ts';
import { PERCENTILES, type Percentile } from './draw-charts.ts';
import { reasonToken } from './plot.ts';
import { capital } from './readings.ts';
import { zoomTime } from './time-window.ts';
import type { TimelineView } from './timeline-drawing.ts';
import { ZOOM_STEP, type ChangeWindow } from './use-timeline-pointer.ts';
import css from './tools.module.css';

interface Props {
  readonly view: TimelineView;
  readonly changeWindow: ChangeWindow;
  readonly setPercentile: (percentile: Percentile, isShown: boolean) => void;
  readonly isTable: boolean;
  readonly setIsTable: (isTable: boolean) => void;
}

export function TimelineTools({ view, changeWindow, setPercentile, isTable, setIsTable }: Props) {
  const isFollowing = view.window.endMs === null;
  const zoom = (factor: number) => changeWindow((window, nowMs) => zoomTime(window, nowMs, factor, nowMs));
  return (
    <div className={css.tools} role="toolbar" aria-label="Timeline">
      <Reasons />
      {PERCENTILES.map((percentile) => (
        <label key={percentile} className={css.check}>
          <input
            type="checkbox"
            checked={view.percentiles.includes(percentile)}
            onChange={(event) => setPercentile(percentile, event.currentTarget.checked)}
          />
          <i className={css.stroke} data-line={percentile} />
          {percentile}
        </label>
      ))}
      <span className={css.divider} />
      <button type="button" className={css.tool} aria-label="Show more time" onClick={() => zoom(ZOOM_STEP)}>
        <ZoomOut size={14} />
      </button>
      <button
        type="button"
        className={css.tool}
        aria-label="Show less time"
        onClick={() => zoom(1 / ZOOM_STEP)}
      >
        <ZoomIn size={14} />
      </button>
      <button
        type="button"
        className={css.tool}
        aria-pressed={isFollowing}
        onClick={() => changeWindow((window) => ({ ...window, endMs: null }))}
      >
        Follow
      </button>
      <button type="button" className={css.tool} aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
        Table
      </button>
    </div>
  );
}

/** The reasons of failure that occurred, with the colour they have in the errors lane. */
function Reasons() {
  const { history } = useRun();
  const seen = useLive(() => history.seen);
  if (seen.length === 0) return null;
  return (
    <ul className={css.legend} aria-label="Reasons of failure">
      {seen.map((reason, place) => (
        <li key={reason}>
          <i style={{ background: `var(${reasonToken(place)})` }} />
          {capital(history.failures[reason].label)}
        </li>
      ))}
    </ul>
  );
}
