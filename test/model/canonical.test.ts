// A design written to a file and read again is the same design, and the same design always gives the same
// file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalDesigns, serialize } from '../../src/model/canonical.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { SHOP_20, SHOP_8 } from './designs.ts';
import { anyDesign, SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

describe('files', () => {
  it('give back the same design, without a problem, for 500 random designs', () => {
    fc.assert(
      fc.property(anyDesign, (design) => {
        const read = parseDesignText(serialize(design), VOCABULARY);
        expect(read).toEqual({ design, problems: [] });
        expect(serialize(read.design!)).toBe(serialize(design));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('do not depend on the order in which params were set or keys were written', () => {
    const [node] = SHOP_8.nodes;
    const { id, kind, label, position } = node;
    const shuffled = { params: { peakRps: 3000, rateRps: 800, load: 'ramp' }, position, label, kind, id };
    const other = { ...SHOP_8, nodes: [shuffled, ...SHOP_8.nodes.slice(1)] };
    expect(serialize(other)).toBe(serialize(SHOP_8));
    expect(equalDesigns(other, SHOP_8)).toBe(true);
  });

  it('hold one element per line and no defaults: 20 nodes and 25 links are 54 lines', () => {
    const text = serialize(SHOP_20);
    expect(text.trimEnd().split('\n')).toHaveLength(5 + (20 + 2) + (25 + 2));
    expect(text).toContain('{ "id": "n19", "kind": "shardedDatabase", "label": "users",');
    expect(text).toContain('{ "id": "l16", "from": "n11", "to": "n14" }');
  });

  it('leave out what equals the default after parsing', () => {
    const node = {
      id: 'n1',
      kind: 'service',
      label: 'a',
      position: { x: 0, y: 0 },
      params: { workers: 16, cv: 2 },
    };
    const { design } = parseDesign({ format: 'loadbearing/1', nodes: [node] }, VOCABULARY);
    expect(design?.nodes[0].params).toEqual({ cv: 2 });
  });

  it('are equal when only the view differs, and differ when a position, seed or param does', () => {
    const looking = { ...SHOP_8, viewport: { x: 1, y: 2, zoom: 3 } };
    expect(equalDesigns(looking, SHOP_8)).toBe(true);
    expect(equalDesigns({ ...SHOP_8, seed: 43 }, SHOP_8)).toBe(false);
    const [first, ...rest] = SHOP_8.nodes;
    expect(
      equalDesigns({ ...SHOP_8, nodes: [{ ...first, position: { x: 21, y: 100 } }, ...rest] }, SHOP_8),
    ).toBe(false);
    expect(equalDesigns({ ...SHOP_8, nodes: [{ ...first, params: {} }, ...rest] }, SHOP_8)).toBe(false);
  });
});
