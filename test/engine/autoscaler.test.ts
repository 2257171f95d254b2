// The autoscaler: its rules alone, against numbers worked out by hand from the Kubernetes HPA's, and at work, where
// readings are late and instances take their time.
import { describe, expect, it } from 'vitest';
import { decide, type Past, recommend, type ScalingRules } from '../../src/engine/units/scaling.ts';
import { toNs } from '../../src/engine/time.ts';
import { STOPPED } from '../../src/engine/units/unit.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const RULES: ScalingRules = {
  least: 1,
  most: 1_000,
  upWindowMs: 0,
  downWindowMs: 300_000,
  upCount: 4,
  upFactor: 2,
};

/** What is recommended when so many instances are measured at the same value. */
function of(
  instances: number,
  value: number,
  target: number,
  more: { missing?: number; unready?: number } = {},
) {
  const measured = Array.from({ length: instances }, () => value);
  const { missing = 0, unready = 0 } = more;
  return recommend({ measured, missing, unready }, target, instances + missing + unready);
}

const nothing = (): Past => ({ recommended: [], added: [] });

describe('a recommendation (O-32)', () => {
  it('is as many as bring the mean to the target, rounded up', () => {
    expect(of(4, 90, 60)).toBe(6);
    expect(of(3, 200, 100)).toBe(6);
    expect(of(10, 30, 60)).toBe(5);
  });

  it('is no change within 10 % of the target', () => {
    expect(of(4, 65, 60)).toBe(4);
    expect(of(4, 54.5, 60)).toBe(4);
    expect(of(4, 67, 60)).toBe(5);
  });

  it('takes instances that are not ready for idle when it would grow, and leaves them out otherwise', () => {
    // 4 at 90 and 2 at 0 are 60 on average: as many as are there already.
    expect(of(4, 90, 60, { unready: 2 })).toBe(6);
    // 4 at 120 and 2 at 0: 80 on average, 6 · 80 ÷ 60.
    expect(of(4, 120, 60, { unready: 2 })).toBe(8);
    expect(of(4, 30, 60, { unready: 2 })).toBe(2);
  });

  it('takes those it has no readings of for fully used when it would shrink, and for idle when it would grow', () => {
    // 4 at 30 and 2 at 60: 40 on average, 6 · 40 ÷ 60.
    expect(of(4, 30, 60, { missing: 2 })).toBe(4);
    expect(of(4, 120, 60, { missing: 2 })).toBe(8);
  });

  it('does not turn round for what it does not know', () => {
    // 4 at 70 call for more; with 4 idle ones it would be fewer.
    expect(of(4, 70, 60, { unready: 4 })).toBe(8);
    expect(recommend({ measured: [], missing: 0, unready: 3 }, 0.6, 3)).toBe(3);
  });
});

describe('a decision (O-32)', () => {
  it('shrinks only when fewer have been enough for 300 s', () => {
    const past = nothing();
    const counts = Array.from({ length: 21 }, (_, i) => decide(past, i * 15_000, 10, 5, RULES).count);
    expect(counts.slice(0, 20)).toEqual(Array(20).fill(10));
    expect(counts[20]).toBe(5);
  });

  it('shrinks to the most that was recommended in that time', () => {
    const past = nothing();
    decide(past, 0, 10, 10, RULES);
    decide(past, 100_000, 10, 7, RULES);
    expect(decide(past, 310_000, 10, 3, RULES).count).toBe(7);
  });

  it('grows by 4 or to twice as many in 15 s, whichever is more: 1, 5, 10, 20, 40', () => {
    const past = nothing();
    const counts = [1];
    for (let i = 0; i < 4; i++) counts.push(decide(past, i * 15_000, counts[i], 500, RULES).count);
    expect(counts).toEqual([1, 5, 10, 20, 40]);
  });

  it('does not grow twice within 15 s', () => {
    const past = nothing();
    expect(decide(past, 0, 10, 500, RULES).count).toBe(20);
    expect(decide(past, 5_000, 20, 500, RULES)).toMatchObject({ count: 20, heldBy: 'pace' });
    expect(decide(past, 15_000, 20, 500, RULES).count).toBe(40);
  });

  it('grows only to what was wanted all through the up window', () => {
    const past = nothing();
    const rules = { ...RULES, upWindowMs: 60_000 };
    expect(decide(past, 0, 4, 8, rules).count).toBe(4);
    expect(decide(past, 30_000, 4, 6, rules).count).toBe(4);
    expect(decide(past, 61_000, 4, 9, rules).count).toBe(6);
  });

  it('stays within its bounds', () => {
    expect(decide(nothing(), 0, 4, 8, { ...RULES, most: 6 })).toMatchObject({ count: 6, heldBy: 'most' });
    expect(decide(nothing(), 0, 1, 1, { ...RULES, least: 2 })).toMatchObject({ count: 2, heldBy: 'least' });
  });
});

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const service = (running: Running) => running.stations.get('s')!;
const ready = (running: Running) => service(running).fleet.ready;
const there = (running: Running) => service(running).units.filter((u) => u.state !== STOPPED).length;
const traffic = (running: Running, factor: number) => running.stations.get('c')!.fault('traffic', -1, factor);
const said = (running: Running) =>
  running.system.core.journal
    .take(0)
    .filter((line) => line.topic === 'scaling')
    .map((line) => `${line.atMs / 1_000} ${line.text}`);

function set(running: Running, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['s'], name, value }));
}

