// What is wrong with a document is said in one sentence with its place, and all that can be saved is kept.
import { describe, expect, it } from 'vitest';
import { MAX_LABEL, MAX_NODES } from '../../src/model/document.ts';
import { parseDesign } from '../../src/model/parse.ts';
import type { Problem } from '../../src/model/problems.ts';
import { VOCABULARY } from './vocabulary.ts';

const AT = { x: 0, y: 0 };
/** What is said, each with its place. */
const lines = (problems: readonly Problem[]): string[] =>
  problems.map(({ path, message }) => `${path}: ${message}`);
const node = (id: unknown, more: object = {}): object => ({
  id,
  kind: 'service',
  label: `s-${String(id)}`,
  position: AT,
  ...more,
});
const document = (more: object): object => ({ format: 'loadbearing/1', name: 'Test', seed: 1, ...more });
const parse = (more: object) => {
  const { design, problems } = parseDesign(document(more), VOCABULARY);
  return { design: design!, problems, paths: problems.map((problem) => problem.path) };
};

describe('what is no design', () => {
  it.each([
    [undefined, '$', 'A design is a JSON object, not missing.'],
    [null, '$', 'A design is a JSON object, not null.'],
    [[1, 2], '$', 'A design is a JSON object, not a list.'],
    ['hello', '$', 'A design is a JSON object, not “hello”.'],
    [NaN, '$', 'A design is a JSON object, not NaN.'],
    [
      { type: 'excalidraw', elements: [] },
      '$.format',
      'This is not a Loadbearing design: its format should be “loadbearing/1”, it has none.',
    ],
    [
      { format: 'drawio' },
      '$.format',
      'This is not a Loadbearing design: its format should be “loadbearing/1”, it has “drawio”.',
    ],
    [
      { format: 'loadbearing/2' },
      '$.format',
      'This design was made by a newer Loadbearing (“loadbearing/2”, this one reads “loadbearing/1”); ' +
        'reload the page to get the newest version.',
    ],
  ])('%o is refused at %s', (value, path, message) => {
    expect(parseDesign(value, VOCABULARY)).toEqual({
      design: null,
      problems: [{ path, message, severity: 'error' }],
    });
  });

  it('what an object inherits is not its own: a document is data, not a class', () => {
    expect(parseDesign(Object.create({ format: 'loadbearing/1' }), VOCABULARY).design).toBeNull();
    const inherits = Object.create({ label: 'inherited', params: { workers: 2 } }) as object;
    const { design } = parse({
      nodes: [Object.assign(inherits, { id: 'a', kind: 'service', position: AT })],
    });
    expect(design.nodes).toEqual([{ id: 'a', kind: 'service', label: 'Service', position: AT, params: {} }]);
  });

  it('an object with nothing but the format is an empty design', () => {
    const { design, problems } = parseDesign({ format: 'loadbearing/1' }, VOCABULARY);
    expect(problems).toEqual([]);
    expect(design).toMatchObject({ name: 'Untitled', seed: 42, nodes: [], links: [], drills: [] });
  });
});

