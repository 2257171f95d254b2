/** What the inspector shows live of one node, link or group, as it crosses the thread boundary. Data only. */
import type { Chart } from '../engine/machines/chart.ts';
import type { Parts } from '../engine/station/inside.ts';
import type { BreakerState, Severity, UnitState } from './protocol.ts';

export type { Chart, Parts };

/** What the inspector shows live about one breaker: of one unit of the caller. */
export interface BreakerView {
  readonly unit: string;
  readonly state: BreakerState;
  readonly sinceMs: number;
  /** Simulated ms until the next timed transition; NaN without one. */
  readonly nextMs: number;
  /** Newest last: 0 ok, 1 failed, 2 slow. */
  readonly window: readonly number[];
  readonly failureShare: number;
  readonly rejected: number;
  readonly trips: number;
}

/** What the inspector shows live about one unit that is there. */
export interface UnitView {
  /** Its place among all units of the node, those taken out of service included. */
  readonly index: number;
  readonly name: string;
  /** What is to be seen of it, and what its life's machine is in. */
  readonly state: UnitState;
  readonly life: UnitState;
  readonly sinceMs: number;
  /** "12 of 16 busy", "3 waiting", "v2", "warming up: 40 %", "3 restarts". */
  readonly marks: readonly string[];
}

/** Something that steers a node by itself, as the inspector shows it. */
export interface ControlView {
  readonly name: string;
  readonly chart: Chart;
  readonly state: string;
  /** What it knows and wants, in one sentence with numbers. */
  readonly sentence: string;
}

/** Live detail of a node, link or group, asked for a few times a second. */
export interface Inspection {
  readonly subject: string;
  /** What is going on, in one sentence with numbers. */
  readonly sentence: string;
  readonly severity: Severity;
  readonly units: readonly UnitView[];
  readonly lifeChart: Chart | null;
  readonly controls: readonly ControlView[];
  /** What it works with, one list for each of its units that knows them its own way. */
  readonly parts: readonly Parts[];
  readonly breakers: readonly BreakerView[];
  readonly breakerChart: Chart | null;
  /** Faults active on it now, by fault id; unit −1 means the whole node. */
  readonly faults: readonly { readonly fault: string; readonly unit: number; readonly factor: number }[];
  /** Totals since the start: name and value, in reading order. */
  readonly totals: readonly { readonly label: string; readonly value: number }[];
}
