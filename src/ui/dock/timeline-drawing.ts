/**
 * The picture of the timeline: keeps what is needed to draw it again cheaply, and draws all lanes on one canvas. It
 * must not know React or how it is asked to draw.
 */
import { scaleLinear } from 'd3';
import type { Run } from '../run/run.ts';
import { Columns } from './columns.ts';
import { drillPlan } from './drill-plan.ts';
import { drawAxis, drawDrill, drawMarks, drawNow, drawStates } from './draw-bands.ts';
import {
  drawErrors,
  drawLatency,
  drawTraffic,
  scalesOf,
  type Percentile,
  type Scales,
} from './draw-charts.ts';
import { STATE_ROW, layOutLanes, type Lane } from './lanes.ts';
import { readPalette, type Plot } from './plot.ts';
import { rowName } from './readings.ts';
import { domainOf, type TimeWindow } from './time-window.ts';

export interface TimelineView {
  readonly window: TimeWindow;
  readonly percentiles: readonly Percentile[];
}

/** Narrower columns cannot be told apart. */
const LEAST_COLUMN_PX = 4;

export class TimelineDrawing {
  readonly columns = new Columns();
  readonly x = scaleLinear([0, 1], [0, 1]);
  lanes: readonly Lane[] = [];
  scales: Scales | null = null;
  width = 0;
  height = 0;
  private colours = readPalette();
  private readonly context: CanvasRenderingContext2D | null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly run: Run,
  ) {
    this.context = canvas.getContext('2d');
  }

  resize(width: number, height: number): void {
    const ratio = devicePixelRatio || 1;
    this.width = width;
    this.height = height;
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  adoptTheme(): void {
    this.colours = readPalette();
  }

  draw({ window, percentiles }: TimelineView): void {
    const { run, context } = this;
    const nowMs = run.live.frame?.simMs ?? 0;
    this.x.domain(domainOf(window, nowMs)).range([0, this.width]);
    const [from, to] = this.x.domain();
    this.columns.fill(run.history, [from, to], this.width / LEAST_COLUMN_PX);
    const rows = run.bands.list();
    const drill = drillPlan(run);
    this.lanes = layOutLanes({
      height: this.height,
      stateRows: rows.length,
      hasDrill: drill.steps.length + drill.expectations.length > 0,
    });
    if (!context || this.width === 0) return;
    const { x, width, height, lanes, columns, colours } = this;
    const reasons = run.history.seen;
    const plot: Plot = { context, x, width, height, lanes, columns, reasons, colours, nowMs };
    this.scales = scalesOf(plot);
    context.clearRect(0, 0, width, height);
    drawAxis(plot);
    drawTraffic(plot, this.scales);
    drawLatency(plot, this.scales, percentiles);
    drawErrors(plot, this.scales);
    drawStates(plot, rows, (row) => rowName(run, row));
    drawDrill(plot, drill);
    drawMarks(plot, interventionsOf(run));
    drawNow(plot);
  }

  /** Subject of the state band at a point, null elsewhere. */
  subjectAt(y: number): string | null {
    const lane = this.lanes.find((each) => each.name === 'state');
    if (!lane || y < lane.top || y >= lane.top + lane.height) return null;
    return this.run.bands.list()[Math.floor((y - lane.top) / STATE_ROW)]?.subject ?? null;
  }
}

const CHANGES = ['fault', 'edit'];
const interventionsOf = (run: Run) =>
  run.log.entries.filter((entry) => CHANGES.includes(entry.topic)).map((entry) => entry.atMs);
