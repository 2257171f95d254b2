/** The two ends of a link, as the link sees them. Stations stand behind both. */
import { NONE } from './calls.ts';

/** Who makes calls over a link. */
export interface Caller {
  readonly id: string;
  readonly label: string;
  /** A call made for `parent` (NONE for a client's request) ended. The row is read here and freed afterwards. */
  childDone(parent: number, c: number): void;
  unitName(unit: number): string;
  /** It chooses the callee's unit itself, so a retry goes to the same one. */
  readonly picksUnits: boolean;
}

/** Who is called. */
export interface Callee {
  readonly id: string;
  readonly label: string;
  unitName(unit: number): string;
  /** A call reaches it. */
  accept(c: number): void;
  /** The caller gave up. `full`: work under way is to be aborted too. */
  cancel(c: number, full: boolean): void;
  /** Whether connections to a unit are accepted. */
  listensAt(unit: number): boolean;
  /** Somebody asks for a connection: false when that is dropped unseen, because too many wait already. */
  noticesHandshake(unit: number): boolean;
  /** The unit for a call addressed to none in particular. */
  chooseUnit(c: number): number;
}

/** A callee unit left to the callee to choose. */
export const ANY_UNIT = NONE;
