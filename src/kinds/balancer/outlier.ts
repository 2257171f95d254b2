/** Outlier detection as Envoy: ejects peers that fail in a row or more than the others. It must not know calls. */
import { NEVER, type Peer } from './peer.ts';

export interface OutlierRules {
  /** Failures in a row, and gateway errors in a row, of which 500 is none; 0 = not looked at. */
  readonly consecutive: number;
  readonly gateway: number;
  readonly intervalNs: number;
  /** First ejection; each further one is longer by as much. */
  readonly baseNs: number;
  /** Share of the peers that may be ejected at once; one always may. */
  readonly maxShare: number;
  /** Peers whose success rate is far below the others' are ejected too. */
  readonly bySuccessRate: boolean;
  /** Peers of whose results nearly all are failures, whatever becomes of the others. */
  readonly byFailureShare: boolean;
}

const MAX_EJECTION_NS = 300e9;
/** For the success rate: results of a peer in an interval, and peers that have as many. */
const MIN_RESULTS = 100;
const MIN_PEERS = 5;
/** Standard deviations below the mean. */
const FACTOR = 1.9;
/** For the share of failures: results of a peer in an interval, and the share that is too much. */
const MIN_RESULTS_FOR_SHARE = 50;
const MOST_FAILED = 0.85;

/** Ejects the peer unless too many are; true when it did. */
export function eject(peer: Peer, list: readonly Peer[], rules: OutlierRules, now: number): boolean {
  if (peer.ejectedAt !== Infinity) return false;
  const ejected = list.filter((other) => other.ejectedAt !== Infinity).length;
  if (ejected > 0 && ejected + 1 > rules.maxShare * list.length + 1e-9) return false;
  peer.ejectedAt = now;
  if (rules.baseNs * peer.ejections < MAX_EJECTION_NS + rules.baseNs) peer.ejections++;
  return true;
}

/** Ends its ejection. */
export function readmit(peer: Peer, now: number): void {
  peer.ejectedAt = Infinity;
  peer.returnedAt = now;
  peer.consecutive = peer.gatewayErrors = 0;
}

/** How long it stays ejected this time, at least, ns; it comes back with the sweep after that. */
export function ejectionNs({ ejections }: Peer, { baseNs }: OutlierRules): number {
  return Math.min(baseNs * ejections, MAX_EJECTION_NS);
}

/** A result of the peer; when it led to its ejection, of what there were too many in a row. */
export function noteResult(
  peer: Peer,
  failed: boolean,
  byGateway: boolean,
  list: readonly Peer[],
  rules: OutlierRules,
  now: number,
): 'failures' | 'gateway errors' | null {
  peer.ended++;
  if (!failed) {
    peer.good++;
    peer.consecutive = peer.gatewayErrors = 0;
    return null;
  }
  if (!byGateway) peer.gatewayErrors = 0;
  else if (++peer.gatewayErrors === rules.gateway) {
    peer.gatewayErrors = 0;
    if (eject(peer, list, rules, now)) return 'gateway errors';
  }
  if (++peer.consecutive < rules.consecutive) return null;
  peer.consecutive = 0;
  return eject(peer, list, rules, now) ? 'failures' : null;
}

/** The end of an interval: peers come back whose time is over, others are ejected for their results. */
export function sweep(
  list: readonly Peer[],
  rules: OutlierRules,
  now: number,
): { returned: Peer[]; ejected: Peer[] } {
  const returned = list.filter(
    (peer) => peer.ejectedAt !== Infinity && now - peer.ejectedAt >= ejectionNs(peer, rules),
  );
  for (const peer of returned) readmit(peer, now);
  const bad = [
    ...(rules.bySuccessRate ? farBelow(list) : []),
    ...(rules.byFailureShare ? nearlyAllFailed(list) : []),
  ];
  const ejected = bad.filter((peer) => eject(peer, list, rules, now));
  for (const peer of list) {
    peer.good = peer.ended = 0;
    const calm = peer.ejectedAt === Infinity && peer.returnedAt !== NEVER;
    if (calm && now - peer.returnedAt >= rules.intervalNs && peer.ejections > 0) peer.ejections--;
  }
  return { returned, ejected };
}

/** Below mean − 1.9 σ of the success rates of this interval. */
function farBelow(list: readonly Peer[]): Peer[] {
  const busy = list.filter((peer) => peer.ended >= MIN_RESULTS);
  if (busy.length < MIN_PEERS) return [];
  const threshold = successThreshold(busy.map((peer) => peer.good / peer.ended));
  return busy.filter((peer) => peer.good / peer.ended < threshold);
}

/** Failed nearly every time in this interval. */
function nearlyAllFailed(list: readonly Peer[]): Peer[] {
  const busy = list.filter((peer) => peer.ended >= MIN_RESULTS_FOR_SHARE);
  if (busy.length < MIN_PEERS) return [];
  return busy.filter((peer) => peer.ended - peer.good >= MOST_FAILED * peer.ended);
}

/** Mean − 1.9 standard deviations (of the population). */
export function successThreshold(rates: readonly number[]): number {
  const mean = rates.reduce((a, b) => a + b, 0) / rates.length;
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) * (rate - mean), 0) / rates.length;
  return mean - FACTOR * Math.sqrt(variance);
}
