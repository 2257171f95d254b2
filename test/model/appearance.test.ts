// Edits and fields the drawing board needs: a link keeps its policy when it gets other ends, a node its links when it
// becomes another kind, and a collapsed group travels in files and links while older ones still open.
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import { emptyDesign, type Design } from '../../src/model/document.ts';
import { describeEdit } from '../../src/model/describe.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { fromPositional, toPositional } from '../../src/model/positional.ts';
import { VOCABULARY } from '../../src/kinds/vocabulary.ts';

const shop: Design = {
  ...emptyDesign('Shop'),
  nodes: [
    { id: 'n1', kind: 'client', label: 'Shoppers', position: { x: 0, y: 0 }, params: {} },
    { id: 'n2', kind: 'service', label: 'api', position: { x: 200, y: 0 }, params: {}, group: 'g1' },
    { id: 'n3', kind: 'database', label: 'orders', position: { x: 400, y: 0 }, params: {}, group: 'g1' },
  ],
  links: [{ id: 'l1', from: 'n1', to: 'n2', params: { attempts: 3 } }],
  groups: [{ id: 'g1', kind: 'region', label: 'eu-west' }],
};

describe('relink', () => {
  it('gives a link another end and keeps its id and params', () => {
    const edit = { type: 'relink', id: 'l1', from: 'n1', to: 'n3' } as const;
    expect(applyEdit(shop, edit).links).toEqual([
      { id: 'l1', from: 'n1', to: 'n3', params: { attempts: 3 } },
    ]);
    expect(describeEdit(shop, edit)).toBe('Link Shoppers to orders');
  });

  it('leaves the design as it is for ends that are not there or are one', () => {
    expect(applyEdit(shop, { type: 'relink', id: 'l1', from: 'n1', to: 'n9' })).toBe(shop);
    expect(applyEdit(shop, { type: 'relink', id: 'l1', from: 'n1', to: 'n1' })).toBe(shop);
    expect(applyEdit(shop, { type: 'relink', id: 'l1', from: 'n1', to: 'n2' })).toBe(shop);
  });
});

describe('replaceNode', () => {
  it('changes kind, name and params; place, group and links stay', () => {
    const node = {
      id: 'n3',
      kind: 'sharded-database',
      label: 'orders',
      position: { x: 9, y: 9 },
      params: {},
    };
    const after = applyEdit(shop, { type: 'replaceNode', node });
    expect(after.nodes[2]).toEqual({ ...shop.nodes[2], kind: 'sharded-database' });
    expect(after.links).toBe(shop.links);
    expect(describeEdit(shop, { type: 'replaceNode', node })).toBe('Replace orders');
  });
});

describe('a collapsed group', () => {
  const collapsed = applyEdit(shop, { type: 'setCollapsed', id: 'g1', collapsed: true });

  it('is written only where it is collapsed, and expanding gives the design before', () => {
    expect(collapsed.groups).toEqual([{ id: 'g1', kind: 'region', label: 'eu-west', collapsed: true }]);
    expect(serialize(collapsed)).toContain('"collapsed": true');
    const expanded = applyEdit(collapsed, { type: 'setCollapsed', id: 'g1', collapsed: false });
    expect(serialize(expanded)).toBe(serialize(shop));
    expect(applyEdit(shop, { type: 'setCollapsed', id: 'g1', collapsed: false })).toBe(shop);
  });

  it('comes back from a file and from a link', () => {
    expect(parseDesign(JSON.parse(serialize(collapsed)), VOCABULARY).design).toEqual(collapsed);
    const columns = toPositional(collapsed, {}, VOCABULARY);
    const read = fromPositional(JSON.parse(JSON.stringify(columns)), VOCABULARY);
    expect(parseDesign(read?.document, VOCABULARY)).toEqual({ design: collapsed, problems: [] });
  });

  it('costs a link nothing where no group is collapsed', () => {
    const columns = toPositional(shop, {}, VOCABULARY);
    expect(columns[12]).toEqual([0, [0], ['eu-west'], 0]);
  });

  it('is reported in a sentence where it is neither true nor false', () => {
    const odd = { ...shop, groups: [{ ...shop.groups[0], collapsed: 'yes' }] };
    const { design, problems } = parseDesign(odd, VOCABULARY);
    expect(design?.groups).toEqual(shop.groups);
    expect(problems).toMatchObject([
      {
        path: '$.groups[0].collapsed',
        message: '“collapsed” of group “g1” must be true or false, not “yes”; it was left out.',
      },
    ]);
  });
});
