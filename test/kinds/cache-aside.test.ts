// Cache-aside: who reads, fills and invalidates what, and when. One service, one cache, one store, one key, exact times.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant, endings } from './asked.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const CACHE = { ttlMs: 0, commandMs: 1, ttlJitterShare: 0 };
const DATABASE: Sketched = ['database', { readMs: 10, writeMs: 20, distribution: 'constant' }];
const LINKS = { 'reader > s': DIRECT, 'writer > s': DIRECT, 's > memory': DIRECT, 's > db': DIRECT };

interface Times {
  readonly reads?: readonly number[];
  readonly writes?: readonly number[];
}

function nodes(times: Times, cache: ParamOverrides): Record<string, Sketched> {
  return {
    reader: askedAt(times.reads ?? []),
    writer: askedAt(times.writes ?? [], { readShare: 0 }),
    s: constant(0, { workers: 100 }),
    memory: ['cache', { ...CACHE, ...cache }],
    db: DATABASE,
  };
}

function run(
  times: Times,
  cache: ParamOverrides = {},
  links: Record<string, ParamOverrides> = LINKS,
): Running {
  return runHeadless(sketch(nodes(times, cache), links), { forMs: 2_000 }).running;
}

/** Commands the cache got, statements the store got, and stale answers to the reader. */
const seen = ({ stations, system }: Running) => ({
  commands: stations.get('memory')!.meter.arrived,
  statements: stations.get('db')!.meter.arrived,
  stale: system.sources.find((s) => s.station.id === 'reader')!.staleReads,
});

describe('reads', () => {
  it('a miss asks the store and fills the cache; the next read is a hit', () => {
    // get, set, get.
    expect(seen(run({ reads: [1, 100] }))).toMatchObject({ commands: 3, statements: 1 });
  });

  it.each([
    ['async', 11],
    ['sync', 12],
  ])('filling %s: the request that missed takes %d ms', (fill, ms) => {
    const running = run({ reads: [1] }, { fill });
    expect(running.stations.get('reader')!.meter.latency().max).toBe(ms);
  });

  it('a hit takes the time of one command', () => {
    const running = assemble(sketch(nodes({ reads: [1, 100] }, {}), LINKS), 50);
    running.system.run(toNs(200), Infinity);
    expect(running.stations.get('reader')!.meter.latency().min).toBe(1);
  });

  it('two misses of one key at once are two reads of the store', () => {
    expect(seen(run({ reads: [1, 5] })).statements).toBe(2);
  });

  it('an entry past its time to live is a miss', () => {
    const run50 = (at: number) => seen(run({ reads: [1, at] }, { ttlMs: 50 })).statements;
    // Stored at 13 ms; a get is looked up 1 ms after it is asked.
    expect(run50(61.9)).toBe(1);
    expect(run50(62.1)).toBe(2);
  });

  it('a cache that is down is a miss that nobody fills into, not a failure', () => {
    const order = { target: 'memory', unit: null, fault: 'crash', factor: 1 };
    const { running } = runHeadless(sketch(nodes({ reads: [1, 100] }, {}), LINKS), {
      forMs: 500,
      orders: [{ atMs: 0, order }],
    });
    expect(endings(running, 'reader')).toBe('2 ok');
    expect(seen(running)).toMatchObject({ commands: 2, statements: 2 });
  });

  it.each([
    ['a flush', 'flush', 0],
    ['a restart', 'crash', 10],
  ])('after %s every key is a miss again', (_what, fault, startMs) => {
    const order = (name: string) => ({ target: 'memory', unit: null, fault: name, factor: 1 });
    const orders = [
      { atMs: 50, order: order(fault) },
      { atMs: 51, order: order('restore') },
    ];
    const design = sketch(nodes({ reads: [1, 100] }, { startMs }), LINKS);
    expect(seen(runHeadless(design, { forMs: 500, orders }).running).statements).toBe(2);
  });

  it('the least recently used key goes when there is no room', () => {
    const keysAsked = (keys: number, capacityEntries: number) => {
      const client: Sketched = ['client', { rateRps: 200, readShare: 1, keys, popularity: 'uniform' }];
      const design = sketch(
        { ...nodes({}, { capacityEntries }), more: client },
        { ...LINKS, 'more > s': DIRECT },
      );
      const { stations } = runHeadless(design, { forMs: 2_000 }).running;
      return stations.get('db')!.meter.arrived / stations.get('more')!.meter.arrived;
    };
    expect(keysAsked(10, 10)).toBeLessThan(0.06);
    expect(keysAsked(10, 1)).toBeGreaterThan(0.8);
  });
});

