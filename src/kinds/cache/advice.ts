/** A cache at rest: whether it fronts anything, and whether it can be believed. */
import { defineAdvice, type Finding, type Place } from '../contract.ts';
import { number, setParam } from '../review/words.ts';
import type { spec } from './spec.ts';

type Params = (typeof spec)['params'];

export const advice = defineAdvice<Params>({
  traits: (params) => ({
    workMs: params.commandMs,
    ...(params.threads > 0 ? { servers: params.threads } : {}),
    mayAnswer: true,
  }),
  warnings: (place) => staleForEver(place),
  cost: ({ params }, sizes) => [
    {
      price: 'cacheGb',
      // Nobody rents out less than a gigabyte.
      quantity: Math.max(1, (params.capacityEntries * sizes.entryKb) / 1e6),
      words: `${number(params.capacityEntries)} entries of ${sizes.entryKb} kB, at least 1 GB`,
    },
  ],
});

function staleForEver({ node, params }: Place<Params>): Finding[] {
  if (params.onWrite !== 'nothing' || params.ttlMs > 0) return [];
  return [
    {
      rule: 'stale-for-ever',
      severity: 'warning',
      text: `${node.label} keeps its entries for ever, and a write changes nothing in it.`,
      why: 'Once read, a key never shows a later write, until it happens to be evicted.',
      fix: setParam('Delete the entry on a write', node.id, 'onWrite', undefined),
    },
  ];
}
