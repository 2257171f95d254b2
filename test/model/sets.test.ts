// Several of a list as a param: one text for one set, in files, in links, in the schema.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../src/model/document.ts';
import { paramProblem } from '../../src/model/param-checks.ts';
import type { SetParam } from '../../src/model/params.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { readParams, writeParams } from '../../src/model/rows.ts';
import { paramsSchema } from '../../src/model/schema.ts';
import { chosenOf, setText, setWords } from '../../src/model/sets.ts';
import { matches } from './json-schema.ts';
import { SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

const days: SetParam = {
  type: 'set',
  label: 'Days',
  help: 'When it runs.',
  group: '',
  default: 'mon,tue',
  options: ['mon', 'tue', 'wed', 'thu', 'fri'].map((value) => ({ value, label: `on ${value}` })),
};
const TABLE = { days };
const SCHEMA = paramsSchema(TABLE);
const names = days.options.map(({ value }) => value);

const WRONG: readonly (readonly [string, unknown])[] = [
  ['another order', 'tue,mon'],
  ['one twice', 'mon,mon'],
  ['one that is none', 'mon,sun'],
  ['a space', 'mon, tue'],
  ['a comma at the end', 'mon,'],
  ['a comma at the start', ',mon'],
  ['a comma alone', ','],
  ['no comma', 'montue'],
  ['a list', ['mon', 'tue']],
  ['a number', 3],
];

describe('a set', () => {
  it('is its values in the order of the options, and has words for people', () => {
    expect(setText(days.options, (value) => ['fri', 'mon'].includes(value))).toBe('mon,fri');
    expect(chosenOf('mon,fri')).toEqual(['mon', 'fri']);
    expect(setWords(days.options, 'mon,fri')).toBe('on mon, on fri');
    expect([chosenOf(''), setWords(days.options, '')]).toEqual([[], 'none']);
  });

  it('of all 32 each has one text, which is checked, matches the schema, and comes back from a link', () => {
    const texts = Array.from({ length: 32 }, (_, bits) =>
      setText(days.options, (_value, place) => (bits & (1 << place)) > 0),
    );
    expect(new Set(texts).size).toBe(32);
    texts.forEach((text, bits) => {
      expect(paramProblem(days, text)).toBeNull();
      expect(matches(SCHEMA, { days: text })).toBe(true);
      const row = writeParams({ days: text }, TABLE);
      expect(row).toEqual(text === days.default ? [] : [0, bits]);
      expect(readParams(row, TABLE)).toEqual(row.length > 0 ? { days: text } : {});
    });
  });

  it.each(WRONG)('is not %s, neither for the check nor for the schema', (_what, value) => {
    expect(paramProblem(days, value)).toBe(
      'Days must be some of mon, tue, wed, thu, fri, in this order, joined by commas without spaces.',
    );
    expect(matches(SCHEMA, { days: value })).toBe(false);
  });

  it('check and schema agree about any text of such words and commas', () => {
    const text = fc.array(fc.constantFrom(...names, ',', ' ', 'sun')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (any) => {
        expect(matches(SCHEMA, { days: any })).toBe(paramProblem(days, any) === null);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it.each([32, -1, 1.5, 2 ** 33, NaN, '3', null])('a link with the bits %s is reported as wrong', (bits) => {
    expect(paramProblem(days, readParams([0, bits], TABLE)['days'])).not.toBeNull();
  });
});

describe('in a document', () => {
  const parse = (retryOutcomes: unknown) => {
    const { nodes, links, ...rest }: Design = emptyDesign('Test');
    const ends = ['n1', 'n2'].map((id) => ({ id, kind: 'service', label: id, position: { x: 0, y: 0 } }));
    const link = { id: 'l1', from: 'n1', to: 'n2', params: { retryOn: 'listed', retryOutcomes } };
    const raw = { ...rest, nodes: [...nodes, ...ends], links: [...links, link] };
    const { design, problems } = parseDesign(raw, VOCABULARY);
    return { params: design!.links[0].params, problems: problems.map(({ path, message }) => path + message) };
  };

  it('none at all is kept, the default left out', () => {
    expect(parse('')).toEqual({ params: { retryOn: 'listed', retryOutcomes: '' }, problems: [] });
    expect(parse('connect,503').params).toEqual({ retryOn: 'listed', retryOutcomes: 'connect,503' });
    expect(parse('connect,reset,timeout,429,502,503,504').params).toEqual({ retryOn: 'listed' });
  });

  it('a wrong one is named in a sentence, and the default stays', () => {
    const { params, problems } = parse('503,connect');
    expect(params).toEqual({ retryOn: 'listed' });
    expect(problems).toEqual([
      '$.links[0].params.retryOutcomesRepeated after must be some of connect, reset, timeout, 429, 500, 502, 503, ' +
        '504, in this order, joined by commas without spaces, not “503,connect”; link “l1” keeps the default ' +
        'connect,reset,timeout,429,502,503,504.',
    ]);
  });
});
