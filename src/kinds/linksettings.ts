/** From the parameters of a link to what the engine is told, in its units. It must not know nodes or kinds. */
import { createSampler } from '../engine/chance/distributions.ts';
import type { BackoffKind } from '../engine/link/backoff.ts';
import type { BreakerSettings } from '../engine/link/breaker.ts';
import type { ConnectionSettings, LinkSettings } from '../engine/link/linksettings.ts';
import type { Bandwidth } from '../engine/link/line.ts';
import type { RateLimitSettings } from '../engine/link/ratelimit.ts';
import { toNs } from '../engine/time.ts';
import { type ParamOverrides, type ParamValues, withDefaults } from '../model/params.ts';
import { LINK_PARAMS } from './link.ts';
import { retriedOutcomes } from './retried-outcomes.ts';
import { routeNumber } from './routes.ts';

type LinkValues = ParamValues<typeof LINK_PARAMS>;

export function linkSettings(overrides: ParamOverrides): LinkSettings {
  const p = withDefaults(LINK_PARAMS, overrides);
  return {
    latencyNs: toNs(p.latencyMs),
    jitter:
      p.jitterShare > 0 ? createSampler({ distribution: 'lognormal', mean: 1, cv: p.jitterShare }) : null,
    lossShare: p.lossShare,
    bandwidth: p.bandwidthMbps === 0 ? null : bandwidthOf(p),
    attemptTimeoutNs: toNs(p.attemptTimeoutMs),
    totalTimeoutNs: toNs(p.totalTimeoutMs),
    giveUp: p.onGiveUp as LinkSettings['giveUp'],
    attempts: p.attempts,
    backoff: {
      kind: p.backoff as BackoffKind,
      base: toNs(p.backoffBaseMs),
      cap: toNs(p.backoffCapMs),
      factor: p.backoffFactor,
      startsGrown: p.backoffStartsGrown,
    },
    budget: p.retryBudget as LinkSettings['budget'],
    budgetShare: p.retryBudgetShare,
    retryOn: retriedOutcomes(p),
    retryWrites: p.retryWrites,
    hedge: p.hedge as LinkSettings['hedge'],
    hedgeNs: toNs(p.hedgeMs),
    hedgeMost: p.hedgeMost,
    throttleFactor: p.throttleFactor,
    propagatesDeadline: p.propagateDeadline,
    breaker: p.breaker === 'off' ? null : breakerSettings(p),
    maxConcurrent: p.maxConcurrent,
    bulkheadWaitNs: toNs(p.bulkheadWaitMs),
    carries: p.carries as LinkSettings['carries'],
    callShare: p.callShare,
    order: p.order,
    onFailure: p.onFailure as LinkSettings['onFailure'],
    weight: p.weight,
    tier: p.tier,
    route: routeNumber(p),
    connections: p.connections === 'pooled' ? connectionSettings(p) : null,
    capacityRps: p.capacityRps,
    breakerScope: p.breakerScope as LinkSettings['breakerScope'],
    rateLimit: p.rateLimit === 'off' ? null : rateLimitSettings(p),
    fallbackNs: toNs(p.fallbackMs),
    fallbackKeys: p.fallbackKeys,
  };
}

const BITS_PER_BYTE = 8;

function bandwidthOf({ bandwidthMbps, requestBytes, answerBytes }: LinkValues): Bandwidth {
  return { nsPerByte: (BITS_PER_BYTE * 1_000) / bandwidthMbps, requestBytes, answerBytes };
}

const ROUND_TRIPS: Readonly<Record<string, number>> = { tcp: 1, tls13: 2, tls12: 3 };

function connectionSettings(p: LinkValues): ConnectionSettings {
  return {
    most: p.poolMost,
    streams: p.poolStreams,
    idleNs: toNs(p.poolIdleMs),
    mostAgeNs: toNs(p.poolAgeMs),
    mostCalls: p.poolCalls,
    mostIdle: p.poolIdleMost > 0 ? p.poolIdleMost : Infinity,
    roundTrips: ROUND_TRIPS[p.handshake],
    timeoutNs: toNs(p.connectTimeoutMs),
    greetingNs: p.handshake === 'tcp' ? 0 : toNs(p.tlsMs),
  };
}

function rateLimitSettings(p: LinkValues): RateLimitSettings {
  return {
    perSecond: p.rateLimitRps,
    burst: p.rateLimitBurst,
    mostWaitNs: p.rateLimit === 'wait' ? toNs(p.rateLimitWaitMs) : 0,
  };
}

function breakerSettings(p: LinkValues): BreakerSettings {
  return {
    mode: p.breaker as BreakerSettings['mode'],
    windowKind: p.breakerWindow as BreakerSettings['windowKind'],
    windowSize: p.breakerWindowSize,
    minCalls: p.breakerMinCalls,
    failureShare: p.breakerFailureShare,
    slowShare: p.breakerSlowShare,
    slowNs: toNs(p.breakerSlowMs),
    trialCalls: p.breakerTrialCalls,
    openMs: p.breakerOpenMs,
    openGrowth: p.breakerGrowth,
    openMostMs: p.breakerMostMs,
    trialMs: p.breakerTrialMs,
    cancelOpens: p.breakerCancelOpens,
    countsLate: p.breakerCountsLate,
  };
}