/** An instance does 10 requests a second at most; 10 a second come. */
function scaled(more: ParamOverrides = {}): Running {
  const nodes: Record<string, Sketched> = {
    c: ['client', { load: 'constant', rateRps: 10, readShare: 1 }],
    lb: ['balancer', { algorithm: 'leastConnections' }],
    s: constant(1_000, {
      instances: 2,
      workers: 10,
      queueLimit: 10_000,
      startMs: 20_000,
      autoscale: 'utilisation',
      ...more,
    }),
  };
  return assemble(sketch(nodes, { 'c > lb': DIRECT, 'lb > s': DIRECT }), 1e6);
}

describe('at work', () => {
  it('follows a surge late: readings are 15 s old, and instances start for 20 s; and goes back 300 s after it', () => {
    const running = scaled();
    until(running, 60_000);
    expect(said(running)).toEqual([]);
    traffic(running, 4);
    until(running, 74_999);
    expect(there(running)).toBe(2);
    until(running, 90_001);
    // The window from 60 to 75 s is seen at 90 s. It was full: 2 · 1 ÷ 0.6 makes 4.
    expect(said(running)).toEqual(['90 s scaled from 2 to 4: utilisation 99 %, target 60 %']);
    until(running, 109_999);
    expect(ready(running)).toBe(2);
    until(running, 110_001);
    expect(ready(running)).toBe(4);
    until(running, 400_000);
    // 40 a second need 4 instances, and 7 to be 60 % busy: the backlog makes it overshoot.
    expect(ready(running)).toBeGreaterThanOrEqual(7);
    expect(findWrongBooks(running.system)).toEqual([]);
    traffic(running, 1);
    until(running, 700_000);
    expect(ready(running)).toBeGreaterThanOrEqual(7);
    until(running, 800_000);
    expect(ready(running)).toBe(2);
    expect(running.system.sources[0].failuresInAll.reduce((a, b) => a + b)).toBeLessThan(20);
  });

  it('stops at the most allowed, and says so once', () => {
    const running = scaled({ maxInstances: 3 });
    until(running, 10_000);
    traffic(running, 4);
    until(running, 200_000);
    expect(there(running)).toBe(3);
    const lines = said(running);
    expect(lines[0]).toContain('scaled from 2 to 3: utilisation');
    expect(lines[0]).toContain('4 are wanted, 3 are the most allowed');
    expect(lines.filter((line) => line.includes('most allowed'))).toHaveLength(1);
  });

  it('begins with what is set and comes within its bounds at the first look', () => {
    const running = scaled({ instances: 1 });
    until(running, 14_999);
    expect(there(running)).toBe(1);
    until(running, 15_001);
    expect(there(running)).toBe(2);
  });

  it.each([
    ['rate', { targetRps: 2.5 }, 4],
    ['inFlight', { targetCount: 3 }, 4],
  ])('by %s it finds as many as the load needs', (autoscale, target, count) => {
    const running = scaled({ autoscale, ...target, startMs: 1_000 });
    until(running, 120_000);
    expect(ready(running)).toBe(count);
  });

  it('by queue it grows while requests wait', () => {
    const running = scaled({ autoscale: 'queue', targetCount: 5, startMs: 1_000, instances: 2 });
    traffic(running, 4);
    until(running, 60_000);
    expect(ready(running)).toBeGreaterThan(4);
  });

  it('of two metrics the one that asks for more decides, and is told first (O-32)', () => {
    // By utilisation (60 %) 10 a second need 2 instances; by 2.5 requests a second each they need 4.
    const running = scaled({ alsoBy: 'rate', alsoRps: 2.5, startMs: 1_000 });
    until(running, 60_000);
    expect(ready(running)).toBe(4);
    const line = said(running)[0];
    expect(line).toContain('scaled from 2 to 4: 5 requests/s each, target 2.5; utilisation');
    // With four times the load both ask for more; utilisation now for most.
    set(running, 'alsoRps', 1_000);
    traffic(running, 4);
    until(running, 160_000);
    expect(ready(running)).toBeGreaterThanOrEqual(7);
    expect(said(running)[0]).toMatch(
      /: utilisation \d+ %, target 60 %; \d+(\.\d)? requests\/s each, target 1000/,
    );
    // The same metric twice is one.
    set(running, 'alsoBy', 'utilisation');
    until(running, 200_000);
    expect(service(running).behaviour.controls[0].sentence.match(/utilisation/gi)).toHaveLength(1);
  });

  it('switched off it gives the number back to what is set; switched on it begins anew', () => {
    const running = scaled();
    traffic(running, 4);
    until(running, 100_000);
    expect(there(running)).toBeGreaterThan(2);
    set(running, 'autoscale', 'off');
    until(running, 200_000);
    expect(ready(running)).toBe(2);
    set(running, 'autoscale', 'utilisation');
    until(running, 400_000);
    expect(ready(running)).toBeGreaterThan(4);
  });

  it('goes on through a deploy, which brings the new version to as many as are wanted then', () => {
    const running = scaled({ startMs: 5_000 });
    traffic(running, 4);
    until(running, 80_000);
    service(running).fault('deploy', -1, 1);
    until(running, 300_000);
    expect(ready(running)).toBeGreaterThanOrEqual(7);
    const versions = service(running)
      .units.filter((u) => u.takesPart)
      .map((u) => u.build.version);
    expect(new Set(versions)).toEqual(new Set([2]));
  });
});
