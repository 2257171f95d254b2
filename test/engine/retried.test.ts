// What a link repeats when it lists it (15): every end of a call, under every option, for reads and for writes.
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type OutcomeId } from '../../src/engine/calls/outcomes.ts';
import { LINK_PRESETS } from '../../src/kinds/link-presets.ts';
import { RETRY_PARAMS } from '../../src/kinds/link-retries.ts';
import { RETRY_OPTIONS } from '../../src/kinds/retried-outcomes.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const OPTIONS = RETRY_PARAMS.retryOutcomes.options.map(({ value }) => value);

/** A design in which calls of `c` over the link l1 to `s` end in one way. */
interface Scene {
  readonly s: Sketched;
  readonly at?: readonly number[];
  readonly others?: Readonly<Record<string, Sketched>>;
  readonly links?: Readonly<Record<string, ParamOverrides>>;
  readonly link?: ParamOverrides;
  /** Told to these at an instant, ms. */
  readonly faults?: readonly (readonly [atMs: number, target: string, fault: string])[];
}

/** Keeps the only worker busy from 5 to 105 ms. */
const BUSY = { others: { d: askedAt([5]) }, links: { 'd > s': DIRECT } };
const ONE = { workers: 1, queueLimit: 0 };
const POOLED = { connections: 'pooled', connectTimeoutMs: 20, latencyMs: 1 };

const SCENES: Partial<Record<OutcomeId, Scene>> = {
  http500: { s: constant(1, { errorShare: 1 }) },
  http502: {
    s: ['balancer', { active: false, tryNext: 'never' }],
    others: { api: constant(1) },
    links: { 's > api': DIRECT },
    faults: [[0, 'api', 'crash']],
  },
  http503: {
    s: constant(1),
    others: { db: ['database', {}] },
    links: { 's > db': DIRECT },
    faults: [[0, 'db', 'crash']],
  },
  http504: {
    s: constant(1),
    others: { db: ['database', { readMs: 50, writeMs: 50 }] },
    links: { 's > db': { ...DIRECT, attemptTimeoutMs: 5 } },
  },
  connectRefused: { s: constant(1), faults: [[0, 's', 'crash']] },
  connectTimeout: { s: constant(1), link: POOLED, faults: [[1, 'l1', 'partition']] },
  noAddress: { s: ['router', {}] },
  reset: { s: constant(100), faults: [[20, 's', 'crash']] },
  attemptTimeout: { s: constant(100), link: { attemptTimeoutMs: 5 } },
  http429: {
    s: ['gateway', { limitKey: 'global', algorithm: 'none', maxOpen: 1 }],
    others: { ...BUSY.others, api: constant(100) },
    links: { ...BUSY.links, 's > api': DIRECT },
  },
  noHealthyPeer: { s: ['balancer', {}] },
  queueFull: { s: constant(100, ONE), ...BUSY },
  tooManyConnections: {
    s: ['database', { slots: 1, maxConnections: 1, readMs: 100, distribution: 'constant' }],
    ...BUSY,
  },
  queueTimeout: { s: constant(100, { workers: 1, patienceMs: 5 }), ...BUSY },
  shed: { s: constant(100, { workers: 1, queueLimit: 0, shedding: 'classes' }), ...BUSY },
  deadlineExceeded: { s: constant(100), link: { totalTimeoutMs: 20 } },
  breakerOpen: { s: constant(1), link: { breaker: 'forcedOpen' } },
  bulkheadFull: { s: constant(100), at: [10, 11], link: { maxConcurrent: 1 } },
  rateLimited: {
    s: constant(1),
    at: [10, 20],
    link: { rateLimit: 'reject', rateLimitRps: 0.01, rateLimitBurst: 1 },
  },
};

/** No request ends so, or only by chance, by an end of the request itself, or at the limits of the simulator. */
const WITHOUT_SCENE: readonly OutcomeId[] = ['ok', 'cancelled', 'throttled', 'overLimit'];

/** Where listed under this option, and whether for writes too. */
const REPEATED: Partial<Record<OutcomeId, readonly [option: string, forWrites: boolean]>> = {
  http500: ['500', false],
  http502: ['502', false],
  http503: ['503', false],
  http504: ['504', false],
  connectRefused: ['connect', true],
  connectTimeout: ['connect', true],
  noAddress: ['connect', true],
  reset: ['reset', false],
  attemptTimeout: ['timeout', false],
  http429: ['429', true],
  noHealthyPeer: ['503', false],
  queueFull: ['503', true],
  tooManyConnections: ['503', true],
  queueTimeout: ['503', true],
  shed: ['503', true],
};

