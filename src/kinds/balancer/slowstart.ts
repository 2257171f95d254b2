/** Slow start: how much of its weight a peer has that came up a while ago. */

export interface SlowStart {
  /** Length, ns; 0 = none. */
  readonly lengthNs: number;
  readonly rule: string;
}

/** Share of its weight, above 0 to 1. `upFor`: time since the peer came up, ns. */
export function rampOf({ lengthNs, rule }: SlowStart, upFor: number): number {
  if (lengthNs === 0 || upFor >= lengthNs) return 1;
  if (rule === 'haproxy') {
    const seconds = Math.floor(upFor / 1e9);
    return (Math.floor((16 * seconds) / (lengthNs / 1e9)) + 1) / 16;
  }
  if (rule === 'envoy') return Math.max(LEAST, Math.max(upFor, 1e9) / lengthNs);
  // nginx: linear. Never quite nothing, or a lone peer would have no weight.
  return Math.max(upFor / lengthNs, 1e-3);
}

/** Envoy's `min_weight_percent`. */
const LEAST = 0.1;
