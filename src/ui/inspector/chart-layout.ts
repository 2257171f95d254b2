/**
 * Places the states of a chart on a small picture, and routes its transitions. Works for any chart; a few well-known
 * states have the place where people look for them. It must not know React.
 */
import type { Chart } from '../../session/inspection.ts';

export interface PlacedState {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedTransition {
  readonly from: string;
  readonly to: string;
  /** Events that make it, clock ones included. */
  readonly events: readonly string[];
  readonly timed: boolean;
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly transitions: readonly PlacedTransition[];
}

export const STATE_WIDTH = 74;
export const STATE_HEIGHT = 28;
const WIDTH = 272;
const ROW = 66;
const TOP = 20;
/** How far an arrow bows to the side, so that there and back do not lie on each other; less between neighbours. */
const BOW = 14;
const SHORT_BOW = 7;

/** Column (0 left, 1 middle, 2 right) and row of states people know from textbooks. */
const KNOWN: Readonly<Record<string, readonly [number, number]>> = {
  closed: [0, 0],
  open: [2, 0],
  halfOpen: [1, 1.25],
  forcedOpen: [2, 1.25],
  disabled: [0, 1.25],
  metricsOnly: [0, 1.25],
  starting: [0, 0],
  up: [1, 0],
  degraded: [2, 0],
  draining: [2, 1.2],
  down: [1, 1.2],
  restarting: [0, 1.2],
  backOff: [0, 2.4],
  stopped: [1, 2.4],
  closing: [2, 2.4],
  complete: [0, 0],
  rolling: [2, 0],
  stalled: [1, 1.2],
  steady: [0, 0],
  growing: [2, 0],
  waiting: [0, 1.2],
  shrinking: [2, 1.2],
};

/** States that no transition reaches are left out, unless it is in one of them now. */
export function layOut(chart: Chart, current: string | null): ChartLayout {
  const touched = new Set(chart.transitions.flatMap(({ from, to }) => [from, to]));
  const names = chart.states.filter((name) => touched.has(name) || name === current);
  const states = names.map((name, index): PlacedState => {
    const [column, row] = KNOWN[name] ?? [index % 3, Math.floor(index / 3)];
    const x = STATE_WIDTH / 2 + 2 + column * ((WIDTH - STATE_WIDTH - 4) / 2);
    return { name, x, y: TOP + STATE_HEIGHT / 2 + row * ROW };
  });
  const places = new Map(states.map((state) => [state.name, state]));
  const transitions = [...grouped(chart.transitions).values()].flatMap((same) => {
    const [from, to] = [places.get(same[0].from), places.get(same[0].to)];
    if (!from || !to || from === to) return [];
    return [
      { ...route(from, to), events: same.map(({ event }) => event), timed: same.every((each) => each.timed) },
    ];
  });
  const bottom = Math.max(...states.map((state) => state.y), 0);
  return { width: WIDTH, height: bottom + STATE_HEIGHT / 2 + 8, states, transitions };
}

function grouped(transitions: Chart['transitions']): Map<string, Chart['transitions'][number][]> {
  const pairs = new Map<string, Chart['transitions'][number][]>();
  for (const each of transitions) {
    const key = `${each.from} ${each.to}`;
    pairs.set(key, [...(pairs.get(key) ?? []), each]);
  }
  return pairs;
}

function route(from: PlacedState, to: PlacedState) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  // To the left of the way: from left to right it bows up.
  const side = { x: (to.y - from.y) / length, y: -(to.x - from.x) / length };
  const bow = length < 1.5 * STATE_WIDTH ? SHORT_BOW : BOW;
  const bend = { x: (from.x + to.x) / 2 + side.x * bow, y: (from.y + to.y) / 2 + side.y * bow };
  const start = edgePoint(from, bend, 0);
  const end = edgePoint(to, bend, 5);
  return {
    from: from.name,
    to: to.name,
    path: `M${round(start.x)} ${round(start.y)}Q${round(bend.x)} ${round(bend.y)} ${round(end.x)} ${round(end.y)}`,
    labelX: round((start.x + end.x) / 4 + bend.x / 2 + side.x * 8),
    labelY: round((start.y + end.y) / 4 + bend.y / 2 + side.y * 8),
  };
}

/** Where the way from the middle of a state towards a point leaves its box. */
function edgePoint(state: PlacedState, towards: { x: number; y: number }, gap: number) {
  const dx = towards.x - state.x;
  const dy = towards.y - state.y;
  const across = Math.abs(dx) / (STATE_WIDTH / 2 + gap);
  const down = Math.abs(dy) / (STATE_HEIGHT / 2 + gap);
  const scale = 1 / Math.max(across, down, 1e-6);
  return { x: state.x + dx * scale, y: state.y + dy * scale };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
