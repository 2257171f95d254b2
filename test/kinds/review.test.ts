// Every rule of the review: a design that breaks it, one that does not, and that its fix puts it right.
import { describe, expect, it } from 'vitest';
import { ADVICE } from '../../src/kinds/advice.ts';
import { KINDS } from '../../src/kinds/catalog.ts';
import { DEFAULT_RATES, estimateCost } from '../../src/kinds/review/estimate.ts';
import { reviewDesign } from '../../src/kinds/review/review.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { paramProblem } from '../../src/model/param-checks.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { LINK_PARAMS } from '../../src/kinds/link.ts';
import { sketch, type Sketched } from './sketch.ts';

const C: Sketched = ['client', { rateRps: 100 }];
const S: Sketched = ['service', {}];
const DB: Sketched = ['database', {}];

/** Clients, a service and a database, with these settings. */
function shop(of: {
  api?: ParamOverrides;
  db?: ParamOverrides;
  top?: ParamOverrides;
  down?: ParamOverrides;
}) {
  return sketch(
    { c: C, api: ['service', of.api ?? {}], db: ['database', of.db ?? {}] },
    { 'c > api': of.top ?? {}, 'api > db': of.down ?? {} },
  );
}

/** Clients at 100 a second, a gateway with these settings, a service. */
function limited(gateway: ParamOverrides) {
  return sketch({ c: C, gw: ['gateway', gateway], api: S }, { 'c > gw': {}, 'gw > api': {} });
}

/** Clients that ask for /a, a gateway, and two services behind links with these settings. */
function routed(first: ParamOverrides, second: ParamOverrides) {
  const nodes = {
    c: ['client', { path: 'a' }] as Sketched,
    gw: ['gateway', {}] as Sketched,
    api: S,
    other: S,
  };
  return sketch(nodes, { 'c > gw': {}, 'gw > api': first, 'gw > other': second });
}

/** Clients at 100 a second, a balancer with these settings, a service. */
function balanced(balancer: ParamOverrides, link: ParamOverrides = {}) {
  return sketch({ c: C, lb: ['balancer', balancer], api: S }, { 'c > lb': {}, 'lb > api': link });
}

const listing = (retryOutcomes: string) => ({ retryOn: 'listed', retryOutcomes });

const NO_LIMIT = { attemptTimeoutMs: 0, totalTimeoutMs: 0 };

