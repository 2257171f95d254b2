// A rolling deploy: how many instances there are and are ready at any time, what callers see of it, and what a bad version
// does. The numbers of the rule are those of Kubernetes.
import { describe, expect, it } from 'vitest';
import { limitsOf, planStep } from '../../src/engine/units/rolloutplan.ts';
import { toNs } from '../../src/engine/time.ts';
import { STOPPED } from '../../src/engine/units/unit.ts';
import { LIFE_NAMES } from '../../src/engine/states.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant, endings } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const service = (running: Running) => running.stations.get('s')!;
const order = (running: Running, name: string, factor = 1) => service(running).fault(name, -1, factor);
const there = (running: Running) => service(running).units.filter((u) => u.state !== STOPPED);
const ready = (running: Running) => there(running).filter((u) => u.takesPart && !u.retired);
const versions = (running: Running) => [...new Set(ready(running).map((u) => u.build.version))];
const said = (running: Running, topic: string) =>
  running.system.core.journal.take(0).filter((line) => line.topic === topic);

function set(running: Running, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['s'], name, value }));
}

/** A service under load behind a balancer. */
function loaded(more: ParamOverrides, rateRps = 400): Running {
  const nodes: Record<string, Sketched> = {
    c: ['client', { rateRps, readShare: 1 }],
    lb: ['balancer', { tryNext: 'never', passive: false }],
    s: constant(5, { instances: 4, startMs: 2_000, ...more }),
  };
  return assemble(sketch(nodes, { 'c > lb': DIRECT, 'lb > s': { ...DIRECT, latencyMs: 0.5 } }), 1e6);
}

describe('the rule', () => {
  it('allows 13 instances and asks for 8 ready of 10; 5 and 3 of 4; 4 and 3 of 3 (O-32)', () => {
    const limits = (n: number) => limitsOf(n, 0.25, 0.25);
    expect(limits(10)).toEqual({ most: 13, leastReady: 8 });
    expect(limits(4)).toEqual({ most: 5, leastReady: 3 });
    expect(limits(3)).toEqual({ most: 4, leastReady: 3 });
  });

  it('lets one be missing where neither surge nor gap is allowed', () => {
    expect(limitsOf(3, 0, 0)).toEqual({ most: 3, leastReady: 2 });
    expect(limitsOf(100, 0.07, 0)).toEqual({ most: 107, leastReady: 100 });
  });

  it('first starts the surge and ends what may be missing', () => {
    const counts = { ready: 0, unready: 0, oldReady: 10, oldUnready: 0, leaving: 0 };
    expect(planStep(counts, 10, limitsOf(10, 0.25, 0.25), 256)).toEqual({ start: 3, stop: 0, stopOld: 2 });
  });

  it('counts those on their way out as there', () => {
    const counts = { ready: 0, unready: 3, oldReady: 8, oldUnready: 0, leaving: 2 };
    expect(planStep(counts, 10, limitsOf(10, 0.25, 0.25), 256)).toEqual({ start: 0, stop: 0, stopOld: 0 });
  });

  it('ends old instances that serve nobody without asking for others', () => {
    const counts = { ready: 0, unready: 1, oldReady: 3, oldUnready: 1, leaving: 0 };
    expect(planStep(counts, 4, limitsOf(4, 0.25, 0), 256).stopOld).toBe(1);
  });
});

it.each([
  [10, 13, 8],
  [4, 5, 3],
  [3, 4, 3],
  [1, 2, 1],
])('a deploy of %i instances has at most %i at a time and at least %i ready', (wanted, most, least) => {
  const running = loaded({ instances: wanted, startMs: 500 });
  until(running, 1_000);
  order(running, 'deploy');
  const totals: number[] = [];
  const readies: number[] = [];
  for (let ms = 1_000; ms <= 20_000; ms += 10) {
    until(running, ms);
    totals.push(there(running).length);
    readies.push(ready(running).length);
  }
  expect(Math.max(...totals)).toBe(most);
  expect(Math.min(...readies)).toBe(least);
  expect(there(running)).toHaveLength(wanted);
  expect(versions(running)).toEqual([2]);
  expect(said(running, 'deploy').map((line) => line.text)).toEqual([
    expect.stringMatching(`^s runs v2 on all ${wanted} instances, after [\\d.]+ s$`),
  ]);
  expect(findWrongBooks(running.system)).toEqual([]);
});

