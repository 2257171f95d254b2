/**
 * The slow state of the run: what people chose and what rarely changes. Numbers that come with every frame are not in
 * here. It must not know how any of it is changed.
 */
import type { DigestMark, DrillState, Failure, Verdict } from '../../session/protocol.ts';
import { NORMAL_SPEED } from './speed.ts';

export type DockTab = 'timeline' | 'events' | 'traces';

export interface RunState {
  readonly play: 'loading' | 'paused' | 'playing' | 'failed';
  /** It plays, or does as soon as it is loaded: what the button says, so that it does not flicker with each restart. */
  readonly willPlay: boolean;
  readonly failure: Failure | null;
  /** Simulated seconds per real second that is asked for; Infinity = as fast as possible. */
  readonly speed: number;
  readonly stopAtMs: number | null;
  readonly seed: number;
  /** Digests at whole marks of simulated time, oldest first. */
  readonly marks: readonly DigestMark[];
  /** Edits and faults since the start: with any, the link alone no longer gives this run. */
  readonly interventions: number;
  /** Id of the drill that is carried out, what it is in the middle of, and what became of its expectations so far. */
  readonly drill: string | null;
  readonly drillState: DrillState | null;
  readonly verdicts: readonly Verdict[];
  readonly tab: DockTab;
  /** Closed, only the row with play, time and the numbers of now is left of the dock. */
  readonly isDockOpen: boolean;
  /** Request whose trace is open. */
  readonly request: number | null;
}

export const initialState = (seed: number): RunState => ({
  play: 'loading',
  willPlay: false,
  failure: null,
  speed: NORMAL_SPEED,
  stopAtMs: null,
  seed,
  marks: [],
  interventions: 0,
  drill: null,
  drillState: null,
  verdicts: [],
  tab: 'timeline',
  isDockOpen: true,
  request: null,
});
