// What health checks, back-off, panic, slow start and fan-out come to, against the figures the specification names
// (balancing.md §13), each in an ordinary design. The rules themselves are tested number by number in test/kinds.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { PRESETS } from '../../src/kinds/balancer/presets.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { expectTheory, replicate } from './replications.ts';

const READS = { readShare: 1, keys: 1, popularity: 'uniform' };
const PLAIN = { overheadMs: 0, active: false, passive: false, tryNext: 'never' };
const QUICK = { active: true, checkMs: 100, checkFastMs: 100, fall: 1, rise: 1 };
const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const preset = (id: string) => PRESETS.find((each) => each.id === id)!.params;
const log = ({ system }: Running) => system.core.journal.take(system.nowNs);

function balanced(client: Sketched, balancer: ParamOverrides, service: Sketched, seed = 1): Running {
  const nodes = { u: client, lb: ['balancer', { ...PLAIN, ...balancer }] as Sketched, s: service };
  return assemble(sketch(nodes, { 'u > lb': DIRECT, 'lb > s': DIRECT }, { seed }), 1e6);
}

const steady = (rateRps: number): Sketched => ['client', { ...READS, load: 'constant', rateRps }];

describe('O-17: mean pauses before retries', () => {
  /** What all pauses of a call with so many attempts at a dead store add up to, ms: nothing else takes time here. */
  function pauses(attempts: number, link: ParamOverrides) {
    const retried = { ...DIRECT, retryBudgetShare: 0, backoffBaseMs: 100, backoffCapMs: 10_000, ...link };
    const nodes: Record<string, Sketched> = {
      u: ['client', { ...READS, load: 'constant', rateRps: 300 }],
      s: ['service', { instances: 1, workers: 10_000, serviceMs: 0 }],
      db: ['database', {}],
    };
    const carriesOn = { ...retried, attempts, onFailure: 'ignore' };
    return replicate(`pauses ${attempts} ${JSON.stringify(link)}`, (seed) => {
      const orders = [
        { atMs: 0, order: { target: 'db', unit: null, fault: 'crash', factor: 1 } },
        { atMs: 10_000, order: { target: 'u', unit: null, fault: 'traffic', factor: 0 } },
      ];
      const design = sketch(nodes, { 'u > s': DIRECT, 's > db': carriesOn }, { seed });
      const { running } = runHeadless(design, { forMs: 100_000, orders });
      return { mean: running.stations.get('u')!.meter.latency().mean };
    }).mean;
  }

  it.each([
    ['full jitter', { backoff: 'full' }, [50, 100, 200, 400, 800, 1_600, 3_200, 5_000]],
    ['decorrelated', { backoff: 'decorrelated' }, [200, 350, 575, 913, 1_413]],
    ['Envoy', { backoffBaseMs: 25, backoffCapMs: 250 }, [12.5, 25, 50, 100, 125]],
  ])('%s', (what, link, means) => {
    for (const retries of [1, means.length]) {
      const sum = means.slice(0, retries).reduce((a, b) => a + b);
      expectTheory(`${what}, ${retries}`, pauses(retries + 1, link), sum, { within: 0.01 });
    }
  });
});

describe('O-22: half an interval and the others pass before a dead instance is taken out', () => {
  it.each([
    ['HAProxy', 'haproxy', {}, 2, 5],
    ['HAProxy with fastinter 500 ms', 'haproxy', { checkFastMs: 500 }, 2, 2],
    ['AWS ALB', 'alb', {}, 30, 45],
    ['Kubernetes', 'kubernetes', {}, 10, 25],
  ])('%s', (_what, name, more, interval, seconds) => {
    const instances = 100;
    const running = balanced(askedAt([1e6]), { ...preset(name), ...more }, constant(0, { instances }));
    until(running, 100_000);
    running.stations.get('s')!.fault('crash', -1, 1);
    until(running, 200_000);
    const times = log(running).flatMap(({ text, atMs }) =>
      text.includes('took s') ? [atMs / 1_000 - 100] : [],
    );
    expect(times).toHaveLength(instances);
    // Each instance is asked at an instant of its own, so its time is uniform over an interval.
    const error = interval / Math.sqrt(12 * instances);
    expect(Math.abs(times.reduce((a, b) => a + b) / instances - seconds)).toBeLessThan(4 * error);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(interval);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(0.9 * interval);
  });
});

describe('O-24: outliers among ten instances', () => {
  const rules = { outlier: true, outlierByRate: true, outlierFails: 1_000 };

  function ejectedOf(dead: number): number {
    const running = balanced(steady(300), rules, constant(0, { instances: 10 }));
    for (let unit = 0; unit < dead; unit++) running.stations.get('s')!.fault('errors', unit, 1);
    until(running, 20_500);
    return log(running).filter(({ text }) => text.includes('ejected s')).length;
  }

  it('three that always fail do not stand out by their success rate; of two, one is ejected', () => {
    expect([ejectedOf(3), ejectedOf(2)]).toEqual([0, 1]);
  });

  it('ejected at 3 s for 30 s, one comes back with the sweep at 40 s', () => {
    const running = balanced(
      steady(1_000),
      { ...rules, outlierFails: 5 },
      constant(0, { instances: 10, errorMs: 0 }),
    );
    until(running, 2_960);
    running.stations.get('s')!.fault('errors', 0, 1);
    until(running, 4_000);
    running.stations.get('s')!.fault('noErrors', 0, 0);
    until(running, 60_000);
    const lines = log(running).filter(({ topic }) => topic === 'ejection');
    expect(lines.map(({ atMs }) => Math.round(atMs / 1_000))).toEqual([3, 40]);
  });
});

