/** Rate limits: each algorithm against its figures (O-18 … O-20), and what a gateway does with them. */
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import {
  Cycles,
  estimate,
  FixedWindow,
  Gcra,
  LeakyBucket,
  type Limit,
  type Limiter,
  SlidingCounter,
  SlidingLog,
  TokenBucket,
} from '../../src/kinds/gateway/limiters.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { askedAt, constant, endings } from './asked.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const LIMIT: Limit = { rate: 100, burst: 50, perWindow: 100, windowNs: 1e9, maxWaitNs: 0 };
const times = (count: number, everyMs: number, from = 0) =>
  Array.from({ length: count }, (_, i) => from + i * everyMs);

/** Waits in ms of those that pass, and how many do not. */
function ask(limiter: Limiter, atMs: readonly number[]) {
  const waits: number[] = [];
  let refused = 0;
  for (const ms of atMs) {
    const wait = limiter.admit(Math.round(ms * 1e6));
    if (wait < 0) refused++;
    else waits.push(Math.round(wait / 1e6));
  }
  return { waits, passed: waits.length, refused };
}

describe.each([
  ['token bucket', () => new TokenBucket(LIMIT)],
  ['GCRA', () => new Gcra(LIMIT)],
])('%s of 100/s and a burst of 50 (O-18)', (_name, make) => {
  it('of 150/s for 10 s lets 1,050 pass, give or take one', () => {
    const { passed } = ask(make(), times(1_500, 1_000 / 150));
    expect(Math.abs(passed - 1_050)).toBeLessThanOrEqual(1);
  });

  it('has let the burst through after a second, then two thirds', () => {
    const limiter = make();
    const first = ask(limiter, times(149, 1_000 / 150));
    expect(first.refused).toBeLessThanOrEqual(1);
    const later = ask(limiter, times(1_500, 1_000 / 150, 1_000));
    expect(later.refused / 1_500).toBeCloseTo(1 / 3, 2);
  });
});

it('held back, a request takes a token that is yet to come', () => {
  const bucket = new TokenBucket({ ...LIMIT, rate: 10, burst: 1, maxWaitNs: 250e6 });
  expect(ask(bucket, [0, 0, 0, 0])).toEqual({ waits: [0, 100, 200], passed: 3, refused: 1 });
});

describe('leaky bucket as nginx (O-19)', () => {
  const leaky = (rate: number, burst: number, undelayed: number) =>
    new LeakyBucket({ ...LIMIT, rate, burst }, undelayed);

  it('10/s, burst 20: of 100 at once 21 pass, spaced by 100 ms, or at once with nodelay', () => {
    expect(ask(leaky(10, 20, 0), times(100, 0)).waits).toEqual(times(21, 100));
    expect(ask(leaky(10, 20, 20), times(100, 0)).waits).toEqual(new Array<number>(21).fill(0));
  });

  it('5/s, burst 12, 8 undelayed: of 15 at once nine at once, four held back, two refused', () => {
    const { waits, refused } = ask(leaky(5, 12, 8), times(15, 0));
    expect([waits, refused]).toEqual([[...new Array<number>(9).fill(0), 200, 400, 600, 800], 2]);
  });

  it('without a burst every other of twice the rate passes', () => {
    const limiter = leaky(10, 0, 0);
    expect(times(8, 50).map((ms) => limiter.admit(ms * 1e6) >= 0)).toEqual(
      Array.from({ length: 8 }, (_, i) => i % 2 === 0),
    );
  });

  it('20/s for 10 s at 10/s and a burst of 5: 105 of 200', () => {
    expect(ask(leaky(10, 5, 5), times(200, 50)).passed).toBe(105);
  });
});

const edge = [...times(100, 1, 900), ...times(100, 1, 1_000)];

describe('windows (O-20)', () => {
  it('a fixed window lets twice its limit through around its edge', () => {
    expect(ask(new FixedWindow(LIMIT), edge).passed).toBe(200);
  });

  it('a sliding log never does', () => {
    expect(ask(new SlidingLog(LIMIT), edge).passed).toBe(100);
    expect(ask(new SlidingLog(LIMIT), times(3_000, 1)).passed).toBe(300);
  });

  it('a sliding counter estimates: 42 before, 18 now, a quarter over, is 49.5', () => {
    expect(estimate(42, 18, 15 / 60)).toBe(49.5);
    expect(ask(new SlidingCounter(LIMIT), edge).passed).toBeLessThan(120);
  });

  it('cycles give a whole new count each, none carried over; a later permit can be reserved', () => {
    const cycles = new Cycles({ ...LIMIT, perWindow: 2, windowNs: 100e6, maxWaitNs: 150e6 });
    expect(ask(cycles, [510, 510, 510, 510, 510, 510])).toEqual({
      waits: [0, 0, 90, 90],
      passed: 4,
      refused: 2,
    });
    expect(ask(cycles, [1_010, 1_010, 1_010]).waits).toEqual([0, 0, 90]);
  });
});

