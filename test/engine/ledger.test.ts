// The truth (rules 25, 26): which answers are outdated, and which reads miss a write acknowledged before they began.
import { describe, expect, it } from 'vitest';
import { ACKNOWLEDGEMENTS } from '../../src/engine/limits.ts';
import { Ledger } from '../../src/engine/stores/ledger.ts';
import { createStream } from '../../src/engine/chance/random.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const KEY = 7;

/** One store and one key; versions are numbered as they are committed. */
function store() {
  const ledger = new Ledger();
  const at = ledger.register();
  return {
    ledger,
    commit: () => ledger.commit(at, KEY),
    acknowledge: (version: number, now: number) => ledger.acknowledge(at, KEY, version, now),
    outdated: (version: number) => ledger.isOutdated(at, KEY, version),
    stale: (version: number, issued: number) => ledger.isStaleRead(at, KEY, version, issued),
  };
}

describe('outdated', () => {
  it('is what is older than the newest committed, acknowledged or not', () => {
    const { commit, outdated } = store();
    expect(outdated(0)).toBe(false);
    expect(commit()).toBe(1);
    expect(outdated(0)).toBe(true);
    expect(outdated(1)).toBe(false);
  });

  it('keys and stores know nothing of each other', () => {
    const ledger = new Ledger();
    const [a, b] = [ledger.register(), ledger.register()];
    ledger.commit(a, 1);
    expect(ledger.isOutdated(a, 2, 0)).toBe(false);
    expect(ledger.isOutdated(b, 1, 0)).toBe(false);
    expect(ledger.newest(a, 1_000_000)).toBe(0);
  });
});

describe('a stale read', () => {
  it('misses a write acknowledged before it began; at the same instant counts as before', () => {
    const { commit, acknowledge, stale } = store();
    acknowledge(commit(), 100);
    expect(stale(0, 99)).toBe(false);
    expect(stale(0, 100)).toBe(true);
    expect(stale(1, 500)).toBe(false);
  });

  it('a write acknowledged later is concurrent and never makes it stale', () => {
    const { commit, acknowledge, stale } = store();
    commit();
    expect(stale(0, 50)).toBe(false);
    acknowledge(1, 100);
    expect(stale(0, 50)).toBe(false);
  });

  it('a write that was never acknowledged does not either', () => {
    const { commit, stale } = store();
    commit();
    expect(stale(0, 1e15)).toBe(false);
  });

  it('may miss one write and hold another: the newest acknowledged decides', () => {
    const { commit, acknowledge, stale } = store();
    for (const now of [10, 20, 30]) acknowledge(commit(), now);
    expect([0, 1, 2, 3].map((version) => stale(version, 25))).toEqual([true, true, false, false]);
  });

  it('is one also when acknowledgements come in another order than commits', () => {
    const { commit, acknowledge, stale } = store();
    commit();
    commit();
    acknowledge(2, 10);
    acknowledge(1, 20);
    expect(stale(1, 15)).toBe(true);
    expect(stale(0, 15)).toBe(true);
    expect(stale(0, 5)).toBe(false);
  });

  it.each([9, 50, 5_000])(
    '%d writes under way at once, none acknowledged yet, make nothing stale',
    (writes) => {
      const { commit, acknowledge, stale } = store();
      for (let i = 0; i < writes; i++) commit();
      expect(stale(0, 1_000)).toBe(false);
      for (let version = 1; version <= writes; version++) acknowledge(version, 2_000 + version);
      expect(stale(0, 2_000)).toBe(false);
      expect(stale(0, 2_001)).toBe(true);
    },
  );

  it('agrees with a full history over random schedules of one busy key', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const stream = createStream(seed, 'test', 'ledger');
      const { commit, acknowledge, stale } = store();
      const acknowledged: { version: number; at: number }[] = [];
      const underWay: number[] = [];
      const most = 1 + stream.below(30);
      for (let now = 1; now <= 400; now++) {
        if (underWay.length < most && stream.chance(0.6)) underWay.push(commit());
        if (underWay.length > 0 && stream.chance(0.5)) {
          const [version] = underWay.splice(stream.below(underWay.length), 1);
          acknowledge(version, now);
          acknowledged.push({ version, at: now });
        }
        // A read that began up to 60 instants ago looks the key up now.
        const issued = now - stream.below(60);
        const version = stream.below(now);
        const expected = acknowledged.some((a) => a.version > version && a.at <= issued);
        expect(stale(version, issued), `seed ${seed}, version ${version}, issued ${issued}, now ${now}`).toBe(
          expected,
        );
      }
    }
  });
});

describe('in a design', () => {
  const DATABASE: Sketched = ['database', { readMs: 1, writeMs: 10, distribution: 'constant' }];
  const CACHE: Sketched = ['cache', { ttlMs: 0, commandMs: 0, onWrite: 'nothing' }];

  /** Reads and writes of one key at given times, through a service with a cache that nobody invalidates. */
  function staleReads(reads: readonly number[], writes: readonly number[], writeLatencyMs: number): number {
    const nodes: Record<string, Sketched> = {
      reader: askedAt(reads),
      writer: askedAt(writes, { readShare: 0 }),
      s: constant(0, { workers: 100 }),
      memory: CACHE,
      db: DATABASE,
    };
    const links = {
      'reader > s': DIRECT,
      'writer > s': { ...DIRECT, latencyMs: writeLatencyMs },
      's > memory': DIRECT,
      's > db': DIRECT,
    };
    const { running } = runHeadless(sketch(nodes, links), { forMs: 1_000 });
    return running.system.sources.find((s) => s.station.id === 'reader')!.staleReads;
  }

  it('a copy is outdated from the commit on, a read of it stale from the acknowledgement on', () => {
    // Cached at 2 ms. The write begins at 100, reaches the store at 120, commits at 130, is acknowledged at 150.
    const stale = (at: number) => staleReads([1, at], [100], 20);
    expect(stale(125)).toBe(0);
    expect(stale(140)).toBe(0);
    expect(stale(149.9)).toBe(0);
    expect(stale(150)).toBe(1);
    expect(stale(300)).toBe(1);
  });

  it('reads of the store itself are never stale', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { rateRps: 2_000, readShare: 0.5, keys: 2, popularity: 'uniform' }],
      s: constant(1, { workers: 500 }),
      db: ['database', { slots: 50, readMs: 3, writeMs: 5, maxConnections: 1_000 }],
    };
    const { running } = runHeadless(sketch(nodes, { 'c > s': {}, 's > db': {} }), { forMs: 5_000 });
    expect(running.system.sources[0].reads).toBeGreaterThan(4_000);
    expect(running.system.sources[0].staleReads).toBe(0);
  });
});

it('what the log no longer knows is counted, from the first entry beyond its length on (31)', () => {
  const ledger = new Ledger();
  const store = ledger.register();
  const write = (key: number, now: number) => ledger.acknowledge(store, key, ledger.commit(store, key), now);
  write(0, 10);
  write(0, 100);
  for (let i = 1; i < ACKNOWLEDGEMENTS; i++) write(i, 200);
  expect([ledger.isStaleRead(store, 0, 0, 50), ledger.forgotten]).toEqual([true, 0]);
  write(1, 300);
  expect([ledger.isStaleRead(store, 0, 0, 50), ledger.forgotten]).toEqual([false, 1]);
});
