// Nothing is lost or made up (balancing.md §13, O-36): a design in which everything fails that can, looked at after every
// event, against books that are kept a second time from the live calls alone.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { assemble } from '../../src/session/assemble.ts';
import { inject } from '../../src/session/faults.ts';
import { findLeftovers, findWrongBooks } from '../fuzz/books.ts';
import { sketch, type Sketched } from '../kinds/sketch.ts';

const RETRIES = {
  attempts: 3,
  retryBudgetShare: 0,
  backoffBaseMs: 5,
  attemptTimeoutMs: 40,
  totalTimeoutMs: 200,
};
const NODES: Record<string, Sketched> = {
  u: ['client', { rateRps: 300, keys: 100 }],
  lb: [
    'balancer',
    { tryNext: 'errors', maxTries: 3, maxPerPeer: 8, queueMs: 30, maxFails: 10, failTimeoutMs: 50 },
  ],
  s: ['service', { instances: 3, workers: 4, serviceMs: 10, queueLimit: 10, startMs: 100, errorShare: 0.05 }],
  db: ['database', { readMs: 5, writeMs: 5, slots: 8, maxConnections: 12 }],
};
const LINKS = {
  'u > lb': { ...RETRIES, hedge: 'fixed', hedgeMs: 30 },
  'lb > s': { attemptTimeoutMs: 60, lossShare: 0.01 },
  's > db': {
    ...RETRIES,
    maxConcurrent: 3,
    bulkheadWaitMs: 10,
    breaker: 'on',
    breakerOpenMs: 100,
    lossShare: 0.02,
  },
};
/** What is done, and when, ms. */
const FAULTS = [
  [300, 's', 0, 'crash', 1],
  [500, 'db', null, 'slow', 10],
  [700, 's', 1, 'errors', 0.5],
  [800, 's', 0, 'restore', 1],
  [900, 'db', null, 'crash', 1],
  [1_100, 'db', null, 'restore', 1],
  [1_200, 'db', null, 'fast', 1],
  [1_300, 's', 1, 'noErrors', 0],
] as const;
const SILENT_MS = 1_500;

describe('O-36: conservation', () => {
  it('at every instant of failures calls = ok + failed + in flight, and after the drain every counter is 0', () => {
    const running = assemble(sketch(NODES, LINKS), 500);
    const { system, links, stations } = running;
    let instants = 0;
    const look = () => {
      instants++;
      expect(findWrongBooks(system)).toEqual([]);
    };
    const advance = (untilMs: number) => {
      while (!system.run(toNs(untilMs), 1)) look();
    };
    let active: Parameters<typeof inject>[2] = [];
    for (const [atMs, target, unit, fault, factor] of FAULTS) {
      advance(atMs);
      active = inject(running, { target, unit, fault, factor }, active);
      look();
    }
    advance(SILENT_MS);
    inject(running, { target: 'u', unit: null, fault: 'traffic', factor: 0 }, active);
    // Probes and sweeps go on for ever, so what is left is asked between two of them.
    system.run(toNs(20_000), Infinity);
    for (let ms = 20_000; system.core.calls.live > 0 && ms < 30_000; ms++) system.run(toNs(ms), Infinity);
    look();
    expect(findLeftovers(system)).toEqual([]);

    // Something of everything happened, or nothing was shown.
    const { ok, failed } = stations.get('u')!.meter;
    const retried = [...links.values()].map(({ retries }) => retries.total);
    for (const count of [ok, failed, ...retried.filter((_, i) => i !== 1)]) expect(count).toBeGreaterThan(20);
    expect(instants).toBeGreaterThan(4_000);
  });
});
