/**
 * Rules about one link, whatever stands at its ends: timeouts, breakers, limits. Each looks at the caller's place and
 * one of its callees. They must not know any kind.
 */
import type { Finding, Neighbour, Place } from '../contract.ts';
import { mostAttempts } from '../retried-outcomes.ts';
import { longestTriesMs, longestWaitMs } from './wiring.ts';
import { number, roundUp, setParam, time } from './words.ts';

export type LinkRule = (caller: Place, callee: Neighbour) => Finding | null;

const TIMEOUT_MS = 1_000;

const breakerWithoutTimeout: LinkRule = (caller, { link, policy, node }) => {
  if (policy.breaker !== 'on' || longestWaitMs(policy) !== Infinity) return null;
  return {
    rule: 'breaker-without-timeout',
    severity: 'warning',
    text: `The breaker between ${caller.node.label} and ${node.label} has no timeout.`,
    why: 'A breaker counts calls that end. If the callee hangs, none does, and the breaker never opens.',
    fix: setParam(`Set a timeout of ${time(TIMEOUT_MS)}`, link.id, 'attemptTimeoutMs', undefined),
  };
};

const noTimeout: LinkRule = (caller, { link, policy, node }) => {
  if (policy.breaker === 'on' || longestWaitMs(policy) !== Infinity) return null;
  return {
    rule: 'no-timeout',
    severity: 'warning',
    text: `${caller.node.label} waits for ${node.label} for ever.`,
    why: 'A lost message or a hanging callee then holds the caller for good. Give every call a timeout.',
    fix: setParam(`Set a timeout of ${time(TIMEOUT_MS)}`, link.id, 'attemptTimeoutMs', undefined),
  };
};

const timeoutBelowWork: LinkRule = (caller, { link, policy, node, traits }) => {
  const least = (traits.workMs ?? 0) + 2 * policy.latencyMs;
  const { attemptTimeoutMs, totalTimeoutMs } = policy;
  const limit = Math.min(attemptTimeoutMs || Infinity, totalTimeoutMs || Infinity);
  if (limit > least) return null;
  const enough = roundUp(4 * least);
  const names = [
    ...(attemptTimeoutMs > 0 && attemptTimeoutMs <= least ? ['attemptTimeoutMs'] : []),
    ...(totalTimeoutMs > 0 && totalTimeoutMs <= least ? ['totalTimeoutMs'] : []),
  ];
  return {
    rule: 'timeout-below-work',
    severity: 'warning',
    text: `${caller.node.label} gives ${node.label} ${time(limit)}, but an answer takes ${time(least)} on average.`,
    why: 'Most calls time out although nothing is wrong, and the callee does the work for nobody.',
    fix: {
      label: `Wait ${time(enough)}`,
      edit: {
        type: 'batch',
        label: `Wait ${time(enough)} for ${node.label}`,
        edits: names.map((name) => ({ type: 'setParam', ids: [link.id], name, value: enough })),
      },
    },
  };
};

/** The caller of the caller gives up first. */
const timeoutAboveCallers: LinkRule = (caller, { link, policy, node }) => {
  const wait = longestWaitMs(policy);
  const impatient = caller.callers
    .map((each) => ({ each, limit: longestWaitMs(each.policy) }))
    .filter(({ limit }) => limit < wait)
    .sort((a, b) => a.limit - b.limit)[0];
  if (!impatient || wait === Infinity) return null;
  const who = impatient.each.node.label;
  const enough = Math.max(1, Math.round(impatient.limit * 0.8));
  const each = Math.max(1, Math.floor(enough / mostAttempts(policy)));
  const set = (name: string, value: number) => ({ type: 'setParam', ids: [link.id], name, value }) as const;
  const isLong = policy.attemptTimeoutMs === 0 || policy.attemptTimeoutMs > each;
  return {
    rule: 'timeout-above-callers',
    severity: 'warning',
    text: `${caller.node.label} waits up to ${time(wait)} for ${node.label}, but ${who} gives up on it after ${time(impatient.limit)}.`,
    why: 'What happens after that is work for nobody. A timeout should be shorter than the one above it.',
    fix: {
      label: `Give up after ${time(enough)}`,
      edit: {
        type: 'batch',
        label: `Give up on ${node.label} after ${time(enough)}`,
        edits: [set('totalTimeoutMs', enough), ...(isLong ? [set('attemptTimeoutMs', each)] : [])],
      },
    },
  };
};

