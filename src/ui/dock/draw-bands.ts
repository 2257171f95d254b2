/**
 * Draws what has a beginning and an end: states of breakers and units, steps and expectations of drills, marks of
 * interventions, the axis and the clock. It must not know React.
 */
import type { BandRow } from '../run/bands.ts';
import { BAND_LOOKS } from './band-looks.ts';
import { AXIS_HEIGHT, LANE_GAP, STATE_ROW } from './lanes.ts';
import { laneOf, type Plot, type Token } from './plot.ts';
import { tickLabel, timeTicks } from './time-window.ts';

/** A bar with words, in simulated time. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
  readonly fill: Token;
  readonly ink: Token;
}

/** Steps have words on their bars; expectations are strips below them, told by the crosshair. */
export interface DrillPlan {
  readonly steps: readonly Stretch[];
  readonly expectations: readonly Stretch[];
}

export function drawAxis({ context, x, width, height, lanes, colours }: Plot): void {
  context.font = `10px ${colours['--mono']}`;
  context.textBaseline = 'middle';
  context.strokeStyle = colours['--line'];
  context.lineWidth = 1;
  context.setLineDash([1, 3]);
  const [from, to] = x.domain();
  for (const tick of timeTicks([from, to], width, 80)) {
    const at = Math.round(x(tick)) + 0.5;
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at, height);
    context.stroke();
    context.fillStyle = colours['--ink-3'];
    context.fillText(tickLabel(tick), at + 4, AXIS_HEIGHT / 2);
  }
  context.setLineDash([]);
  for (const lane of lanes) {
    const at = Math.round(lane.top + lane.height + LANE_GAP / 2) + 0.5;
    context.beginPath();
    context.moveTo(0, at);
    context.lineTo(width, at);
    context.stroke();
  }
}

/** The clock: a line through all lanes with a head on the axis. */
export function drawNow({ context, x, width, height, colours, nowMs }: Plot): void {
  const at = x(nowMs);
  if (at < -5 || at > width + 5) return;
  context.fillStyle = colours['--ink'];
  context.fillRect(at - 0.75, 0, 1.5, height);
  context.beginPath();
  context.moveTo(at - 5, 0);
  context.lineTo(at + 5, 0);
  context.lineTo(at, 7);
  context.fill();
}

/** Small triangles on the axis where people changed the run. */
export function drawMarks({ context, x, colours }: Plot, marks: readonly number[]): void {
  context.fillStyle = colours['--warn'];
  for (const mark of marks) {
    const at = x(mark);
    context.beginPath();
    context.moveTo(at, AXIS_HEIGHT - 6);
    context.lineTo(at + 4, AXIS_HEIGHT);
    context.lineTo(at - 4, AXIS_HEIGHT);
    context.fill();
  }
}

export function drawStates(plot: Plot, rows: readonly BandRow[], nameOf: (row: BandRow) => string): void {
  const lane = laneOf(plot, 'state');
  if (!lane) return;
  const shown = Math.floor((lane.height + 1) / STATE_ROW);
  rows.slice(0, shown).forEach((row, index) => {
    const top = lane.top + index * STATE_ROW;
    const named = firstWithRoom(plot, row);
    row.bands.forEach((band, at) => {
      const { word, fill, ink } = BAND_LOOKS[band.state];
      const toMs = row.bands[at + 1]?.fromMs ?? plot.nowMs;
      const text = at === named ? `${nameOf(row)} ${word}` : word;
      drawStretch(plot, { fromMs: band.fromMs, toMs, text, fill, ink }, top + 1, STATE_ROW - 3);
    });
    // Where its beginning has moved out of view, the name still stands at the edge.
    const first = row.bands.findIndex(
      (_, at) => (row.bands[at + 1]?.fromMs ?? Infinity) > plot.x.domain()[0],
    );
    if (first > 0)
      drawRowName(plot, `${nameOf(row)} ${BAND_LOOKS[row.bands[first].state].word}`, row, first, top);
  });
}

/** Room for a short name, px. */
const NAME_ROOM = 60;

/** Where the name of a row stands: on its first band, or where that is a sliver on the next that is none. */
function firstWithRoom({ x, nowMs }: Plot, { bands }: BandRow): number {
  const found = bands.findIndex(
    ({ fromMs }, at) => x(bands[at + 1]?.fromMs ?? nowMs) - x(fromMs) >= NAME_ROOM,
  );
  return Math.max(0, found);
}

function drawRowName(plot: Plot, text: string, row: BandRow, first: number, top: number): void {
  const { fill, ink } = BAND_LOOKS[row.bands[first].state];
  const fromMs = plot.x.domain()[0];
  const toMs = row.bands[first + 1]?.fromMs ?? plot.nowMs;
  drawStretch(plot, { fromMs, toMs, text, fill, ink }, top + 1, STATE_ROW - 3);
}

/** Height of the strip of an expectation along the lower edge of the lane. */
const STRIP = 3;

export function drawDrill(plot: Plot, plan: DrillPlan): void {
  const lane = laneOf(plot, 'drill');
  if (!lane) return;
  const { context, x, colours } = plot;
  for (const step of plan.steps) drawStretch(plot, step, lane.top, lane.height - STRIP - 2);
  for (const { fromMs, toMs, ink } of plan.expectations) {
    context.fillStyle = colours[ink];
    context.fillRect(x(fromMs), lane.top + lane.height - STRIP, Math.max(1, x(toMs) - x(fromMs) - 1), STRIP);
  }
}

/** A rounded bar, its words cut at its end. */
function drawStretch(
  { context, x, width, colours }: Plot,
  stretch: Stretch,
  top: number,
  height: number,
): void {
  const left = Math.max(-6, x(stretch.fromMs));
  const right = Math.min(width + 6, x(stretch.toMs) - 1);
  if (right <= left || right < 0 || left > width) return;
  context.beginPath();
  context.roundRect(left, top, Math.max(1.5, right - left), height, 4);
  context.fillStyle = colours[stretch.fill];
  context.fill();
  if (right - left < 18) return;
  context.save();
  context.clip();
  context.font = `560 11px ${colours['--text']}`;
  context.textBaseline = 'middle';
  context.fillStyle = colours[stretch.ink];
  context.fillText(stretch.text, Math.max(left, 0) + 7, top + height / 2 + 0.5);
  context.restore();
}
