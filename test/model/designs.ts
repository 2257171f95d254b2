// Designs of a realistic kind and size: a web shop of 8, 20 and 50 components.
import { emptyDesign, type Design, type DesignLink, type DesignNode } from '../../src/model/document.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { VOCABULARY } from './vocabulary.ts';

type Place = readonly [kind: string, label: string, x: number, y: number, params?: ParamOverrides];
type Arrow = readonly [from: string, to: string, params?: ParamOverrides];

/** A design from short rows; links name nodes by label. Ids are the ones the app would give. */
export function draw(name: string, places: readonly Place[], arrows: readonly Arrow[]): Design {
  const nodes = places.map(([kind, label, x, y, params = {}], i): DesignNode => {
    return { id: `n${i + 1}`, kind, label, position: { x, y }, params };
  });
  const idOf = (label: string): string => nodes.find((node) => node.label === label)?.id ?? 'missing';
  const links = arrows.map(([from, to, params = {}], i): DesignLink => {
    return { id: `l${i + 1}`, from: idOf(from), to: idOf(to), params };
  });
  const { design, problems } = parseDesign({ ...emptyDesign(name), nodes, links }, VOCABULARY);
  if (design === null || problems.length > 0) throw new Error(JSON.stringify(problems));
  return design;
}

const GUARDED = { attempts: 3, attemptTimeoutMs: 250, breaker: 'on' };

const FRONT: readonly Place[] = [
  ['client', 'Shoppers EU', 20, 100, { load: 'ramp', rateRps: 800, peakRps: 3000 }],
  ['client', 'Shoppers US', 20, 340, { rateRps: 2000, writeShare: 0.2 }],
  ['cdn', 'Edge', 220, 220, { pops: 12 }],
  ['balancer', 'Front door', 420, 220, { algorithm: 'leastConnections' }],
  ['service', 'api', 620, 200, { workers: 64, queueLimit: 200 }],
  ['cache', 'carts', 820, 60, { policy: 'lfu' }],
  ['shardedDatabase', 'orders', 820, 220, { strategy: 'range' }],
  ['service', 'receipts', 820, 400, { waiting: 'async' }],
];

/** The picture on the first screen. */
export const SHOP_8 = draw('Shop', FRONT, [
  ['Shoppers EU', 'Edge', { latencyMs: 20 }],
  ['Shoppers US', 'Edge', { latencyMs: 45 }],
  ['Edge', 'Front door', { latencyMs: 8 }],
  ['Front door', 'api'],
  ['api', 'carts', { attemptTimeoutMs: 50, carries: 'reads' }],
  ['api', 'orders', GUARDED],
  ['api', 'receipts', { callShare: 0.1, onFailure: 'ignore' }],
]);

const MIDDLE: readonly Place[] = [
  ['client', 'Partners', 20, 580, { load: 'constant', rateRps: 150, keys: 2000 }],
  ['balancer', 'Partner gateway', 420, 580, { algorithm: 'powerOfTwo', maxFails: 3 }],
  ['service', 'checkout', 1020, 120, { instances: 5, workers: 32, serviceMs: 35 }],
  ['service', 'catalogue', 1020, 280, { instances: 4, serviceMs: 12 }],
  ['service', 'search', 1020, 440, { workers: 24, serviceMs: 45, cv: 1.5 }],
  ['service', 'accounts', 1020, 600, { serviceMs: 8 }],
  ['service', 'payments', 1240, 120, { instances: 2, serviceMs: 180, errorShare: 0.01 }],
  ['cache', 'products', 1240, 240, { ttlMs: 300000, guard: 'lock' }],
  ['cache', 'sessions', 1240, 640, { ttlMs: 1800000 }],
  ['database', 'catalogue db', 1240, 340, { connections: 60, serviceMs: 5 }],
  ['shardedDatabase', 'users', 1240, 540, { shards: 8, replicas: 1 }],
  ['database', 'ledger', 1460, 120, { serviceMs: 9 }],
];

