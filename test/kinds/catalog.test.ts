// The two lists of kinds, with and without what they do, name the same kinds in the same permanent order.
import { expect, it } from 'vitest';
import { KINDS } from '../../src/kinds/catalog.ts';
import { SPECS } from '../../src/kinds/specs.ts';
import { VOCABULARY } from '../../src/kinds/vocabulary.ts';

it('lists every kind in both, in the same order', () => {
  expect(Object.keys(KINDS)).toEqual(Object.keys(SPECS));
  expect(VOCABULARY.kindOrder).toEqual(Object.keys(SPECS));
  for (const [kind, { spec }] of Object.entries(KINDS)) expect(spec).toBe(SPECS[kind]);
});
