/** What a case of the model check is: an ordinary design, what is measured on it, and what theory says. Data only. */
import type { Design, DesignLink, DesignNode } from '../../model/document.ts';
import { emptyDesign } from '../../model/document.ts';
import type { ParamOverrides } from '../../model/params.ts';
import type { CheckUnit } from './protocol.ts';

/** How the quantity is read off a run; the requests are those of the design's first client, or of the one named. */
export type Measure =
  /** Mean time of the requests answered well, ms. */
  | { readonly of: 'responseMs'; readonly client?: string }
  /** Mean square of that time, in squares of `ms`. */
  | { readonly of: 'square'; readonly ms: number }
  /** Share of the requests answered well that took at least `ms`, an edge of the latency histogram's buckets. */
  | { readonly of: 'slowerThan'; readonly ms: number }
  /** Share of the calls that come to a node of one unit while all its workers are busy. */
  | { readonly of: 'waits'; readonly node: string }
  /** Share of requests that failed. */
  | { readonly of: 'failed' }
  /** Share of good reads that miss a write acknowledged before they began. */
  | { readonly of: 'stale' }
  /** Attempts on a link ÷ requests. */
  | { readonly of: 'attempts'; readonly link: string }
  /** Share of requests that spared the link a call. */
  | { readonly of: 'spared'; readonly link: string }
  /** Share of requests that reached a node. */
  | { readonly of: 'reached'; readonly node: string }
  /** Share of a node's calls that one of its units took. */
  | { readonly of: 'unit'; readonly node: string; readonly unit: number };

export interface CheckCase {
  readonly id: string;
  readonly name: string;
  /** What is checked and why it matters, in one sentence. */
  readonly what: string;
  /** What is measured, as it stands over the number. */
  readonly quantity: string;
  /** Where the theory value comes from: name of the formula, or author and year. */
  readonly source: string;
  readonly design: Design;
  readonly measure: Measure;
  readonly unit: CheckUnit;
  readonly theory: number;
  /** Simulated time of one run, and how much of its beginning is not measured: at least ten relaxation times. */
  readonly forMs: number;
  readonly warmupMs: number;
}

/** Nothing between caller and callee: no delay on the wire, nobody gives up. */
export const DIRECT: ParamOverrides = { latencyMs: 0, attemptTimeoutMs: 0, totalTimeoutMs: 0 };

/** A queue that never fills. */
export const ENDLESS = 1_000_000;

export const EXPONENTIAL = { distribution: 'exponential' };

export const clients = (rateRps: number) => ['client', 'Clients', { rateRps }] as const;

/** One queue before `workers` that share it. */
export const queue = (serviceMs: number, shape: object, workers = 1, queueLimit = ENDLESS) =>
  ['service', 'Service', { instances: 1, workers, queueLimit, serviceMs, ...shape }] as const;

type Part = readonly [kind: string, label: string, params: ParamOverrides];

/**
 * A design of parts in a row, each calling the next. Ids begin with the case's, so that no two cases draw the same chance.
 * Nodes are `<id>-1`, `<id>-2` …, links `<id>-1-2` …; `links` overrides the parameters of a link by its name.
 */
export function inARow(
  id: string,
  parts: readonly Part[],
  links: Record<string, ParamOverrides> = {},
): Design {
  const pairs = parts.slice(1).map((_, i) => [i, i + 1] as const);
  return designOf(id, parts, pairs, links);
}

export function designOf(
  id: string,
  parts: readonly Part[],
  pairs: readonly (readonly [number, number])[],
  links: Record<string, ParamOverrides> = {},
): Design {
  const nodes = parts.map(([kind, label, params], i): DesignNode => ({
    id: `${id}-${i + 1}`,
    kind,
    label,
    position: { x: i * 260, y: 0 },
    params,
  }));
  const drawn = pairs.map(([from, to]): DesignLink => {
    const linkId = `${id}-${from + 1}-${to + 1}`;
    return {
      id: linkId,
      from: nodes[from].id,
      to: nodes[to].id,
      params: { ...DIRECT, ...links[linkId] },
    };
  });
  return { ...emptyDesign(), nodes, links: drawn };
}
