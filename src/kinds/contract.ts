/**
 * What a kind is: one folder with `spec.ts` (data), `behaviour.ts` (params → station), `guide.ts` (words) and
 * `index.ts`, and a line in `specs.ts` and `catalog.ts` each. Everything the rest of the project wants to know of a kind is a
 * field here; nothing outside a kind's folder may ask which kind it is.
 */
import type { Edit } from '../model/edit-data.ts';
import type { DesignLink, DesignNode } from '../model/document.ts';
import type { Condition, ParamOverrides, ParamTable, ParamValues } from '../model/params.ts';
import type { Behaviour } from '../engine/station/behaviour.ts';
import type { Station } from '../engine/station/station.ts';
import type { LINK_PARAMS } from './link.ts';
import type { PriceId, Sizes } from './prices.ts';

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
  /** Offered only to nodes with such settings; to others it does nothing. */
  readonly when?: Condition;
  /** What it belongs to, where it is not a way to break things: "Deploy". */
  readonly heading?: string;
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
  /**
   * Set where it is not one thing in one place. `edge`: it has a part in every place its callers stand in. `signpost`: it
   * only says where to go, and requests go there straight from their callers.
   */
  readonly presence?: 'edge' | 'signpost';
  /** How many other components it can call; `routes`: any number, and each request goes to the one for its route. */
  readonly calls: 'none' | 'one' | 'routes' | 'many';
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

/**
 * What a kind knows of designs at rest: what may go wrong with it where it stands, and what it costs. It lies in
 * `advice.ts` of the kind's folder and not in the spec, because the first picture can do without it.
 */
export interface Advice<T extends ParamTable = ParamTable> {
  /** What the rules for its neighbours may know of it. */
  traits?(params: ParamValues<T>): Traits;
  /** How one unit becomes two that can stand in for each other, where the kind has such units. */
  secondUnit?(node: DesignNode): Fix;
  /** What speaks against these settings in this place. */
  warnings?(place: Place<T>): readonly Finding[];
  /** What is paid for, each month. */
  cost?(place: Place<T>, sizes: Sizes): readonly CostItem[];
}

/** Facts about one component with its settings. What a kind cannot tell is left out. */
export interface Traits {
  /** Mean own work on one request, dependencies not counted, ms. */
  readonly workMs?: number;
  /** Requests it can work on at once, all units together; absent without a limit. */
  readonly servers?: number;
  /** Whether a server is held while the component waits for what it calls. */
  readonly holdsWhileWaiting?: boolean;
  /** Calls it admits at once, working or waiting, all units together. */
  readonly admits?: number;
  /** Units that keep pools and breakers of their own when they call. */
  readonly callers?: number;
  /** Units of which any can do the work of any other. */
  readonly replicas?: number;
  /** Tries it makes of one request by itself, beside what its links say. */
  readonly tries?: number;
  /** Answers some requests without passing them on, so what stands behind it gets fewer. */
  readonly mayAnswer?: boolean;
  /** Passes each request on to one of those it calls, so that one may be gone. */
  readonly chooses?: boolean;
  /** A request goes over the links that fit its route most closely; where it does not choose, over the first of them. */
  readonly routes?: boolean;
  /** Requests it starts by itself, per second, on average and at most, and the number of the route they ask for. */
  readonly starts?: { readonly meanRps: number; readonly peakRps: number; readonly route: number };
  /** Keys often asked for lie side by side. */
  readonly keysAdjacent?: boolean;
}

/** A link with what it is set to and what stands at its other end. */
export interface Neighbour {
  readonly link: DesignLink;
  readonly policy: ParamValues<typeof LINK_PARAMS>;
  readonly node: DesignNode;
  readonly spec: KindSpec;
  readonly traits: Traits;
  /** Requests per second over the link when nothing fails and nothing is retried, on average. */
  readonly meanRps: number;
}

/** Requests per second that reach a component when nothing fails and nothing is retried. */
export interface Expected {
  readonly meanRps: number;
  readonly peakRps: number;
  /** Something on the way may answer by itself: it will be less. */
  readonly isAtMost: boolean;
  /** The components that start these requests. */
  readonly sources: readonly Traits[];
}

/** One component where it stands, with its settings complete. */
export interface Place<T extends ParamTable = ParamTable> {
  readonly node: DesignNode;
  readonly spec: KindSpec;
  readonly params: ParamValues<T>;
  readonly traits: Traits;
  readonly callers: readonly Neighbour[];
  /** In the order in which they were drawn. */
  readonly callees: readonly Neighbour[];
  readonly expected: Expected;
}

/** What a rule found. Who it is about is known by whoever asked the rule. */
export interface Finding {
  /** Permanent name of the rule: `retry-without-budget`. */
  readonly rule: string;
  /** `warning`: it will hurt; `note`: worth knowing, often accepted. */
  readonly severity: 'warning' | 'note';
  /** What is so, with names and numbers: one sentence. */
  readonly text: string;
  /** What comes of it and what can be done: one or two sentences. */
  readonly why: string;
  /** The change that puts it right. */
  readonly fix?: Fix;
}

export interface Fix {
  /** A verb phrase for a button: "Set a timeout of 1 s". */
  readonly label: string;
  readonly edit: Edit;
}

export interface CostItem {
  readonly price: PriceId;
  /** How many of the unit of the price, each month. */
  readonly quantity: number;
  /** How the quantity came about: "3 instances × 2 vCPU". */
  readonly words: string;
}

/** Forgets the table's type, for the list of all advice. */
export function defineAdvice<T extends ParamTable>(advice: Advice<T>): Advice {
  return advice as unknown as Advice;
}

/** Checks a kind against its own table and forgets the table's type, for the catalog. */
export function defineKind<T extends ParamTable>(kind: Kind<T>): Kind {
  return kind as unknown as Kind;
}
