/** The unit of time inside the engine: whole nanoseconds in a double, exact up to 104 days. Milliseconds outside. */

export const NS_PER_MS = 1_000_000;
export const MS_PER_NS = 1e-6;

/**
 * What a field that will hold fractions or large numbers is declared with, before its constructor gives it its value.
 * A field that starts with a small whole number is stored as such, and at its first other value all objects of the
 * class are laid out anew, and everything compiled for it is compiled again, with more checks.
 */
export const DOUBLE = NaN;

/** A duration or instant in ms as whole nanoseconds, rounded to the nearest. */
export function toNs(milliseconds: number): number {
  return Math.round(milliseconds * NS_PER_MS);
}

/** Rounds to whole nanoseconds; unlike `Math.round` without a branch, which no processor could foresee. */
export function toWholeNs(nanoseconds: number): number {
  return Math.floor(nanoseconds + 0.5);
}

export function toMs(nanoseconds: number): number {
  return nanoseconds / NS_PER_MS;
}
