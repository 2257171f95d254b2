// Density: of many requests a share is shown, so that dots stand apart; in slow motion all of them are.
import { expect, it } from 'vitest';
import { LEAST_SHOWN_MS } from '../../../src/ui/traffic/dots.ts';
import { Density } from '../../../src/ui/traffic/density.ts';

const FRAME_MS = 33;
/** Frames with so many hops of 1 ms each, for eight seconds, at a speed. */
function shareAfter(hopsPerFrame: number, speed: number, wanted: number): number {
  const density = new Density();
  let share = 1;
  for (let frame = 0; frame < 240; frame++) {
    const hops = Array.from({ length: hopsPerFrame }, (_, n) => [
      0,
      n,
      frame * 33,
      frame * 33 + 1,
      0,
      0,
    ]).flat();
    share = density.share(Float64Array.from(hops), frame * FRAME_MS * speed, frame * FRAME_MS, wanted);
  }
  return share;
}

it('66 hops a frame are 900 dots at a time: for 100 of them one request in nine is shown', () => {
  const offered = (66 * LEAST_SHOWN_MS) / FRAME_MS;
  expect(shareAfter(66, 1, 100)).toBeCloseTo(100 / offered, 2);
});

it('few requests are all shown', () => {
  expect(shareAfter(3, 1, 100)).toBe(1);
});

it('in slow motion a hop of 1 ms takes a second, and counts as long', () => {
  expect(shareAfter(10, 1 / 1000, 100)).toBeCloseTo(100 / ((10 * 1_000) / FRAME_MS), 1);
});

it('a frame between two ticks, after an order, does not make the dots vanish', () => {
  const density = new Density();
  const hops = Float64Array.from(Array.from({ length: 10 }, (_, n) => [0, n, 0, 20, 0, 0]).flat());
  let share = 1;
  for (let frame = 0; frame < 60; frame++) share = density.share(hops, frame * 33, frame * 33, 100);
  const before = share;
  expect(density.share(hops, 59 * 33 + 1e-6, 59 * 33 + 5, 100)).toBeGreaterThan(before * 0.8);
});