/** Rule, subject, design, whether it comes with a fix. */
const BROKEN: readonly (readonly [string, string, ReturnType<typeof sketch>, boolean])[] = [
  ['breaker-without-timeout', 'l2', shop({ down: { breaker: 'on', ...NO_LIMIT } }), true],
  ['no-timeout', 'l2', shop({ down: NO_LIMIT }), true],
  [
    'timeout-below-work',
    'l2',
    shop({ db: { readMs: 40, writeMs: 40 }, down: { attemptTimeoutMs: 30 } }),
    true,
  ],
  ['timeout-below-work', 'l1', shop({ api: { serviceMs: 900 }, top: { totalTimeoutMs: 500 } }), true],
  ['timeout-above-callers', 'l2', shop({ top: { attemptTimeoutMs: 400 } }), true],
  ['retry-cannot-fit', 'l2', shop({ down: { attempts: 2, totalTimeoutMs: 800 } }), true],
  ['retry-cannot-fit', 'l2', shop({ down: { attempts: 3, totalTimeoutMs: 3_299 } }), true],
  ['breaker-minimum-above-window', 'l2', shop({ down: { breaker: 'on', breakerMinCalls: 21 } }), true],
  ['writes-repeated', 'l2', shop({ down: { attempts: 2, retryWrites: true } }), true],
  ['writes-repeated', 'l2', shop({ down: { attempts: 2, retryWrites: true, ...listing('429,503') } }), true],
  ['retries-nothing', 'l2', shop({ down: { attempts: 2, ...listing('') } }), true],
  [
    'retries-nothing',
    'l2',
    shop({ down: { attempts: 2, carries: 'writes', ...listing('reset,timeout,500,502,504') } }),
    true,
  ],
  ['unit-loss-overloads-rest', 'api', shop({ api: { instances: 2, workers: 1, serviceMs: 12 } }), false],
  ['cookie-at-layer-4', 'lb', balanced({ layer: 'l4', sticky: true }), true],
  ['slow-start-without-effect', 'lb', balanced({ algorithm: 'hash', slowStartMs: 30_000 }), true],
  ['hash-at-layer-4', 'lb', balanced({ layer: 'l4', algorithm: 'maglev', hashKey: 'path' }), true],
  ['probe-outlives-interval', 'lb', balanced({ checkMs: 500 }), true],
  ['all-weights-zero', 'lb', balanced({}, { weight: 0 }), false],
  ['breaker-forced-open', 'l2', shop({ down: { breaker: 'forcedOpen' } }), true],
  ['link-never-used', 'l2', shop({ down: { callShare: 0 } }), true],
  ['rate-limit-below-load', 'l2', shop({ down: { rateLimit: 'reject', rateLimitRps: 10 } }), true],
  ['rate-limit-outwaits-timeout', 'l2', shop({ down: { rateLimit: 'wait', rateLimitWaitMs: 5_000 } }), true],
  [
    'breaker-for-proxy',
    'l1',
    sketch(
      { c: C, lb: ['balancer'], api: S },
      { 'c > lb': { breaker: 'on', breakerScope: 'pair' }, 'lb > api': {} },
    ),
    true,
  ],
  [
    'overloaded',
    'lb',
    sketch(
      { c: C, lb: ['balancer', { workers: 1, overheadMs: 12 }], api: S },
      { 'c > lb': {}, 'lb > api': {} },
    ),
    false,
  ],
  ['fallback-of-nobody', 'l1', shop({ top: { onFailure: 'stale' } }), true],
  ['retry-without-budget', 'l2', shop({ down: { attempts: 3, retryBudgetShare: 0 } }), true],
  ['retry-without-pause', 'l2', shop({ down: { attempts: 3, backoffBaseMs: 0 } }), true],
  ['retry-without-jitter', 'l2', shop({ down: { attempts: 3, backoff: 'constant' } }), true],
  ['retries-multiplied', 'l2', shop({ top: { attempts: 3 }, down: { attempts: 3 } }), true],
  ['link-too-narrow', 'l1', shop({ top: { bandwidthMbps: 1 } }), true],
  ['reaches-nothing', 'c', sketch({ c: C }, {}), false],
  ['reaches-nothing', 'lb', sketch({ c: C, lb: ['balancer'] }, { 'c > lb': {} }), false],
  ['reached-by-nobody', 'db', sketch({ c: C, api: S, db: DB }, { 'c > api': {} }), false],
  ['pools-exceed-connections', 'db', shop({ api: { workers: 64 }, db: { maxConnections: 60 } }), true],
  ['pools-exceed-connections', 'db', shop({ api: { waiting: 'async' } }), true],
  ['overloaded', 'api', shop({ api: { instances: 1, workers: 1, serviceMs: 20 } }), false],
  ['single-point-of-failure', 'api', shop({ api: { instances: 1 } }), true],
  [
    'single-point-of-failure',
    'api',
    shop({ api: { autoscale: 'rate', minInstances: 1, preStopMs: 1_500 } }),
    true,
  ],
  ['single-point-of-failure', 'db', shop({}), false],
  ['client-starts-nothing', 'c', sketch({ c: ['client', { rateRps: 0 }], api: S }, { 'c > api': {} }), false],
  [
    'cdn-caches-nothing',
    'e',
    sketch({ c: C, e: ['cdn', { cacheableShare: 0 }], api: S }, { 'c > e': {}, 'e > api': {} }),
    true,
  ],
  [
    'copies-kept-for-ever',
    'e',
    sketch({ c: C, e: ['cdn', { ttlMs: 0 }], api: S }, { 'c > e': {}, 'e > api': {} }),
    true,
  ],
  ['limit-per-replica', 'gw', limited({ replicas: 3 }), true],
  ['limit-below-load', 'gw', limited({ limitKey: 'global', rateRps: 60 }), true],
  ['path-without-route', 'gw', routed({ path: 'b' }, { path: 'c' }), true],
  ['path-without-route', 'lb', balanced({}, { path: 'b' }), true],
  ['route-never-taken', 'gw', routed({ path: 'a' }, { path: 'a' }), true],
  ['route-never-taken', 'gw', routed({}, {}), true],
  ['counts-fail-closed', 'gw', limited({ sharedState: true, failOpen: false }), true],
  ['counts-without-timeout', 'gw', limited({ sharedState: true }), true],
  [
    'nothing-to-balance',
    'lb',
    sketch({ c: C, lb: ['balancer'], api: ['service', { instances: 1 }] }, { 'c > lb': {}, 'lb > api': {} }),
    false,
  ],
  [
    'failing-peers-kept',
    'lb',
    sketch(
      { c: C, lb: ['balancer', { passive: false, active: false, tryNext: 'never' }], api: S },
      { 'c > lb': {}, 'lb > api': {} },
    ),
    true,
  ],
  [
    'failing-peers-kept',
    'lb',
    sketch(
      { c: C, lb: ['balancer', { layer: 'l4', directReturn: true, passive: true, active: false }], api: S },
      { 'c > lb': {}, 'lb > api': {} },
    ),
    true,
  ],
  ['queue-longer-than-timeout', 'api', shop({ api: { workers: 1, queueLimit: 100 } }), true],
  [
    'cache-in-front-of-nothing',
    'l2',
    sketch({ c: C, api: S, k: ['cache'] }, { 'c > api': {}, 'api > k': {} }),
    false,
  ],
  [
    'cache-in-front-of-nothing',
    'l2',
    sketch(
      { c: C, api: S, k: ['cache'], db: DB },
      { 'c > api': {}, 'api > k': { order: 5 }, 'api > db': {} },
    ),
    true,
  ],
  [
    'stale-for-ever',
    'k',
    sketch(
      { c: C, api: S, k: ['cache', { ttlMs: 0, onWrite: 'nothing' }], db: DB },
      { 'c > api': {}, 'api > k': {}, 'api > db': {} },
    ),
    true,
  ],
  [
    'scaling-range-empty',
    'api',
    shop({ api: { autoscale: 'rate', minInstances: 5, maxInstances: 4, preStopMs: 1_500 } }),
    true,
  ],
  ['scales-late', 'api', shop({ api: { autoscale: 'rate', startMs: 30_000, preStopMs: 1_500 } }), false],
  ['refused-on-the-way-out', 'api', shop({ api: { autoscale: 'rate' } }), true],
  [
    'cold-instance-full-share',
    'api',
    sketch(
      { c: C, lb: ['balancer'], api: ['service', { warmUpMs: 20_000 }] },
      { 'c > lb': {}, 'lb > api': {} },
    ),
    true,
  ],
  ['slots-without-connections', 'db', shop({ db: { slots: 32, maxConnections: 20 } }), true],
  [
    'hot-range',
    'db',
    sketch(
      { c: ['client', { keyOrder: 'adjacent' }], api: S, db: ['sharded-database', { rule: 'range' }] },
      { 'c > api': {}, 'api > db': {} },
    ),
    true,
  ],
];