describe('O-25: panic below half', () => {
  it.each([
    [5, 0],
    [6, 0.6],
  ])('with %d of ten instances down a share of %d of the requests goes to them', (down, share) => {
    const rules = { ...QUICK, allDown: 'panic', panicShare: 0.5, algorithm: 'weightedRandom' };
    const running = balanced(steady(1_000), rules, constant(0, { instances: 10, workers: 1_000 }));
    for (let unit = 0; unit < down; unit++) running.stations.get('s')!.fault('crash', unit, 1);
    until(running, 1_000);
    const { meter } = running.stations.get('u')!;
    const before = meter.failed;
    until(running, 11_000);
    const error = Math.sqrt((share * (1 - share)) / 10_000);
    expect(Math.abs((meter.failed - before) / 10_000 - share)).toBeLessThanOrEqual(4 * error);
  });
});

describe('O-26: slow start of Envoy over 60 s beside three others', () => {
  it('one that came up gets 3.2 % at first and 7.7 % after 15 s', () => {
    const rules = { ...QUICK, variant: 'envoy', algorithm: 'roundRobin', slowStartMs: 60_000 };
    const running = balanced(steady(4_000), rules, constant(0, { instances: 4, workers: 1_000, startMs: 0 }));
    const service = running.stations.get('s')!;
    service.fault('crash', 0, 1);
    until(running, 1_000);
    service.fault('restore', 0, 1);
    until(running, 1_200);
    const up = log(running).find(({ text }) => text.includes('takes s'))!.atMs;
    const share = (fromMs: number, forMs: number) => {
      until(running, up + fromMs);
      const before = service.units[0].arrived;
      until(running, up + fromMs + forMs);
      const probes = forMs / 100;
      return (service.units[0].arrived - before - probes) / (4 * forMs);
    };
    const allowed = (of: number, forMs: number) => 4 * Math.sqrt((of * (1 - of)) / (4 * forMs));
    expect(Math.abs(share(300, 4_000) - 0.1 / 3.1)).toBeLessThan(allowed(0.032, 4_000));
    expect(Math.abs(share(14_000, 2_000) - 0.25 / 3.25)).toBeLessThan(allowed(0.077, 2_000));
  });
});

describe('O-27: connections placed at random', () => {
  it.each([
    [10, 0.349, 80],
    [20, 0.122, 80],
    [50, 0.005, 40],
  ])('%d of them leave a share of %d of ten instances without any', (connections, share, runs) => {
    const rules = { layer: 'l4', connections, algorithm: 'weightedRandom' };
    let idle = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const client: Sketched = ['client', { ...READS, load: 'constant', rateRps: 1_000, sessions: 1_000 }];
      const running = balanced(client, rules, constant(0, { instances: 10, workers: 1_000 }), seed);
      until(running, 10 * connections);
      idle += running.stations.get('s')!.units.filter((unit) => unit.arrived === 0).length;
    }
    // Idle instances of one run have a variance below 10 · p (1 − p).
    const error = Math.sqrt((share * (1 - share)) / (10 * runs));
    expect(Math.abs(idle / (10 * runs) - share)).toBeLessThan(4 * error);
  });
});

describe('O-30: fan-out', () => {
  it('of requests that wait for 100 answers, 63.4 % wait for one above the p99 of 460.5 ms', () => {
    const nodes: Record<string, Sketched> = {
      u: ['client', { ...READS, load: 'constant', rateRps: 200 }],
      f: ['service', { instances: 1, workers: 10_000, serviceMs: 0, together: true }],
    };
    const links: Record<string, ParamOverrides> = { 'u > f': DIRECT };
    for (let i = 0; i < 100; i++) {
      nodes[`s${i}`] = [
        'service',
        { instances: 1, workers: 1_000, serviceMs: 100, distribution: 'exponential' },
      ];
      links[`f > s${i}`] = DIRECT;
    }
    const running = assemble(sketch(nodes, links), 1e6);
    until(running, 7_000);
    const latency = running.stations.get('u')!.meter.latency();
    let slower = 0;
    for (let i = latency.firstBucket; i <= latency.lastBucket; i++)
      if (latency.valueAt(i) > 460.5) slower += latency.countAt(i);
    const error = Math.sqrt((0.634 * 0.366) / latency.n);
    expect(latency.n).toBeGreaterThan(1_000);
    expect(Math.abs(slower / latency.n - 0.634)).toBeLessThan(4 * error);
  });
});
