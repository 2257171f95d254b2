/** Frames and layouts for tests, with only the numbers a test is about. */
import {
  BREAKER_STATES,
  HEAT_BINS,
  LINK_FIELDS,
  NODE_FIELDS,
  UNIT_FIELDS,
  UNIT_STATES,
  WINDOW_FIELDS,
  type BreakerState,
  type Frame,
  type Layout,
  type UnitState,
} from '../../src/session/protocol.ts';

export const layoutOf = (
  nodes: Record<string, readonly string[]>,
  links: readonly string[] = [],
  version = 1,
  failures: Layout['failures'] = [],
): Layout => ({
  version,
  nodes: Object.entries(nodes).map(([id, units]) => ({ id, units })),
  links,
  failures,
});

export const emptyFrame = (layout: Layout, simMs: number, more: Partial<Frame> = {}): Frame => ({
  layoutVersion: layout.version,
  simMs,
  playing: false,
  speedAsked: 1,
  speedReached: 1,
  events: 0,
  requests: 0,
  sampling: 1,
  nodes: new Float32Array(layout.nodes.length * NODE_FIELDS.length).fill(NaN),
  units: unitColumns(layout, {}),
  links: linkColumns(layout, {}),
  hops: new Float64Array(0),
  windows: new Float64Array(0),
  windowFailures: new Uint32Array(0),
  windowHeat: new Uint32Array(0),
  log: [],
  digests: [],
  drill: null,
  verdicts: [],
  ...more,
});

/** All units up but those named. */
export function unitColumns(layout: Layout, states: Record<string, UnitState>): Float32Array {
  const units = layout.nodes.flatMap((node) => node.units);
  const values = new Float32Array(units.length * UNIT_FIELDS.length);
  units.forEach((unit, row) => {
    values[row * UNIT_FIELDS.length + UNIT_FIELDS.indexOf('state')] = UNIT_STATES.indexOf(
      states[unit] ?? 'up',
    );
  });
  return values;
}

/** No breaker on any link but those named; `cut` for a partition. */
export function linkColumns(layout: Layout, states: Record<string, BreakerState | 'cut'>): Float32Array {
  const values = new Float32Array(layout.links.length * LINK_FIELDS.length);
  layout.links.forEach((link, row) => {
    const state = states[link];
    const at = row * LINK_FIELDS.length;
    values[at + LINK_FIELDS.indexOf('breaker')] =
      state && state !== 'cut' ? BREAKER_STATES.indexOf(state) : -1;
    values[at + LINK_FIELDS.indexOf('cut')] = state === 'cut' ? 1 : 0;
  });
  return values;
}

export interface WindowNumbers {
  readonly startMs: number;
  readonly offered?: number;
  readonly good?: number;
  readonly failed?: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  readonly failures?: readonly number[];
  /** Answers by bin of the heat map. */
  readonly heat?: Readonly<Record<number, number>>;
}

/** The window part of a frame: half a second each. */
export function windowColumns(
  windows: readonly WindowNumbers[],
): Pick<Frame, 'windows' | 'windowFailures' | 'windowHeat'> {
  const reasons = Math.max(0, ...windows.map((window) => window.failures?.length ?? 0));
  const heat = new Uint32Array(windows.length * HEAT_BINS);
  windows.forEach((window, row) => {
    for (const [bin, count] of Object.entries(window.heat ?? {})) heat[row * HEAT_BINS + Number(bin)] = count;
  });
  return {
    windows: Float64Array.from(
      windows.flatMap((window) => {
        const defaults = { lengthMs: 500, retried: 0, offered: 0, good: 0, failed: 0 };
        const numbers = new Map<string, unknown>(Object.entries({ ...defaults, ...window }));
        return WINDOW_FIELDS.map((field) => Number(numbers.get(field) ?? NaN));
      }),
    ),
    windowFailures: Uint32Array.from(
      windows.flatMap((window) => Array.from({ length: reasons }, (_, i) => window.failures?.[i] ?? 0)),
    ),
    windowHeat: heat,
  };
}
