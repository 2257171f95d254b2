// The shown clock runs evenly between frames, never ahead of them, and stands still when the run does.
import { expect, it } from 'vitest';
import { Playback } from '../../../src/ui/traffic/playback.ts';

const SETTLE_MS = 450;
/** Frames every 33 ms of real time at normal speed, pictures every 11. */
function played(frames: number): Playback {
  const playback = new Playback(SETTLE_MS);
  for (let frame = 0; frame < frames; frame++) {
    playback.receive(frame * 33, true, frame * 33);
    for (const part of [0, 11, 22]) playback.advance(frame * 33 + part);
  }
  return playback;
}

it('moves in even steps towards the latest frame and not beyond it', () => {
  const playback = played(30);
  const target = 30 * 33;
  playback.receive(target, true, target);
  const steps = [];
  let before = playback.shownMs;
  for (let now = target; now <= target + 33; now += 11) {
    playback.advance(now);
    steps.push(playback.shownMs - before);
    before = playback.shownMs;
  }
  for (const step of steps) expect(step).toBeGreaterThan(7);
  for (const step of steps) expect(step).toBeLessThan(15);
  expect(playback.shownMs).toBeLessThanOrEqual(target);
  playback.advance(target + 500);
  expect(playback.shownMs).toBe(target);
});

it('gives dots no time while the run is paused', () => {
  const playback = played(10);
  playback.receive(300, false, 340);
  expect(playback.advance(356)).toBe(0);
  expect(playback.isMoving(360)).toBe(false);
});

it('after a single step dots may move until they can have been seen', () => {
  const playback = played(10);
  playback.receive(300, false, 340);
  playback.receive(301, false, 5_000);
  expect(playback.advance(5_010)).toBeGreaterThan(0);
  expect(playback.isMoving(5_000 + SETTLE_MS - 1)).toBe(true);
  expect(playback.isMoving(5_000 + SETTLE_MS)).toBe(false);
});

it('a frame from before the present one means a new run', () => {
  const playback = played(10);
  playback.receive(0, false, 400);
  expect(playback.shownMs).toBe(0);
});

it('a hidden tab that comes back does not make dots jump', () => {
  const playback = played(10);
  expect(playback.advance(60_000)).toBeLessThanOrEqual(100);
});