const about = (design: ReturnType<typeof sketch>, rule: string, subject: string) =>
  reviewDesign(design).filter((each) => each.rule === rule && each.subject === subject);

describe('review', () => {
  it('says nothing but where all hangs on one node about three well-set components', () => {
    expect(reviewDesign(shop({})).map(({ rule, subject }) => `${subject} ${rule}`)).toEqual([
      'db single-point-of-failure',
    ]);
  });

  it.each(BROKEN)('%s at %s is found, and its fix puts it right', (rule, subject, design, isFixable) => {
    const [found, ...more] = about(design, rule, subject);
    expect(found).toBeDefined();
    expect(more).toEqual([]);
    expect(found.text).toMatch(/^\S.*\.$/);
    expect(found.text + found.why).not.toMatch(/NaN|undefined|Infinity/);
    expect(found.fix !== undefined).toBe(isFixable);
    if (!found.fix) return;
    const fixed = applyEdit(design, found.fix.edit);
    expect(fixed).not.toBe(design);
    expect(about(fixed, rule, subject)).toEqual([]);
    for (const { kind, params } of fixed.nodes)
      for (const [name, value] of Object.entries(params))
        expect(paramProblem(KINDS[kind].spec.params[name], value)).toBeNull();
    for (const { params } of fixed.links)
      for (const [name, value] of Object.entries(params))
        expect(paramProblem(LINK_PARAMS[name as keyof typeof LINK_PARAMS], value)).toBeNull();
  });

  it('knows a wait of three tries of 100 ms and pauses up to 100 and 200 ms as 600 ms', () => {
    const down = { attempts: 3, attemptTimeoutMs: 100 };
    const at = (top: number) =>
      about(shop({ top: { attemptTimeoutMs: top }, down }), 'timeout-above-callers', 'l2');
    expect(at(599)).toHaveLength(1);
    expect(at(600)).toEqual([]);
  });

  it('3 tries of 1 s with pauses up to 100 and 200 ms fit into 3.3 s, decorrelated (300, 900) into 4.2 s', () => {
    const tries = (totalTimeoutMs: number, backoff: string) => {
      const down = { attempts: 3, totalTimeoutMs, backoff };
      return about(shop({ down }), 'retry-cannot-fit', 'l2').length;
    };
    expect([3_299, 3_300].map((ms) => tries(ms, 'full'))).toEqual([1, 0]);
    expect([4_199, 4_200].map((ms) => tries(ms, 'decorrelated'))).toEqual([1, 0]);
  });

  it('knows pauses that grow by 3, the first already: 300 and 900 ms', () => {
    const tries = (totalTimeoutMs: number) => {
      const down = { attempts: 3, totalTimeoutMs, backoffFactor: 3, backoffStartsGrown: true };
      return about(shop({ down }), 'retry-cannot-fit', 'l2').length;
    };
    expect([4_199, 4_200].map(tries)).toEqual([1, 0]);
  });

  it('speaks of repeated writes only where one may have been done, and of tries only where there are some', () => {
    const rules = (down: ParamOverrides) => {
      const found = reviewDesign(shop({ top: { attempts: 3 }, down: { attempts: 3, ...down } }));
      return found.filter(({ subject }) => subject === 'l2').map(({ rule }) => rule);
    };
    const bare = { retryBudgetShare: 0, retryWrites: true };
    const many = ['retry-without-budget', 'retries-multiplied'];
    expect(rules({ ...bare, ...listing('connect,timeout') })).toEqual([...many, 'writes-repeated']);
    expect(rules({ ...bare, ...listing('connect,429') })).toEqual(many);
    expect(rules({ ...bare, retryOn: 'connect' })).toEqual(many);
    expect(rules({ ...bare, ...listing('') })).toEqual(['retries-nothing']);
    expect(rules({ ...bare, ...listing('timeout'), carries: 'writes' })).not.toContain('retries-nothing');
    expect(rules({ ...listing('timeout'), carries: 'writes' })).toEqual(['retries-nothing']);
    expect(rules({ ...listing('503'), carries: 'writes' })).toEqual(['retries-multiplied']);
  });

  it('of 3 instances for 150 a second, 100 a second would fill two, 99 not', () => {
    const api = { instances: 3, workers: 1, serviceMs: 20, waiting: 'async' };
    const at = (rateRps: number) =>
      about(
        sketch({ c: ['client', { rateRps }], api: ['service', api] }, { 'c > api': {} }),
        'unit-loss-overloads-rest',
        'api',
      ).map(({ text }) =>
        text.includes('one of the 3 of api is lost, the rest gets 100 requests a second: 100 %'),
      );
    expect([at(100), at(99)]).toEqual([[true], []]);
  });

  it('multiplies 3 tries by 2 by 2, and only over layers that follow each other', () => {
    const three = sketch(
      { c: C, a: S, b: S, d: DB },
      { 'c > a': { attempts: 3 }, 'a > b': { attempts: 2 }, 'b > d': { attempts: 2 } },
    );
    expect(about(three, 'retries-multiplied', 'l3')[0].text).toContain('12 times');
    const beside = sketch(
      { c: C, a: S, b: S, d: DB },
      { 'c > a': {}, 'a > b': { attempts: 3 }, 'a > d': { attempts: 3 } },
    );
    expect(reviewDesign(beside).filter(({ rule }) => rule === 'retries-multiplied')).toEqual([]);
  });

  it('does not call a peer of two a single point of failure, nor what is behind a cache overloaded', () => {
    const one: Sketched = ['service', { instances: 1 }];
    const two = sketch(
      { c: C, lb: ['balancer'], a: one, b: one },
      { 'c > lb': {}, 'lb > a': {}, 'lb > b': {} },
    );
    expect(about(two, 'single-point-of-failure', 'a')).toEqual([]);
    const slow: Sketched = ['service', { instances: 1, workers: 1 }];
    const behind = sketch({ c: C, e: ['cdn'], a: slow }, { 'c > e': {}, 'e > a': {} });
    expect(about(behind, 'overloaded', 'a')).toEqual([]);
  });

  it('ends on a loop, and leaves unknown kinds alone', () => {
    const loop = sketch(
      { c: C, a: S, b: S },
      { 'c > a': { attempts: 3 }, 'a > b': { attempts: 3 }, 'b > a': {} },
    );
    expect(reviewDesign(loop).length).toBeGreaterThan(0);
    const strange = { ...loop, nodes: loop.nodes.map((node) => ({ ...node, kind: 'constructor' })) };
    expect(reviewDesign(strange)).toEqual([]);
  });

  it('gives no advice for a kind that is not in the catalog', () => {
    expect(Object.keys(ADVICE).filter((kind) => !(kind in KINDS))).toEqual([]);
  });
});