function run(scene: Scene, readShare: number, link: ParamOverrides) {
  const nodes = { c: askedAt(scene.at ?? [10], { readShare }), s: scene.s, ...scene.others };
  const retries = { attempts: 2, backoff: 'constant', backoffBaseMs: 1, retryBudgetShare: 0 };
  const links = { 'c > s': { ...DIRECT, ...retries, ...scene.link, ...link }, ...scene.links };
  const orders = (scene.faults ?? []).map(([atMs, target, fault]) => {
    return { atMs, order: { target, unit: null, fault, factor: 1 } };
  });
  const { running } = runHeadless(sketch(nodes, links), { forMs: 4_000, orders });
  return { ends: endings(running, 'c'), attempts: running.links.get('l1')!.meter.arrived };
}

const listing = (...options: string[]) => ({ retryOn: 'listed', retryOutcomes: options.join(',') });

describe('every end of a call', () => {
  it('has a scene here, or a reason why not, and at most one option', () => {
    const all = OUTCOMES.map(({ id }) => id);
    expect([...Object.keys(SCENES), ...WITHOUT_SCENE].sort()).toEqual([...all].sort());
    for (const id of all) expect(RETRY_OPTIONS[id], id).toBe(REPEATED[id]?.[0] ?? null);
  });

  const scenes = Object.entries(SCENES) as [OutcomeId, Scene][];

  it.each(scenes)('%s is repeated only where it is listed', (id, scene) => {
    const [option, forWrites] = REPEATED[id] ?? [null, false];
    for (const readShare of [1, 0]) {
      const bare = run(scene, readShare, listing());
      expect(bare.ends).toMatch(new RegExp(`\\b1 ${id}$`));
      for (const each of OPTIONS) {
        const more = each === option && (readShare === 1 || forWrites) ? 1 : 0;
        const what = `${readShare === 1 ? 'read' : 'write'}, ${each}`;
        expect(run(scene, readShare, listing(each)).attempts - bare.attempts, what).toBe(more);
      }
    }
  });

  it.each(scenes)('%s of a write that may be repeated is treated like that of a read', (id, scene) => {
    const all = { ...listing(...OPTIONS), retryWrites: true };
    const bare = run(scene, 0, listing());
    expect(run(scene, 0, all).attempts - bare.attempts).toBe(REPEATED[id] ? 1 : 0);
  });
});

describe('the three fixed rules are lists, too', () => {
  it.each<[string, string[]]>([
    ['usual', OPTIONS.filter((option) => option !== '500')],
    ['errors', OPTIONS],
    ['connect', ['connect']],
  ])('%s', (retryOn, options) => {
    for (const [id, scene] of Object.entries(SCENES)) {
      // Without an address there is no connection, but the old rule does not repeat it.
      if (retryOn === 'connect' && id === 'noAddress') continue;
      for (const readShare of [1, 0]) {
        const fixed = run(scene, readShare, { retryOn });
        expect(fixed, id).toEqual(run(scene, readShare, listing(...options)));
      }
    }
  });

  it('without an address, “no connection” as a list asks again; as the old rule it does not', () => {
    expect(run(SCENES.noAddress!, 1, listing('connect')).attempts).toBe(2);
    expect(run(SCENES.noAddress!, 1, { retryOn: 'connect' }).attempts).toBe(1);
  });
});

it('HAProxy as a caller repeats three times what found no connection, a second apart, and nothing else', () => {
  const { params } = LINK_PRESETS.find(({ id }) => id === 'haproxy')!;
  const attempts = Object.entries(SCENES).map(([id, scene]) => [id, run(scene, 1, params).attempts] as const);
  const once = Object.entries(SCENES).map(([id, { at }]) => [id, at?.length ?? 1] as const);
  const more = { connectRefused: 4, connectTimeout: 4 };
  expect(Object.fromEntries(attempts)).toEqual({ ...Object.fromEntries(once), ...more });
});

it('what is listed as it comes is what is safe: the same run, event for event', () => {
  const nodes: Record<string, Sketched> = {
    c: ['client', { rateRps: 400, readShare: 0.7 }],
    s: constant(20, { workers: 4, queueLimit: 2, errorShare: 0.1 }),
  };
  const digest = (retryOn: string) =>
    runHeadless(sketch(nodes, { 'c > s': { attempts: 3, attemptTimeoutMs: 30, retryOn } }), { forMs: 2_000 })
      .running.system.digest;
  expect(digest('listed')).toBe(digest('usual'));
  expect(digest('errors')).not.toBe(digest('usual'));
});
