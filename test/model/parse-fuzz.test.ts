// Parsing never throws and never lets anything through that it would complain about itself, whatever it is
// given.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import type { Design } from '../../src/model/document.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { SEED, validDocument } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

/** What any result must satisfy: a design with no loose ends that parses to itself, or a sentence. */
function check(value: unknown): Design | null {
  const { design, problems } = parseDesign(value, VOCABULARY);
  expect(problems.length).toBeLessThanOrEqual(101);
  for (const { message, path } of problems) {
    expect(message).toMatch(/^[A-Z“].*\.$/u);
    expect(message.length).toBeLessThan(400);
    expect(path).toMatch(/^\$/);
  }
  if (design === null) {
    expect(problems.length).toBeGreaterThan(0);
    return null;
  }
  expect(parseDesign(design, VOCABULARY)).toEqual({ design, problems: [] });
  const nodes = new Set(design.nodes.map((node) => node.id));
  for (const link of design.links) expect([nodes.has(link.from), nodes.has(link.to)]).toEqual([true, true]);
  return design;
}

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    NaN,
    Infinity,
    -Infinity,
    -0,
    1e300,
    2 ** 53,
    '',
    '__proto__',
    'constructor',
    true,
  ),
  fc.constantFrom<unknown>([], {}, [[]], Symbol('x'), 5n, () => 1, new Date(0), new Map(), 'x'.repeat(5_000)),
  fc.constantFrom(
    'n1',
    'n2',
    'g1',
    'l1',
    'service',
    'lambda',
    'loadbearing/0',
    'loadbearing/1',
    'loadbearing/99',
  ),
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true }),
);

/** Replaces, removes or adds one value somewhere inside a document. */
function damage(document: unknown, path: readonly number[], value: unknown, how: number): unknown {
  if (typeof document !== 'object' || document === null || path.length === 0) return value;
  const copy = (Array.isArray(document) ? [...(document as unknown[])] : { ...document }) as Record<
    string,
    unknown
  >;
  const keys = [...Object.keys(copy), 'extra'];
  const key = keys[path[0] % keys.length];
  if (path.length > 1) copy[key] = damage(copy[key], path.slice(1), value, how);
  else if (how === 0) delete copy[key];
  else if (how === 1 && Array.isArray(copy[key]))
    copy[key] = [...(copy[key] as unknown[]), ...(copy[key] as unknown[])];
  else copy[key] = value;
  return copy;
}

describe('parsing', () => {
  it('survives 5,000 arbitrary values, also behind a good format', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (nodes, links, groups) => {
        check(nodes);
        check({ format: 'loadbearing/1', nodes, links, groups, drills: links, notes: groups });
        check({ format: 'loadbearing/0', components: nodes, connections: links });
        check({ format: 'loadbearing/1', nodes: [nodes, { kind: 'service', params: links, label: groups }] });
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  it('survives arbitrary JSON text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(parseDesignText(text, VOCABULARY).design).toBeNull();
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('keeps what it can of 3,000 good documents with one to four places damaged', () => {
    const one = fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), nasty, fc.nat(5));
    let [kept, total, opened] = [0, 0, 0];
    fc.assert(
      fc.property(validDocument, fc.array(one, { minLength: 1, maxLength: 4 }), (document, damages) => {
        const broken = damages.reduce<unknown>(
          (all, [path, value, how]) => damage(all, path, value, how),
          document,
        );
        const design = check(broken);
        total += (document['nodes'] as unknown[]).length;
        if (design !== null) opened++;
        kept += design?.nodes.length ?? 0;
      }),
      { seed: SEED, numRuns: 3_000 },
    );
    console.log(`damaged documents: ${opened} of 3000 opened, ${kept} of ${total} nodes kept`);
    expect(opened).toBeGreaterThan(2_000);
    expect(kept / total).toBeGreaterThan(0.6);
  });
});

describe('hostile objects', () => {
  it('getters that throw, revoked proxies and endless lists give problems, not exceptions', () => {
    const fail = (): never => {
      throw new Error('out of order');
    };
    const thrower = new Proxy({}, { get: fail, ownKeys: fail, getOwnPropertyDescriptor: fail });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const getter = Object.defineProperty({ id: 'n1', kind: 'service' }, 'label', {
      get: fail,
      enumerable: true,
    });
    const sparse = new Array<unknown>(4_000_000_000);
    const get = (_: unknown, key: string | symbol): unknown => (key === 'length' ? Infinity : {});
    const endless = new Proxy([], { get, getOwnPropertyDescriptor: () => undefined });
    for (const value of [thrower, proxy, getter, sparse, endless]) {
      check(value);
      check({ format: 'loadbearing/1', nodes: value, links: [value], groups: { value }, name: value });
      check({ format: 'loadbearing/1', nodes: [value, value], seed: value, viewport: value, drills: value });
      check({ format: 'loadbearing/0', components: [value], connections: value });
    }
    const { design } = parseDesign({ format: 'loadbearing/1', nodes: [getter] }, VOCABULARY);
    expect(design?.nodes).toMatchObject([{ id: 'n1', label: 'Service' }]);
  });

  it('a document that contains itself is read to the depth documents have', () => {
    const circle: Record<string, unknown> = { format: 'loadbearing/1', kind: 'service', id: 'n1' };
    circle['nodes'] = [circle];
    circle['params'] = circle;
    circle['position'] = circle;
    expect(check(circle)?.nodes).toHaveLength(1);
  });

  it('the largest document and one ten times too large are read in bounded time', () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) => ({
      id: `n${i}`,
      kind: 'service',
      label: 'x',
      position: { x: i, y: 0 },
    }));
    const links = Array.from({ length: 80_000 }, (_, i) => ({
      id: `l${i}`,
      from: `n${i % 2_000}`,
      to: `n${(i * 7 + 1) % 2_000}`,
    }));
    const began = performance.now();
    const { design, problems } = parseDesign({ format: 'loadbearing/1', nodes, links }, VOCABULARY);
    const took = performance.now() - began;
    console.log(
      `${design?.nodes.length} nodes and ${design?.links.length} links kept in ${took.toFixed(0)} ms`,
    );
    expect([design?.nodes.length, problems.length]).toEqual([2_000, 2]);
    expect(took).toBeLessThan(5_000);
    expect(serialize(design!).length).toBeLessThan(8_000_000);
  });
});
