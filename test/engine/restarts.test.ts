// How instances come up cold, come back by themselves after crashes with ever longer pauses, and how long they may take
// to leave.
import { describe, expect, it } from 'vitest';
import { restartPauseMs } from '../../src/engine/machines/life.ts';
import { toNs } from '../../src/engine/time.ts';
import { LIFE_NAMES } from '../../src/engine/states.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { askedAt, busyMs, constant, endings } from '../kinds/asked.ts';
import { sketch, type Sketched } from '../kinds/sketch.ts';

const LINK = { latencyMs: 1, attemptTimeoutMs: 0, totalTimeoutMs: 0 };

const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const fault = (running: Running, name: string, factor = 1, unit = -1) =>
  running.stations.get('s')!.fault(name, unit, factor);
const states = (running: Running) => running.stations.get('s')!.units.map((u) => LIFE_NAMES[u.state]);

function pair(times: readonly number[], service: Sketched): Running {
  return assemble(sketch({ c: askedAt(times), s: service }, { 'c > s': LINK }), 1e6);
}

function set(running: Running, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['s'], name, value }));
}

/** When the life of an instance took a turn, in whole seconds, and to what. */
function turns(running: Running): [number, string][] {
  return running.system.core.journal
    .take(0)
    .filter((line) => line.topic === 'life')
    .map((line) => [Math.floor(line.atMs / 1_000), line.text]);
}

describe('warm-up', () => {
  const cold = { warmUpMs: 10_000, coldSpeedShare: 0.5, startMs: 1_000 };

  it('never befalls the instances that are there at the beginning', () => {
    const running = pair([1], constant(100, cold));
    until(running, 1_000);
    expect(busyMs(running, 's')).toBe(100);
  });

  it('makes work take longer after a start: 1 ÷ (s₀ + (1 − s₀) · t/W) as long', () => {
    const running = pair([999, 3_499, 10_999], constant(100, cold));
    fault(running, 'crash');
    fault(running, 'restore');
    // Up at 1,000 with half of its speed; three quarters of it at 6,000, all at 11,000.
    until(running, 3_000);
    expect(busyMs(running, 's')).toBeCloseTo(100 / 0.5, 3);
    until(running, 9_000);
    expect(busyMs(running, 's')).toBeCloseTo(100 / 0.5 + 100 / 0.625, 3);
    until(running, 20_000);
    expect(busyMs(running, 's')).toBeCloseTo(100 / 0.5 + 100 / 0.625 + 100, 3);
  });

  it('comes on top of a slow-down', () => {
    const running = pair([999.5], constant(100, cold));
    fault(running, 'crash');
    fault(running, 'restore');
    until(running, 1_000);
    fault(running, 'slow', 3);
    until(running, 3_000);
    expect(busyMs(running, 's')).toBeCloseTo((3 * 100) / 0.5, 0);
  });
});

describe('restarts', () => {
  it('wait 10 s, and twice as long after each further crash, 5 min at most', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 60].map(restartPauseMs)).toEqual([
      10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000,
    ]);
  });

  it('do not happen unless somebody sees to it', () => {
    const running = pair([], constant(1));
    fault(running, 'crash');
    until(running, 1_000_000);
    expect(states(running)).toEqual(['down']);
  });

  it('bring a crashed instance back after pause and start-up', () => {
    const running = pair([11_999.5, 12_000.5], constant(1, { restartByItself: true, startMs: 2_000 }));
    until(running, 1);
    fault(running, 'crash');
    until(running, 20_000);
    expect(endings(running, 'c')).toBe('1 ok, 1 connectRefused');
  });

  it('of a crash loop wait longer and longer, until it is restored', () => {
    const running = pair([], constant(1, { startMs: 2_000 }));
    fault(running, 'crashLoop');
    until(running, 60_000);
    expect(turns(running)).toEqual([
      [0, 's crashed (was up), crash 1 in a row: it is restarted in 10 s'],
      [10, 's is restarting (was backOff)'],
      [12, 's is up (was restarting)'],
      [13, 's crashed (was up), crash 2 in a row: it is restarted in 20 s'],
      [33, 's is restarting (was backOff)'],
      [35, 's is up (was restarting)'],
      [36, 's crashed (was up), crash 3 in a row: it is restarted in 40 s'],
    ]);
    fault(running, 'restore');
    until(running, 500_000);
    expect(states(running)).toEqual(['up']);
  });

  it('that is restored while it is up for a moment does not crash once more', () => {
    const running = pair([], constant(1, { startMs: 2_000 }));
    fault(running, 'crashLoop');
    until(running, 12_500);
    fault(running, 'restore');
    until(running, 100_000);
    expect(states(running)).toEqual(['up']);
  });

  it('begin with a short pause again after ten minutes up', () => {
    const running = pair([], constant(1, { restartByItself: true, startMs: 0 }));
    const pauseAfterCrashAt = (ms: number) => {
      until(running, ms);
      fault(running, 'crash');
      return /restarted in (\d+) s/.exec(turns(running).at(-1)![1])![1];
    };
    expect(pauseAfterCrashAt(0)).toBe('10');
    expect(pauseAfterCrashAt(20_000)).toBe('20');
    // Up since 40 s.
    expect(pauseAfterCrashAt(639_000)).toBe('40');
    // Up since 679 s, for a while not quite well.
    until(running, 1_000_000);
    fault(running, 'slow', 2);
    fault(running, 'fast');
    expect(pauseAfterCrashAt(1_279_000)).toBe('10');
  });
});

it('a process that starts again knows nothing of what the one before had learned: its breakers are closed', () => {
  const nodes: Record<string, Sketched> = {
    c: askedAt([1, 2, 3, 4, 500, 1_000]),
    s: constant(0, { startMs: 100 }),
    db: ['database', {}],
  };
  const guarded = { ...LINK, breaker: 'on', breakerMinCalls: 3, breakerWindowSize: 3, breakerOpenMs: 60_000 };
  const running = assemble(sketch(nodes, { 'c > s': LINK, 's > db': guarded }), 1e6);
  running.stations.get('db')!.fault('crash', -1, 1);
  until(running, 600);
  // Four were under way before the third one's failure opened it; the fifth was rejected.
  expect(running.stations.get('db')!.meter.arrived).toBe(4);
  fault(running, 'crash');
  fault(running, 'restore');
  until(running, 2_000);
  expect(running.stations.get('db')!.meter.arrived).toBe(5);
});

describe('leaving', () => {
  it('takes no longer than the longest drain: the rest is reset, and the log says how many', () => {
    const running = pair([1, 2, 3, 4], constant(60_000, { instances: 2 }));
    until(running, 1_000);
    set(running, 'instances', 1);
    until(running, 30_999);
    expect(states(running)).toEqual(['up', 'draining']);
    until(running, 31_002);
    expect(states(running)).toEqual(['up', 'stopped']);
    expect(endings(running, 'c')).toBe('2 reset');
    expect(turns(running).at(-1)![1]).toBe(
      's-2 was taken out of service (was draining), 2 calls inside were reset',
    );
  });

  it('takes as long as it takes without a limit', () => {
    const running = pair([1, 2], constant(60_000, { instances: 2, drainMs: 0 }));
    until(running, 1_000);
    set(running, 'instances', 1);
    until(running, 60_010);
    expect(endings(running, 'c')).toBe('2 ok');
  });
});