describe('callers of an instance that leaves', () => {
  /** Requests that failed in a deploy of 4 instances under 400 requests a second. */
  function failedWith(more: ParamOverrides): string {
    const running = loaded(more);
    until(running, 1_000);
    order(running, 'deploy');
    until(running, 20_000);
    expect(versions(running)).toEqual([2]);
    return endings(running, 'c').replace(/^\d+ ok(, )?/, '');
  }

  it('are refused until they hear of it', () => {
    // Each of 4 instances gets about 100 requests in the second before it is known to be gone.
    const failed = Number(/^(\d+) http502$/.exec(failedWith({}))![1]);
    expect(failed).toBeGreaterThan(300);
    expect(failed).toBeLessThan(700);
  });

  it('notice nothing where it goes on for longer than that', () => {
    expect(failedWith({ preStopMs: 1_500 })).toBe('');
  });

  it('notice nothing where they hear of it at once', () => {
    expect(failedWith({ endpointMs: 0 })).toBe('');
  });
});

it('what an instance has when it must leave may take as long as the longest drain, preStop included', () => {
  const running = loaded({ serviceMs: 60_000, workers: 1_000, drainMs: 10_000, preStopMs: 4_000 });
  until(running, 5_000);
  order(running, 'deploy');
  const [first] = service(running).units;
  until(running, 8_999);
  expect(LIFE_NAMES[first.state]).toBe('up');
  until(running, 9_001);
  expect(LIFE_NAMES[first.state]).toBe('closing');
  until(running, 14_999);
  expect(LIFE_NAMES[first.state]).toBe('closing');
  until(running, 15_001);
  expect(first.inside).toBe(0);
});

describe('a bad version', () => {
  it('that is slow or fails is rolled out all the same, and is gone after the way back', () => {
    const running = loaded({ startMs: 200 });
    order(running, 'deployErrors', 0.3);
    until(running, 20_000);
    expect(versions(running)).toEqual([2]);
    const { ok, failed } = service(running).meter;
    expect(failed / (ok + failed)).toBeGreaterThan(0.2);
    order(running, 'rollBack');
    until(running, 30_000);
    expect(versions(running)).toEqual([1]);
    const before = endings(running, 'c').match(/(\d+) http500/)![1];
    until(running, 40_000);
    expect(endings(running, 'c')).toContain(`${before} http500`);
  });

  it('that does not start stops the deploy: the old version goes on, and after 10 min the log says so', () => {
    const running = loaded({ startMs: 200 }, 10);
    order(running, 'deployCrashing');
    until(running, 620_000);
    expect(ready(running)).toHaveLength(3);
    expect(versions(running)).toEqual([1]);
    expect(said(running, 'deploy').map((line) => line.text)).toEqual([
      's gets on no further with v2 for 10 min: 3 of 4 instances still run another version',
    ]);
    order(running, 'rollBack');
    until(running, 640_000);
    expect(ready(running)).toHaveLength(4);
    expect(there(running)).toHaveLength(4);
  });

  it('has nothing before it to go back to when it is the first', () => {
    expect(order(loaded({}), 'rollBack')).toBe('s has no version to go back to');
  });
});

it('a service that is deleted in the midst of a deploy starts nothing any more', () => {
  const running = loaded({ startMs: 1_000 });
  order(running, 'deploy');
  until(running, 500);
  const station = service(running);
  applyDesign(running, applyEdit(running.design, { type: 'removeElements', ids: ['s'] }));
  until(running, 60_000);
  expect(station.units.filter((u) => u.state !== STOPPED)).toEqual([]);
});

describe('a change of the number of instances', () => {
  it('in the midst of a deploy is part of it', () => {
    const running = loaded({ startMs: 1_000 });
    order(running, 'deploy');
    until(running, 1_500);
    set(running, 'instances', 6);
    until(running, 30_000);
    expect(ready(running)).toHaveLength(6);
    expect(versions(running)).toEqual([2]);
  });

  it('afterwards takes the version that was deployed', () => {
    const running = loaded({ startMs: 500 });
    order(running, 'deploy');
    until(running, 20_000);
    set(running, 'instances', 7);
    set(running, 'instances', 2);
    until(running, 25_000);
    expect(ready(running)).toHaveLength(2);
    set(running, 'instances', 5);
    until(running, 30_000);
    expect(ready(running)).toHaveLength(5);
    expect(versions(running)).toEqual([2]);
  });
});
