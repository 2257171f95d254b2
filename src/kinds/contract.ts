/**
 * What a kind is: one folder with `spec.ts` (data), `behaviour.ts` (params → station), `guide.ts` (words) and
 * `index.ts`, and a line in `specs.ts` and `catalog.ts` each. Everything the rest of the project wants to know of a kind is a
 * field here; nothing outside a kind's folder may ask which kind it is.
 */
import type { ParamOverrides, ParamTable, ParamValues } from '../model/params.ts';
import type { Behaviour } from '../engine/behaviour.ts';
import type { Station } from '../engine/station.ts';

/** What calls a component may take part in; the rule table of `connect.ts` is written in these words. */
export type Role =
  /** Starts requests, is called by nobody. */
  | 'source'
  /** Answers itself or passes on to the next: CDN, balancer. */
  | 'proxy'
  /** Works, and calls its dependencies in order. */
  | 'compute'
  /** May know the answer; its caller goes on to the store behind it when it does not (cache-aside). */
  | 'lookaside'
  /** Keeps the truth. */
  | 'store';

/** A live number of a kind beyond those every node has (rate, latency, utilisation, queue, failures). */
export interface GaugeSpec {
  readonly id: string;
  /** Two words at most; stands under the number on the node. */
  readonly label: string;
  readonly unit: 'share' | 'count' | 'factor' | 'ms' | 'rps';
  readonly help: string;
  /** True where a large value is bad news (hot shard) and may be shown in the warning colour above `warnAbove`. */
  readonly warnAbove?: number;
}

/** A fault people can inject. The engine sees `(target, unit or all, fault id, factor)`. */
export interface FaultSpec {
  readonly id: string;
  /** A verb phrase for the menu: "Crash", "Slow down ×10". */
  readonly label: string;
  readonly help: string;
  /** Whether one unit (instance, shard, PoP) can be hit, or only the whole node. */
  readonly scope: 'unit' | 'node';
  /** Strength handed to the engine: slow-down factor, share of errors, traffic factor. */
  readonly factor: number;
  /** Id of the fault that ends this one; shown instead while this one is active. */
  readonly endedBy?: string;
}

/** Parameters set together, as a product ships them. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly params: ParamOverrides;
}

export interface KindSpec<T extends ParamTable = ParamTable> {
  /** Permanent name in documents. */
  readonly kind: string;
  readonly label: string;
  readonly category: 'traffic' | 'compute' | 'state';
  /** One line on the palette: what it is for. */
  readonly summary: string;
  /** Other words people search it by: products ("redis") and neighbouring terms; lower case. */
  readonly aliases: readonly string[];
  /** SVG path data on a 20 × 20 grid, stroked, not filled. */
  readonly icon: readonly string[];
  readonly role: Role;
  /** How many other components it can call. */
  readonly calls: 'none' | 'one' | 'many';
  readonly params: T;
  /** The first is the one that matters for the kind and stands on the node. */
  readonly gauges: readonly GaugeSpec[];
  /** What the parts of the node are called, singular ("instance", "shard", "PoP"); null when it has one part. */
  readonly unitNoun: string | null;
  readonly faults: readonly FaultSpec[];
  readonly presets?: readonly Preset[];
  /** The line under the name on the node: "3 × 64 workers". */
  subtitle(params: ParamValues<T>): string;
}

/** Words about a kind; plain text, no markup. */
export interface Guide {
  readonly whatItIs: string;
  readonly whenToUse: string;
  readonly whenNot: string;
  /** Sentences; shown in the inspector and on the model check page. */
  readonly notModelled: readonly string[];
}

export interface Kind<T extends ParamTable = ParamTable> {
  readonly spec: KindSpec<T>;
  readonly guide: Guide;
  /** What a station of this kind does; `Behaviour.reconfigure` takes later changes of the params. */
  build(params: ParamValues<T>, station: Station): Behaviour;
}

/** Checks a kind against its own table and forgets the table's type, for the catalog. */
export function defineKind<T extends ParamTable>(kind: Kind<T>): Kind {
  return kind as unknown as Kind;
}
