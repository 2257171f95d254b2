/** A state chart, drawn from the data of the very machine that runs, with its live state lit. */
import { useId, useMemo } from 'react';
import type { Chart } from '../../session/inspection.ts';
import { layOut, STATE_HEIGHT, STATE_WIDTH } from './chart-layout.ts';
import css from './StateChart.module.css';

export type StateTone = 'good' | 'warning' | 'bad' | 'idle';

interface StateChartProps {
  readonly chart: Chart;
  readonly current: string | null;
  readonly label: string;
  toneOf(state: string): StateTone;
  /** The words on an arrow; null for none. */
  wordsOf(event: string): string | null;
}

/** With more arrows only those that lead out of the live state get words. */
const MOST_LABELLED = 5;

export function StateChart({ chart, current, label, toneOf, wordsOf }: StateChartProps) {
  const arrow = useId();
  const layout = useMemo(() => layOut(chart, current), [chart, current]);
  const isQuiet = layout.transitions.length > MOST_LABELLED;
  const now = current ? stateWords(current) : 'unknown';
  return (
    <svg
      className={css.chart}
      data-quiet={isQuiet || undefined}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="img"
      aria-label={`${label}: ${now}`}
    >
      <defs>
        {[arrow, `${arrow}-next`].map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path className={css.head} data-next={id !== arrow || undefined} d="M0 1l7 3-7 3z" />
          </marker>
        ))}
      </defs>
      {layout.transitions.map((each) => (
        <path
          key={`${each.from} ${each.to}`}
          className={css.transition}
          data-next={each.from === current || undefined}
          data-timed={each.timed || undefined}
          d={each.path}
          markerEnd={`url(#${arrow}${each.from === current ? '-next' : ''})`}
        />
      ))}
      {layout.states.map((state) => (
        <g
          key={state.name}
          className={css.state}
          data-tone={state.name === current ? toneOf(state.name) : undefined}
          transform={`translate(${state.x} ${state.y})`}
        >
          <rect x={-STATE_WIDTH / 2} y={-STATE_HEIGHT / 2} width={STATE_WIDTH} height={STATE_HEIGHT} rx="8" />
          <text y="4">{stateWords(state.name)}</text>
        </g>
      ))}
      {layout.transitions.map((each) => {
        const isNext = each.from === current;
        const words = isQuiet && !isNext ? null : each.events.map(wordsOf).find((text) => text !== null);
        if (!words) return null;
        return (
          <text
            key={`${each.from} ${each.to}`}
            className={css.words}
            data-next={isNext || undefined}
            x={each.labelX}
            y={each.labelY + 3.5}
          >
            {words}
          </text>
        );
      })}
    </svg>
  );
}

/** "halfOpen" → "half-open". */
export function stateWords(state: string): string {
  return state === 'forcedOpen' ? 'forced open' : state.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
