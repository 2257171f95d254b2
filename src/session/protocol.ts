/**
 * What crosses between page and worker beside calls (`api.ts`): the frames the worker sends, and the meaning of every
 * number in them. Frames are typed arrays, transferred; strings travel only when something changed. It must not
 * know the DOM, React or how the engine works inside.
 */
import type { Verdict } from '../drills/exercise.ts';
import { BREAKER_STATE_NAMES, LIFE_NAMES, STALL_NAMES } from '../engine/states.ts';

/** Columns of `Frame.nodes`, one row per node in `Layout.nodes` order. Rates are over the last window. */
export const NODE_FIELDS = [
  'rateRps', // calls arriving (for a source: requests started)
  'okRps', // of these, answered well
  'failedShare', // failed ÷ ended, 0..1
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms', // of calls answered in the window; NaN when none
  'utilisation', // busy ÷ capacity 0..1; NaN where capacity has no limit
  'waiting', // calls in queues now
  'inFlight', // calls inside now
  'gauge0',
  'gauge1',
  'gauge2',
  'gauge3', // the kind's own gauges, in spec order; NaN when unknown
] as const;
/** Columns of `Frame.units`, one row per unit, nodes in layout order, units in index order. */
export const UNIT_FIELDS = ['state', 'utilisation', 'waiting', 'rateRps'] as const;
/** Values of the `state` column of a unit: index into this list. */
export const UNIT_STATES = [...LIFE_NAMES, ...STALL_NAMES] as const;
export type UnitState = (typeof UNIT_STATES)[number];
/** Columns of `Frame.links`, one row per link in `Layout.links` order. */
export const LINK_FIELDS = [
  'rateRps', // attempts started
  'failedShare', // attempts that ended badly ÷ attempts ended
  'p95Ms',
  'inFlight',
  'retryShare', // attempts that are not the first ÷ attempts
  'breaker', // worst state over the caller's units: index into BREAKER_STATES, −1 without breaker
  'cut', // 1 while partitioned
] as const;
export const BREAKER_STATES = BREAKER_STATE_NAMES;
export type BreakerState = (typeof BREAKER_STATES)[number];
/** Columns of `Frame.hops`: one traversal of a link by a sampled call, there or back. */
export const HOP_FIELDS = [
  'link', // row in Layout.links
  'request', // id of the whole request; `fetchTrace` takes it
  'departMs',
  'arriveMs', // simulated times
  'backward', // 0 call, 1 answer
  'look', // index into HOP_LOOKS
] as const;
export const HOP_LOOKS = ['read', 'write', 'hit', 'stale', 'failed', 'retry', 'abandoned'] as const;
/** Columns of `Frame.windows`: one closed window of the whole system, seen by its clients. */
export const WINDOW_FIELDS = [
  'startMs',
  'lengthMs',
  'offered', // requests that were due to start in the window
  'good', // requests answered well in the window
  'failed',
  'retried', // attempts beyond the first, on all links
  'p50Ms',
  'p95Ms',
  'p99Ms', // NaN when nothing was answered
] as const;
/** Rows of the latency heat map: upper edge of bin i is `HEAT_MIN_MS * HEAT_RATIO ** (i + 1)`; the last is open. */
export const HEAT_BINS = 24;
export const HEAT_MIN_MS = 0.25;
export const HEAT_RATIO = 1.6;

/** Names behind the indices of frames; sent first and again whenever the design's structure changed. */
export interface Layout {
  readonly version: number;
  readonly nodes: readonly { readonly id: string; readonly units: readonly string[] }[];
  readonly links: readonly string[];
  /** Every way a request can fail, in the order of `Frame.windowFailures`. */
  readonly failures: readonly { readonly id: string; readonly label: string }[];
}

export type Severity = 'info' | 'good' | 'warning' | 'bad';

/** One line of the event log: "Breaker opened: 14 of the last 20 calls failed (limit 50 %)". */
export interface LogEntry {
  readonly id: number;
  readonly atMs: number;
  readonly severity: Severity;
  /** `breaker`, `life`, `ejection`, `fault`, `edit`, `limit`; a stable word to filter by. */
  readonly topic: string;
  readonly text: string;
  /** Node or link it is about. */
  readonly subject: string | null;
}

export type PlayState = 'paused' | 'playing' | 'failed';

/**
 * What the drill's machine is in: before its first fault, with faults active, after they were ended; then whether all
 * that was expected came true.
 */
export type DrillState = 'steady' | 'disturbed' | 'recovering' | 'held' | 'missed';

export interface Frame {
  readonly layoutVersion: number;
  readonly simMs: number;
  readonly playing: boolean;
  /** Simulated seconds per real second that was asked for and reached; Infinity asked = as fast as possible. */
  readonly speedAsked: number;
  readonly speedReached: number;
  readonly events: number;
  readonly requests: number;
  /** One in so many requests is sampled for dots and traces. */
  readonly sampling: number;
  readonly nodes: Float32Array;
  readonly units: Float32Array;
  readonly links: Float32Array;
  readonly hops: Float64Array;
  /** Windows closed since the last frame: WINDOW_FIELDS columns; then per window the failures and heat rows. */
  readonly windows: Float64Array;
  readonly windowFailures: Uint32Array;
  readonly windowHeat: Uint32Array;
  readonly log: readonly LogEntry[];
  /** Digests at whole marks of DIGEST_EVERY_MS passed since the last frame. */
  readonly digests: readonly DigestMark[];
  /** Null while no drill is carried out. */
  readonly drill: DrillState | null;
  /** Expectations of the drill decided since the last frame. */
  readonly verdicts: readonly Verdict[];
}

export type { Verdict };

/** The digest of a run at a simulated instant: equal everywhere for the same design, seed and engine. */
export interface DigestMark {
  readonly atMs: number;
  readonly digest: string;
}
export const DIGEST_EVERY_MS = 10_000;
export const WINDOW_MS = 500;

export interface FaultOrder {
  /** Node, link or group id. */
  readonly target: string;
  /** Unit index, or null for all of it. */
  readonly unit: number | null;
  /** A fault id of the kind's spec, of LINK_FAULTS for a link, or of GROUP_FAULTS for a group. */
  readonly fault: string;
  readonly factor: number;
}

/** One span of a sampled request; times in simulated ms. */
export interface Span {
  readonly id: number;
  readonly parent: number | null;
  /** Link it travelled, null for the request itself at its client. */
  readonly link: string | null;
  readonly node: string;
  readonly unit: string | null;
  readonly attempt: number;
  readonly startMs: number;
  /** NaN while it runs. */
  readonly endMs: number;
  readonly outcome: string;
  /** "waited 12 ms in the queue", "miss", "read version 7", "breaker open: not sent". */
  readonly notes: readonly { readonly atMs: number; readonly text: string }[];
}

export interface Trace {
  readonly request: number;
  readonly operation: 'read' | 'write';
  readonly key: number;
  readonly spans: readonly Span[];
}

/** A sampled request that has ended, for the trace list. */
export interface TraceSummary {
  readonly request: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly outcome: string;
  readonly ok: boolean;
  readonly operation: 'read' | 'write';
  readonly client: string;
}

export const MAX_FRAMES_AHEAD = 2;

/**
 * What the page shows when the worker died. `message` is a sentence; `report` is what the worker
 * knows of it and, once the page has added design and seed, the text behind "Copy report".
 */
export interface Failure {
  readonly message: string;
  readonly simMs: number;
  readonly node: string | null;
  readonly report: string;
}
