// The published JSON Schema of the design document is the one the tables of params give, and what the app ships matches it.
// After a change of those tables: npx vitest run --project unit test/golden/schema.test.ts -u
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import { serialize } from '../../src/model/canonical.ts';
import { documentSchema, type JsonSchema } from '../../src/model/schema.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { matches } from '../model/json-schema.ts';

const PUBLISHED = 'public/schema/loadbearing-1.json';
const EXAMPLES = 'public/examples';
const published = () => JSON.parse(readFileSync(PUBLISHED, 'utf8')) as JsonSchema;

it('the published schema is the generated one', async () => {
  const generated = `${JSON.stringify(documentSchema(VOCABULARY), null, 2)}\n`;
  await expect(generated).toMatchFileSnapshot(`../../${PUBLISHED}`);
});

const shipped = readdirSync(EXAMPLES).filter((file) => file !== 'index.json');

it.each(shipped)('%s matches it, names it, and matches it again as the page would save it', (file) => {
  const text = readFileSync(`${EXAMPLES}/${file}`, 'utf8');
  const document = JSON.parse(text) as Record<string, unknown>;
  expect(document['$schema']).toBe('../schema/loadbearing-1.json');
  expect(matches(published(), document)).toBe(true);
  const { design } = parseDesignText(text, VOCABULARY);
  const saved = serialize(design!, 'https://example.org/schema/loadbearing-1.json');
  expect(matches(published(), JSON.parse(saved))).toBe(true);
  expect(parseDesignText(saved, VOCABULARY)).toEqual({ design, problems: [] });
});

it('a document with a param that its kind does not have does not match', () => {
  const document = JSON.parse(readFileSync(`${EXAMPLES}/${shipped[0]}`, 'utf8')) as {
    nodes: { params: Record<string, unknown> }[];
  };
  document.nodes[0].params['hitRatio'] = 0.9;
  expect(matches(published(), document)).toBe(false);
});
