/**
 * One time axis for everything that happened: traffic, latency, errors, states, drill, with one crosshair through all
 * of it, and a table for those who do not see it. It must not know how lanes are drawn.
 */
import { useCallback, useRef, useState } from 'react';
import { useRun } from '../run/use-run.ts';
import { Crosshair } from './Crosshair.tsx';
import { PERCENTILES, type Percentile } from './draw-charts.ts';
import { INITIAL_WINDOW } from './time-window.ts';
import type { TimelineView } from './timeline-drawing.ts';
import { TimelineTable } from './TimelineTable.tsx';
import { TimelineTools } from './TimelineTools.tsx';
import { useTimeline } from './use-timeline.ts';
import { useTimelinePointer, type ChangeWindow } from './use-timeline-pointer.ts';
import css from './Timeline.module.css';

const SUMMARY =
  'Traffic, latency, errors and states over simulated time. Arrow keys read the values, plus and minus zoom, ' +
  'F follows the clock. “Table” shows the same as numbers.';

/** Lower lanes have name and caption beside each other. */
const TWO_LINES = 30;

export default function Timeline({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const run = useRun();
  const plot = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<TimelineView>({ window: INITIAL_WINDOW, percentiles: ['p50', 'p99'] });
  const [isTable, setIsTable] = useState(false);
  const changeWindow = useCallback<ChangeWindow>(
    (change) =>
      setView((before) => ({ ...before, window: change(before.window, run.live.frame?.simMs ?? 0) })),
    [run],
  );
  const { drawing, labels } = useTimeline(plot, canvas, view);
  const { hover, brush, handlers } = useTimelinePointer(plot, drawing, changeWindow, onSelect);
  const setPercentile = (percentile: Percentile, isShown: boolean) =>
    setView((before) => ({
      ...before,
      percentiles: PERCENTILES.filter((each) =>
        each === percentile ? isShown : before.percentiles.includes(each),
      ),
    }));

  return (
    <div className={css.timeline}>
      <TimelineTools
        view={view}
        changeWindow={changeWindow}
        setPercentile={setPercentile}
        isTable={isTable}
        setIsTable={setIsTable}
      />
      <div className={css.lanes} hidden={isTable}>
        <div className={css.labels} aria-hidden="true">
          {labels.map(({ name, label, caption, top, height }) => (
            <div key={name} style={{ top, height }} data-low={height < TWO_LINES || undefined}>
              <b>{label}</b>
              <span className="number">{caption}</span>
            </div>
          ))}
        </div>
        <div
          ref={plot}
          className={css.plot}
          role="group"
          aria-label="Timeline"
          aria-roledescription="chart"
          aria-describedby="timeline-summary"
          tabIndex={0}
          onDoubleClick={() => changeWindow(() => INITIAL_WINDOW)}
          {...handlers}
        >
          <canvas ref={canvas} aria-hidden="true" />
          {brush && (
            <div
              className={css.brush}
              style={{ left: Math.min(brush.from, brush.to), width: Math.abs(brush.to - brush.from) }}
            />
          )}
          {hover && drawing && <Crosshair drawing={drawing} hover={hover} />}
        </div>
        <p id="timeline-summary" className="visually-hidden">
          {SUMMARY}
        </p>
      </div>
      {isTable && <TimelineTable window={view.window} />}
    </div>
  );
}
