/** A balancer at rest: whether it has a choice, and notices when a peer is gone. */
import { defineAdvice, type Finding } from '../contract.ts';
import { monthlyMillions, rateWords } from '../prices.ts';
import { setParam } from '../review/words.ts';
import type { spec } from './spec.ts';

export const advice = defineAdvice<(typeof spec)['params']>({
  traits: (params) => ({
    workMs: params.overheadMs,
    callers: 1,
    // Refused connections cost next to nothing; only calls that ran count as tries.
    tries: params.tryNext === 'timeout' || params.tryNext === 'errors' ? params.maxTries : 1,
    replicas: 1,
    chooses: true,
  }),
  warnings({ node, params, callees }) {
    const found: Finding[] = [];
    const units = callees.reduce((sum, { traits }) => sum + (traits.replicas ?? 1), 0);
    if (callees.length === 1 && units === 1) {
      found.push({
        rule: 'nothing-to-balance',
        severity: 'note',
        text: `${node.label} has one instance to choose from.`,
        why: 'It adds a hop and spreads nothing. Add instances, or another peer.',
      });
    }
    if (!params.passive && params.tryNext === 'never' && units > 1) {
      found.push({
        rule: 'failing-peers-kept',
        severity: 'warning',
        text: `${node.label} keeps sending to peers that fail, and tries no other.`,
        why: `When one of ${units} is down, its share of the requests fails until it is back.`,
        fix: setParam('Eject failing peers', node.id, 'passive', undefined),
      });
    }
    return found;
  },
  cost: ({ expected }, sizes) => [
    { price: 'balancer', quantity: 1, words: 'one' },
    {
      price: 'balancerMillion',
      quantity: monthlyMillions(expected.meanRps, sizes),
      words: rateWords(expected.meanRps),
    },
  ],
});
