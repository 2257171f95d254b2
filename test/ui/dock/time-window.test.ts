// The window of the timeline follows the clock until people move it, and never leaves the run.
import { expect, it } from 'vitest';
import {
  INITIAL_WINDOW,
  domainOf,
  panTime,
  showStretch,
  tickLabel,
  timeTicks,
  zoomTime,
} from '../../../src/ui/dock/time-window.ts';

it('following, it starts at 0 and later keeps a tenth of its width free for what comes', () => {
  expect(domainOf(INITIAL_WINDOW, 20_000)).toEqual([0, 90_000]);
  expect(domainOf(INITIAL_WINDOW, 181_000)).toEqual([100_000, 190_000]);
});

it('zooming while following keeps following', () => {
  expect(zoomTime(INITIAL_WINDOW, 20_000, 2, 0)).toEqual({ spanMs: 180_000, endMs: null });
});

it('zooming a window that stands keeps the instant under the pointer in its place', () => {
  const window = { spanMs: 40_000, endMs: 60_000 };
  const zoomed = zoomTime(window, 100_000, 0.5, 30_000);
  expect(domainOf(zoomed, 100_000)).toEqual([25_000, 45_000]);
});

it('panning stops following and ends at the start of the run', () => {
  const panned = panTime(INITIAL_WINDOW, 181_000, -30_000);
  expect(domainOf(panned, 181_000)).toEqual([70_000, 160_000]);
  expect(domainOf(panTime(panned, 181_000, -1e9), 181_000)).toEqual([0, 90_000]);
});

it('a brushed stretch is shown exactly, however it was brushed', () => {
  expect(domainOf(showStretch(50_000, 30_000, 90_000), 90_000)).toEqual([30_000, 50_000]);
});

it('ticks are round and far enough apart', () => {
  expect(timeTicks([0, 90_000], 1_292, 80)).toEqual(
    [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((s) => s * 1_000),
  );
  expect(timeTicks([60_000, 360_000], 600, 80)).toEqual([60, 120, 180, 240, 300, 360].map((s) => s * 1_000));
  expect([0, 10_000, 500, 90_000, 600_000].map(tickLabel)).toEqual(['0s', '10s', '0.5s', '1:30', '10:00']);
});