const MIDDLE_ARROWS: readonly Arrow[] = [
  ['Shoppers EU', 'Edge', { latencyMs: 20, jitterShare: 0.3 }],
  ['Shoppers US', 'Edge', { latencyMs: 45, jitterShare: 0.3 }],
  ['Partners', 'Partner gateway', { latencyMs: 30 }],
  ['Partner gateway', 'api', { attempts: 2 }],
  ['Edge', 'Front door', { latencyMs: 8, attemptTimeoutMs: 3000 }],
  ['Front door', 'api', { attempts: 2, backoff: 'constant', backoffBaseMs: 0 }],
  ['api', 'carts', { attemptTimeoutMs: 50, carries: 'reads' }],
  ['api', 'orders', { ...GUARDED, breakerOpenMs: 10000 }],
  ['api', 'receipts', { callShare: 0.1, onFailure: 'ignore' }],
  ['api', 'checkout', { ...GUARDED, callShare: 0.15, order: 2 }],
  ['api', 'catalogue', { ...GUARDED, attemptTimeoutMs: 400 }],
  ['api', 'search', { attemptTimeoutMs: 800, onFailure: 'ignore', callShare: 0.3 }],
  ['api', 'accounts', { attemptTimeoutMs: 300 }],
  ['checkout', 'payments', { ...GUARDED, attemptTimeoutMs: 2000, attempts: 1, maxConcurrent: 40 }],
  ['checkout', 'orders', { attemptTimeoutMs: 500, order: 2 }],
  ['checkout', 'accounts'],
  ['checkout', 'receipts', { onFailure: 'ignore', order: 3 }],
  ['payments', 'ledger', { attemptTimeoutMs: 1500 }],
  ['catalogue', 'products', { attemptTimeoutMs: 50 }],
  ['catalogue', 'catalogue db', { attemptTimeoutMs: 600, attempts: 2 }],
  ['search', 'products', { attemptTimeoutMs: 50, callShare: 0.5 }],
  ['search', 'catalogue db', { callShare: 0.2, retryBudgetShare: 0.1 }],
  ['accounts', 'sessions', { attemptTimeoutMs: 50 }],
  ['accounts', 'users', { ...GUARDED, breakerFailureShare: 0.3 }],
  ['receipts', 'users', { carries: 'reads' }],
];

/** Twenty components, twenty-five links, most of them with changed params. */
export const SHOP_20 = draw('Web shop, two continents', [...FRONT, ...MIDDLE], MIDDLE_ARROWS);

const TEAMS = [
  'stock',
  'pricing',
  'reviews',
  'shipping',
  'invoices',
  'loyalty',
  'returns',
  'media',
  'mail',
  'fraud',
];

/** Fifty components: the shop above and ten teams with a service, a cache and a database each. */
export const SHOP_50 = draw(
  'Web shop, all teams',
  [
    ...FRONT,
    ...MIDDLE,
    ...TEAMS.flatMap((team, i): Place[] => [
      ['service', team, 1680 + 20 * (i % 3), 80 * i, { instances: 2 + (i % 4), serviceMs: 5 + 7 * i }],
      ['cache', `${team} cache`, 1900, 80 * i + 20, { ttlMs: 30000 * (i + 1) }],
      ['database', `${team} db`, 2120, 80 * i - 20, { connections: 20 + 10 * i, serviceMs: 3 + i }],
    ]),
  ],
  [
    ...MIDDLE_ARROWS,
    ...TEAMS.flatMap((team, i): Arrow[] => [
      [
        i % 2 === 0 ? 'checkout' : 'catalogue',
        team,
        { attemptTimeoutMs: 200 + 50 * i, attempts: 1 + (i % 3) },
      ],
      [team, `${team} cache`, { attemptTimeoutMs: 50 }],
      [team, `${team} db`, i % 3 === 0 ? GUARDED : {}],
    ]),
  ],
);
