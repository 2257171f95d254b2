// Requests may carry a header: gateways and balancers send them over the link that fits them most closely.
import { describe, expect, it } from 'vitest';
import { reviewDesign } from '../../src/kinds/review/review.ts';
import { placesOf } from '../../src/kinds/review/places.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign, assemble } from '../../src/session/assemble.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant, endings } from './asked.ts';
import { arrived, INSTANT, total, until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { overheadMs: 0, passive: false, active: false, tryNext: 'never' };
const FRONTS: readonly (readonly [string, Sketched])[] = [
  ['gateway', ['gateway', { algorithm: 'none' }]],
  ['balancer', ['balancer', PLAIN]],
];

/** Clients who say nothing, /a, the header b, and both, at 10, 20, 40 and 80 a second; services behind links as given. */
function design(front: Sketched, links: Readonly<Record<string, ParamOverrides>>) {
  const client = (rateRps: number, route: ParamOverrides): Sketched => [
    'client',
    { load: 'constant', rateRps, readShare: 1, ...route },
  ];
  const nodes: Record<string, Sketched> = {
    none: client(10, {}),
    path: client(20, { path: 'a' }),
    header: client(40, { header: 'b' }),
    both: client(80, { path: 'a', header: 'b' }),
    front,
  };
  const wires: Record<string, ParamOverrides> = {};
  for (const name of ['none', 'path', 'header', 'both']) wires[`${name} > front`] = DIRECT;
  for (const [name, params] of Object.entries(links)) {
    nodes[name] = constant(0, INSTANT);
    wires[`front > ${name}`] = { ...DIRECT, ...params };
  }
  return sketch(nodes, wires);
}

/** Requests at each service after 10.0005 s, so that the last ones have come. */
function requests(front: Sketched, links: Readonly<Record<string, ParamOverrides>>): number[] {
  const running = assemble(design(front, links), 1e6);
  until(running, 10_000.5);
  expect(findWrongBooks(running.system)).toEqual([]);
  return Object.keys(links).map((name) => total(running, name));
}

describe.each(FRONTS)('behind a %s', (_, front) => {
  it.each<[string, Record<string, ParamOverrides>, number[]]>([
    ['a header apart from the rest', { rest: {}, canary: { header: 'b' } }, [300, 1_200]],
    ['a path before a header', { rest: {}, h: { header: 'b' }, p: { path: 'a' } }, [100, 400, 1_000]],
    [
      'path and header together before either',
      { rest: {}, h: { header: 'b' }, p: { path: 'a' }, hp: { path: 'a', header: 'b' } },
      [100, 400, 200, 800],
    ],
    ['other values do not count', { rest: {}, other: { header: 'c' }, q: { path: 'b' } }, [1_500, 0, 0]],
  ])('%s', (_, links, expected) => {
    expect(requests(front, links)).toEqual(expected);
    const places = placesOf(design(front, links));
    expect(Object.keys(links).map((name) => places.get(name)!.expected.meanRps * 10)).toEqual(expected);
  });

  it('a header is taken away and given again while it runs', () => {
    const of = design(front, { rest: {}, canary: { header: 'b' } });
    const running = assemble(of, 1e6);
    until(running, 1_000.5);
    expect(total(running, 'canary')).toBe(120);
    const none = applyEdit(of, { type: 'setParam', ids: ['both'], name: 'header', value: undefined });
    applyDesign(running, none);
    until(running, 2_000.5);
    expect(total(running, 'canary')).toBe(160);
    applyDesign(running, of);
    until(running, 3_000.5);
    expect(total(running, 'canary')).toBe(280);
  });

  it('who carries another header than all links are for finds no way, and the review says so', () => {
    const of = design(front, { only: { header: 'b' } });
    const running = assemble(of, 1e6);
    until(running, 1_000.5);
    expect(endings(running, 'header')).toBe('40 ok');
    expect(endings(running, 'none')).not.toMatch(/ok/);
    const found = reviewDesign(of).find(({ rule }) => rule === 'path-without-route');
    expect(found?.text).toBe('Requests for /a and nothing in particular find no way behind front.');
    expect(found?.fix?.label).toBe('Let the link to only be for any header');
    const mended = applyEdit(of, found!.fix!.edit);
    expect(reviewDesign(mended).map(({ rule }) => rule)).not.toContain('path-without-route');
  });
});

describe('a balancer', () => {
  it('at layer 4 sees no header: all requests share both peers', () => {
    const layer4 = ['balancer', { ...PLAIN, layer: 'l4', maxAgeMs: 1, connections: 1_000 }] as Sketched;
    const links = { rest: {}, canary: { header: 'b' } };
    const [rest, canary] = requests(layer4, links);
    expect(rest + canary).toBe(1_500);
    expect(Math.abs(rest - canary)).toBeLessThan(150);
    expect(reviewDesign(design(layer4, links)).map(({ rule }) => rule)).toContain('routes-at-layer-4');
  });

  it('hashes the header: one peer for each value, and who carries none takes turns', () => {
    const front = ['balancer', { ...PLAIN, algorithm: 'hash', hashKey: 'header' }] as Sketched;
    const of = design(front, {});
    const nodes = [...of.nodes, ...sketch({ s: constant(0, { ...INSTANT, instances: 3 }) }, {}).nodes];
    const link = { id: 'out', from: 'front', to: 's', params: DIRECT };
    const running = assemble({ ...of, nodes, links: [...of.links, link] }, 1e6);
    until(running, 10_000.5);
    // The upper 15 bits of CRC-32 "b" (71BEEFF9 hex) are 29118, 0 modulo 3: 1,200 with the header, and a third of 300.
    expect(arrived(running, 's')).toEqual([1_300, 100, 100]);
  });
});
