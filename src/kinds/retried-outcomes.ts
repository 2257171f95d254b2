/** From what a link lists to the outcomes that are repeated, for the engine and for the review. */
import { ALWAYS_SAFE, CONNECT_REFUSED, CONNECT_TIMEOUT, maskOf, OUTCOMES } from '../engine/calls/outcomes.ts';
import type { OutcomeId } from '../engine/calls/outcomes.ts';
import type { ParamValues } from '../model/params.ts';
import { chosenOf } from '../model/sets.ts';
import { RETRY_PARAMS } from './link-retries.ts';
import type { LINK_PARAMS } from './link.ts';

type Option = (typeof RETRY_PARAMS.retryOutcomes.options)[number]['value'];

/** Under which option each outcome goes, as its caller sees it; null: it is never repeated. */
export const RETRY_OPTIONS: Readonly<Record<OutcomeId, Option | null>> = {
  ok: null,
  http500: '500',
  http502: '502',
  http503: '503',
  http504: '504',
  connectRefused: 'connect',
  connectTimeout: 'connect',
  // Nowhere to connect to.
  noAddress: 'connect',
  reset: 'reset',
  attemptTimeout: 'timeout',
  http429: '429',
  // A balancer with nobody behind it, and what the callee turns away before it works on it, are answered with 503.
  noHealthyPeer: '503',
  queueFull: '503',
  tooManyConnections: '503',
  queueTimeout: '503',
  shed: '503',
  // The time for all attempts is over, or nobody wants the answer any more.
  deadlineExceeded: null,
  cancelled: null,
  // The caller's own policy has just said no; another try would only get round it.
  breakerOpen: null,
  bulkheadFull: null,
  throttled: null,
  rateLimited: null,
  // A limit of the simulator: more calls are what it cannot take.
  overLimit: null,
};

const listed = (options: readonly string[]): number =>
  maskOf(
    OUTCOMES.flatMap(({ id }, outcome) => {
      const option = RETRY_OPTIONS[id];
      return option !== null && options.includes(option) ? [outcome] : [];
    }),
  );

const USUAL = listed(chosenOf(RETRY_PARAMS.retryOutcomes.default));
const ERRORS = USUAL | listed(['500']);
/** Narrower than the option `connect`: without an address it does not ask again. */
const CONNECT = maskOf([CONNECT_REFUSED, CONNECT_TIMEOUT]);

type LinkValues = ParamValues<typeof LINK_PARAMS>;

/** What a link repeats, as a mask of outcomes. */
export function retriedOutcomes(policy: Pick<LinkValues, 'retryOn' | 'retryOutcomes'>): number {
  switch (policy.retryOn) {
    case 'usual':
      return USUAL;
    case 'connect':
      return CONNECT;
    case 'errors':
      return ERRORS;
    case 'listed':
      return listed(chosenOf(policy.retryOutcomes));
  }
}

/** Attempts of a call in all, at most: 1 where nothing that happens to what the link carries is repeated. */
export function mostAttempts(policy: LinkValues): number {
  const isHarmless = policy.carries !== 'writes' || policy.retryWrites;
  const repeated = retriedOutcomes(policy) & (isHarmless ? -1 : ALWAYS_SAFE);
  return repeated === 0 ? 1 : policy.attempts;
}

/** Whether writes are repeated that the callee may have done. */
export function repeatsWrites(policy: LinkValues): boolean {
  if (!policy.retryWrites || policy.carries === 'reads') return false;
  return policy.hedge !== 'off' || (policy.attempts > 1 && (retriedOutcomes(policy) & ~ALWAYS_SAFE) !== 0);
}
