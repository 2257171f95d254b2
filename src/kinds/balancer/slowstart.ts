/** Slow start: how much of its weight, and of its limit, a peer has that came up a while ago. */

import { pow } from '../../engine/chance/elementary.ts';

/** Whose rules hold where products differ. */
export type Variant = 'nginx' | 'haproxy' | 'envoy';

export interface SlowStart {
  /** Length, ns; 0 = none. */
  readonly lengthNs: number;
  readonly rule: Variant;
  /** Envoy: the share grows with the time to the power of 1 ÷ this. */
  readonly aggression: number;
}

/** HAProxy looks at the weight this many times in all, but not more often than once a second. */
const LOOKS = 20;
/** Envoy's `min_weight_percent`. */
const LEAST = 0.1;

/**
 * Algorithms under which weights grow: in nginx all but hashes and random ones, in HAProxy those whose weights may
 * change while it runs, in Envoy round robin and least request.
 */
const HEEDING: Readonly<Record<Variant, readonly string[]>> = {
  nginx: ['roundRobin', 'leastConnections', 'leastTime', 'peakEwma'],
  haproxy: ['roundRobin', 'leastConnections', 'twoChoices', 'weightedRandom', 'leastTime', 'peakEwma'],
  envoy: ['roundRobin', 'leastConnections', 'twoChoices', 'leastTime', 'peakEwma'],
};

export function heedsSlowStart(rule: Variant, algorithm: string): boolean {
  return HEEDING[rule].includes(algorithm);
}

/** Share of its weight, above 0 to 1. `upFor`: time since the peer came up, ns. */
export function rampOf({ lengthNs, rule, aggression }: SlowStart, upFor: number): number {
  if (lengthNs === 0 || upFor >= lengthNs) return 1;
  if (rule === 'haproxy') {
    const step = Math.max(1e9, lengthNs / LOOKS);
    const seconds = Math.floor((Math.floor(upFor / step) * step) / 1e9);
    return (Math.floor((16 * seconds) / (lengthNs / 1e9)) + 1) / 16;
  }
  if (rule === 'envoy') {
    const share = Math.min(1, Math.max(upFor, 1e9) / lengthNs);
    return Math.max(LEAST, aggression === 1 ? share : pow(share, 1 / aggression));
  }
  // nginx: linear. Never quite nothing, or a lone peer would have no weight.
  return Math.max(upFor / lengthNs, 1e-3);
}

/** Requests the peer may have open, of `most`: only HAProxy lets them grow, by whole seconds and percents, from one on. */
export function limitOf({ lengthNs, rule }: SlowStart, most: number, upFor: number): number {
  if (lengthNs === 0 || rule !== 'haproxy' || upFor >= lengthNs) return most;
  const percent = Math.floor((100 * Math.floor(upFor / 1e9)) / (lengthNs / 1e9));
  return Math.max(1, Math.floor((most * percent) / 100));
}
