/** Rules about what a caller does for itself: its rate limit, the scope of its breakers, its fallbacks. */
import type { LinkRule } from './link-rules.ts';
import { number, setParam, time } from './words.ts';

const rateLimitBelowLoad: LinkRule = (caller, { link, policy, node }) => {
  const { expected, traits } = caller;
  if (policy.rateLimit === 'off' || expected.isAtMost) return null;
  const asked = expected.meanRps * policy.callShare;
  const granted = policy.rateLimitRps * (traits.callers ?? 1);
  if (granted >= asked) return null;
  return {
    rule: 'rate-limit-below-load',
    severity: 'warning',
    text: `${caller.node.label} lets ${number(granted)} calls a second go to ${node.label}, but is asked for ${number(asked)}.`,
    why: 'What is over the limit of a caller fails without having been sent, although nothing is wrong.',
    fix: setParam(
      'Let twice the load through',
      link.id,
      'rateLimitRps',
      Math.ceil((2 * asked) / (traits.callers ?? 1)),
    ),
  };
};

const waitBeyondTotal: LinkRule = (_, { link, policy, node }) => {
  const { totalTimeoutMs, rateLimitWaitMs } = policy;
  if (policy.rateLimit !== 'wait' || totalTimeoutMs === 0 || rateLimitWaitMs < totalTimeoutMs) return null;
  const half = Math.max(1, Math.round(totalTimeoutMs / 2));
  return {
    rule: 'rate-limit-outwaits-timeout',
    severity: 'warning',
    text: `Calls to ${node.label} may be held back for ${time(rateLimitWaitMs)}, but have ${time(totalTimeoutMs)} in all.`,
    why: 'Who waits that long has no time left to be answered. A wait should be a part of the total timeout.',
    fix: setParam(`Hold back for ${time(half)} at most`, link.id, 'rateLimitWaitMs', half),
  };
};

/** A proxy stands between the caller and those that fail. */
const breakerForProxy: LinkRule = (caller, { link, policy, node, spec, traits }) => {
  const isByPeer = policy.breakerScope === 'pair' || policy.breakerScope === 'peer';
  if (policy.breaker !== 'on' || !isByPeer || spec.role !== 'proxy' || !traits.chooses) return null;
  return {
    rule: 'breaker-for-proxy',
    severity: 'note',
    text: `The breakers between ${caller.node.label} and ${node.label} are one for each instance of ${node.label}, not of what stands behind it.`,
    why: 'They cannot tell a bad instance behind it from a good one. Put them on the links after it.',
    fix: setParam('One for each caller', link.id, 'breakerScope', undefined),
  };
};

const fallbackOfNobody: LinkRule = (caller, { link, policy, node }) => {
  const isFallback = policy.onFailure === 'value' || policy.onFailure === 'stale';
  if (!isFallback || caller.spec.role === 'compute') return null;
  return {
    rule: 'fallback-of-nobody',
    severity: 'note',
    text: `The link from ${caller.node.label} to ${node.label} has a fallback, which only services make.`,
    why: 'A failed call fails the request all the same. A fallback belongs to a link that leaves a service.',
    fix: setParam('Let the request fail', link.id, 'onFailure', undefined),
  };
};

export const CALLER_RULES: readonly LinkRule[] = [
  rateLimitBelowLoad,
  waitBeyondTotal,
  breakerForProxy,
  fallbackOfNobody,
];
