// Several stations: closed loops, queues in series, threads held by a slow dependency, and what balancers make of it.
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/model/document.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { throughputOfUsers, waitMG1 } from './formulas.ts';
import { expectTheory, LONGER, observe, replicate } from './replications.ts';

const READS = { readShare: 1, keys: 1, popularity: 'uniform' };
const EXPONENTIAL = {
  instances: 1,
  workers: 1,
  serviceMs: 1,
  queueLimit: 1_000_000,
  distribution: 'exponential',
};

const clients = (ratePerMs: number): Sketched => ['client', { ...READS, rateRps: ratePerMs * 1000 }];

/** Mean of what clients saw and of what each station saw, and calls per ms at each station. */
function run(what: string, forMs: number, design: (seed: number) => Design) {
  return replicate(what, (seed) => {
    const seen = observe(design(seed), forMs / 10, forMs);
    const figures: Record<string, number> = {};
    for (const [id, { meter }] of seen.running.stations) {
      figures[id] = meter.latency().mean;
      figures[`${id} rate`] = meter.ok / forMs;
    }
    return figures;
  });
}

describe('machine repairman', () => {
  it.each([
    [10, 12],
    [10, 5],
    [40, 30],
  ])('%d users who think %d service times share one exponential server', (users, thinkMs) => {
    const load: Sketched = ['client', { ...READS, load: 'users', users, thinkMs }];
    const found = run(`users ${users} ${thinkMs}`, 20_000, (seed) =>
      sketch({ c: load, s: ['service', EXPONENTIAL] }, { 'c > s': DIRECT }, { seed }),
    );
    const throughput = throughputOfUsers(users, thinkMs);
    const slower = throughputOfUsers(users, thinkMs / LONGER) / LONGER;
    // With ten users who think for twelve the server is idle for a third of the time: its length of work hardly shows.
    const sensitive = thinkMs === 12 ? {} : { slower };
    expectTheory(`${users} users, think ${thinkMs}: throughput`, found['c rate'], throughput, sensitive);
    // Little's law over the loop: users = throughput × (think + response).
    expectTheory(`${users} users, think ${thinkMs}: response`, found.c, users / throughput - thinkMs, {
      slower: users / slower - thinkMs,
    });
  });
});

describe('a link of limited bandwidth', () => {
  it('is M/D/1 for its answers: they wait ρ / (2 (1 − ρ)) of their own time', () => {
    const endless = { instances: 1, workers: 1_000, serviceMs: 3, distribution: 'constant' };
    // 125 bytes at 1 Mbit/s take 1 ms.
    const narrow = { ...DIRECT, bandwidthMbps: 1, requestBytes: 0, answerBytes: 125 };
    const found = run('narrow link', 80_000, (seed) =>
      sketch({ c: clients(0.8), s: ['service', endless] }, { 'c > s': narrow }, { seed }),
    );
    const response = (length: number) => 3 + length * (1 + waitMG1(0.8 * length, 0));
    expectTheory('narrow link: response', found.c, response(1), { slower: response(LONGER) });
  });
});

describe('Jackson networks', () => {
  const async = { ...EXPONENTIAL, waiting: 'async' };

  it('two queues in series are two M/M/1', () => {
    const nodes: Record<string, Sketched> = {
      c: clients(0.7),
      a: ['service', async],
      b: ['service', { ...EXPONENTIAL, serviceMs: 0.9 }],
    };
    const found = run('tandem', 50_000, (seed) =>
      sketch(nodes, { 'c > a': DIRECT, 'a > b': DIRECT }, { seed }),
    );
    const at = (serviceMs: number) => serviceMs / (1 - 0.7 * serviceMs);
    expectTheory('tandem: second', found.b, at(0.9), { slower: at(0.9 * LONGER) });
    expectTheory('tandem: both', found.c, at(1) + at(0.9), { slower: at(LONGER) + at(0.9) });
  });

  it('a stream that splits 3 : 2 gives two Poisson streams', () => {
    const nodes: Record<string, Sketched> = {
      c: clients(0.9),
      a: ['service', { ...async, workers: 64, serviceMs: 0 }],
      b: ['service', { ...EXPONENTIAL }],
      d: ['service', { ...EXPONENTIAL }],
    };
    const links = {
      'c > a': DIRECT,
      'a > b': { ...DIRECT, callShare: 0.6 },
      'a > d': { ...DIRECT, callShare: 0.4 },
    };
    const found = run('split', 40_000, (seed) => sketch(nodes, links, { seed }));
    expectTheory('split: calls of 60 %', found['b rate'], 0.54);
    expectTheory('split: 60 %', found.b, 1 / (1 - 0.54), { slower: LONGER / (1 - LONGER * 0.54) });
    expectTheory('split: 40 %', found.d, 1 / (1 - 0.36), { slower: LONGER / (1 - LONGER * 0.36) });
  });
});

