/**
 * The design as plain data: what is saved, shared and assembled into a running system. Names in here are
 * permanent, because they live in shared links and files. It must not know kinds, React or the engine.
 */
import type { ParamOverrides } from './params.ts';
import type { Network } from './places.ts';

export const FORMAT = 'loadbearing/1';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A component on the canvas. */
export interface DesignNode {
  /** Unique among all elements of the design; letters, digits, `-` and `_`, at most 40. */
  readonly id: string;
  /** Name of a kind in the catalog. */
  readonly kind: string;
  /** What people call it; plain text, at most 80 characters. */
  readonly label: string;
  /** Top left corner in canvas units (CSS pixels at 100 %). */
  readonly position: Point;
  readonly params: ParamOverrides;
  /** The region or zone it stands in. */
  readonly group?: string;
}

/** A directed dependency: `from` calls `to`. Carries the caller's policy and the network between them. */
export interface DesignLink {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly params: ParamOverrides;
}

/** A region, or a zone inside a region. */
export interface Group {
  readonly id: string;
  readonly kind: 'region' | 'zone';
  readonly label: string;
  readonly parent?: string;
  /** Where in the world: links between groups with places get their latency from that. */
  readonly place?: string;
  /** Drawn as one card; absent for a group that shows what is in it. */
  readonly collapsed?: true;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly position: Point;
}

/** Something done to the running system at a simulated time. */
export interface DrillStep {
  readonly atMs: number;
  /** Node, link or group id. */
  readonly target: string;
  /** Unit index; absent for all of the target. */
  readonly unit?: number;
  /** A fault id of the target's kind, of links or of groups. */
  readonly fault: string;
  /** Strength; absent for the fault's own. */
  readonly factor?: number;
}

/** What must hold over a stretch of simulated time; measured on one node as its callers see it. */
export interface Expectation {
  readonly subject: string;
  readonly measure: 'p50Ms' | 'p95Ms' | 'p99Ms' | 'failedShare' | 'okRps';
  readonly is: 'below' | 'above';
  readonly value: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A failure drill: a hypothesis, the steps that test it, and what is expected. */
export interface Drill {
  readonly id: string;
  readonly name: string;
  readonly hypothesis: string;
  readonly durationMs: number;
  readonly steps: readonly DrillStep[];
  readonly expectations: readonly Expectation[];
}

export interface Viewport extends Point {
  readonly zoom: number;
}

export interface Design {
  readonly format: typeof FORMAT;
  /** Title of the design, plain text. */
  readonly name: string;
  /** Whole number 0 … 2³²−1. With the design it determines every event of a run. */
  readonly seed: number;
  readonly nodes: readonly DesignNode[];
  readonly links: readonly DesignLink[];
  readonly groups: readonly Group[];
  readonly notes: readonly Note[];
  readonly drills: readonly Drill[];
  readonly viewport?: Viewport;
  /** Round-trip times that differ from the typical ones. */
  readonly network?: Network;
}

/** Limits on foreign documents, each far above any readable drawing, so that none can exhaust a browser. */
export const MAX_NODES = 2_000;
export const MAX_LINKS = 8_000;
export const MAX_GROUPS = 200;
export const MAX_NOTES = 200;
export const MAX_DRILLS = 50;
export const MAX_DRILL_STEPS = 200;
export const MAX_LABEL = 80;
export const MAX_NOTE = 2_000;
export const MAX_ID = 40;
/** Positions lie within ± this, in both directions. */
export const MAX_POSITION = 1_000_000;
export const MAX_SEED = 4_294_967_295;

export const DEFAULT_NAME = 'Untitled';
export const DEFAULT_SEED = 42;

export function emptyDesign(name = DEFAULT_NAME): Design {
  return {
    format: FORMAT,
    name,
    seed: DEFAULT_SEED,
    nodes: [],
    links: [],
    groups: [],
    notes: [],
    drills: [],
  };
}
