/** A database node at rest. */
import { defineAdvice } from '../contract.ts';
import { databaseCost, idleSlots, leastWorkMs } from '../store-advice.ts';
import type { spec } from './spec.ts';

export const advice = defineAdvice<(typeof spec)['params']>({
  traits: (params) => ({
    workMs: leastWorkMs(params),
    servers: Math.min(params.slots, params.maxConnections),
    admits: params.maxConnections,
    replicas: 1,
  }),
  warnings: ({ node, params }) => idleSlots(node, params),
  cost: ({ params }, sizes) => databaseCost(1, params.slots, sizes, 'node'),
});
