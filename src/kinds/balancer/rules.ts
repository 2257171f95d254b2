/** From the parameters of a balancer to what its parts are told, in the engine's units. */
import { CONNECT_REFUSED, NO_HEALTHY_PEER, QUEUE_FULL } from '../../engine/calls/outcomes.ts';
import { toNs } from '../../engine/time.ts';
import type { CheckRules } from './activecheck.ts';
import type { ConnectionRules } from './connections.ts';
import type { OutlierRules } from './outlier.ts';
import { heedsSlowStart } from './slowstart.ts';
import type { BalancerParams } from './spec.ts';
import type { PeerRules } from './upstream.ts';

export interface Rules extends PeerRules {
  /** Null when there are no active checks. */
  readonly check: CheckRules | null;
  readonly outlier: OutlierRules | null;
  /** Null at layer 7. */
  readonly connections: ConnectionRules | null;
  /** Layer 4: answers go straight to the caller. */
  readonly isDirect: boolean;
  /** What becomes of a request for which no peer is healthy, or all are full. Layer 4 can only refuse connections. */
  readonly noPeer: number;
  readonly noRoom: number;
  /** How long a cookie lives, ns; 0 = there are none. */
  readonly cookieNs: number;
  /** Requests that may wait while all peers are full, and for how long (ns). */
  readonly queueLimit: number;
  readonly queueNs: number;
}

export function rulesOf(p: BalancerParams): Rules {
  const isLayer4 = p.layer === 'l4';
  // Without answers there is nothing to learn from them.
  const isDirect = isLayer4 && p.directReturn;
  return {
    maxFails: p.passive && !isDirect ? p.maxFails : 0,
    failTimeoutNs: toNs(p.failTimeoutMs),
    maxPerPeer: p.maxPerPeer,
    slowStart: {
      lengthNs: heedsSlowStart(p.variant, p.algorithm) ? toNs(p.slowStartMs) : 0,
      rule: p.variant,
      aggression: p.aggression,
    },
    // Envoy: a threshold of 0 is no panic, not even when all are down.
    allDown: p.allDown === 'panic' && p.panicShare === 0 ? 'fail' : p.allDown,
    panicShare: p.panicShare,
    spill: p.spill,
    check: p.active
      ? {
          intervalNs: toNs(p.checkMs),
          fastNs: toNs(p.checkFastMs),
          timeoutNs: toNs(p.checkTimeoutMs),
          fall: p.fall,
          rise: p.rise,
          isDeep: p.depth === 'deep',
          isStrict: p.variant === 'envoy',
          observed: p.observeErrors,
        }
      : null,
    outlier:
      p.outlier && !isDirect
        ? {
            consecutive: p.outlierFails,
            gateway: p.outlierGateway,
            intervalNs: toNs(p.outlierSweepMs),
            baseNs: toNs(p.outlierBaseMs),
            maxShare: p.outlierMaxShare,
            bySuccessRate: p.outlierByRate,
            byFailureShare: p.outlierByFailures,
          }
        : null,
    connections: isLayer4
      ? { perCaller: p.connections, idleNs: toNs(p.idleMs), maxAgeNs: toNs(p.maxAgeMs) }
      : null,
    isDirect,
    noPeer: isLayer4 ? CONNECT_REFUSED : NO_HEALTHY_PEER,
    noRoom: isLayer4 ? CONNECT_REFUSED : QUEUE_FULL,
    cookieNs: !isLayer4 && p.sticky ? toNs(p.stickyMs) : 0,
    queueLimit: !isLayer4 && p.onFull === 'queue' ? p.queueLimit : 0,
    queueNs: toNs(p.queueMs),
  };
}
