/**
 * What a deployment does next, from how many instances there are of which kind: a pure rule, after the rolling update of
 * Kubernetes. It must not know instances.
 */

export interface Counts {
  /** Instances of the wanted version: ready, and not yet (starting, crashed). */
  readonly ready: number;
  readonly unready: number;
  /** The same of other versions. */
  readonly oldReady: number;
  readonly oldUnready: number;
  /** On their way out. */
  readonly leaving: number;
}

export interface Step {
  /** Instances of the wanted version to start. */
  readonly start: number;
  /** Instances to end, of the wanted version and of others. */
  readonly stop: number;
  readonly stopOld: number;
}

export interface Limits {
  /** Instances at most, those on their way out included. */
  readonly most: number;
  /** Ready ones at least. */
  readonly leastReady: number;
}

/** Of a rolling deploy of so many instances. Where both shares come to none, one may be missing: else nothing could move. */
export function limitsOf(wanted: number, surgeShare: number, unavailableShare: number): Limits {
  // 0.07 × 100 is 7.000000000000001: that must not be rounded up to 8.
  const surge = Math.ceil(wanted * surgeShare - 1e-9);
  const missing = Math.floor(wanted * unavailableShare + 1e-9);
  return { most: wanted + surge, leastReady: wanted - (surge === 0 && missing === 0 ? 1 : missing) };
}

/** `room`: instances there can be at all. */
export function planStep(counts: Counts, wanted: number, limits: Limits, room: number): Step {
  const { ready, unready, oldReady, oldUnready, leaving } = counts;
  const isRolling = oldReady + oldUnready > 0;
  const current = ready + unready;
  const total = current + oldReady + oldUnready + leaving;
  const most = isRolling ? Math.min(room, limits.most) : room;
  const spare = Math.max(0, ready + oldReady - limits.leastReady);
  return {
    start: Math.max(0, Math.min(wanted - current, most - total)),
    stop: Math.max(0, current - wanted),
    // Who is not ready serves nobody and is not missed.
    stopOld: oldUnready + Math.min(oldReady, spare),
  };
}
