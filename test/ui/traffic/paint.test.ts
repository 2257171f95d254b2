// Dots run exactly on the curves of their links, answers backwards, and can be found by a point near them.
import { expect, it } from 'vitest';
import { pointAt } from '../../../src/ui/canvas/geometry.ts';
import { Dots } from '../../../src/ui/traffic/dots.ts';
import { Places, hitTest, paint, place, type Context } from '../../../src/ui/traffic/paint.ts';

const curve = {
  start: { x: 0, y: 0 },
  control1: { x: 50, y: 0 },
  control2: { x: 50, y: 80 },
  end: { x: 100, y: 80 },
};
const curves = Float32Array.from([0, 0, 50, 0, 50, 80, 100, 80]);
const view = { x: 10, y: 20, zoom: 2 };
const surface = { width: 800, height: 600, ratio: 1 };

function placed(backward: 0 | 1, zoom = view.zoom, request = 7) {
  const dots = new Dots(4);
  dots.add(Float64Array.from([0, request, 0, 100, backward, 0]));
  dots.advance(25, 1_000);
  const places = new Places(4);
  place(dots, curves, { ...view, zoom }, surface, places);
  return { dots, places };
}

it('a call is at a quarter of the curve after a quarter of its time, in screen pixels', () => {
  const { places } = placed(0);
  const { x, y } = pointAt(curve, 0.25);
  expect(places.x[0]).toBeCloseTo(x * 2 + 10, 3);
  expect(places.y[0]).toBeCloseTo(y * 2 + 20, 3);
});

it('an answer comes from the other end', () => {
  const { places } = placed(1);
  const { x, y } = pointAt(curve, 0.75);
  expect(places.x[0]).toBeCloseTo(x * 2 + 10, 3);
  expect(places.y[0]).toBeCloseTo(y * 2 + 20, 3);
});

it('a point near a dot finds its request, one farther away does not', () => {
  const { dots, places } = placed(0);
  expect(hitTest(dots, places, places.x[0] + 6, places.y[0] - 6, 11)).toBe(7);
  expect(hitTest(dots, places, places.x[0] + 12, places.y[0], 11)).toBeNull();
});

it('far away every other request is left out', () => {
  expect(placed(0, 0.3, 7).places.x[0]).toBeNaN();
  expect(placed(0, 0.3, 8).places.x[0]).not.toBeNaN();
});

it('a link that is not drawn has no dots', () => {
  const { dots } = placed(0);
  const places = new Places(4);
  place(dots, new Float32Array(8).fill(NaN), view, surface, places);
  expect(places.x[0]).toBeNaN();
});

it('one path is painted for each look that occurs, in its colour', () => {
  const { dots, places } = placed(0);
  const fills: string[] = [];
  const context = new Proxy({} as Record<string, unknown>, {
    get: (held, name) =>
      held[name as string] ?? (() => name === 'fill' && fills.push(String(held.fillStyle))),
    set: (held, name, value) => ((held[name as string] = value), true),
  }) as unknown as Context;
  paint(context, dots, places, view, surface, ['#brand', '#ink']);
  expect(fills).toEqual(['#brand']);
});
