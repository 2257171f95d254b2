// Overload that feeds itself (O-33): one server of 300 a second stands still for 10 s; a call that takes more than a
// second is tried once more. What stays in it, what gets out of it, and that the log says so and only where it is so.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { inject } from '../../src/session/faults.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const SECONDS = { stall: 30, calm: 40, from: 160, to: 200 };
const ONE_RETRY = {
  attempts: 2,
  backoff: 'constant',
  backoffBaseMs: 0,
  retryBudgetShare: 0,
  onGiveUp: 'none',
};

interface Case {
  readonly rateRps?: number;
  readonly link?: ParamOverrides;
  readonly service?: ParamOverrides;
  readonly stall?: boolean;
  /** Seconds later it is measured. */
  readonly later?: number;
}

function afterwards({ rateRps = 280, link = {}, service = {}, stall = true, later = 0 }: Case) {
  const server = { instances: 1, workers: 1, serviceMs: 1_000 / 300, queueLimit: 1_000_000 };
  const nodes: Record<string, Sketched> = {
    c: ['client', { rateRps, readShare: 1, keys: 1 }],
    s: ['service', { ...server, distribution: 'constant', ...service }],
  };
  const between = { ...DIRECT, attemptTimeoutMs: 1_000, ...ONE_RETRY, ...link };
  const { system, stations, links } = assemble(sketch(nodes, { 'c > s': between }), 1_000);
  const until = (seconds: number) => void system.run(toNs(seconds * 1_000), Infinity);
  if (stall) {
    until(SECONDS.stall);
    // The piece of work that begins now takes the ten seconds.
    stations.get('s')!.fault('slow', -1, 3_000);
    until(SECONDS.calm);
    stations.get('s')!.fault('fast', -1, 1);
  }
  until(SECONDS.from + later);
  const before = [stations.get('c')!.meter.ok, links.get('l1')!.meter.arrived];
  until(SECONDS.to + later);
  const length = SECONDS.to - SECONDS.from;
  return {
    good: (stations.get('c')!.meter.ok - before[0]) / length,
    attempts: (links.get('l1')!.meter.arrived - before[1]) / length,
    said: system.core.journal.take(0).filter((line) => line.topic === 'metastable'),
  };
}

/** Four standard deviations of a Poisson rate over the time measured. */
const spread = (rate: number) => 4 * Math.sqrt(rate / (SECONDS.to - SECONDS.from));

describe('it stays overloaded (O-33)', () => {
  it('at 280 a second: nothing good comes out, though 560 attempts a second go in; the log says why', () => {
    const { good, attempts, said } = afterwards({});
    expect(good).toBe(0);
    expect(Math.abs(attempts - 560)).toBeLessThan(2 * spread(280));
    expect(said).toHaveLength(1);
    expect(said[0].text).toMatch(
      /nothing has been broken for 1\d s, yet 0 % of the requests of c .* 5\d % of all calls are retries/,
    );
    expect(said[0].atMs).toBeLessThan(70_000);
  });

  it('with a budget of 20 %, which the other 7 % leave no room for', () => {
    const { good, said } = afterwards({ link: { retryBudget: 'ratio', retryBudgetShare: 0.2 } });
    expect(good).toBeLessThan(30);
    expect(said).toHaveLength(1);
  });
});

describe('it recovers, and nothing is said of a metastable failure (O-33)', () => {
  it.each<[string, Case]>([
    ['without a stall there is nothing to recover from', { stall: false }],
    ['at 140 a second, where even twice the load fits', { rateRps: 140 }],
    [
      'without retries, once the backlog of 2,800 has drained at 20 a second',
      { link: { attempts: 1 }, later: 60 },
    ],
    ['with a queue that is shorter than the timeout', { service: { queueLimit: 200 } }],
    ['when what nobody waits for is dropped from the queue', { link: { onGiveUp: 'queued' } }],
    ['last come, first served', { service: { discipline: 'adaptive' } }],
    ['with CoDel', { service: { shedding: 'standing' } }],
  ])('%s', (_what, what) => {
    const { rateRps = 280 } = what;
    const { good, said } = afterwards(what);
    expect(good).toBeGreaterThan(0.9 * rateRps - spread(rateRps));
    expect(good).toBeLessThan(rateRps + spread(rateRps));
    expect(said.map((line) => line.text)).toEqual([]);
  });
});

it('it recovers slowly with a budget of 5 %, and the log says how slowly (O-33)', () => {
  // 280 and 14 retries a second leave 6 of the 300 for the backlog of 2,800: some eight minutes.
  const { good, said } = afterwards({ link: { retryBudget: 'ratio', retryBudgetShare: 0.05 }, later: 450 });
  expect(good).toBeGreaterThan(0.9 * 280 - spread(280));
  expect(said.map((line) => line.text)).toEqual([
    expect.stringMatching(/so slowly that it takes about \d+ min$/),
    'The metastable failure is over',
  ]);
});

describe('what is still broken is no metastable failure', () => {
  const service = { instances: 1, workers: 4, serviceMs: 10, queueLimit: 50, startMs: 100, endpointMs: 0 };
  const one: Sketched = ['service', service, 'west'];
  const users: Sketched = ['client', { rateRps: 100, readShare: 1, keys: 1 }];
  const lookedUp = { ttlMs: 1_000, lateShare: 0, pinnedShare: 0, check: false };

  it.each([
    ['an instance that hangs', 'blackHole', 1, 's'],
    ['a version that is slow', 'deploySlow', 20, 's'],
    ['name servers that do not answer', 'outage', 1, 'dns'],
    ['a region that is cut off', 'partition', 1, 'west'],
  ])('%s after another fault that is over', (_what, fault, factor, broken) => {
    const nodes: Record<string, Sketched> = { c: users, dns: ['router', lookedUp], s: one };
    const links = { 'c > dns': {}, 'dns > s': { attemptTimeoutMs: 100 } };
    const design = sketch(nodes, links);
    const running = assemble(design, 1_000);
    const { system, stations } = running;
    const at = (seconds: number, what: string, name: string, strength: number) => {
      system.run(toNs(seconds * 1_000), Infinity);
      const target = design.groups.find(({ label }) => label === what)?.id ?? what;
      inject(running, { target, unit: null, fault: name, factor: strength }, []);
    };
    at(20, 's', 'crash', 1);
    at(21, 's', 'restore', 1);
    at(21.5, broken, fault, factor);
    system.run(toNs(120_000), Infinity);
    const { ok } = stations.get('c')!.meter;
    expect(ok).toBeLessThan(4_000); // of 12,000: it does not answer well
    expect(system.core.journal.take(0).filter((line) => line.topic === 'metastable')).toEqual([]);
  });
});
