// What the review says of regions before anything runs: too few to lose one, answers that live too long, no choice at all.
import { describe, expect, it } from 'vitest';
import { reviewDesign } from '../../src/kinds/review/review.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { sketch, type Sketched } from './sketch.ts';

/** Regions that can take 100 requests a second each, and clients who send so many. */
function regions(
  count: number,
  rateRps: number,
  router: ParamOverrides = {},
  link: ParamOverrides = {},
  kind = 'router',
): Design {
  const names = Array.from({ length: count }, (_, i) => `r${i + 1}`);
  const service = { instances: 2, workers: 1, serviceMs: 20 };
  const nodes: [string, Sketched][] = names.map((name) => [name, ['service', service, name]]);
  return sketch(
    { c: ['client', { rateRps }, 'r1'], dns: [kind, router], ...Object.fromEntries(nodes) },
    { 'c > dns': {}, ...Object.fromEntries(names.map((name) => [`dns > ${name}`, link])) },
  );
}

const rulesOf = (design: Design) =>
  reviewDesign(design)
    .filter(({ subject }) => subject === 'dns')
    .map(({ rule }) => rule);

describe('the loss of a region', () => {
  it('at 70 % of three leaves 105 % to the others, at 70 % of four 93 % (O-35)', () => {
    const [found] = reviewDesign(regions(3, 210)).filter(({ rule }) => rule === 'loss-overloads-rest');
    expect(found.text).toBe('When r1 is lost, the rest gets 210 requests a second: 105 % of what it can do.');
    expect(found.why).toContain('66 % busy at most');
    expect(rulesOf(regions(4, 280))).toEqual([]);
  });

  it('counts what is behind balancers, and what a link says of a region', () => {
    const service: Sketched = ['service', { instances: 2, workers: 1, serviceMs: 20 }];
    const front = (lb: ParamOverrides) =>
      sketch(
        {
          c: ['client', { rateRps: 150 }],
          dns: ['router'],
          a: ['balancer', {}, 'A'],
          b: ['balancer', {}, 'B'],
          a1: [...service.slice(0, 2), 'A'] as unknown as Sketched,
          a2: [...service.slice(0, 2), 'A'] as unknown as Sketched,
          b1: [...service.slice(0, 2), 'B'] as unknown as Sketched,
          b2: [...service.slice(0, 2), 'B'] as unknown as Sketched,
        },
        {
          'c > dns': {},
          'dns > a': lb,
          'dns > b': lb,
          'a > a1': {},
          'a > a2': {},
          'b > b1': {},
          'b > b2': {},
        },
      );
    expect(rulesOf(front({}))).toEqual([]);
    expect(rulesOf(front({ capacityRps: 120 }))).toEqual(['loss-overloads-rest']);
  });

  it('is a matter of zones behind a balancer, and none of a balancer in one zone', () => {
    expect(rulesOf(regions(2, 120, { replicas: 2 }, {}, 'balancer'))).toEqual(['loss-overloads-rest']);
    const one = regions(2, 120, { replicas: 2 }, {}, 'balancer');
    expect(rulesOf({ ...one, nodes: one.nodes.map(({ group: _, ...node }) => node) })).toEqual([]);
  });
});

describe('a standby region', () => {
  it('is expected to get nothing, and the first one everything', () => {
    const design = regions(2, 150, { policy: 'failover' });
    const standby = applyEdit(design, { type: 'setParam', ids: ['l3'], name: 'tier', value: 1 });
    const overloaded = (of: Design) =>
      reviewDesign(of).flatMap(({ rule, subject }) => (rule === 'overloaded' ? subject : []));
    expect(overloaded(design)).toEqual([]);
    expect(overloaded(standby)).toEqual(['r1']);
  });
});

describe('a router', () => {
  it.each<[string, Design, boolean]>([
    ['one-region', regions(1, 10), false],
    ['all-weights-zero', regions(3, 10, {}, { weight: 0 }), false],
    ['regions-not-probed', regions(3, 10, { check: false }), true],
    ['answers-outlive-loss', regions(3, 10, { ttlMs: 300_000 }), true],
    ['answers-outlive-loss', regions(3, 10, { checkMs: 120_000 }), false],
    ['probe-outlives-interval', regions(3, 10, { checkMs: 2_000 }), true],
    ['capacity-not-used', regions(3, 10, { policy: 'weighted' }, { capacityRps: 60 }), false],
  ])('%s is found, and its fix puts it right', (rule, design, isFixable) => {
    const found = reviewDesign(design).filter((each) => each.subject === 'dns' && each.rule === rule);
    expect(found).toHaveLength(1);
    expect(found[0].text + found[0].why).not.toMatch(/NaN|undefined|Infinity/);
    expect(found[0].fix !== undefined).toBe(isFixable);
    if (found[0].fix) expect(rulesOf(applyEdit(design, found[0].fix.edit))).toEqual([]);
  });

  it('with regions nowhere in particular is told that nothing is nearer', () => {
    const design = regions(2, 10);
    expect(rulesOf(design)).toEqual([]);
    const bare = { ...design, nodes: design.nodes.map(({ group: _, ...node }) => node), groups: [] };
    expect(rulesOf(bare)).toEqual(['no-places']);
  });
});
