// Links name a param by its place in its table, and an option by its place in the param. What is recorded here has gone out
// in links and must stay where it is: new ones come at the end of the whole table or list, and are recorded here.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import type { Param, ParamTable } from '../../src/model/params.ts';

const recorded = JSON.parse(
  readFileSync(new URL('./param-places.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly string[]>>;

const tables: Readonly<Record<string, ParamTable>> = {
  ...Object.fromEntries(VOCABULARY.kindOrder.map((kind) => [kind, VOCABULARY.kinds[kind].params])),
  link: VOCABULARY.link,
};

/** "attempts", or with the options of a choice or set "retryOn: usual connect errors listed". */
function written([name, param]: [string, Param]): string {
  if (param.type !== 'choice' && param.type !== 'set') return name;
  return `${name}: ${param.options.map(({ value }) => value).join(' ')}`;
}

it.each(Object.keys(tables))('every param of %s is where it always was, new ones recorded', (table) => {
  expect(Object.entries(tables[table]).map(written)).toEqual(recorded[table]);
});

it('kinds are in the order in which they came', () => {
  expect([...VOCABULARY.kindOrder, 'link']).toEqual(Object.keys(recorded));
});
