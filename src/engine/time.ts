/** The unit of time inside the engine: whole nanoseconds in a double, exact up to 104 days. Milliseconds outside. */

export const NS_PER_MS = 1_000_000;
export const MS_PER_NS = 1e-6;

/** A duration or instant in ms as whole nanoseconds, rounded to the nearest. */
export function toNs(milliseconds: number): number {
  return Math.round(milliseconds * NS_PER_MS);
}

export function toMs(nanoseconds: number): number {
  return nanoseconds / NS_PER_MS;
}
