/**
 * Draws the three measured lanes: traffic, latency and errors. It must not know where the numbers come from, nor
 * React.
 */
import { area, line, scaleLinear } from 'd3';
import { HEAT_BINS, HEAT_MIN_MS, HEAT_RATIO } from '../../session/protocol.ts';
import type { Lane } from './lanes.ts';
import { laneOf, reasonToken, type Plot } from './plot.ts';

export const PERCENTILES = ['p50', 'p95', 'p99'] as const;
export type Percentile = (typeof PERCENTILES)[number];

/** Top of the traffic axis in requests per second, of the error axis likewise, and the rows of the heat map. */
export interface Scales {
  readonly trafficRps: number;
  readonly errorsRps: number;
  /** Something was answered. */
  readonly hasLatencies: boolean;
  readonly firstBin: number;
  readonly lastBin: number;
}

const FEWEST_ROWS = 9;

export function scalesOf({ columns }: Pick<Plot, 'columns'>): Scales {
  const top = Math.max(columns.max(columns.offeredRps), columns.max(columns.goodRps), 1);
  const errors = Math.max(columns.max(columns.failedRps), top * 0.02);
  let [first, last] = [HEAT_BINS, -1];
  for (let column = 0; column < columns.count; column++) {
    for (let bin = 0; bin < HEAT_BINS; bin++) {
      if (columns.heat[column * HEAT_BINS + bin] === 0) continue;
      first = Math.min(first, bin);
      last = Math.max(last, bin);
    }
  }
  const hasLatencies = last >= 0;
  if (!hasLatencies) [first, last] = [0, FEWEST_ROWS];
  const spare = Math.max(0, FEWEST_ROWS - (last - first + 1));
  last = Math.min(HEAT_BINS - 1, last + Math.ceil(spare / 2));
  first = Math.max(0, Math.min(first, last - FEWEST_ROWS + 1));
  return {
    trafficRps: top * 1.06,
    errorsRps: errors * 1.1,
    hasLatencies,
    firstBin: first,
    lastBin: last,
  };
}

const indices = (count: number) => Array.from({ length: count }, (_, index) => index);

export function drawTraffic(plot: Plot, scales: Scales): void {
  const lane = laneOf(plot, 'traffic');
  const { context, columns, colours, x } = plot;
  if (!lane || columns.count === 0) return;
  const y = scaleLinear([0, scales.trafficRps], [lane.top + lane.height, lane.top]);
  const middle = (column: number) => x((columns.fromMs[column] + columns.toMs[column]) / 2);
  const list = indices(columns.count);
  const goodput = area<number>(middle, y(0), (column) => y(columns.goodRps[column])).context(context);
  context.beginPath();
  goodput(list);
  context.globalAlpha = 0.16;
  context.fillStyle = colours['--brand'];
  context.fill();
  context.globalAlpha = 1;
  stroke(plot, goodput.lineY1(), list, '--brand', 1.8, []);
  const offered = line<number>(middle, (column) => y(columns.offeredRps[column])).context(context);
  stroke(plot, offered, list, '--ink-2', 1.4, [4, 3]);
}

function stroke(
  { context, colours }: Plot,
  path: (list: number[]) => void,
  list: number[],
  colour: '--brand' | '--ink-2' | '--ink',
  width: number,
  dash: number[],
): void {
  context.beginPath();
  path(list);
  context.strokeStyle = colours[colour];
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** People stop waiting with patience at about a third of a second and lose their thread after one. */
const SLOW_MS = 300;
const VERY_SLOW_MS = 1_000;
/** Steps of opacity: few, so that cells of equal strength share one path. */
const STEPS = 8;

export function drawLatency(plot: Plot, scales: Scales, percentiles: readonly Percentile[]): void {
  const lane = laneOf(plot, 'latency');
  const { columns, x } = plot;
  if (!lane || columns.count === 0) return;
  drawHeat(plot, lane, scales);
  const y = latencyScale(lane, scales);
  const middle = (column: number) => x((columns.fromMs[column] + columns.toMs[column]) / 2);
  const list = indices(columns.count);
  for (const percentile of percentiles) {
    const values = columns[`${percentile}Ms`];
    const curve = line<number>(middle, (column) => y(values[column]))
      .defined((column) => values[column] > 0)
      .context(plot.context);
    stroke(plot, curve, list, '--ink', percentile === 'p99' ? 1.6 : 1.2, DASHES[percentile]);
  }
}

export const DASHES: Readonly<Record<Percentile, number[]>> = { p50: [1, 3], p95: [5, 3], p99: [] };

/** Latency in ms → height, in the logarithmic rows of the heat map. */
export function latencyScale(lane: Lane, { firstBin, lastBin }: Scales): (ms: number) => number {
  const rows = lastBin - firstBin + 1;
  return (ms) => {
    const bin = Math.log(ms / HEAT_MIN_MS) / Math.log(HEAT_RATIO);
    const row = Math.min(rows, Math.max(0, bin - firstBin));
    return lane.top + lane.height - (row / rows) * lane.height;
  };
}

function drawHeat({ context, columns, colours, x }: Plot, lane: Lane, { firstBin, lastBin }: Scales): void {
  const rowHeight = lane.height / (lastBin - firstBin + 1);
  const gap = rowHeight > 4 ? 0.6 : 0;
  let most = 0;
  for (let cell = 0; cell < columns.count * HEAT_BINS; cell++) most = Math.max(most, columns.heat[cell]);
  if (most === 0) return;
  for (let bin = firstBin; bin <= lastBin; bin++) {
    const edge = HEAT_MIN_MS * HEAT_RATIO ** bin;
    const token = edge >= VERY_SLOW_MS ? '--bad' : edge >= SLOW_MS ? '--warn' : '--brand';
    const top = lane.top + lane.height - (bin - firstBin + 1) * rowHeight;
    context.fillStyle = colours[token];
    for (let step = 1; step <= STEPS; step++) {
      context.beginPath();
      let any = false;
      for (let column = 0; column < columns.count; column++) {
        const value = columns.heat[column * HEAT_BINS + bin];
        // The square root shows the few slow ones beside the many fast ones.
        if (value === 0 || Math.ceil(Math.sqrt(value / most) * STEPS) !== step) continue;
        const left = x(columns.fromMs[column]);
        const width = Math.max(1, x(columns.toMs[column]) - left - (gap > 0 ? 0.6 : 0));
        context.rect(left, top, width, rowHeight - gap);
        any = true;
      }
      if (!any) continue;
      context.globalAlpha = 0.1 + (0.8 * step) / STEPS;
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

export function drawErrors(plot: Plot, scales: Scales): void {
  const lane = laneOf(plot, 'errors');
  const { context, columns, colours, reasons, x } = plot;
  if (!lane) return;
  const bottom = lane.top + lane.height;
  const perRps = lane.height / scales.errorsRps;
  context.globalAlpha = 0.88;
  const heights = new Float64Array(columns.count);
  reasons.forEach((reason, place) => {
    context.beginPath();
    for (let column = 0; column < columns.count; column++) {
      const height = columns.reason(column, reason) * perRps;
      if (height === 0) continue;
      const left = x(columns.fromMs[column]);
      const shown = Math.max(0.75, height);
      context.rect(
        left,
        bottom - heights[column] - shown,
        Math.max(1, x(columns.toMs[column]) - left - 0.8),
        shown,
      );
      heights[column] += shown;
    }
    context.fillStyle = colours[reasonToken(place)];
    context.fill();
  });
  context.globalAlpha = 1;
}