function limited(client: Sketched, gateway: ParamOverrides, link: ParamOverrides = {}) {
  const nodes: Record<string, Sketched> = {
    u: client,
    g: ['gateway', { overheadMs: 0, ...gateway }],
    s: constant(20, { workers: 1_000, queueLimit: 1_000 }),
  };
  return assemble(sketch(nodes, { 'u > g': { ...DIRECT, ...link }, 'g > s': DIRECT }), 1e6);
}

describe('the same figures in a design', () => {
  const passed = (client: Sketched, gateway: ParamOverrides, untilMs: number) => {
    const running = limited(client, { limitKey: 'global', ...gateway });
    running.system.run(toNs(untilMs), Infinity);
    return running.stations.get('s')!.meter.arrived;
  };
  const steady = (rateRps: number): Sketched => ['client', { load: 'constant', rateRps }];

  it('100/s and a burst of 50 let 1,050 of 150/s for 10 s pass, as bucket and as GCRA (O-18)', () => {
    // Ten seconds from the first request, which comes after 6.7 ms.
    for (const algorithm of ['tokenBucket', 'gcra'])
      expect(
        Math.abs(passed(steady(150), { algorithm, rateRps: 100, burst: 50 }, 10_007) - 1_050),
      ).toBeLessThanOrEqual(1);
  });

  it('a leaky bucket of 10/s and 20 lets 21 of 100 at once pass, 5/s and 12 thirteen of 15, 10/s and 5 105 of 200 (O-19)', () => {
    const leaky = (rateRps: number, burst: number, undelayed: number) => {
      return { algorithm: 'leakyBucket', rateRps, burst, undelayed };
    };
    expect(passed(askedAt(times(100, 0, 1)), leaky(10, 20, 0), 1_002)).toBe(11);
    expect(passed(askedAt(times(100, 0, 1)), leaky(10, 20, 0), 9_000)).toBe(21);
    expect(passed(askedAt(times(15, 0, 1)), leaky(5, 12, 8), 2)).toBe(9);
    expect(passed(askedAt(times(15, 0, 1)), leaky(5, 12, 8), 9_000)).toBe(13);
    expect(passed(askedAt(times(200, 50, 1)), leaky(10, 5, 5), 20_000)).toBe(105);
  });

  it('a fixed window of 100 lets 200 pass in 0.2 s around its edge, a sliding log 100 (O-20)', () => {
    const limits = { perWindow: 100, windowMs: 1_000 };
    expect(passed(askedAt(edge), { algorithm: 'fixedWindow', ...limits }, 1_200)).toBe(200);
    expect(passed(askedAt(edge), { algorithm: 'slidingLog', ...limits }, 1_200)).toBe(100);
  });
});

describe('a gateway', () => {
  const flood: Sketched = ['client', { load: 'constant', rateRps: 1_000, sessions: 10 }];

  it('refuses with 429 what is over, before it costs anything behind it', () => {
    const running = limited(flood, { limitKey: 'global', rateRps: 100, burst: 1 });
    running.system.run(toNs(10_000), Infinity);
    const { meter } = running.stations.get('s')!;
    expect(Math.abs(meter.arrived - 1_000)).toBeLessThanOrEqual(2);
    expect(endings(running, 'u')).toMatch(/^\d+ ok, \d+ http429$/);
  });

  it('for each visitor, and as many times over as there are replicas that count for themselves', () => {
    const passes = (gateway: ParamOverrides) => {
      const running = limited(flood, { rateRps: 10, burst: 1, ...gateway });
      running.system.run(toNs(10_000), Infinity);
      return running.stations.get('s')!.meter.arrived;
    };
    // A token waits for the visitor's next request, 10 ms on average: one every 110 ms for each of ten.
    expect(Math.abs(passes({ limitKey: 'session' }) - 909)).toBeLessThan(40);
    expect(passes({ limitKey: 'global' })).toBeLessThan(105);
    expect(passes({ limitKey: 'global', replicas: 3 })).toBeGreaterThan(290);
    expect(passes({ limitKey: 'global', replicas: 3, sharedState: true })).toBeLessThan(105);
  });

  it('says when to come back, and the caller does just then', () => {
    const running = limited(
      askedAt([10, 10]),
      { limitKey: 'global', rateRps: 1, burst: 1 },
      { attempts: 2, backoffBaseMs: 1, backoff: 'constant' },
    );
    running.system.run(toNs(900), Infinity);
    expect(endings(running, 'u')).toBe('1 ok');
    running.system.run(toNs(1_100), Infinity);
    expect(endings(running, 'u')).toBe('2 ok');
  });

  it('limits requests under way', () => {
    const running = limited(askedAt([1, 2, 3, 40]), { limitKey: 'global', algorithm: 'none', maxOpen: 2 });
    running.system.run(toNs(1_000), Infinity);
    expect(endings(running, 'u')).toBe('3 ok, 1 http429');
  });

  it('holds back what may wait', () => {
    const running = limited(askedAt([1, 1, 1]), {
      limitKey: 'global',
      rateRps: 10,
      burst: 1,
      maxWaitMs: 1_000,
    });
    running.system.run(toNs(2_000), Infinity);
    expect(running.system.sources[0].station.meter.latency().max).toBeCloseTo(220, 3);
    expect(running.system.audit()).toEqual([]);
  });
});
