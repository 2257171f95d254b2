// Zone-aware routing: with o of the callers and u of the peers in a zone, u ≥ o keeps all requests there, else u∕o of them.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { inject } from '../../src/session/faults.ts';
import { inspect } from '../../src/session/inspect.ts';
import { constant } from './asked.ts';
import { sketch, type Sketched } from './sketch.ts';

const service = (instances: number, zone: string): Sketched => {
  const [kind, params = {}] = constant(1, { instances, workers: 50 });
  return [kind, params, zone];
};

interface World {
  readonly peers?: readonly [number, number, number];
  readonly lb?: ParamOverrides;
  readonly where?: string;
}

/** Callers in zones a, b and c with 2, 1 and 1 instances, 300 requests a second each, and peers in the same zones. */
function world({ peers = [2, 2, 2], lb = {}, where }: World) {
  const balancer: Sketched = ['balancer', { zoneAware: true, overheadMs: 0, active: false, ...lb }];
  const client: Sketched = ['client', { rateRps: 300, load: 'constant', readShare: 1 }];
  const design = sketch(
    {
      ca: client,
      cb: client,
      cc: client,
      a: service(2, 'a'),
      b: service(1, 'b'),
      c: service(1, 'c'),
      lb: where === undefined ? balancer : [balancer[0], balancer[1] ?? {}, where],
      pa: service(peers[0], 'a'),
      pb: service(peers[1], 'b'),
      pc: service(peers[2], 'c'),
    },
    {
      'ca > a': {},
      'cb > b': {},
      'cc > c': {},
      'a > lb': {},
      'b > lb': {},
      'c > lb': {},
      'lb > pa': {},
      'lb > pb': {},
      'lb > pc': {},
    },
  );
  const running = assemble(design, 500);
  return {
    running,
    /** Share of the requests in these seconds that came to the peers of each zone, in percent. */
    shares(from: number, to: number): number[] {
      const counts = () => ['pa', 'pb', 'pc'].map((id) => running.stations.get(id)!.meter.arrived);
      running.system.run(toNs(from * 1_000), Infinity);
      const before = counts();
      running.system.run(toNs(to * 1_000), Infinity);
      const grown = counts().map((count, i) => count - before[i]);
      const sum = grown.reduce((a, b) => a + b, 0);
      return grown.map((count) => (100 * count) / sum);
    },
  };
}

describe('zone-aware routing', () => {
  it('keeps u∕o of the requests of a zone with more callers than peers, and all of the others', () => {
    // a: o = ½, u = ⅓, so ⅔ stay; b and c have ⅓ − ¼ over each. All: a 2∕9, b and c ⅓ + 1∕18.
    const [a, b, c] = world({}).shares(1, 21);
    // 18,000 requests: σ = 0.35 points.
    expect(Math.abs(a - 22.2)).toBeLessThan(1.2);
    expect(Math.abs(b - 38.9)).toBeLessThan(1.2);
    expect(Math.abs(c - 38.9)).toBeLessThan(1.2);
  });

  it('keeps all requests in their zone where peers are spread as callers are', () => {
    const { shares, running } = world({ peers: [4, 2, 2] });
    const [a, b, c] = shares(1, 6);
    expect([a, b, c].map(Math.round)).toEqual([33, 33, 33]);
    expect(running.links.get('l7')!.meter.arrived).toBeGreaterThan(1_400);
    const [stayed, left] = inspect(running, 'lb', [])!.totals.slice(-2);
    expect(stayed.label).toBe('Stayed in their zone');
    expect(stayed.value).toBeGreaterThan(5_300);
    expect(left).toEqual({ label: 'Went to another zone', value: 0 });
  });

  it('is off by default, and with fewer than six peers', () => {
    const even = [33, 33, 33];
    expect(
      world({ lb: { zoneAware: false } })
        .shares(1, 6)
        .map(Math.round),
    ).toEqual(even);
    const few = world({ peers: [3, 1, 1] }).shares(1, 6);
    expect(few.map(Math.round)).toEqual([60, 20, 20]);
  });

  it('of a balancer that alone calls the peers sends what is not local to where peers are over', () => {
    // 4,500 requests: σ = 0.7 points.
    for (const share of world({ where: 'a' }).shares(1, 6)) expect(Math.abs(share - 33.3)).toBeLessThan(2.5);
  });

  it('leaves a zone whose peers are gone, and ignores zones in a panic', () => {
    const { running, shares } = world({ lb: { active: true, checkMs: 500 } });
    inject(running, { target: 'g1', unit: null, fault: 'crash', factor: 1 }, []);
    for (const target of ['a']) inject(running, { target, unit: null, fault: 'restore', factor: 1 }, []);
    const [a, b, c] = shares(12, 17);
    expect(a).toBeLessThan(1);
    expect(Math.abs(b - c)).toBeLessThan(4);
    const panic = world({ lb: { allDown: 'panic', panicShare: 1, active: true, checkMs: 500 } });
    // Four of six are no longer enough for all: 1.4 · 4/6 is 93 %.
    for (const target of ['pa', 'pb'])
      inject(panic.running, { target, unit: 0, fault: 'crash', factor: 1 }, []);
    const evenly = panic.shares(6, 11);
    for (const share of evenly) expect(Math.abs(share - 33.3)).toBeLessThan(6);
  });
});
