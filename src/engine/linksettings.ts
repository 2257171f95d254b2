/** What a link is set to, in the engine's units; made from a document's parameters by the catalog. */
import type { BackoffKind } from './backoff.ts';
import type { BreakerSettings } from './breaker.ts';
import type { Sampler } from './distributions.ts';

export interface LinkSettings {
  /** One way, ns. */
  readonly latencyNs: number;
  /** Factor on the latency with mean 1, or null for a constant one. */
  readonly jitter: Sampler | null;
  readonly lossShare: number;
  /** 0 = none, ns. */
  readonly attemptTimeoutNs: number;
  /** Over all attempts; 0 = none, ns. */
  readonly totalTimeoutNs: number;
  /** What the callee does with a call whose caller gave up. */
  readonly giveUp: 'none' | 'queued' | 'full';
  readonly attempts: number;
  readonly backoff: BackoffKind;
  readonly backoffBaseNs: number;
  readonly backoffCapNs: number;
  /** Retries in flight ÷ calls in flight; 0 = no budget. */
  readonly budgetShare: number;
  readonly breaker: BreakerSettings | null;
  /** Open calls per caller unit; 0 = no limit. */
  readonly maxConcurrent: number;
  readonly carries: 'all' | 'reads' | 'writes';
  readonly callShare: number;
  readonly order: number;
  readonly onFailure: 'fail' | 'ignore';
  /** Of each unit behind the link, at a balancer; 0 = no new requests. */
  readonly weight: number;
  /** At a balancer: used when the lower ones are not enough. */
  readonly tier: number;
  /** What the region behind it can take, per second; 0 = not said. */
  readonly capacityRps: number;
}
