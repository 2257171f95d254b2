/**
 * Parameters, described once. A table of descriptions gives the TypeScript type of the values, their
 * defaults, the runtime check (`param-checks.ts`), the inspector form, the positional URL form, the JSON Schema and
 * the docs table. It must not know any particular kind.
 *
 * Tables are append-only: the position of an entry is its place in shared links. So are the options of an entry.
 */

/** How a number is read. `share` is stored 0..1 and shown in percent. */
export type Unit = 'ms' | 'rps' | 'bytes' | 'share' | 'count' | 'factor' | 'seconds';

/** Another parameter of the same table has one of these values, or none of those. */
export type Condition = { readonly param: string } & (
  { readonly is: readonly ParamValue[] } | { readonly isNot: readonly ParamValue[] }
);

interface Described {
  /** Short name on the form, sentence case. */
  readonly label: string;
  /** One sentence: what it means and what changing it does. */
  readonly help: string;
  /** Heading under which the form shows it. */
  readonly group: string;
  /** The form shows it behind this one of the same heading; tables cannot, because they only grow at the end. */
  readonly after?: string;
  /** Shown only then. */
  readonly when?: Condition;
}

export interface NumberParam extends Described {
  readonly type: 'number';
  readonly unit: Unit;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** What the value 0 means, where it is not simply "zero" (for example "no limit"). */
  readonly zero?: string;
}

export interface ChoiceParam extends Described {
  readonly type: 'choice';
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Several of a list, none included; as text, see `sets.ts`. */
export interface SetParam extends Described {
  readonly type: 'set';
  readonly default: string;
  /** At most 31, letters and digits only: a shared link holds a set as one number, a bit for each option. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface FlagParam extends Described {
  readonly type: 'flag';
  readonly default: boolean;
}

/** A list of numbers as text, one per line or separated by commas: a column of a CSV file. */
export interface SeriesParam extends Described {
  readonly type: 'series';
  readonly default: '';
  readonly unit: Unit;
  /** Each number. */
  readonly min: number;
  readonly max: number;
}

export type Param = NumberParam | ChoiceParam | SetParam | FlagParam | SeriesParam;
export type ParamValue = number | string | boolean;
export type ParamTable = Readonly<Record<string, Param>>;
/** Values as stored in a document: defaults left out. */
export type ParamOverrides = Readonly<Record<string, ParamValue>>;

type ValueOf<P extends Param> = P extends NumberParam
  ? number
  : P extends FlagParam
    ? boolean
    : P extends SetParam | SeriesParam
      ? string
      : P extends { options: readonly { readonly value: infer V }[] }
        ? V
        : never;

/** Complete values of a table: every parameter present. */
export type ParamValues<T extends ParamTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

/** Keeps the literal types of a table, so that `ParamValues` knows the options of each choice. */
export function defineParams<const T extends ParamTable>(table: T): T {
  return table;
}

const DEFAULTS = new WeakMap<ParamTable, Readonly<Record<string, ParamValue>>>();

/** Worked out once for each table: a design has thousands of links with the same one. */
function defaultsOf(table: ParamTable): Readonly<Record<string, ParamValue>> {
  let values = DEFAULTS.get(table);
  if (!values) {
    values = Object.fromEntries(Object.entries(table).map(([name, param]) => [name, param.default]));
    DEFAULTS.set(table, values);
  }
  return values;
}

/** The values a node or link runs with: what the document says, defaults for the rest. */
export function withDefaults<T extends ParamTable>(table: T, overrides: ParamOverrides): ParamValues<T> {
  const values = { ...defaultsOf(table) };
  for (const [name, value] of Object.entries(overrides))
    if (Object.hasOwn(values, name)) values[name] = value;
  return values as ParamValues<T>;
}