describe('params', () => {
  it('out of bounds, of the wrong type or unknown fall back to the default, each with a sentence', () => {
    const params = { workers: 0, cv: '2', waiting: 'sleeps', queueLimit: NaN, colour: 'red', serviceMs: 30 };
    const { design, problems } = parse({ nodes: [node('a', { params })] });
    expect(design.nodes[0].params).toEqual({ serviceMs: 30 });
    expect(lines(problems)).toEqual([
      '$.nodes[0].params.colour: “colour” is not a parameter of node “s-a”; it was left out.',
      '$.nodes[0].params.workers: Workers must be between 1 and 10000, not 0; ' +
        'node “s-a” keeps the default 16.',
      '$.nodes[0].params.queueLimit: Queue limit must be a number, not NaN; ' +
        'node “s-a” keeps the default 100.',
      '$.nodes[0].params.waiting: While it waits must be one of blocks, async, not “sleeps”; ' +
        'node “s-a” keeps the default blocks.',
      '$.nodes[0].params.cv: Variation must be a number, not “2”; node “s-a” keeps the default 1.',
    ]);
    expect(new Set(problems.map((problem) => problem.severity))).toEqual(new Set(['error']));
  });

  it('named like parts of every object change no prototype and reach no design', () => {
    const text = '{"__proto__": {"polluted": 1}, "constructor": 5, "toString": 6, "workers": 20}';
    const { design, problems } = parse({ nodes: [node('a', { params: JSON.parse(text) as object })] });
    expect(Object.getPrototypeOf(design.nodes[0].params)).toBe(Object.prototype);
    expect(Object.keys(design.nodes[0].params)).toEqual(['workers']);
    expect(problems).toHaveLength(3);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('nodes and links', () => {
  it('of unknown kind are left out with the links to them; the rest stays', () => {
    const { design, problems } = parse({
      nodes: [node('a'), node('b', { kind: 'lambda' }), node('c', { kind: 'toString' }), node('d')],
      links: [
        { id: 'l1', from: 'a', to: 'b' },
        { id: 'l2', from: 'a', to: 'd' },
        { id: 'l3', from: 'x', to: 'd' },
        { id: 'l4', from: 'a', to: 'a' },
      ],
    });
    expect(design.nodes.map(({ id }) => id)).toEqual(['a', 'd']);
    expect(design.links.map(({ id }) => id)).toEqual(['l2']);
    expect(lines(problems)).toEqual([
      '$.nodes[1].kind: Node “b” has the unknown kind “lambda”; it was left out, with the links to it.',
      '$.nodes[2].kind: Node “c” has the unknown kind “toString”; it was left out, with the links to it.',
      '$.links[0].to: Link “l1” was left out: its end “to” (“b”) was left out.',
      '$.links[2].from: Link “l3” was left out: its end “from” (“x”) is no node of this design.',
      '$.links[3]: Link “l4” was left out: it leads from “a” back to itself.',
    ]);
  });

  it('with ids used twice, invalid or missing get fresh ones, and links find those that can be meant', () => {
    const { design, paths } = parse({
      nodes: [node('n1'), node('n1'), node('my api'), node(7), node('__proto__'), node(undefined)],
      links: [
        { id: 'n1', from: 'n1', to: 'my api' },
        { id: 'l1', from: 7, to: 'my api' },
      ],
    });
    expect(design.nodes.map(({ id }) => id)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
    expect(design.links).toMatchObject([
      { id: 'l2', from: 'n1', to: 'n3' },
      { id: 'l1', from: 'n4', to: 'n3' },
    ]);
    expect(paths).toEqual([1, 2, 3, 4, 5].map((i) => `$.nodes[${i}].id`).concat('$.links[0].id'));
  });

  it('have plain labels of at most 80 characters and positions within a million', () => {
    const { design, paths } = parse({
      nodes: [
        node('a', { label: `  tab\there\u0000 \u202eevil  ` }),
        node('b', { label: 'x'.repeat(79) + '😀' + 'y'.repeat(1e6) }),
        node('c', { label: 5, position: { x: 1e9, y: -0 }, params: { serviceMs: -0 } }),
        node('d', { position: { x: 'left', y: NaN } }),
      ],
    });
    expect(design.nodes.map((n) => n.label)).toEqual(['tab here evil', 'x'.repeat(79), 'Service', 's-d']);
    expect(design.nodes[1].label.length).toBeLessThanOrEqual(MAX_LABEL);
    expect(design.nodes[2]).toMatchObject({ position: { x: 1_000_000, y: 0 }, params: { serviceMs: 0 } });
    expect(design.nodes[3].position).toEqual({ x: 660, y: 0 });
    expect(paths).toEqual(
      ['a', 'b', 'c']
        .map((_, i) => `$.nodes[${i}].label`)
        .concat('$.nodes[2].position', '$.nodes[3].position'),
    );
  });
});

describe('the rest of a document', () => {
  it('groups inside themselves lose their parent; unknown groups are left', () => {
    const { design, paths } = parse({
      nodes: [node('a', { group: 'g2' }), node('b', { group: 'nowhere' })],
      groups: [
        { id: 'g1', kind: 'region', label: 'eu', parent: 'g2' },
        { id: 'g2', kind: 'zone', label: 'eu-1', parent: 'g1' },
        { id: 'g3', kind: 'planet', label: 'mars' },
      ],
    });
    expect(design.nodes.map((n) => n.group)).toEqual(['g2', undefined]);
    expect(design.groups.map((g) => [g.id, g.kind, g.parent])).toEqual([
      ['g1', 'region', 'g2'],
      ['g2', 'zone', undefined],
      ['g3', 'region', undefined],
    ]);
    expect(paths).toEqual(['$.nodes[1].group', '$.groups[1].parent', '$.groups[2].kind']);
  });

  it('steps and expectations of drills that cannot be carried out are left out, the drill stays', () => {
    const expected = { subject: 'a', measure: 'p95Ms', is: 'below', value: 300, fromMs: 0, toMs: 1000 };
    const { design, problems } = parse({
      nodes: [node('a')],
      drills: [
        {
          id: 'd1',
          name: 'Crash',
          durationMs: -1,
          steps: [{ atMs: 5, target: 'a', fault: 'crash' }, { atMs: 5, target: 'b', fault: 'crash' }, 'boom'],
          expectations: [expected, { ...expected, measure: 'p42Ms' }, { ...expected, toMs: 0 }],
        },
      ],
    });
    expect(design.drills).toMatchObject([
      { durationMs: 60_000, steps: [{ target: 'a' }], expectations: [expected] },
    ]);
    expect(lines(problems)).toEqual([
      '$.drills[0].durationMs: The duration of drill “Crash” must be above 0 ' +
        'and at most 86400000 ms, not -1; it is now 60000 ms.',
      '$.drills[0].steps[1]: The step of drill “Crash” was left out, because it names “b”, ' +
        'which is no node or link of this design.',
      '$.drills[0].steps[2]: The step of drill “Crash” was left out, because it is “boom”, not an object.',
      '$.drills[0].expectations[1]: The expectation of drill “Crash” was left out, because it ' +
        'measures “p42Ms”, not one of p50Ms, p95Ms, p99Ms, failedShare, okRps.',
      '$.drills[0].expectations[2]: The expectation of drill “Crash” was left out, because it has no valid ' +
        'stretch of time (0 to 0 ms).',
    ]);
  });

  it('a bad seed or view is replaced, misspelt fields are named', () => {
    const { design, paths } = parse({
      seed: 2 ** 32,
      viewport: { x: 0, y: 0, zoom: 0 },
      node: [],
      $schema: 'x',
    });
    expect(design).toMatchObject({ seed: 42 });
    expect(design.viewport).toBeUndefined();
    expect(paths).toEqual(['$.node', '$.viewport', '$.seed']);
  });

  it('of 5,000 problems the first 100 are listed, and a line with the count of the rest', () => {
    const { design, problems } = parse({
      nodes: Array.from({ length: 5_000 }, (_, i) => node(`s${i}`, { kind: 'x' })),
    });
    expect(design.nodes).toEqual([]);
    expect(problems).toHaveLength(101);
    expect(problems[0].message).toBe('There are more than 2000 nodes; only the first 2000 were kept.');
    expect(problems[100]).toEqual({
      path: '$',
      message: `And ${MAX_NODES - 99} more problems, not listed here.`,
      severity: 'error',
    });
  });
});
