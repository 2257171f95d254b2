// Dots: each hop is on its link from departure to arrival, but never so fast that it cannot be seen.
import { expect, it } from 'vitest';
import { Dots, LEAST_SHOWN_MS } from '../../../src/ui/traffic/dots.ts';

/** link, request, departs, arrives, backward, look. */
const hop = (request: number, departMs: number, arriveMs: number, link = 0) => [
  link,
  request,
  departMs,
  arriveMs,
  0,
  0,
];
const dotsWith = (...hops: number[][]) => {
  const dots = new Dots(4);
  dots.add(Float64Array.from(hops.flat()));
  return dots;
};

it('in slow motion a dot is exactly where the clock says', () => {
  const dots = dotsWith(hop(1, 100, 110));
  dots.advance(102.5, LEAST_SHOWN_MS);
  expect(dots.progress[0]).toBeCloseTo(0.25);
  dots.advance(107.5, LEAST_SHOWN_MS);
  expect(dots.progress[0]).toBeCloseTo(0.75);
  dots.advance(110, LEAST_SHOWN_MS);
  expect(dots.count).toBe(0);
});

it('a hop of half a millisecond takes its least time on the screen', () => {
  const dots = dotsWith(hop(1, 100, 100.5));
  dots.advance(120, LEAST_SHOWN_MS / 3);
  expect(dots.progress[0]).toBeCloseTo(1 / 3);
  dots.advance(140, LEAST_SHOWN_MS / 3);
  expect(dots.progress[0]).toBeCloseTo(2 / 3);
  dots.advance(160, LEAST_SHOWN_MS / 3 + 1);
  expect(dots.count).toBe(0);
});

it('a dot that has not departed is not shown', () => {
  const dots = dotsWith(hop(1, 100, 110));
  dots.advance(99.9, 16);
  expect(dots.progress[0]).toBe(-1);
});

it('an arrived dot leaves, the others stay what they were', () => {
  const dots = dotsWith(hop(1, 0, 10), hop(2, 0, 1_000, 3), hop(3, 0, 20));
  dots.advance(10, LEAST_SHOWN_MS);
  expect(dots.count).toBe(2);
  expect([...dots.request.subarray(0, 2)].sort()).toEqual([2, 3]);
  const second = [...dots.request].indexOf(2);
  expect(dots.link[second]).toBe(3);
  expect(dots.progress[second]).toBeCloseTo(0.01);
});

it('beyond the capacity of 4 dots are left out', () => {
  const dots = dotsWith(...[1, 2, 3, 4, 5, 6].map((request) => hop(request, 0, 10)));
  expect(dots.count).toBe(4);
});

it('dots follow their links to new rows and leave with links that are gone', () => {
  const dots = dotsWith(hop(1, 0, 10, 0), hop(2, 0, 10, 1));
  dots.renumber(Int32Array.from([-1, 0]));
  expect(dots.count).toBe(1);
  expect(dots.request[0]).toBe(2);
  expect(dots.link[0]).toBe(0);
});

it('a request that is left out is left out on all its links', () => {
  const dots = new Dots(4_000);
  dots.keptShare = 0.25;
  const requests = Array.from({ length: 1_000 }, (_, request) => request * 16);
  dots.add(
    Float64Array.from(requests.flatMap((request) => [...hop(request, 0, 10, 0), ...hop(request, 5, 10, 1)])),
  );
  const shown = [...dots.request.subarray(0, dots.count)];
  expect(shown.length).toBeGreaterThan(300);
  expect(shown.length).toBeLessThan(700);
  for (const request of shown) expect(shown.filter((other) => other === request)).toHaveLength(2);
});
