/** Every case of the model check, in the order of the page. */
import type { CheckCase } from './case.ts';
import { NETWORK_CASES } from './network-cases.ts';
import { ORDER_CASES } from './order-cases.ts';
import { PATTERN_CASES } from './pattern-cases.ts';
import { QUEUE_CASES } from './queue-cases.ts';

export const CASES: readonly CheckCase[] = [
  ...QUEUE_CASES,
  ...ORDER_CASES,
  ...NETWORK_CASES,
  ...PATTERN_CASES,
].map((check) => ({
  ...check,
  design: { ...check.design, name: check.name },
}));
