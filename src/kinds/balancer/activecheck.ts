/** Active checks: what results of probes make of a peer, as HAProxy counts them. It must not know calls. */
import type { Peer } from './peer.ts';

export interface CheckRules {
  readonly intervalNs: number;
  /** Between a result that may lead to a change and the next. */
  readonly fastNs: number;
  readonly timeoutNs: number;
  /** Failures in a row that take an upright peer down, passes in a row that bring it up again. */
  readonly fall: number;
  readonly rise: number;
  /** The probe goes through queue, workers and dependencies, instead of being answered by the process at once. */
  readonly isDeep: boolean;
  /** Envoy: an answer that is an error takes an upright peer down at once. */
  readonly isStrict: boolean;
  /** HAProxy: so many failed requests in a row count as a failed probe; 0 = none do. */
  readonly observed: number;
}

/** The counter's highest value. */
const most = (rules: CheckRules) => rules.rise + rules.fall - 1;

export function takeAsUp(peer: Peer, rules: CheckRules): void {
  peer.up = true;
  peer.passes = most(rules);
  peer.isChecked = true;
}

/** A peer that came while running: its first result decides. */
export function takeAsUnchecked(peer: Peer): void {
  peer.up = false;
  peer.passes = 0;
  peer.isChecked = false;
}

/** Counts the result of a probe; true when the peer went up or down by it. `isError`: it was answered with an error. */
export function noteProbe(peer: Peer, passed: boolean, isError: boolean, rules: CheckRules): boolean {
  const before = peer.up;
  if (!peer.isChecked) {
    peer.isChecked = true;
    peer.passes = passed ? most(rules) : 0;
  } else if (passed) {
    if (peer.passes < most(rules) && ++peer.passes >= rules.rise) peer.passes = most(rules);
  } else if (isError && rules.isStrict) peer.passes = 0;
  else if (peer.passes > 0 && --peer.passes < rules.rise) peer.passes = 0;
  peer.up = peer.passes >= rules.rise;
  return peer.up !== before;
}

/** Counts how a request ended; true when the peer went down by it. */
export function observe(peer: Peer, failed: boolean, rules: CheckRules): boolean {
  if (!failed) peer.liveErrors = 0;
  else if (++peer.liveErrors === rules.observed) {
    peer.liveErrors = 0;
    return peer.isChecked && noteProbe(peer, false, false, rules);
  }
  return false;
}

/** Until the next probe, ns. */
export function waitOf(peer: Peer, rules: CheckRules): number {
  const isSettled = peer.isChecked && (peer.passes === 0 || peer.passes === most(rules));
  return isSettled ? rules.intervalNs : rules.fastNs;
}
