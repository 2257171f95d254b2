/**
 * Keeps the picture of the timeline up to date: draws after new frames (a few times a second), after the view,
 * the size, the theme or the design changed. It must not know pointers or keys.
 */
import { useEffect, useRef, useState, type RefObject } from 'react';
import { formatCompact } from '../format.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import { useRun } from '../run/use-run.ts';
import { watchTheme } from '../traffic/colours.ts';
import { HEAT_MIN_MS, HEAT_RATIO } from '../../session/protocol.ts';
import type { Lane } from './lanes.ts';
import { TimelineDrawing, type TimelineView } from './timeline-drawing.ts';
import { formatTimeSpan } from './time-span.ts';

/** A lane's name and what its height stands for: "5.3k rps". */
export interface LaneLabel extends Lane {
  readonly caption: string;
}

export interface TimelineParts {
  readonly drawing: TimelineDrawing | null;
  readonly labels: readonly LaneLabel[];
}

export function useTimeline(
  plot: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  view: TimelineView,
): TimelineParts {
  const run = useRun();
  const [parts, setParts] = useState<TimelineParts>({ drawing: null, labels: [] });
  const latest = useRef(view);
  const redraw = useRef<() => void>(() => {});

  useEffect(() => {
    if (!plot.current || !canvas.current) return;
    const box = plot.current;
    const drawing = new TimelineDrawing(canvas.current, run);
    const draw = () => {
      drawing.draw(latest.current);
      const labels = labelsOf(drawing);
      setParts((before) =>
        before.drawing === drawing && isSame(before.labels, labels) ? before : { drawing, labels },
      );
    };
    redraw.current = draw;
    const fit = () => {
      drawing.resize(box.clientWidth, box.clientHeight);
      draw();
    };
    const resized = new ResizeObserver(fit);
    resized.observe(box);
    fit();
    const leave = [
      () => resized.disconnect(),
      everyAtMost(run.live, BEAT_MS, draw),
      run.source.subscribe(draw),
      watchTheme(() => {
        drawing.adoptTheme();
        draw();
      }),
    ];
    return () => leave.forEach((out) => out());
  }, [run, plot, canvas]);

  useEffect(() => {
    latest.current = view;
    redraw.current();
  }, [view]);

  return parts;
}

/** What each axis spans; nothing before there is anything on it. */
function labelsOf({ lanes, scales, columns }: TimelineDrawing): LaneLabel[] {
  const edge = (bin: number) => HEAT_MIN_MS * HEAT_RATIO ** bin;
  const hasErrors = columns.max(columns.failedRps) > 0;
  const captions = columns.count > 0 &&
    scales && {
      traffic: `0 – ${formatCompact(scales.trafficRps)} rps`,
      latency: scales.hasLatencies ? formatTimeSpan(edge(scales.firstBin), edge(scales.lastBin + 1)) : 'none',
      errors: hasErrors ? `0 – ${formatCompact(scales.errorsRps)} rps` : 'none',
      state: '',
      drill: '',
    };
  return lanes.map((lane) => ({ ...lane, caption: captions ? captions[lane.name] : '' }));
}

const isSame = (a: readonly LaneLabel[], b: readonly LaneLabel[]) =>
  a.length === b.length &&
  a.every((lane, i) => lane.top === b[i].top && lane.height === b[i].height && lane.caption === b[i].caption);
