/** What goes on inside a station, as the station sees it. The behaviours of the kinds stand behind it. */
import type { AnyStateMachine } from 'xstate';
import type { Unit } from '../units/unit.ts';

/** What a caller does beside the store when a callee of this station only may know the answer (cache-aside). */
export interface Lookaside {
  /** Whether a reader waits until a missed value is stored. */
  readonly waitsForFill: boolean;
  readonly onWrite: 'delete' | 'update' | 'nothing';
}

/** Something that steers a station by itself: a machine, what it is in, and a sentence about it. */
export interface Control {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly state: string;
  readonly sentence: string;
}

/** How far a count is from making a difference: so many of so many, and from how many on it does (0: from all). */
export interface Pips {
  readonly label: string;
  readonly filled: number;
  readonly of: number;
  readonly mark: number;
}

/** One of the things a station works with, as it knows it. */
export interface Part {
  readonly name: string;
  readonly state: string;
  readonly tone: 'good' | 'idle' | 'warning' | 'bad';
  /** Share of what was lately given to it, and share that it should get by the rule in force; 0..1, NaN = unknown. */
  readonly share: number;
  readonly due: number;
  readonly pips: readonly Pips[];
  /** Requests open there; NaN where it counts connections. */
  readonly open: number;
  /** "current −4, weight 5". */
  readonly marks: readonly string[];
}

export interface Parts {
  readonly heading: string;
  readonly list: readonly Part[];
}

export interface Inside {
  /** A call has come in at a unit that listens. */
  arrive(c: number): void;
  /** A piece of own work on the call ended (scheduled with WORK). */
  finish(c: number): void;
  /** A call that came into a queue has been here as long as it may wait. */
  renege(c: number): void;
  /** A call made for `parent` (NONE for a client's request) ended; read its slot, which is freed afterwards. */
  childDone(parent: number, c: number): void;
  /** The caller of a call that is inside gave up. */
  cancel(c: number, full: boolean): void;
  /** An event the behaviour scheduled for itself. */
  tick(data: number): void;
  /** Its units are not alike: which one a call belongs to follows from the call, and nobody else may choose. */
  readonly placesCalls: boolean;
  /** The unit that serves what comes over a link, by its index, where that follows from the link; else NONE. */
  unitFor(link: number): number;
  /** The unit for a call addressed to none in particular, of a station with several. */
  chooseUnit(c: number): number;
  /** What a unit is called, where the station's label and a number would say too little. */
  unitName(unit: number): string | null;
  /** Gives a new unit what it works with. */
  addServers(unit: Unit): void;
  /** Takes a call out of whatever it holds or waits in at a unit, without starting the next one. */
  evict(c: number, unit: Unit): void;
  /** The process of a unit is gone; the calls inside are about to be reset. */
  unitDied(unit: Unit): void;
  /** What steers the station, for whoever looks at it. */
  readonly controls: readonly Control[];
  /** What it works with, drawn open, for whoever looks at it. */
  readonly parts: readonly Parts[];
  /** The process of a unit goes on after it stood still. */
  goesOn(unit: Unit): void;
  /** Called once all stations and links exist, and again after a live edit changed them. */
  wired(): void;
  /** New parameters of the kind, while it runs: work under way goes on as it began. */
  reconfigure(params: unknown): void;
  /** A window of the statistics closed: renew the station's gauges. */
  windowClosed(lengthMs: number): void;
  /** A fault beyond those every station has: a sentence about what happened, or null when there is no such fault. */
  fault(fault: string, unit: number, factor: number): string | null;
  /** Whether a fault beyond those every station has is on. */
  readonly isBroken: boolean;
  /** Counts of its own since the start, beside those every station has. */
  totals(): readonly { readonly label: string; readonly value: number }[];
  /** The node was deleted from the running design: start nothing any more. */
  stop(): void;
}