describe('held threads (O-31)', () => {
  const work = { instances: 1, workers: 200, serviceMs: 10, distribution: 'constant', queueLimit: 1_000 };

  it.each([
    [90, 2_000],
    [1_000, 198.02],
  ])(
    '200 threads of 10 ms that wait %d ms for a store finish at most %d requests a second',
    (readMs, perSecond) => {
      const nodes: Record<string, Sketched> = {
        c: ['client', { ...READS, rateRps: 1.5 * perSecond }],
        s: ['service', work],
        db: ['database', { slots: 10_000, maxConnections: 10_000, readMs, distribution: 'constant' }],
      };
      const { running } = observe(
        sketch(nodes, { 'c > s': DIRECT, 's > db': DIRECT }),
        10 * readMs,
        200 * (readMs + 10),
      );
      // Always held, a thread ends one request in each round of its own, so 200 rounds hold 200 of each, whenever they begin.
      // Threads begin over two thirds of a round: one that is 0.2 % too long or short drifts over an end of the run.
      const ended = running.stations.get('s')!.meter.ok;
      expect(ended).toBe(200 * 200);
      expect(Math.abs((1_000 * ended) / (200 * (readMs + 10)) - perSecond)).toBeLessThan(0.01);
    },
  );

  it('waiting without holding the thread lets all 3,000 requests a second through', () => {
    const nodes: Record<string, Sketched> = {
      c: ['client', { ...READS, load: 'constant', rateRps: 3_000 }],
      s: ['service', { ...work, waiting: 'async' }],
      db: ['database', { slots: 10_000, maxConnections: 10_000, readMs: 90, distribution: 'constant' }],
    };
    const { running } = observe(sketch(nodes, { 'c > s': DIRECT, 's > db': DIRECT }), 1_000, 2_000);
    expect(running.stations.get('s')!.meter.ok).toBe(6_000);
  });
});

describe('balancing over n exponential servers', () => {
  const balanced = (algorithm: string, n: number, rho: number, forMs: number, sessions = 1_000_000) =>
    run(`${algorithm} ${n} ${rho}`, forMs, (seed) => {
      const nodes: Record<string, Sketched> = {
        c: ['client', { ...READS, rateRps: 1000 * n * rho, sessions }],
        lb: ['balancer', { algorithm, overheadMs: 0, active: false, passive: false, tryNext: 'never' }],
        s: ['service', { ...EXPONENTIAL, instances: n }],
      };
      return sketch(nodes, { 'c > lb': DIRECT, 'lb > s': DIRECT }, { seed });
    });

  it('IP hash of many visitors splits at random, in the shares of its hash', () => {
    const shares = sharesOfIpHash(4, 1_000_000);
    const at = (rho: number) => shares.reduce((sum, share) => sum + share / (1 - 4 * rho * share), 0);
    const slower = LONGER * at(LONGER * 0.6);
    expectTheory('IP hash 4 at 0.6', balanced('ipHash', 4, 0.6, 20_000).c, at(0.6), { slower });
  });
});

/** Share of visitors per peer by nginx's rule, computed here from its description. */
function sharesOfIpHash(peers: number, visitors: number): number[] {
  const shares = new Array<number>(peers).fill(0);
  for (let visitor = 0; visitor < visitors; visitor++) {
    const octets = [10 + ((visitor >> 16) & 255), (visitor >> 8) & 255, visitor & 255];
    const hash = octets.reduce((h, octet) => (h * 113 + octet) % 6271, 89);
    shares[hash % peers] += 1 / visitors;
  }
  return shares;
}