describe('estimate', () => {
  it('counts 3 × 2 vCPU of a service, 4 of a database, and the answers that leave', () => {
    const { nodes, total } = estimateCost(shop({}), DEFAULT_RATES);
    const cost = Object.fromEntries(nodes.map((each) => [each.node, each.total]));
    expect(cost.api).toBe(3 * 2 * 30);
    expect(cost.db).toBe(4 * 75);
    // 100 a second × 30 % × 2,628,000 s × 10 kB = 788.4 GB at 0.06.
    expect(cost.c).toBeCloseTo(47.304, 3);
    expect(total).toBeCloseTo(cost.api + cost.db + cost.c, 9);
  });

  it('follows an edited price and an edited assumption', () => {
    const rates = {
      prices: { ...DEFAULT_RATES.prices, vcpu: 10 },
      sizes: { ...DEFAULT_RATES.sizes, workersPerVcpu: 16 },
    };
    const { nodes } = estimateCost(shop({}), rates);
    expect(nodes.find(({ node }) => node === 'api')?.total).toBe(3 * 10);
  });

  it('names the kinds that have no price instead of counting them as free', () => {
    const priceless = (kind: string) => (kind === 'database' ? {} : ADVICE[kind]);
    expect(estimateCost(shop({}), DEFAULT_RATES, priceless).unpriced).toEqual(['Database']);
    expect(estimateCost(shop({}), DEFAULT_RATES).unpriced).toEqual([]);
  });

  it('lets 2 gateways of 60 a second pass 100 a second, and counts both', () => {
    expect(
      about(limited({ limitKey: 'global', rateRps: 60, replicas: 2 }), 'limit-below-load', 'gw'),
    ).toEqual([]);
    const { nodes } = estimateCost(limited({ replicas: 2 }), DEFAULT_RATES);
    // 2 × 20, and 100 a second × 30 % × 2,628,000 s = 78.84 million at 0.1.
    expect(nodes.find(({ node }) => node === 'gw')?.total).toBeCloseTo(2 * 20 + 7.884, 3);
  });

  it('says when requests are counted that a cache may answer', () => {
    const fronted = sketch(
      { c: C, e: ['cdn'], lb: ['balancer'], a: S },
      { 'c > e': {}, 'e > lb': {}, 'lb > a': {} },
    );
    expect(estimateCost(fronted, DEFAULT_RATES).isAtMost).toBe(true);
    expect(estimateCost(shop({}), DEFAULT_RATES).isAtMost).toBe(false);
  });
});
