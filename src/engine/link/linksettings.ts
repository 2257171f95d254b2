/** What a link is set to, in the engine's units; made from a document's parameters by the catalog. */
import { READ } from '../calls/calls.ts';
import type { BackoffSettings } from './backoff.ts';
import type { BreakerSettings } from './breaker.ts';
import type { Sampler } from '../chance/distributions.ts';
import type { Bandwidth } from './line.ts';
import type { RateLimitSettings } from './ratelimit.ts';
import type { BudgetKind } from './retrybudget.ts';

/** Connections of one caller unit to one callee unit. */
export interface ConnectionSettings {
  /** Open at once. */
  readonly most: number;
  /** Calls on one connection at once: 1 for HTTP/1.1, about 100 for HTTP/2. */
  readonly streams: number;
  /** Closed after so long without a call, ns. */
  readonly idleNs: number;
  /** Takes no new calls when it is older, ns; 0 = never too old. */
  readonly mostAgeNs: number;
  /** Takes no new calls after so many; 0 = no limit. */
  readonly mostCalls: number;
  /** Kept open between one caller unit and one callee unit while they have no call. */
  readonly mostIdle: number;
  /** Until the first call can be sent: 1 for TCP, one or two more for TLS. */
  readonly roundTrips: number;
  /** Work that the first call on a connection brings the callee, for TLS, ns. */
  readonly greetingNs: number;
  /** For a handshake, ns. */
  readonly timeoutNs: number;
}

export interface LinkSettings {
  /** One way, ns. */
  readonly latencyNs: number;
  /** Factor on the latency with mean 1, or null for a constant one. */
  readonly jitter: Sampler | null;
  readonly lossShare: number;
  /** null: messages of any size take no time of their own. */
  readonly bandwidth: Bandwidth | null;
  /** 0 = none, ns. */
  readonly attemptTimeoutNs: number;
  /** Over all attempts; 0 = none, ns. */
  readonly totalTimeoutNs: number;
  /** What the callee does with a call whose caller gave up. */
  readonly giveUp: 'none' | 'queued' | 'full';
  readonly attempts: number;
  readonly backoff: BackoffSettings;
  readonly budget: BudgetKind;
  /** Of the budget: retries in flight ÷ calls in flight, retries ÷ calls, or tokens a success gives; 0 = no budget. */
  readonly budgetShare: number;
  /** Which failures are repeated: a mask of outcomes. */
  readonly retryOn: number;
  /** Writes may be repeated where reads may. */
  readonly retryWrites: boolean;
  readonly hedge: 'off' | 'fixed' | 'p95';
  /** Without an answer for so long the next attempt is sent beside the first, ns. */
  readonly hedgeNs: number;
  /** Attempts under way at once, the first included. */
  readonly hedgeMost: number;
  /** k of client throttling; 0 = off. */
  readonly throttleFactor: number;
  /** Calls made on behalf of another end by that one's deadline too. */
  readonly propagatesDeadline: boolean;
  readonly breaker: BreakerSettings | null;
  /** Whose calls share a breaker: those of one unit of the caller, of all; to one unit of the callee, or to all. */
  readonly breakerScope: 'caller' | 'shared' | 'pair' | 'peer';
  /** Of each caller unit; null: none. */
  readonly rateLimit: RateLimitSettings | null;
  /** Open calls per caller unit; 0 = no limit. */
  readonly maxConcurrent: number;
  /** How long a call may wait for a place among them, ns. */
  readonly bulkheadWaitNs: number;
  readonly carries: 'all' | 'reads' | 'writes';
  readonly callShare: number;
  readonly order: number;
  /** `value` and `stale`: reads are answered with a fallback. */
  readonly onFailure: 'fail' | 'ignore' | 'value' | 'stale';
  /** How long a fallback takes, ns, and how many answers a caller unit remembers for it. */
  readonly fallbackNs: number;
  readonly fallbackKeys: number;
  /** Of each unit behind the link, at a balancer; 0 = no new requests. */
  readonly weight: number;
  /** At a balancer of layer 7 or a gateway: number of the route whose requests go here; 0 = what no other link is for. */
  readonly route: number;
  /** At a balancer: used when the lower ones are not enough. */
  readonly tier: number;
  /** null: connections are there and cost nothing. */
  readonly connections: ConnectionSettings | null;
  /** What the region behind it can take, per second; 0 = not said. */
  readonly capacityRps: number;
}

/** Whether calls of this operation use a link at all. */
export function carries(settings: LinkSettings, operation: number): boolean {
  return settings.carries === 'all' || (settings.carries === 'reads') === (operation === READ);
}