const retryThatCannotFit: LinkRule = (_, { link, policy, node }) => {
  const { attemptTimeoutMs, totalTimeoutMs } = policy;
  const attempts = mostAttempts(policy);
  if (attempts < 2 || totalTimeoutMs === 0) return null;
  const takesAll = attemptTimeoutMs === 0 || attemptTimeoutMs >= totalTimeoutMs;
  const longest = longestTriesMs(policy);
  if (!takesAll && longest <= totalTimeoutMs) return null;
  const pauses = longest - attempts * attemptTimeoutMs;
  const each = Math.floor((totalTimeoutMs - pauses) / attempts);
  return {
    rule: 'retry-cannot-fit',
    severity: takesAll ? 'warning' : 'note',
    text: takesAll
      ? `A call to ${node.label} may be tried ${attempts} times, but the first try may take all of the ${time(totalTimeoutMs)}.`
      : `${attempts} tries of ${time(attemptTimeoutMs)} at ${node.label} and the pauses between them may take ${time(longest)}, but a call has ${time(totalTimeoutMs)} in all.`,
    why: 'When the callee hangs there is no time left for the last try. The attempt timeouts must fit into the total.',
    ...(each >= 1
      ? { fix: setParam(`Give each attempt ${time(each)}`, link.id, 'attemptTimeoutMs', each) }
      : {}),
  };
};

const breakerAboveWindow: LinkRule = (caller, { link, policy, node }) => {
  const { breaker, breakerWindow, breakerWindowSize, breakerMinCalls } = policy;
  const isOn = breaker === 'on' || breaker === 'metricsOnly';
  if (!isOn || breakerWindow !== 'count' || breakerMinCalls <= breakerWindowSize) return null;
  return {
    rule: 'breaker-minimum-above-window',
    severity: 'note',
    text: `The breaker between ${caller.node.label} and ${node.label} should wait for ${number(breakerMinCalls)} calls, but remembers only ${number(breakerWindowSize)}.`,
    why: 'It decides as soon as its window is full.',
    fix: setParam('Wait for a full window', link.id, 'breakerMinCalls', breakerWindowSize),
  };
};

const breakerForced: LinkRule = (caller, { link, policy, node }) => {
  if (policy.breaker !== 'forcedOpen') return null;
  return {
    rule: 'breaker-forced-open',
    severity: 'warning',
    text: `The breaker between ${caller.node.label} and ${node.label} is forced open.`,
    why: 'No call passes until somebody changes that by hand.',
    fix: setParam('Let it decide again', link.id, 'breaker', 'on'),
  };
};

const linkNeverUsed: LinkRule = (caller, { link, policy, node }) => {
  if (policy.callShare > 0) return null;
  return {
    rule: 'link-never-used',
    severity: 'note',
    text: `${caller.node.label} never calls ${node.label}: the share of requests is 0 %.`,
    why: 'The link is drawn but carries nothing.',
    fix: setParam('Call it for every request', link.id, 'callShare', undefined),
  };
};

/** A service asks a cache before the next dependency in its order; without one the cache has nothing to remember. */
const cacheInFrontOfNothing: LinkRule = (caller, { link, policy, node, spec }) => {
  if (spec.role !== 'lookaside') return null;
  const stores = caller.callees.filter((other) => other.spec.role !== 'lookaside');
  if (stores.some((other) => other.policy.order >= policy.order)) return null;
  return {
    rule: 'cache-in-front-of-nothing',
    severity: 'warning',
    text: `${node.label} is a cache in front of nothing.`,
    why:
      stores.length > 0
        ? `${caller.node.label} calls it last; a cache is asked before what it caches.`
        : `${caller.node.label} calls nothing whose answers it could remember.`,
    ...(stores.length > 0 ? { fix: setParam('Ask it first', link.id, 'order', undefined) } : {}),
  };
};

const BITS_PER_MEGABIT = 1e6;

/** Not where something on the way may answer, or the link carries only a part: it will be less, nobody knows how much. */
const linkTooNarrow: LinkRule = (caller, { link, policy, node, meanRps }) => {
  const { bandwidthMbps, requestBytes, answerBytes } = policy;
  const neededMbps = (meanRps * 8 * Math.max(requestBytes, answerBytes)) / BITS_PER_MEGABIT;
  if (bandwidthMbps === 0 || neededMbps <= bandwidthMbps) return null;
  const isFronted = caller.callees.some((other) => other.link !== link && other.traits.mayAnswer);
  const isLess = isFronted || caller.traits.mayAnswer || policy.carries !== 'all';
  if (isLess || caller.expected.isAtMost) return null;
  const enough = roundUp(1.5 * neededMbps);
  return {
    rule: 'link-too-narrow',
    severity: 'warning',
    text: `The link from ${caller.node.label} to ${node.label} would need ${number(neededMbps)} Mbit/s and has ${number(bandwidthMbps)}.`,
    why: 'Messages wait before they leave, ever longer, until callers give up. Make it wider, or messages smaller.',
    fix: setParam(`Give it ${number(enough)} Mbit/s`, link.id, 'bandwidthMbps', enough),
  };
};

export const LINK_RULES: readonly LinkRule[] = [
  breakerWithoutTimeout,
  noTimeout,
  timeoutBelowWork,
  timeoutAboveCallers,
  retryThatCannotFit,
  breakerAboveWindow,
  breakerForced,
  linkNeverUsed,
  cacheInFrontOfNothing,
  linkTooNarrow,
];
