// A form shows parameters in the order of their table, but those behind others that say so.
import { expect, it } from 'vitest';
import { LINK_PARAMS } from '../../../src/kinds/link.ts';
import { defineParams } from '../../../src/model/params.ts';
import { inFormOrder } from '../../../src/ui/inspector/form-order.ts';

const flag = (after?: string) =>
  ({ type: 'flag', label: 'x', help: 'x.', group: 'x', default: false, ...(after && { after }) }) as const;

it('several behind one keep their order, and one may stand behind another of them', () => {
  const table = defineParams({
    a: flag(),
    b: flag(),
    c: flag('a'),
    d: flag(),
    e: flag('a'),
    f: flag('c'),
  });
  expect(inFormOrder(table).map(([name]) => name)).toEqual(['a', 'c', 'f', 'e', 'b', 'd']);
});

it('every parameter of a link is there once; what is repeated stands below the question', () => {
  const names = inFormOrder(LINK_PARAMS).map(([name]) => name);
  expect([...names].sort()).toEqual(Object.keys(LINK_PARAMS).sort());
  expect(names[names.indexOf('retryOn') + 1]).toBe('retryOutcomes');
  expect(names.slice(names.indexOf('backoffCapMs') + 1).slice(0, 2)).toEqual([
    'backoffFactor',
    'backoffStartsGrown',
  ]);
});
