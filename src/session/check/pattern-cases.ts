/** Cases of the patterns around a queue: retries, breakers, caches, copies and shards. Data. */
import * as caching from './caching.ts';
import { type CheckCase, designOf, inARow } from './case.ts';
import * as theory from './formulas.ts';

/**
 * A store whose answers take no time, so that only the pattern before it shows. Where nothing works (retries, breaker, lru,
 * stale, names, ranges) what is measured follows from chance, keys and times to live: work that is too slow cannot show.
 */
const store = (kind: string, more: object = {}) =>
  [kind, 'Store', { readMs: 0, writeMs: 0, distribution: 'constant', ...more }] as const;

/** A service without work of its own. */
const passing = ['service', 'Service', { instances: 1, serviceMs: 0, distribution: 'constant' }] as const;

/** A single server that works for 5 ms on average. */
const ONE_QUEUE = {
  instances: 1,
  workers: 1,
  serviceMs: 5,
  distribution: 'exponential',
  queueLimit: 1_000_000,
};

/** Both messages of a call arrive with probability one half. */
const LOSSY = 1 - Math.SQRT1_2;

/** Three attempts at once, without a budget. */
const THREE = { attempts: 3, backoff: 'constant', backoffBaseMs: 0, retryBudgetShare: 0 };

const zipf = (keys: number, zipfExponent: number) => ({
  popularity: 'zipf',
  keys,
  zipfExponent,
  keyOrder: 'adjacent',
});

