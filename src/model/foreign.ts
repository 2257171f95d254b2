/**
 * Reading values nobody has checked: own fields only, bounded lists, and no exception whatever the value does
 * (getters that throw, revoked proxies, arrays of a billion holes). It must not know what a design is.
 */

/** Stands for a field that could not be read. No check accepts it, so it is reported like any wrong value. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

export function isList(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether the value is an object with named fields (not a list, not null). */
export function isFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isList(value);
}

/**
 * An own field of an object; `undefined` when it has none of this name, `UNREADABLE` when reading it throws.
 */
export function field(value: object, name: string): unknown {
  try {
    return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  } catch {
    return UNREADABLE;
  }
}

/** Names of the own fields, at most `limit`. */
export function fieldNames(value: object, limit: number): readonly string[] {
  try {
    return Object.keys(value).slice(0, limit);
  } catch {
    return [];
  }
}

/** The first `limit` items of a list and its full length, or `null` when the value is no list. */
export function items(value: unknown, limit: number): { list: readonly unknown[]; total: number } | null {
  if (!isList(value)) return null;
  const length = field(value, 'length');
  if (typeof length !== 'number') return null;
  const list: unknown[] = [];
  for (let i = 0; i < length && i < limit; i++) list.push(field(value, String(i)));
  return { list, total: length };
}
