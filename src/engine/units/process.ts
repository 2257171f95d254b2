/**
 * What the process of a unit is made of, how it lives, and what waits while it does not get on: the contracts between a
 * unit and those who look after it. It must not know calls or stations.
 */
import { NEVER_MS } from '../machines/life.ts';

export interface LifeSettings {
  readonly startMs: number;
  /** How long a unit on its way out may take for the calls inside, ms; 0 = as long as they take. */
  readonly drainMs: number;
  /** Somebody starts it again after a crash. */
  readonly restarts: boolean;
  /** After a start it works at `coldSpeed` of its speed and reaches all of it in so many ms; 0 = at once. */
  readonly warmUpMs: number;
  readonly coldSpeed: number;
}

/** What a process is made of. */
export interface Build {
  readonly version: number;
  /** Its work takes this many times as long. */
  readonly slow: number;
  readonly errorShare: number;
  /** When it dies by itself: see `LifeTimes`. */
  readonly diesAfterMs: number;
}

export const FIRST_BUILD: Build = { version: 1, slow: 1, errorShare: 0, diesAfterMs: NEVER_MS };

/** What waits while the process of a unit does not get on. */
export interface Standstill {
  /** Connections that wait to be accepted, those that their callers gave up included. */
  backlog: number;
  /** A call has come in. */
  hold(c: number): void;
  /** A call made for `parent` ended; its row is about to be freed. */
  keepAnswer(parent: number, c: number): void;
  /** Work that ends after so long when the process has gone on, ns. */
  keepWork(what: number, who: number, leftNs: number): void;
  /** The process goes on. The unit must no longer be said to stand still. */
  goOn(): void;
  /** The process is gone: nothing goes on. Whoever ends it resets the calls inside. */
  discard(): void;
}