export const PATTERN_CASES: readonly CheckCase[] = [
  {
    id: 'retries',
    name: 'Retries on two tiers',
    what: 'Three attempts here and three there multiply: when half the calls fail, the store sees twice the load.',
    quantity: 'Calls per request',
    source: 'Geometric series',
    design: inARow(
      'retries',
      [['client', 'Clients', { rateRps: 200, readShare: 1 }], passing, store('database')],
      {
        'retries-1-2': THREE,
        'retries-2-3': { ...THREE, lossShare: LOSSY, attemptTimeoutMs: 1 },
      },
    ),
    measure: { of: 'attempts', link: 'retries-2-3' },
    unit: 'factor',
    theory: theory.meanAttempts(0.5, 9),
    forMs: 30_000,
    warmupMs: 100,
  },
  {
    id: 'hedge',
    name: 'A second attempt for the slow ones',
    what: 'A call without an answer after 64 ms is sent again; the first answer counts. The tail gets twice as steep.',
    quantity: 'Slower than 128 ms',
    source: 'Minimum of two exponentials',
    design: inARow(
      'hedge',
      [
        ['client', 'Clients', { rateRps: 400, readShare: 1 }],
        [
          'service',
          'Service',
          { instances: 1, workers: 10_000, serviceMs: 50, distribution: 'exponential', queueLimit: 0 },
        ],
      ],
      { 'hedge-1-2': { hedge: 'fixed', hedgeMs: 64, retryBudgetShare: 0 } },
    ),
    measure: { of: 'slowerThan', ms: 128 },
    unit: 'share',
    theory: theory.hedgedSlowerThan(50, 64, 128),
    forMs: 30_000,
    warmupMs: 1_000,
  },
  {
    id: 'fork',
    name: 'Waiting for both of two',
    what: 'A request that asks two queues at once and needs both answers waits for the slower one.',
    quantity: 'Mean response',
    source: 'L. Flatto and S. Hahn 1984',
    design: designOf(
      'fork',
      [
        ['client', 'Clients', { rateRps: 120 }],
        ['service', 'Asks both', { ...passing[2], workers: 10_000, together: true }],
        ['service', 'One', { ...ONE_QUEUE }],
        ['service', 'Other', { ...ONE_QUEUE }],
      ],
      [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
    ),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.forkJoinResponse(0.12, 5),
    forMs: 40_000,
    warmupMs: 3_000,
  },
  {
    id: 'breaker',
    name: 'A breaker before a dead dependency',
    what: 'Open for a second, then five trial calls: one request in five still reaches a dependency that fails all.',
    quantity: 'Let through',
    source: 'Renewal-reward theorem',
    design: inARow(
      'breaker',
      [
        ['client', 'Clients', { rateRps: 20 }],
        [
          'service',
          'Service',
          { instances: 1, serviceMs: 0, distribution: 'constant', errorShare: 1, errorMs: 0 },
        ],
      ],
      { 'breaker-1-2': { breaker: 'on', breakerOpenMs: 1_000, breakerTrialCalls: 5, breakerTrialMs: 0 } },
    ),
    measure: { of: 'reached', node: 'breaker-2' },
    unit: 'share',
    theory: theory.breakerPassed(0.02, 1_000, 5),
    forMs: 320_000,
    warmupMs: 20_000,
  },
  {
    id: 'lru',
    name: 'A cache for a tenth of the keys',
    what: 'Popularity decides the hit ratio: room for 1,000 of 10,000 keys answers two reads in three.',
    quantity: 'Hit ratio',
    source: 'Che’s approximation 2002',
    design: designOf(
      'lru',
      [
        ['client', 'Clients', { rateRps: 1_000, readShare: 1, ...zipf(10_000, 1) }],
        passing,
        ['cache', 'Cache', { capacityEntries: 1_000, ttlMs: 0, fill: 'sync', commandMs: 0 }],
        store('database'),
      ],
      [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
    ),
    measure: { of: 'spared', link: 'lru-2-4' },
    unit: 'share',
    theory: caching.cheHitRatio(caching.zipfShares(10_000, 1), 1_000),
    forMs: 20_000,
    warmupMs: 8_000,
  },
  {
    id: 'stale',
    name: 'Copies that nobody purges',
    what: 'A CDN that keeps copies for two seconds answers one read in nine with something already overwritten.',
    quantity: 'Stale reads',
    source: 'Renewal-reward theorem',
    design: inARow('stale', [
      ['client', 'Clients', { rateRps: 200, readShare: 0.8, keys: 200, popularity: 'uniform' }],
      ['cdn', 'CDN', { ttlMs: 2_000, cacheableShare: 1, edgeMs: 0 }],
      store('database'),
    ]),
    measure: { of: 'stale' },
    unit: 'share',
    theory: caching.staleReadShare(0.8, 0.2, 2),
    forMs: 90_000,
    warmupMs: 20_000,
  },
  {
    id: 'names',
    name: 'A name that expires',
    what: 'A resolver keeps an address for 20 ms; whoever comes while it asks anew waits as well.',
    quantity: 'Mean response',
    source: 'Renewal-reward theorem',
    design: inARow('names', [
      ['client', 'Clients', { rateRps: 200, readShare: 1 }],
      [
        'router',
        'Name',
        { ttlMs: 20, lookupMs: 5, check: false, resolvers: 1, lateShare: 0, pinnedShare: 0 },
      ],
      passing,
    ]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.lookupWait(0.2, 20, 5),
    forMs: 17_000,
    warmupMs: 200,
  },
  {
    id: 'ranges',
    name: 'Shards by range, popular keys adjacent',
    what: 'Where popular keys are neighbours, four shards do not share: the first range takes 83 % of the load.',
    quantity: 'Load of shard 1',
    source: 'Sum over Zipf’s law',
    design: inARow('ranges', [
      ['client', 'Clients', { rateRps: 1_000, ...zipf(10_000, 0.95) }],
      store('sharded-database', { shards: 4, rule: 'range', keySpace: 10_000 }),
    ]),
    measure: { of: 'unit', node: 'ranges-2', unit: 0 },
    unit: 'share',
    theory: caching.topShare(caching.zipfShares(10_000, 0.95), 2_500),
    forMs: 12_000,
    warmupMs: 100,
  },
];
