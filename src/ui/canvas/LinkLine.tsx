/** A link on the canvas. Width, colour, breaker and cut are written into it by `link-paint`, never rendered. */
import type { EdgeProps } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { useView } from '../app/context.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import { useRun } from '../run/use-run.ts';
import { routeOf, type LinkEdge } from './flow.ts';
import { ARROW, curveBetween, curvePath, pointAt } from './geometry.ts';
import { paintLink } from './link-paint.ts';
import css from './LinkLine.module.css';

/** Where on the curve the symbols stand. */
const BREAKER_AT = 0.5;
const CUT_AT = 0.28;
/** The route stands over the end of the line, which always comes from the left. */
const ABOVE = 14;

export const LinkLine = memo(function LinkLine(props: EdgeProps<LinkEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY, selected } = props;
  const run = useRun();
  const group = useRef<SVGGElement>(null);
  const isHovered = useView((view) => view.hoveredLink === id);
  const isSplit = useView((view) => view.dragged?.split?.linkId === id);
  useEffect(() => {
    const paint = () => group.current && paintLink(group.current, id, run.live);
    paint();
    return everyAtMost(run.live, BEAT_MS, paint);
  }, [run, id]);
  const curve = curveBetween({ x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const path = curvePath(curve);
  const breaker = pointAt(curve, BREAKER_AT);
  const cut = pointAt(curve, CUT_AT);
  const { x, y } = curve.end;
  return (
    <g
      ref={group}
      className={css.link}
      data-selected={selected || undefined}
      data-hovered={isHovered || undefined}
      data-split={isSplit || undefined}
    >
      <path className={css.halo} d={path} />
      <path className={css.strand} d={path} />
      <path className={css.retries} d={path} />
      <path className={css.arrow} d={`M${x - 2} ${y - 4.5}l${ARROW} 4.5-${ARROW} 4.5z`} />
      <path
        className="react-flow__edge-interaction"
        d={path}
        fill="none"
        strokeOpacity={0}
        strokeWidth={20}
      />
      <text className={css.route} x={x} y={y - ABOVE}>
        {data && routeOf(data.link)}
      </text>
      <g className={css.cut} transform={`translate(${cut.x} ${cut.y})`}>
        <circle r="9" />
        <path d="M-6 5l4-10M2 5l4-10" />
      </g>
      <g className={css.breaker} transform={`translate(${breaker.x} ${breaker.y})`}>
        <circle className={css.ring} r="16" />
        <circle r="12" />
        <path className={css.poles} d="M-7 0h3M4 0h3" />
        <path className={css.lever} d="M-4 0h8" />
        <path className={css.forced} d="M-4-8h8" />
      </g>
    </g>
  );
});
