/** The line through all lanes at one instant, and what each lane says there. It must not know pointers or keys. */
import { formatClock } from '../format.ts';
import { useLive, useRun } from '../run/use-run.ts';
import { readingsAt, type Reading } from './readings.ts';
import type { TimelineDrawing } from './timeline-drawing.ts';
import type { Hover } from './use-timeline-pointer.ts';
import css from './Crosshair.module.css';

export function Crosshair({ drawing, hover }: { readonly drawing: TimelineDrawing; readonly hover: Hover }) {
  const run = useRun();
  // The window may move on under a pointer that stands still.
  useLive((live) => live.frame?.simMs ?? 0);
  const simMs = drawing.x.invert(hover.x);
  const readings = readingsAt(run, drawing.columns, simMs);
  const side = hover.x > drawing.width / 2 ? 'left' : 'right';
  return (
    <>
      <div className={css.line} style={{ transform: `translateX(${hover.x}px)` }} />
      <div
        className={css.tip}
        data-side={side}
        style={{ transform: `translateX(${hover.x}px)` }}
        role={hover.byKey ? 'status' : undefined}
      >
        <div className={css.box}>
          <b className="number">{formatClock(Math.max(0, simMs))}</b>
          {readings.length === 0 ? <p>Nothing measured here.</p> : <Readings readings={readings} />}
        </div>
      </div>
    </>
  );
}

function Readings({ readings }: { readonly readings: readonly Reading[] }) {
  return (
    <dl>
      {readings.map(({ label, value, token }, index) => (
        <div key={index}>
          <dt>
            {token && <i style={{ background: `var(${token})` }} />}
            {label}
          </dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
