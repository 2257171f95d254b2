// An edit gives a new design that shares what it did not touch, and a design that any file or link can hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import { emptyDesign, type Design } from '../../src/model/document.ts';
import { copyElements, duplicateIds, insertIds } from '../../src/model/copies.ts';
import { describeEdit } from '../../src/model/describe.ts';
import type { Edit } from '../../src/model/edit-data.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { freshId } from '../../src/model/identity.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { SHOP_20, SHOP_8 } from './designs.ts';
import { anyDesign, anyEdit, SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

const api = SHOP_8.nodes[4];

/** The shop with a region around api and carts, a zone in it, a note and a drill. */
const DRESSED = (
  [
    { type: 'addGroup', group: { id: 'g1', kind: 'region', label: 'eu-west' } },
    { type: 'addGroup', group: { id: 'g2', kind: 'zone', label: 'eu-west-1a', parent: 'g1' } },
    { type: 'setGroup', ids: ['n5', 'n6'], group: 'g2' },
    { type: 'addNote', note: { id: 't1', text: 'Here it breaks', position: { x: 0, y: 0 } } },
    {
      type: 'setDrill',
      drill: {
        id: 'd1',
        name: 'orders dies',
        hypothesis: '',
        durationMs: 60_000,
        steps: [
          { atMs: 5, target: 'n7', fault: 'crash' },
          { atMs: 9, target: 'l6', fault: 'cut' },
          { atMs: 9, target: 'n5', fault: 'crash' },
        ],
        expectations: [{ subject: 'n7', measure: 'p95Ms', is: 'below', value: 300, fromMs: 0, toMs: 60_000 }],
      },
    },
  ] satisfies Edit[]
).reduce<Design>(applyEdit, SHOP_8);

describe('edits', () => {
  it('share every element they do not touch', () => {
    const moved = applyEdit(SHOP_20, {
      type: 'moveNodes',
      moves: [{ id: 'n5', position: { x: 640, y: 200 } }],
    });
    expect(moved.nodes.filter((node, i) => node !== SHOP_20.nodes[i]).map((node) => node.id)).toEqual(['n5']);
    expect(moved.links).toBe(SHOP_20.links);
    expect(moved.nodes[4].params).toBe(SHOP_20.nodes[4].params);
  });

  it.each<Edit>([
    { type: 'addNode', node: { ...api, label: 'twice' } },
    { type: 'addLink', link: { id: 'l99', from: 'n5', to: 'n99', params: {} } },
    { type: 'addLink', link: { id: 'l99', from: 'n5', to: 'n5', params: {} } },
    { type: 'addGroup', group: { id: 'not an id', kind: 'zone', label: '' } },
    { type: 'removeElements', ids: ['n99'] },
    { type: 'moveNodes', moves: [{ id: 'n5', position: { ...api.position } }] },
    { type: 'setParam', ids: ['n5', 'n99'], name: 'workers', value: 64 },
    { type: 'setParam', ids: ['n5'], name: 'cv', value: undefined },
    { type: 'rename', id: 'n5', label: ' api\n' },
    { type: 'rename', id: null, label: 'Shop' },
    { type: 'setSeed', seed: 42 },
    { type: 'setSeed', seed: -1.5 },
    { type: 'setGroup', ids: ['n5'], group: 'g99' },
    { type: 'setNote', id: 't99', text: 'lost' },
    { type: 'duplicate', ids: ['n99'], offset: { x: 0, y: 0 } },
    { type: 'insert', part: emptyDesign(), offset: { x: 0, y: 0 } },
    { type: 'batch', label: 'Nothing', edits: [] },
  ])('give back the very same design when nothing changes: %j', (edit) => {
    expect(applyEdit(SHOP_8, edit)).toBe(SHOP_8);
  });

  it('removing a node takes its 3 links and the steps and expectations about it along', () => {
    const removed = applyEdit(DRESSED, { type: 'removeElements', ids: ['n7', 'l1'] });
    expect(removed.links.map((link) => link.id)).toEqual(['l2', 'l3', 'l4', 'l5', 'l7']);
    expect(removed.drills[0].steps.map((step) => step.target)).toEqual(['n5']);
    expect(removed.drills[0].expectations).toEqual([]);
  });

  it('removing a group leaves what stood in it, one level further out', () => {
    expect(applyEdit(DRESSED, { type: 'removeElements', ids: ['g2'] }).nodes[4].group).toBe('g1');
    const bare = applyEdit(DRESSED, { type: 'removeElements', ids: ['g1', 'g2'] });
    expect(bare.nodes[4]).toEqual(api);
    const outer = applyEdit(DRESSED, { type: 'removeElements', ids: ['g1'] });
    expect(outer.groups).toEqual([{ id: 'g2', kind: 'zone', label: 'eu-west-1a' }]);
  });

  it('a group cannot be put into itself or into what lies inside it', () => {
    expect(applyEdit(DRESSED, { type: 'setGroup', ids: ['g1', 'g2'], group: 'g2' })).toBe(DRESSED);
    expect(
      applyEdit(DRESSED, { type: 'setGroup', ids: ['g2', 'n5'], group: null }).groups[1].parent,
    ).toBeUndefined();
  });

  it('setting a param of several nodes and links at once changes those that differ; undefined resets', () => {
    const set = applyEdit(SHOP_8, { type: 'setParam', ids: ['n5', 'n8', 'l1'], name: 'workers', value: 64 });
    expect([set.nodes[4], set.nodes[7].params, set.links[0].params]).toEqual([
      api,
      { waiting: 'async', workers: 64 },
      { latencyMs: 20, workers: 64 },
    ]);
    const reset = applyEdit(set, {
      type: 'setParam',
      ids: ['n5', 'n8', 'l1'],
      name: 'workers',
      value: undefined,
    });
    expect(reset.nodes.map((node) => node.params['workers'])).toEqual(Array(8).fill(undefined));
    expect('workers' in reset.nodes[7].params).toBe(false);
  });

  it('duplicates get the next ids in order, keep links among themselves, and stay in their group', () => {
    const ids = ['n5', 'n7', 'n6'];
    const copied = applyEdit(DRESSED, { type: 'duplicate', ids, offset: { x: 40, y: 40 } });
    expect([...duplicateIds(DRESSED, ids)]).toEqual([
      ['n5', 'n9'],
      ['n6', 'n10'],
      ['n7', 'n11'],
      ['l5', 'l8'],
      ['l6', 'l9'],
    ]);
    expect(copied.nodes.slice(8)).toMatchObject([
      { id: 'n9', label: 'api', group: 'g2', position: { x: 660, y: 240 } },
      { id: 'n10', label: 'carts', group: 'g2' },
      { id: 'n11', label: 'orders' },
    ]);
    expect(copied.links.slice(7)).toMatchObject([
      { id: 'l8', from: 'n9', to: 'n10' },
      { id: 'l9', from: 'n9', to: 'n11', params: SHOP_8.links[5].params },
    ]);
  });

  it('what is copied in one design can be pasted into another, with its groups when they were copied', () => {
    const part = copyElements(DRESSED, ['n5', 'n6', 'g2', 't1']);
    const pasted = applyEdit(SHOP_20, { type: 'insert', part, offset: { x: 0, y: 1000 } });
    expect(pasted.nodes.slice(20)).toMatchObject([
      { id: 'n21', group: 'g1' },
      { id: 'n22', group: 'g1' },
    ]);
    expect(pasted.groups).toEqual([{ id: 'g1', kind: 'zone', label: 'eu-west-1a' }]);
    expect(insertIds(SHOP_20, part).get('t1')).toBe('t1');
    expect(applyEdit(emptyDesign(), { type: 'insert', part: SHOP_20, offset: { x: 0, y: 0 } }).links).toEqual(
      SHOP_20.links,
    );
  });

  it('text and positions are tidied as a file would have them, so that saving changes nothing', () => {
    const edits: Edit[] = [
      { type: 'addNode', node: { ...api, id: 'n9', label: ' a\tb\u0000', position: { x: 1e9, y: NaN } } },
      { type: 'addGroup', group: { id: 'g1', kind: 'zone', label: 'x'.repeat(200), parent: 'g9' } },
      { type: 'addNote', note: { id: 't1', text: 'one\r\ntwo\u202e ', position: { x: -0, y: -2e6 } } },
      { type: 'rename', id: 'n1', label: '\n shoppers' },
    ];
    const tidy = edits.reduce<Design>(applyEdit, SHOP_8);
    expect(tidy.nodes[8]).toMatchObject({ label: 'a b', position: { x: 1_000_000, y: 0 } });
    expect(tidy.groups).toEqual([{ id: 'g1', kind: 'zone', label: 'x'.repeat(80) }]);
    expect(tidy.notes).toEqual([{ id: 't1', text: 'one\ntwo', position: { x: 0, y: -1_000_000 } }]);
    expect(tidy.nodes[0].label).toBe('shoppers');
    expect(parseDesign(tidy, VOCABULARY)).toEqual({ design: tidy, problems: [] });
  });

  it('fresh ids are the smallest above the largest used, whatever other ids there are', () => {
    const withIds = (...ids: string[]): Design => ({
      ...emptyDesign(),
      nodes: ids.map((id) => ({ ...api, id })),
    });
    expect(freshId(emptyDesign(), 'n')).toBe('n1');
    expect(freshId(withIds('n7', 'n2', 'api', 'n', 'nx9', 'm30'), 'n')).toBe('n8');
    expect(freshId(withIds('n999999999', 'n1000000000'), 'n')).toBe('n1000000001');
    expect(freshId(withIds('n99999999999999999999'), 'n')).toBe('n1');
  });

  it('any random edits leave a design that parses to itself, and never change their input', () => {
    let changed = 0;
    fc.assert(
      fc.property(anyDesign, fc.array(anyEdit, { maxLength: 20 }), (start, edits) => {
        const before = serialize(start);
        const end = edits.reduce<Design>((design, edit) => {
          const next = applyEdit(design, edit);
          if (next !== design) changed++;
          return next;
        }, start);
        expect(serialize(start)).toBe(before);
        // Edits set the param "attempts" on nodes too, which no kind has: the one thing only parsing knows.
        const problems = parseDesign(end, VOCABULARY).problems.filter(
          ({ path }) => !path.endsWith('.attempts'),
        );
        expect(problems).toEqual([]);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
    console.log(`${changed} edits changed a design`);
    expect(changed).toBeGreaterThan(1_000);
  });
});

describe('edits in words', () => {
  it.each<[Edit, string]>([
    [{ type: 'addNode', node: api }, 'Add api'],
    [{ type: 'addLink', link: SHOP_8.links[5] }, 'Link api to orders'],
    [{ type: 'removeElements', ids: ['n5', 'l1'] }, 'Delete api'],
    [{ type: 'removeElements', ids: ['l1', 'l2'] }, 'Delete 2 links'],
    [{ type: 'removeElements', ids: ['n5', 'n6', 't1'] }, 'Delete 3 elements'],
    [
      { type: 'moveNodes', moves: ['n1', 'n2', 'n3'].map((id) => ({ id, position: { x: 0, y: 0 } })) },
      'Move 3 nodes',
    ],
    [{ type: 'setParam', ids: ['l1'], name: 'attemptTimeoutMs', value: 5 }, 'Change attempt timeout'],
    [
      { type: 'setParam', ids: ['l1'], name: 'breakerFailureShare', value: undefined },
      'Reset breaker failure',
    ],
    [{ type: 'rename', id: null, label: 'x' }, 'Rename the design'],
    [{ type: 'rename', id: 'n5', label: 'x' }, 'Rename api'],
    [{ type: 'setSeed', seed: 1 }, 'Change the seed'],
    [{ type: 'setGroup', ids: ['n5', 'n6'], group: 'g1' }, 'Put 2 nodes into eu-west'],
    [{ type: 'setGroup', ids: ['n5'], group: null }, 'Take api out of its group'],
    [{ type: 'setNote', id: 't1', text: '' }, 'Change a note'],
    [{ type: 'setDrill', drill: DRESSED.drills[0] }, 'Change drill orders dies'],
    [{ type: 'duplicate', ids: ['n5', 'n6'], offset: { x: 0, y: 0 } }, 'Duplicate 2 nodes'],
    [{ type: 'insert', part: SHOP_20, offset: { x: 0, y: 0 } }, 'Paste 20 nodes'],
    [{ type: 'batch', label: 'Tidy up', edits: [] }, 'Tidy up'],
  ])('%j is %s', (edit, words) => {
    expect(describeEdit(DRESSED, edit)).toBe(words);
  });
});
