/** A sharded database at rest: hot ranges, and shards that cannot stand in for each other. */
import { defineAdvice, type Finding } from '../contract.ts';
import { databaseCost, idleSlots, leastWorkMs } from '../store-advice.ts';
import { setParam } from '../review/words.ts';
import type { spec } from './spec.ts';

export const advice = defineAdvice<(typeof spec)['params']>({
  traits: (params) => ({
    workMs: leastWorkMs(params),
    servers: params.shards * Math.min(params.slots, params.maxConnections),
    admits: params.shards * params.maxConnections,
    // Each shard alone has its keys.
    replicas: 1,
  }),
  warnings({ node, params, expected }) {
    const found: Finding[] = [...idleSlots(node, params)];
    if (params.rule === 'range' && params.shards > 1 && expected.sources.some((each) => each.keysAdjacent)) {
      found.push({
        rule: 'hot-range',
        severity: 'warning',
        text: `${node.label} is divided by ranges of keys, and the popular keys lie next to each other.`,
        why: `Most requests meet on one of ${params.shards} shards, while the others idle.`,
        fix: setParam('Place keys by their hash', node.id, 'rule', undefined),
      });
    }
    return found;
  },
  cost: ({ params }, sizes) => databaseCost(params.shards, params.slots, sizes, 'shard'),
});