describe('writes', () => {
  // Filled at 12 ms; the write runs from 100 to 120 ms, then the cache is told; read again at 200.
  it.each([
    ['delete', { commands: 5, statements: 3, stale: 0 }], // get set del get set
    ['update', { commands: 4, statements: 2, stale: 0 }], // get set set get
    ['nothing', { commands: 3, statements: 2, stale: 1 }], // get set get
  ])('then %s', (onWrite, expected) => {
    expect(seen(run({ reads: [1, 200], writes: [100] }, { onWrite }))).toEqual(expected);
  });

  it('between commit and delete a read gets the old value, but the write is not acknowledged yet', () => {
    // Looked up at 120.5 ms, when the delete is still under way.
    expect(seen(run({ reads: [1, 119.5], writes: [100] }))).toMatchObject({ statements: 2, stale: 0 });
  });

  it('a late fill puts an old value back, and reads are stale from then on', () => {
    // The reader's service is 20 ms from the cache. It reads the store until 112 ms, and its fill arrives at 132; the
    // writer's commits at 115 and deletes at once.
    const near: Sketched = constant(0, { workers: 100 });
    const far = { ...LINKS, 's > memory': { ...DIRECT, latencyMs: 20 } };
    const { 'writer > s': _, ...others } = far;
    const links = { ...others, 'writer > near': DIRECT, 'near > memory': DIRECT, 'near > db': DIRECT };
    const design = sketch({ ...nodes({ reads: [61, 300], writes: [95] }, {}), near }, links);
    expect(seen(runHeadless(design, { forMs: 500 }).running)).toMatchObject({ statements: 2, stale: 1 });
  });

  it('a write that failed leaves the cache alone', () => {
    const order = { target: 'db', unit: null, fault: 'crash', factor: 1 };
    const design = sketch(nodes({ reads: [1], writes: [100] }, { onWrite: 'update' }), LINKS);
    const { running } = runHeadless(design, { forMs: 500, orders: [{ atMs: 50, order }] });
    expect(seen(running)).toMatchObject({ commands: 2 });
  });
});

describe('several dependencies', () => {
  const two = (more: ParamOverrides) => ({
    nodes: {
      ...nodes({ reads: [1, 100] }, {}),
      users: ['database', { readMs: 5, distribution: 'constant' }] as Sketched,
    },
    links: {
      'reader > s': DIRECT,
      's > users': { ...DIRECT, order: 1 },
      's > memory': { ...DIRECT, order: 2 },
      's > db': { ...DIRECT, order: 2, ...more },
    },
  });

  it('a hit spares the store behind the cache, and no other', () => {
    const { nodes: all, links } = two({});
    const { stations } = runHeadless(sketch(all, links), { forMs: 500 }).running;
    expect(stations.get('users')!.meter.arrived).toBe(2);
    expect(stations.get('db')!.meter.arrived).toBe(1);
  });

  it('what the store did not answer is not put into its cache: failed and ignored', () => {
    const { nodes: all, links } = two({ onFailure: 'ignore' });
    const order = { target: 'db', unit: null, fault: 'crash', factor: 1 };
    const { running } = runHeadless(sketch(all, links), { forMs: 500, orders: [{ atMs: 0, order }] });
    expect(endings(running, 'reader')).toBe('2 ok');
    // Two gets that miss, and no set of what the other store had answered before.
    expect(seen(running)).toMatchObject({ commands: 2, statements: 2 });
  });

  it('what the store was not asked for is not put into its cache: left out by its share', () => {
    const { nodes: all, links } = two({ callShare: 0 });
    expect(seen(runHeadless(sketch(all, links), { forMs: 500 }).running)).toMatchObject({
      commands: 2,
      statements: 0,
    });
  });

  it('a store that was not written to has nothing to be updated in its cache', () => {
    const { nodes: all, links } = two({ callShare: 0 });
    const writing = {
      ...all,
      reader: askedAt([1], { readShare: 0 }),
      memory: ['cache', { ...CACHE, onWrite: 'update' }] as Sketched,
    };
    expect(seen(runHeadless(sketch(writing, links), { forMs: 500 }).running)).toMatchObject({
      commands: 0,
      statements: 0,
    });
  });
});
