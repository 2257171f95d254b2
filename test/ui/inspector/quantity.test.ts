// Values are typed and read in the units people use, and every refusal says what would be right.
import { expect, it } from 'vitest';
import { KINDS } from '../../../src/kinds/catalog.ts';
import { LINK_PARAMS } from '../../../src/kinds/link.ts';
import type { NumberParam, Unit } from '../../../src/model/params.ts';
import { parseQuantity, quantityProblem, showQuantity, stepOf } from '../../../src/ui/inspector/quantity.ts';

function param(unit: Unit, more: Partial<NumberParam> = {}): NumberParam {
  const words = { label: 'Limit', help: '', group: '' };
  return { type: 'number', ...words, unit, default: 10, min: 0, max: 1e12, ...more };
}

it.each([
  [0.5, 'share', '50 %'],
  [0.373, 'share', '37.3 %'],
  [0, 'share', '0 %'],
  [1_000, 'ms', '1 s'],
  [1_500, 'ms', '1.5 s'],
  [1_234, 'ms', '1,234 ms'],
  [0.5, 'ms', '500 µs'],
  [600_000, 'ms', '10 min'],
  [0, 'ms', '0 ms'],
  [64_000, 'bytes', '64 kB'],
  [1_000, 'rps', '1,000 rps'],
  [20, 'count', '20'],
  [0.95, 'factor', '0.95'],
] as const)('shows %s %s as “%s”', (value, unit, text) => {
  expect(showQuantity(value, unit)).toBe(text);
});

it.each([
  ['50 %', 'share', 0.1, 0.5],
  ['5', 'share', 0.1, 0.05],
  ['2.5s', 'ms', 100, 2_500],
  ['10', 'ms', 5_000, 10_000],
  ['10', 'ms', 5, 10],
  ['1 min', 'ms', 5, 60_000],
  ['1,000', 'count', 1, 1_000],
  ['3k', 'rps', 1, 3_000],
  ['1.5 MB', 'bytes', 1, 1_500_000],
  ['1,5', 'factor', 1, 1.5],
] as const)('reads “%s” of %s (shown %s) as %s', (text, unit, shown, value) => {
  expect(parseQuantity(text, param(unit), shown)).toBe(value);
});

it('reads back exactly what it shows, for every default of every kind', () => {
  const tables = [LINK_PARAMS, ...Object.values(KINDS).map((kind) => kind.spec.params)];
  for (const each of tables.flatMap((table) => Object.values(table))) {
    if (each.type !== 'number') continue;
    for (const value of [each.default, each.min, each.max]) {
      expect(parseQuantity(showQuantity(value, each.unit), each, value), each.label).toBe(value);
    }
  }
});

it('says what is wrong, with bounds in the same unit', () => {
  const share = param('share', { label: 'Errors', default: 0.2, max: 1 });
  expect(parseQuantity('150 %', share, 0)).toBe('Errors must be between 0 % and 100 %.');
  expect(parseQuantity('much', share, 0)).toBe('Errors must be a number, like 20 %.');
  expect(parseQuantity('5 apples', param('ms'), 0)).toBe('“apples” is no unit of limit, like 10 ms.');
  expect(parseQuantity('', share, 0)).toMatch(/must be a number/);
  expect(quantityProblem(param('count', { integer: true }), 4.5)).toBe('Limit must be a whole number.');
});

it('steps by sensible amounts', () => {
  expect(stepOf(0.5, param('share'))).toBeCloseTo(0.05);
  expect(stepOf(3, param('count', { integer: true }))).toBe(1);
  expect(stepOf(1_000, param('rps'))).toBe(100);
});
