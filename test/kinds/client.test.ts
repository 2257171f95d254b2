// Clients: requests start when the pattern says, at the rate it says, and users have at most one open each.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { constant } from './asked.ts';
import { DIRECT, sketch } from './sketch.ts';

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const started = (running: Running) => running.stations.get('c')!.meter.arrived;
const open = (running: Running) => running.system.sources[0].station.meter.open;

function clients(params: ParamOverrides, serviceMs = 0): Running {
  const service = constant(serviceMs, { workers: 10_000 });
  return assemble(sketch({ c: ['client', params], s: service }, { 'c > s': DIRECT }), 1e6);
}

function set(running: Running, params: Record<string, ParamValue>): void {
  for (const [name, value] of Object.entries(params)) {
    applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['c'], name, value }));
  }
}

/** Requests started in each stretch of so many ms. */
function counts(params: ParamOverrides, everyMs: number, stretches: number): number[] {
  const running = clients(params);
  return Array.from({ length: stretches }, (_, i) => {
    const before = started(running);
    until(running, everyMs * (i + 1));
    return started(running) - before;
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('steady', () => {
  it('Poisson: counts have the mean and the variance of the rate', () => {
    const n = counts({ rateRps: 1_000 }, 100, 2_000);
    const mean = sum(n) / n.length;
    const variance = sum(n.map((x) => (x - mean) ** 2)) / (n.length - 1);
    expect(Math.abs(mean - 100)).toBeLessThan(4 * Math.sqrt(100 / n.length));
    expect(Math.abs(variance / 100 - 1)).toBeLessThan(4 * Math.sqrt(2 / n.length));
  });

  it('evenly spaced: one every 1/rate, from the first on', () => {
    expect(counts({ load: 'constant', rateRps: 250 }, 4, 100)).toEqual(new Array(100).fill(1));
  });

  it('in batches: as many requests, together', () => {
    expect(counts({ load: 'constant', rateRps: 1_000, batch: 10 }, 10, 20)).toEqual(new Array(20).fill(10));
    const n = counts({ rateRps: 1_000, batch: 10 }, 100, 2_000);
    expect(n.every((x) => x % 10 === 0)).toBe(true);
    expect(Math.abs(sum(n) / n.length - 100)).toBeLessThan(4 * Math.sqrt(1_000 / n.length));
  });

  it('a rate of 0 starts nothing, and a rate that is raised later starts then', () => {
    const running = clients({ rateRps: 0 });
    until(running, 1_000);
    expect(started(running)).toBe(0);
    set(running, { rateRps: 1_000 });
    until(running, 2_000);
    expect(Math.abs(started(running) - 1_000)).toBeLessThan(4 * Math.sqrt(1_000));
  });
});

describe('patterns that change with time', () => {
  const pattern = { rateRps: 200, peakRps: 1_000, startMs: 1_000, lengthMs: 2_000 };

  /** Compares counts per 500 ms with what is expected, each within 4.5 of its own standard deviations. */
  function expectCounts(params: ParamOverrides, expected: readonly number[]): void {
    counts(params, 500, expected.length).forEach((n, i) => {
      expect(Math.abs(n - expected[i]), `stretch ${i}: ${n}, not ${expected[i]}`).toBeLessThan(
        4.5 * Math.sqrt(expected[i]) + 1e-9,
      );
    });
  }

  it('ramp: the rate before it, then up in a line, then the peak', () => {
    expectCounts({ load: 'ramp', ...pattern }, [100, 100, 150, 250, 350, 450, 500, 500]);
  });

  it('spike: the peak for its length, before and after it the rate', () => {
    expectCounts({ load: 'spike', ...pattern }, [100, 100, 500, 500, 500, 500, 100, 100]);
  });

  it('waves: from the rate to the peak and back in one period', () => {
    const half = [0, 1, 2, 3].map((i) => {
      // Mean of (1 − cos 2πx) / 2 over an eighth of a period.
      const integral = (x: number) => x / 2 - Math.sin(2 * Math.PI * x) / (4 * Math.PI);
      return 500 * (0.2 + 0.8 * 8 * (integral((i + 1) / 8) - integral(i / 8)));
    });
    expectCounts({ load: 'sine', ...pattern, lengthMs: 4_000 }, [...half, ...[...half].reverse(), ...half]);
  });

  it('a spike or a ramp down to nothing ends it, and nothing hangs', () => {
    expectCounts({ load: 'spike', ...pattern, rateRps: 0 }, [0, 0, 500, 500, 500, 500, 0, 0, 0]);
    expectCounts(
      { load: 'ramp', ...pattern, rateRps: 1_000, peakRps: 0 },
      [500, 500, 437.5, 312.5, 187.5, 62.5, 0, 0, 0],
    );
  });

  it('a quiet day before a million requests a second is skipped, not searched', () => {
    const running = clients({
      load: 'spike',
      rateRps: 0,
      peakRps: 1_000_000,
      startMs: 86_400_000,
      lengthMs: 1,
    });
    until(running, 86_400_000 + 2);
    expect(Math.abs(started(running) - 1_000)).toBeLessThan(4.5 * Math.sqrt(1_000));
  });

  it.each(['poisson', 'constant', 'ramp', 'spike', 'sine', 'bursts', 'replay'])(
    '%s: no traffic at all is silence',
    (load) => {
      const running = clients({ load, ...pattern, times: '' });
      running.stations.get('c')!.fault('traffic', -1, 0);
      const before = started(running);
      until(running, 20_000);
      expect(started(running) - before).toBe(0);
    },
  );

  it('bursts: the mean rate of its two rates, in clumps', () => {
    const n = counts(
      { load: 'bursts', rateRps: 100, peakRps: 1_100, calmMs: 300, burstMs: 100 },
      100,
      20_000,
    );
    const mean = sum(n) / n.length;
    const variance = sum(n.map((x) => (x - mean) ** 2)) / (n.length - 1);
    // The share of time in bursts has a variance of 2 p (1 − p) τ / T, with τ = 75 ms the time after which it forgets.
    const error = 100 * Math.sqrt((2 * 0.25 * 0.75 * 75) / 2e6);
    expect(Math.abs(mean - 35)).toBeLessThan(4 * error + 4 * Math.sqrt(35 / n.length));
    expect(variance / mean).toBeGreaterThan(5);
  });

  it('replay: each recorded time, equal ones too, and nothing after the last', () => {
    expect(counts({ load: 'replay', times: 'ms\n0\n5\n5\n5\n12.5\n31' }, 10, 6)).toEqual([4, 1, 0, 1, 0, 0]);
  });
});

describe('users who wait', () => {
  const users = { load: 'users', users: 5, thinkMs: 10 };

  it('have at most one request open each', () => {
    const running = clients(users, 600_000);
    until(running, 5_000);
    expect(open(running)).toBe(5);
    expect(started(running)).toBe(5);
  });

  it('more of them join while it runs, and too many leave when they are done', () => {
    const running = clients(users, 100);
    until(running, 1_000);
    set(running, { users: 8, thinkMs: 0.001 });
    until(running, 2_000);
    expect(open(running)).toBe(8);
    set(running, { users: 2 });
    expect(open(running)).toBe(8);
    until(running, 2_300);
    expect(open(running)).toBe(2);
  });

  it('a surge multiplies them, and its end takes them back', () => {
    const running = clients({ ...users, thinkMs: 0.001 }, 100);
    running.stations.get('c')!.fault('traffic', -1, 3);
    until(running, 1_000);
    expect(open(running)).toBe(15);
    running.stations.get('c')!.fault('calm', -1, 1);
    until(running, 2_000);
    expect(open(running)).toBe(5);
  });

  it('requests from before they came are not theirs: there are no more users than were asked for', () => {
    const running = clients({ load: 'constant', rateRps: 100 }, 500);
    until(running, 1_005);
    expect(open(running)).toBe(50);
    set(running, { ...users, thinkMs: 0.001 });
    until(running, 3_000);
    expect(open(running)).toBe(5);
    set(running, { load: 'constant', rateRps: 0 });
    set(running, { load: 'users' });
    until(running, 6_000);
    expect(open(running)).toBe(5);
  });
});

describe('what they ask for', () => {
  it('reads in the share that was set, of keys as popular as they are', () => {
    const running = clients({ rateRps: 10_000, readShare: 0.8, keys: 4, popularity: 'hot', hotShare: 0.7 });
    until(running, 4_000);
    const { reads } = running.system.sources[0];
    expect(Math.abs(reads / started(running) - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / started(running)));
  });

  it('a change of what they ask for leaves when they ask as it was', () => {
    const arrivals = (params: Record<string, ParamValue>) => {
      const running = clients({ load: 'bursts', rateRps: 100, peakRps: 2_000, calmMs: 50, burstMs: 50 });
      until(running, 300);
      set(running, params);
      until(running, 3_000);
      return started(running);
    };
    expect(arrivals({ keys: 7, readShare: 0.2 })).toBe(arrivals({}));
  });
});
