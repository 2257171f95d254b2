/**
 * What every drawing of the timeline is given: a context, the time scale, the lanes and the theme's colours. It must
 * not know what is drawn.
 */
import type { ScaleLinear } from 'd3';
import { readColours } from '../traffic/colours.ts';
import type { Columns } from './columns.ts';
import type { Lane, LaneName } from './lanes.ts';

const TOKENS = [
  '--surface', '--sunken', '--line', '--line-strong', '--ink', '--ink-2', '--ink-3', '--brand', '--brand-soft',
  '--idle', '--ok', '--warn', '--bad', '--hit', '--stale', '--ok-soft', '--warn-soft', '--bad-soft', '--ok-ink',
  '--warn-ink', '--bad-ink', '--on-state', '--idle-soft', '--text', '--mono',
] as const; // prettier-ignore
export type Token = (typeof TOKENS)[number];
export type Palette = Readonly<Record<Token, string>>;

export function readPalette(): Palette {
  const values = readColours(TOKENS);
  return Object.fromEntries(TOKENS.map((token, index) => [token, values[index]])) as Record<Token, string>;
}

export interface Plot {
  readonly context: CanvasRenderingContext2D;
  /** Simulated ms → CSS pixels from the left edge of the plot. */
  readonly x: ScaleLinear<number, number>;
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly columns: Columns;
  /** Reasons of failure that occurred, as columns of the history. */
  readonly reasons: readonly number[];
  readonly colours: Palette;
  readonly nowMs: number;
}

export const laneOf = (plot: Plot, name: LaneName): Lane | undefined =>
  plot.lanes.find((lane) => lane.name === name);

/** Colours of the reasons of failure, in the order they first occurred; the words stand in the legend. */
const REASON_TOKENS: readonly Token[] = [
  '--bad',
  '--warn',
  '--stale',
  '--idle',
  '--hit',
  '--ink-2',
  '--brand',
];

/** `place` = position among the reasons that occurred. */
export const reasonToken = (place: number): Token => REASON_TOKENS[place % REASON_TOKENS.length];
