/** A gateway at rest: whether its limit lets the drawn load pass, how often it really counts, and what it costs. */
import { defineAdvice, type Finding, type Place } from '../contract.ts';
import { monthlyMillions, rateWords } from '../prices.ts';
import { number, setParam } from '../review/words.ts';
import type { spec } from './spec.ts';

type Params = (typeof spec)['params'];

export const advice = defineAdvice<Params>({
  traits: (params) => ({
    workMs: params.overheadMs,
    callers: params.replicas,
    replicas: params.replicas,
    routes: true,
    // What is over the limit is answered here.
    mayAnswer: params.algorithm !== 'none' || params.maxOpen > 0,
  }),
  secondUnit: (node) => setParam('Run two replicas', node.id, 'replicas', 2),
  warnings: (place) => [...limitsMultiplied(place), ...hangsOnStore(place), ...refusesOrdinaryLoad(place)],
  cost: ({ params, expected }, sizes) => [
    { price: 'balancer', quantity: params.replicas, words: `${number(params.replicas)} to run` },
    {
      price: 'balancerMillion',
      quantity: monthlyMillions(expected.meanRps, sizes),
      words: rateWords(expected.meanRps),
    },
  ],
});

/** Each replica counts for itself. */
function limitsMultiplied({ node, params }: Place<Params>): Finding[] {
  if (params.algorithm === 'none' || params.replicas < 2 || params.sharedState) return [];
  return [
    {
      rule: 'limit-per-replica',
      severity: 'note',
      text: `Each of the ${number(params.replicas)} replicas of ${node.label} counts for itself.`,
      why: `A caller whose requests are spread over all of them gets ${number(params.replicas)} times the limit.`,
      fix: setParam('Let them share their counts', node.id, 'sharedState', true),
    },
  ];
}

/** One store for all replicas. */
function hangsOnStore({ node, params }: Place<Params>): Finding[] {
  if (params.algorithm === 'none' && params.maxOpen === 0) return [];
  if (!params.sharedState) return [];
  if (!params.failOpen) {
    return [
      {
        rule: 'counts-fail-closed',
        severity: 'warning',
        text: `Without its shared counts ${node.label} answers every request with 503.`,
        why: 'Then all behind it is down with the store of counts, which was there to protect it.',
        fix: setParam('Let requests pass meanwhile', node.id, 'failOpen', true),
      },
    ];
  }
  if (params.sharedTimeoutMs > 0) return [];
  return [
    {
      rule: 'counts-without-timeout',
      severity: 'note',
      text: `${node.label} waits for its shared counts as long as they take.`,
      why: 'A slow store makes every request as slow as itself. With a timeout they pass uncounted.',
      fix: setParam('Wait at most 50 ms', node.id, 'sharedTimeoutMs', 50),
    },
  ];
}

/** One limit for everybody, below what everybody sends on an ordinary day. */
function refusesOrdinaryLoad({ node, params, expected }: Place<Params>): Finding[] {
  if (params.algorithm === 'none' || params.limitKey !== 'global' || expected.isAtMost) return [];
  const counters = params.sharedState ? 1 : params.replicas;
  const isBucket = ['tokenBucket', 'gcra', 'leakyBucket'].includes(params.algorithm);
  const each = isBucket ? params.rateRps : (params.perWindow * 1_000) / params.windowMs;
  if (expected.meanRps <= each * counters) return [];
  return [
    {
      rule: 'limit-below-load',
      severity: 'warning',
      text: `${node.label} gets ${number(expected.meanRps)} requests a second and lets ${number(each * counters)} pass.`,
      why: 'The rest is refused even on an ordinary day. Raise the limit, or count for each client.',
      fix: setParam('Count for each client network', node.id, 'limitKey', undefined),
    },
  ];
}
