// A drill is a machine on the simulated clock: what it does happens at its instants, whoever runs it and in what slices.
import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design, type Drill, type DrillStep } from '../../src/model/document.ts';
import { assemble } from '../../src/session/assemble.ts';
import { startDrill } from '../../src/session/drill.ts';
import { runHeadless } from '../../src/session/headless.ts';
import type { Frame } from '../../src/session/protocol.ts';
import { WINDOW_MS } from '../../src/session/protocol.ts';
import { Runner } from '../../src/session/runner.ts';

const drill = (steps: readonly DrillStep[], parts: Partial<Drill> = {}): Drill => ({
  id: 'd1',
  name: 'Drill',
  hypothesis: '',
  durationMs: 8_000,
  steps,
  expectations: [],
  ...parts,
});

const at = (atMs: number, fault: string, target = 'db'): DrillStep => ({ atMs, target, fault });

/** Exactly 100 requests per second; what the cache does not know is read from the database. */
const shop = (own: Drill): Design => ({
  ...emptyDesign('Shop'),
  nodes: [
    {
      id: 'users',
      kind: 'client',
      label: 'Users',
      position: { x: 0, y: 0 },
      params: { rateRps: 100, load: 'constant' },
    },
    { id: 'cache', kind: 'cache', label: 'cache', position: { x: 0, y: 0 }, params: {} },
    { id: 'api', kind: 'service', label: 'api', position: { x: 0, y: 0 }, params: { serviceMs: 1 } },
    { id: 'db', kind: 'database', label: 'db', position: { x: 0, y: 0 }, params: {} },
  ],
  links: [
    { id: 'l1', from: 'users', to: 'api', params: {} },
    { id: 'l2', from: 'api', to: 'db', params: {} },
    { id: 'l3', from: 'api', to: 'cache', params: {} },
  ],
  drills: [own],
});

/** What the drill is in at each of the times. */
function statesAt(own: Drill, ...timesMs: number[]) {
  const running = assemble(shop(own), WINDOW_MS);
  const run = startDrill(running, own, () => {});
  return timesMs.map((ms) => {
    running.system.run(ms * 1e6, Infinity);
    return run.state;
  });
}

describe('the course of a drill', () => {
  it('is steady until the first fault, disturbed until the last one ended, then recovering, then over', () => {
    const own = drill([
      at(2_000, 'crash'),
      at(3_000, 'slow', 'api'),
      at(5_000, 'restore'),
      at(6_000, 'fast', 'api'),
    ]);
    expect(statesAt(own, 0, 1_999, 2_000, 5_000, 5_999, 6_000, 7_999, 8_000, 20_000)).toEqual([
      'steady',
      'steady',
      'disturbed',
      'disturbed',
      'disturbed',
      'recovering',
      'recovering',
      'held',
      'held',
    ]);
  });

  it('a flush is over at once; a fault nobody ends lasts', () => {
    expect(statesAt(drill([at(1_000, 'flush', 'cache')]), 999, 1_000)).toEqual(['steady', 'recovering']);
    expect(statesAt(drill([at(1_000, 'crash')]), 7_999)).toEqual(['disturbed']);
  });

  it('ending the fault of one unit does not end that of another', () => {
    const of = (step: DrillStep, unit: number) => ({ ...step, unit });
    const own = drill([
      of(at(1_000, 'crash', 'api'), 0),
      of(at(1_000, 'crash', 'api'), 1),
      of(at(2_000, 'restore', 'api'), 0),
    ]);
    expect(statesAt(own, 2_500)).toEqual(['disturbed']);
  });

  it('its last expectation decides in the very instant it ends', () => {
    const expects = (value: number) =>
      drill([], {
        durationMs: 3_000,
        expectations: [{ subject: 'api', measure: 'okRps', is: 'above', value, fromMs: 1_000, toMs: 3_000 }],
      });
    expect(statesAt(expects(90), 2_999, 3_000)).toEqual(['steady', 'held']);
    expect(statesAt(expects(110), 2_999, 3_000)).toEqual(['steady', 'missed']);
  });
});

const outage = drill([at(2_000.000_3, 'crash'), at(4_000, 'restore')], {
  expectations: [
    { subject: 'api', measure: 'failedShare', is: 'above', value: 0.5, fromMs: 2_100, toMs: 4_000 },
    { subject: 'api', measure: 'okRps', is: 'above', value: 20, fromMs: 5_000, toMs: 8_000 },
  ],
});

it('the page at any speed and the command line give the same digest and the same verdicts', () => {
  const design = shop(outage);
  const expected = runHeadless(design, { forMs: 10_000, drill: outage });
  expect(expected.verdicts.map(({ passed }) => passed)).toEqual([true, true]);
  expect(expected.digest).not.toBe(runHeadless(design, { forMs: 10_000 }).digest);
  for (const [speed, step] of [
    [1, 16],
    [50, 7],
    [Infinity, 4],
  ]) {
    let real = 0;
    const next: (() => void)[] = [];
    const frames: Frame[] = [];
    const runner = new Runner({
      now: () => (real += 0.02),
      schedule: (then) => void next.push(then),
      send: (frame) => void frames.push(frame),
      fail: (problem) => {
        throw problem;
      },
    });
    runner.load(design, 'd1');
    runner.setSpeed(speed);
    runner.stopAt(10_000);
    runner.play();
    for (let passed = 0; passed < 20_000 && next.length > 0; passed += step) {
      real += step;
      next.shift()!();
      runner.acknowledge([]);
    }
    expect(frames.flatMap(({ digests }) => digests)).toEqual([{ atMs: 10_000, digest: expected.digest }]);
    expect(frames.flatMap(({ verdicts }) => verdicts)).toEqual(expected.verdicts);
    expect(frames[0].drill).toBe('steady');
    expect(frames.at(-1)!.drill).toBe('held');
  }
});

it('a step at 0 ms is in effect before the first request', () => {
  const own = drill([at(0, 'crash')], {
    durationMs: 1_000,
    expectations: [{ subject: 'api', measure: 'okRps', is: 'below', value: 0.5, fromMs: 0, toMs: 1_000 }],
  });
  const { verdicts } = runHeadless(shop(own), { forMs: 0, drill: own });
  expect(verdicts.map(({ measured }) => measured)).toEqual([0]);
});

it('what is expected while the warm-up ends is measured from its end', () => {
  const own = drill([], {
    durationMs: 6_000,
    expectations: [
      { subject: 'api', measure: 'okRps', is: 'above', value: 95, fromMs: 1_000, toMs: 6_000 },
      { subject: 'api', measure: 'okRps', is: 'above', value: 95, fromMs: 4_000, toMs: 6_000 },
    ],
  });
  const { verdicts } = runHeadless(shop(own), { forMs: 0, warmupMs: 4_000, drill: own });
  expect(verdicts).toHaveLength(2);
  for (const { measured } of verdicts) {
    expect(measured).toBeGreaterThan(98);
    expect(measured).toBeLessThan(102);
  }
});
