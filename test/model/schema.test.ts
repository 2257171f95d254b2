// The published schema says the same as parsing: what matches it opens without a problem, what parsing
// refuses fails.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINK_PARAMS } from '../../src/kinds/link.ts';
import { serialize } from '../../src/model/canonical.ts';
import { documentSchema, paramsSchema } from '../../src/model/schema.ts';
import { SHOP_20 } from './designs.ts';
import { matches } from './json-schema.ts';
import { anyDesign, SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

const SCHEMA = documentSchema(VOCABULARY);

describe('the schema of the document', () => {
  it('is matched by 300 random designs as they are written to files', () => {
    fc.assert(
      fc.property(anyDesign, (design) => {
        expect(matches(SCHEMA, JSON.parse(serialize(design)))).toBe(true);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it.each<[string, (text: string) => string]>([
    ['another format', (text) => text.replace('loadbearing/1', 'loadbearing/2')],
    ['an unknown kind', (text) => text.replace('"kind": "cdn"', '"kind": "lambda"')],
    ['a param of another kind', (text) => text.replace('"pops": 12', '"workers": 12')],
    ['a param out of bounds', (text) => text.replace('"pops": 12', '"pops": 0')],
    ['a share above one', (text) => text.replace('"callShare": 0.15', '"callShare": 1.5')],
    ['half a count', (text) => text.replace('"attempts": 3', '"attempts": 2.5')],
    ['an unknown option', (text) => text.replace('"breaker": "on"', '"breaker": "maybe"')],
    ['a misspelt field', (text) => text.replace('"label": "api"', '"lable": "api"')],
    ['an id with a space', (text) => text.replace('"id": "n5"', '"id": "n 5"')],
    ['a seed below zero', (text) => text.replace('"seed": 42', '"seed": -1')],
  ])('does not match %s', (_, change) => {
    const text = serialize(SHOP_20);
    expect(matches(SCHEMA, JSON.parse(text))).toBe(true);
    expect(change(text)).not.toBe(text);
    expect(matches(SCHEMA, JSON.parse(change(text)))).toBe(false);
  });

  it('describes params with label, help, unit, bounds, default and the meaning of 0', () => {
    const { properties } = paramsSchema(LINK_PARAMS) as { properties: Record<string, unknown> };
    expect(Object.keys(properties)).toEqual(Object.keys(LINK_PARAMS));
    expect(properties['attemptTimeoutMs']).toEqual({
      title: 'Attempt timeout',
      description:
        'How long the caller waits for one attempt. The callee is not stopped by it. ' +
        'Unit: milliseconds. 0: none.',
      default: 1_000,
      type: 'number',
      minimum: 0,
      maximum: 600_000,
      'x-unit': 'ms',
    });
    expect(properties['carries']).toMatchObject({
      type: 'string',
      default: 'all',
      oneOf: [{ const: 'all' }, { const: 'reads', title: 'reads only' }, { const: 'writes' }],
    });
  });
});
