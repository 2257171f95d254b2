/** A CDN at rest: whether it can answer anything itself, and what its requests cost. */
import { defineAdvice, type Finding } from '../contract.ts';
import { monthlyMillions, rateWords } from '../prices.ts';
import { setParam } from '../review/words.ts';
import type { spec } from './spec.ts';

export const advice = defineAdvice<(typeof spec)['params']>({
  traits: (params) => ({ workMs: params.edgeMs, mayAnswer: params.cacheableShare > 0 }),
  warnings({ node, params }) {
    const found: Finding[] = [];
    if (params.cacheableShare === 0) {
      found.push({
        rule: 'cdn-caches-nothing',
        severity: 'warning',
        text: `${node.label} may cache nothing: the share of cacheable keys is 0 %.`,
        why: 'Every request goes on to the origin, with one more hop on the way.',
        fix: setParam('Let 80 % be cached', node.id, 'cacheableShare', undefined),
      });
    }
    if (params.ttlMs === 0 && params.cacheableShare > 0) {
      found.push({
        rule: 'copies-kept-for-ever',
        severity: 'note',
        text: `${node.label} keeps copies for ever.`,
        why: 'Writes behind it never reach those who read a copy.',
        fix: setParam('Keep them for 60 s', node.id, 'ttlMs', undefined),
      });
    }
    return found;
  },
  cost: ({ expected }, sizes) => [
    {
      price: 'cdnMillion',
      quantity: monthlyMillions(expected.meanRps, sizes),
      words: rateWords(expected.meanRps),
    },
  ],
});
