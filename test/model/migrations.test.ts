// Documents of every version there has been open today; each version has a stored example that never changes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import { CURRENT_VERSION } from '../../src/model/migrations.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { VOCABULARY } from './vocabulary.ts';

const example = (version: number): string =>
  readFileSync(new URL(`./versions/${version}.json`, import.meta.url), 'utf8');

describe('versions of the document', () => {
  it('opens the stored example of every version without a problem', () => {
    for (let version = 0; version <= CURRENT_VERSION; version++) {
      const { design, problems } = parseDesignText(example(version), VOCABULARY);
      expect(problems).toEqual([]);
      expect(design).toMatchObject({ format: 'loadbearing/1', name: 'Shop', seed: 7 });
      expect(design?.nodes.map((node) => node.label)).toEqual(['Shoppers', 'api', 'orders']);
    }
  });

  it('carries every value of the draft over to its place in version 1', () => {
    const { design } = parseDesignText(example(0), VOCABULARY);
    expect(design?.nodes[0]).toEqual({
      id: 'n1',
      kind: 'client',
      label: 'Shoppers',
      position: { x: 20, y: 100 },
      params: { rateRps: 800 },
    });
    expect(design?.links[1]).toEqual({ id: 'l2', from: 'n2', to: 'n3', params: { breaker: 'on' } });
  });

  it('reports what is wrong in an old document as it does in a new one', () => {
    const broken = {
      format: 'loadbearing/0',
      components: [{ id: 'n1', kind: 'service', x: 0 }, 7],
      connections: {},
    };
    const { design, problems } = parseDesign(broken, VOCABULARY);
    expect(design?.nodes).toHaveLength(1);
    expect(problems.map((problem) => problem.path)).toEqual(['$.nodes[1]', '$.links', '$.nodes[0].position']);
  });

  it('writes the example of the current version back exactly as it was, defaults and order included', () => {
    const { design } = parseDesignText(example(CURRENT_VERSION), VOCABULARY);
    const { design: again } = parseDesignText(serialize(design!), VOCABULARY);
    expect(again).toEqual(design);
    expect(JSON.parse(serialize(design!))).toEqual(JSON.parse(example(CURRENT_VERSION)));
  });
});
