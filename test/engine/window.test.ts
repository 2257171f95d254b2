// A breaker's window holds exactly the last results, or those of the last whole seconds, whatever comes in.
import { describe, expect, it } from 'vitest';
import { createStream } from '../../src/engine/chance/random.ts';
import { ResultWindow } from '../../src/engine/link/window.ts';

const SECOND = 1_000_000_000;

interface Result {
  readonly failed: boolean;
  readonly slow: boolean;
  readonly at: number;
}

const counts = (window: ResultWindow) => [window.total, window.failed, window.slow];
const count = (results: readonly Result[]) => [
  results.length,
  results.filter((r) => r.failed).length,
  results.filter((r) => r.slow).length,
];

/** Results at random instants, with pauses of up to so many seconds. */
function randomResults(seed: number, pauses: number): Result[] {
  const stream = createStream(seed, 'test', 'window');
  let at = 0;
  return Array.from({ length: 400 }, () => {
    at += Math.floor(stream.uniform() * (stream.chance(0.05) ? pauses : 0.3) * SECOND);
    return { failed: stream.chance(0.4), slow: stream.chance(0.3), at };
  });
}

describe('the last N calls', () => {
  it.each([1, 2, 10, 100])('N = %d', (size) => {
    const window = new ResultWindow('count', size);
    const results = randomResults(size, 1);
    results.forEach((r, i) => {
      window.add(r.failed, r.slow, { now: r.at });
      expect(counts(window)).toEqual(count(results.slice(Math.max(0, i + 1 - size), i + 1)));
    });
  });

  it('lists them newest last: 0 ok, 1 failed, 2 slow', () => {
    const window = new ResultWindow('count', 3);
    window.add(true, false, { now: 0 });
    window.add(false, true, { now: 0 });
    window.add(true, true, { now: 0 });
    window.add(false, false, { now: 0 });
    expect(window.toArray()).toEqual([2, 1, 0]);
  });

  it('keeps the newest when it shrinks, and all when it grows', () => {
    const window = new ResultWindow('count', 4);
    for (const failed of [true, true, false, true, false]) window.add(failed, false, { now: 0 });
    expect(window.resized('count', 2).toArray()).toEqual([1, 0]);
    expect(window.resized('count', 9).toArray()).toEqual([1, 0, 1, 0]);
  });
});

describe('the last N seconds', () => {
  it.each([
    [1, 3],
    [2, 5],
    [10, 30],
    [60, 200],
  ])('N = %d: this second and the ones before it', (size, pauses) => {
    const window = new ResultWindow('time', size);
    const results = randomResults(size, pauses);
    results.forEach((r, i) => {
      window.add(r.failed, r.slow, { now: r.at });
      const now = Math.floor(r.at / SECOND);
      const inside = results.slice(0, i + 1).filter((x) => Math.floor(x.at / SECOND) > now - size);
      expect(counts(window)).toEqual(count(inside));
    });
  });

  it('keeps what still lies within it when its length changes', () => {
    const results = randomResults(5, 4);
    const last = Math.floor(results[results.length - 1].at / SECOND);
    const within = (size: number) => count(results.filter((r) => Math.floor(r.at / SECOND) > last - size));
    const filled = () => {
      const window = new ResultWindow('time', 10);
      for (const r of results) window.add(r.failed, r.slow, { now: r.at });
      return window;
    };
    expect(counts(filled().resized('time', 4))).toEqual(within(4));
    expect(counts(filled().resized('time', 30))).toEqual(within(10));
  });
});

it('an emptied window starts anew', () => {
  for (const kind of ['count', 'time'] as const) {
    const window = new ResultWindow(kind, 5);
    for (let i = 0; i < 9; i++) window.add(true, true, { now: i * SECOND });
    window.clear();
    expect(counts(window)).toEqual([0, 0, 0]);
    window.add(true, false, { now: 9 * SECOND });
    expect(counts(window)).toEqual([1, 1, 0]);
  }
});
