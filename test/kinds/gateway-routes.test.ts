// A gateway passes each request on over the link for its path, or over the one for any path; and the review knows it.
import { describe, expect, it } from 'vitest';
import { connectionProblem } from '../../src/kinds/connect.ts';
import { placesOf } from '../../src/kinds/review/places.ts';
import { reviewDesign } from '../../src/kinds/review/review.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { applyDesign, assemble } from '../../src/session/assemble.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant, endings } from './asked.ts';
import { total, until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const asks = (path: string, rateRps: number): Sketched => [
  'client',
  { load: 'constant', rateRps, readShare: 1, path },
];
const INSTANT = constant(0, { workers: 1_000, queueLimit: 1_000 });

/** Clients for /a, /b and nothing in particular at 100, 50 and 20 a second; services a and b behind links as given. */
function design(a: ParamOverrides, b: ParamOverrides, front: Sketched = ['gateway', { algorithm: 'none' }]) {
  const nodes = {
    u: asks('a', 100),
    v: asks('b', 50),
    w: asks('any', 20),
    gw: front,
    a: INSTANT,
    b: INSTANT,
  };
  const links = { 'u > gw': DIRECT, 'v > gw': DIRECT, 'w > gw': DIRECT };
  return sketch(nodes, { ...links, 'gw > a': { ...DIRECT, ...a }, 'gw > b': { ...DIRECT, ...b } });
}

function after(ms: number, of: Design) {
  const running = assemble(of, 1e6);
  until(running, ms);
  return running;
}
const rules = (of: Design) => reviewDesign(of).map(({ rule }) => rule);
const expectedAt = (of: Design, id: string) => placesOf(of).get(id)!.expected.meanRps;

describe('a request', () => {
  it('for a path with a link of its own goes there and nobody else does', () => {
    const running = after(10_000, design({ path: 'a' }, {}));
    expect(total(running, 'a')).toBe(running.stations.get('u')!.meter.ok);
    expect(total(running, 'a')).toBeGreaterThan(990);
    expect(total(running, 'b')).toBe(
      running.stations.get('v')!.meter.ok + running.stations.get('w')!.meter.ok,
    );
    for (const { meter } of running.system.sources.map(({ station }) => station))
      expect(meter.failed).toBe(0);
    expect(findWrongBooks(running.system)).toEqual([]);
  });

  it('for a path that no link takes is answered with 503, and the others notice nothing', () => {
    const running = after(10_000, design({ path: 'a' }, { path: 'c' }));
    expect(endings(running, 'u')).toMatch(/^\d+ ok$/);
    expect(endings(running, 'v')).toMatch(/^\d+ http503$/);
    expect(endings(running, 'w')).toMatch(/^\d+ http503$/);
    expect(total(running, 'b')).toBe(0);
  });

  it('takes the first of two links for the same path, in the order of their ids', () => {
    const running = after(1_000, design({}, {}));
    expect([total(running, 'a') > 165, total(running, 'b')]).toEqual([true, 0]);
  });

  it('takes the first also where that one is added while it runs', () => {
    const whole = design({}, {});
    const of = { ...whole, links: whole.links.filter(({ id }) => id !== 'l4') };
    const running = after(1_000, of);
    expect([total(running, 'a'), total(running, 'b') > 165]).toEqual([0, true]);
    const before = total(running, 'b');
    applyDesign(running, whole);
    until(running, 2_000);
    expect([total(running, 'a') > 165, total(running, 'b')]).toEqual([true, before]);
  });

  it('takes another way as soon as a link is for another path, and a deleted link is no way at all', () => {
    const of = design({}, { path: 'b' });
    const running = after(1_000, of);
    const before = [total(running, 'a'), total(running, 'b')];
    const moved = applyEdit(of, { type: 'setParam', ids: ['l5'], name: 'path', value: 'a' });
    applyDesign(running, moved);
    until(running, 2_000);
    const later = [total(running, 'a'), total(running, 'b')];
    // 70 a second now go to a, which /b comes to share with the rest, and 100 to b.
    expect(Math.abs(later[0] - before[0] - 70)).toBeLessThanOrEqual(2);
    expect(Math.abs(later[1] - before[1] - 100)).toBeLessThanOrEqual(2);
    applyDesign(running, applyEdit(moved, { type: 'removeElements', ids: ['l5'] }));
    until(running, 3_000);
    expect(total(running, 'b')).toBe(later[1]);
    expect(Math.abs(total(running, 'a') - later[0] - 170)).toBeLessThanOrEqual(3);
  });
});

describe('on the canvas and in the review', () => {
  it('a gateway may be linked to several components, a CDN still to one', () => {
    const free = sketch(
      { gw: ['gateway', {}], cdn: ['cdn', {}], a: INSTANT, b: INSTANT },
      { 'gw > a': {}, 'cdn > a': {} },
    );
    expect(connectionProblem(free, 'gw', 'b')).toBeNull();
    expect(connectionProblem(free, 'cdn', 'b')).toBe(
      'A CDN calls one thing; put a balancer or global router in between.',
    );
  });

  it.each([
    ['gateway', ['gateway', { algorithm: 'none' }] as Sketched],
    ['balancer', ['balancer', {}] as Sketched],
  ])('what is expected behind a %s follows the paths, as the run does', (_, front) => {
    const of = design({ path: 'a' }, {}, front);
    expect([expectedAt(of, 'a'), expectedAt(of, 'b')]).toEqual([100, 70]);
    const running = after(10_000, of);
    expect(Math.abs(total(running, 'a') - 1_000)).toBeLessThanOrEqual(5);
    expect(Math.abs(total(running, 'b') - 700)).toBeLessThanOrEqual(5);
  });

  it('the first of two links for one path is the same for the review and the run: l9 before l10', () => {
    const of = design({}, {});
    const renamed = { l4: 'l10', l5: 'l9' } as Readonly<Record<string, string>>;
    const turned = { ...of, links: of.links.map((link) => ({ ...link, id: renamed[link.id] ?? link.id })) };
    expect([expectedAt(turned, 'a'), expectedAt(turned, 'b')]).toEqual([0, 170]);
    const running = after(1_000, turned);
    expect([total(running, 'a'), total(running, 'b') > 165]).toEqual([0, true]);
  });

  it('at layer 4 paths are not seen: half goes to each', () => {
    const of = design({ path: 'a' }, {}, ['balancer', { layer: 'l4' }]);
    expect([expectedAt(of, 'a'), expectedAt(of, 'b')]).toEqual([85, 85]);
  });

  it('a design whose every path has its link has nothing to be said of', () => {
    expect(rules(design({ path: 'a' }, {}))).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(path-without-route|route-never-taken|reached-by-nobody)$/),
      ]),
    );
  });
});
