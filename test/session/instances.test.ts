// What the page is shown of instances that come and go by themselves, and of faults whose process is gone.
import { expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { type ActiveFault, inject, lasting } from '../../src/session/faults.ts';
import { inspect } from '../../src/session/inspect.ts';
import { areUnitsStale, rowsOf } from '../../src/session/layout.ts';
import { constant } from '../kinds/asked.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);

function pair(more = {}): Running {
  const nodes = {
    c: ['client', { load: 'constant', rateRps: 50 }],
    s: constant(10, { instances: 2, ...more }),
  } as const;
  return assemble(sketch(nodes, { 'c > s': DIRECT }), 1e6);
}

/** Injects one order after another and says which faults are said to be active in the end. */
function activeAfter(running: Running, ...orders: [fault: string, unit: number | null, afterMs: number][]) {
  let active: ActiveFault[] = [];
  for (const [fault, unit, afterMs] of orders) {
    active = inject(running, { target: 's', unit, fault, factor: 1 }, lasting(running, active));
    until(running, running.system.nowNs / 1e6 + afterMs);
  }
  return lasting(running, active).map(({ fault }) => fault);
}

it('rows of frames follow the instances of a deploy without an edit', () => {
  const running = pair({ startMs: 1_000 });
  const rows = rowsOf(running, 1);
  expect(areUnitsStale(rows)).toBe(false);
  running.stations.get('s')!.fault('deploy', -1, 1);
  expect(areUnitsStale(rows)).toBe(true);
  expect(rowsOf(running, 2).layout.nodes.find((node) => node.id === 's')!.units).toEqual([
    's-1',
    's-2',
    's-3',
  ]);
});

it('the inspector lists instances that are there, with version, warm-up and restarts', () => {
  const running = pair({ startMs: 1_000, warmUpMs: 10_000, coldSpeedShare: 0.2, restartByItself: true });
  running.stations.get('s')!.fault('deploy', -1, 1);
  until(running, 10_000);
  running.stations.get('s')!.fault('crash', 2, 1);
  until(running, 26_019);
  const { units, controls } = inspect(running, 's', [])!;
  expect(units.map(({ index, name, state, marks }) => [index, name, state, marks])).toEqual([
    [2, 's-3', 'up', ['0 of 16 busy', 'v2', 'warming up: 60\u00a0%', '1 restart']],
    [3, 's-4', 'up', ['0 of 16 busy', 'v2']],
  ]);
  expect(controls).toMatchObject([
    { name: 'Rollout', state: 'complete', sentence: 'v2 is ready on 2 of 2 instances.' },
  ]);
});

it('the inspector says how many workers of an instance are busy, and how many requests wait there', () => {
  const running = pair({ instances: 1, workers: 2, serviceMs: 60_000, queueLimit: 1_000 });
  until(running, 2_000);
  const waiting = running.stations.get('s')!.fleet.waiting;
  expect(waiting).toBeGreaterThan(50);
  expect(inspect(running, 's', [])!.units[0].marks).toEqual(['2 of 2 busy', `${waiting} waiting`]);
});

it('the inspector says what the autoscaler measures and is about', () => {
  const running = pair({ autoscale: 'rate', targetRps: 100, minInstances: 1, workers: 16 });
  until(running, 31_000);
  expect(inspect(running, 's', [])!.controls).toMatchObject([
    {
      name: 'Autoscaler',
      state: 'waiting',
      sentence: expect.stringMatching(
        /^2\d requests\/s each, target 100; 2 instances; 1 would do, if that stays so for 300 s\.$/,
      ) as string,
    },
  ]);
});

it('a hung instance looks hung while its life goes on', () => {
  const running = pair();
  running.stations.get('s')!.fault('blackHole', 1, 1);
  const [first, second] = inspect(running, 's', [])!.units;
  expect([first.state, second.state, second.life]).toEqual(['up', 'hung', 'up']);
  expect(inspect(running, 's', [])!.sentence).toContain('1 of 2 standing still');
});

it('a fault ends with the process that has it', () => {
  expect(activeAfter(pair(), ['slow', null, 10])).toEqual([]);
  expect(activeAfter(pair(), ['gray', 0, 10], ['blackHole', 0, 10])).toEqual(['gray', 'blackHole']);
  expect(activeAfter(pair(), ['blackHole', 0, 10], ['crash', 0, 10])).toEqual(['crash']);
  expect(activeAfter(pair(), ['blackHole', 0, 10], ['deploy', null, 45_000])).toEqual([]);
  expect(activeAfter(pair({ restartByItself: true }), ['crash', 0, 100])).toEqual(['crash']);
  expect(activeAfter(pair({ restartByItself: true }), ['crash', 0, 20_000])).toEqual([]);
});

it('of faults with the same end the last one counts', () => {
  expect(activeAfter(pair(), ['crash', 0, 10], ['crashLoop', 0, 10])).toEqual(['crashLoop']);
  expect(activeAfter(pair(), ['deploySlow', null, 10], ['deployErrors', null, 10])).toEqual(['deployErrors']);
});
