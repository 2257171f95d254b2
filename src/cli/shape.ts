/** Checks of unknown data against a shape, piece by piece. It must not know what the data is for. */

/** The JSON path of the first thing that is missing or not as it should be; null when all is well. */
export type Check = (value: unknown, path: string) => string | null;

const when =
  (is: (value: unknown) => boolean): Check =>
  (value, path) =>
    is(value) ? null : path;

export const text = when((value) => typeof value === 'string');
export const hexadecimal = (digits: number): Check =>
  when((value) => typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value));
export const truth = when((value) => typeof value === 'boolean');
export const number = when(Number.isFinite);
export const wholeFrom = (least: number, most = Number.MAX_SAFE_INTEGER): Check =>
  when((value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most);
export const oneOf = (...values: readonly unknown[]): Check => when((value) => values.includes(value));
export const orNull =
  (check: Check): Check =>
  (value, path) =>
    value === null ? null : check(value, path);

/** A list of any length, or of the one given. */
export const listOf =
  (check: Check, length?: number): Check =>
  (value, path) => {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return path;
    return firstOf(value, (element, i) => check(element, `${path}[${i}]`));
  };

/** An object that has these; others may be there too. */
export const having =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isObject(value)) return path;
    return firstOf(Object.entries(shape), ([key, check]) => check(value[key], `${path}.${key}`));
  };

/** An object with any keys and like values. */
export const eachIs =
  (check: Check): Check =>
  (value, path) => {
    if (!isObject(value)) return path;
    return firstOf(Object.entries(value), ([key, part]) => check(part, `${path}.${key}`));
  };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstOf<T>(parts: readonly T[], check: (part: T, index: number) => string | null): string | null {
  for (let i = 0; i < parts.length; i++) {
    const found = check(parts[i], i);
    if (found !== null) return found;
  }
  return null;
}
