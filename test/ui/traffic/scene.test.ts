// The scene paints while something moves and rests while nothing does.
import { expect, it } from 'vitest';
import { Scene } from '../../../src/ui/traffic/scene.ts';
import type { Context } from '../../../src/ui/traffic/paint.ts';

function sceneWithPictures() {
  const due: (() => void)[] = [];
  let now = 0;
  const scene = new Scene(
    (then) => due.push(then),
    () => now,
  );
  const context = new Proxy({}, { get: () => () => {}, set: () => true }) as unknown as Context;
  scene.drawOn({ width: 0, height: 0 }, context);
  scene.receive({ type: 'surface', surface: { width: 400, height: 300, ratio: 2 } });
  scene.receive({ type: 'curves', curves: Float32Array.from([0, 50, 0, 50, 100, 50, 100, 50]) });
  const picture = (passedMs: number) => {
    now += passedMs;
    due.splice(0).forEach((then) => then());
  };
  picture(16);
  return { scene, picture, isAwake: () => due.length > 0 };
}

const frame = (simMs: number, playing: boolean, ...hops: number[]) =>
  ({ type: 'frame', simMs, playing, hops: Float64Array.from(hops) }) as const;

it('moves a dot from picture to picture and can be asked for it', () => {
  const { scene, picture, isAwake } = sceneWithPictures();
  scene.receive(frame(0, true));
  picture(16);
  scene.receive(frame(33, true, 0, 42, 10, 10.5, 0, 0));
  picture(33);
  picture(33);
  expect(isAwake()).toBe(true);
  const found = Array.from({ length: 101 }, (_, x) => scene.hit(x, 50)).filter((request) => request !== null);
  expect(new Set(found)).toEqual(new Set([42]));
});

it('rests once paused, and wakes for a moved view', () => {
  const { scene, picture, isAwake } = sceneWithPictures();
  scene.receive(frame(33, true, 0, 42, 10, 10.5, 0, 0));
  picture(16);
  scene.receive(frame(40, false));
  picture(16);
  expect(isAwake()).toBe(false);
  scene.receive({ type: 'view', view: { x: 5, y: 5, zoom: 1 } });
  expect(isAwake()).toBe(true);
  picture(16);
  expect(isAwake()).toBe(false);
});

it('a new run has no dots of the old one', () => {
  const { scene, picture } = sceneWithPictures();
  scene.receive(frame(33, true, 0, 42, 10, 10.5, 0, 0));
  picture(33);
  scene.receive({ type: 'clear' });
  picture(16);
  for (let x = 0; x <= 100; x++) expect(scene.hit(x, 50)).toBeNull();
});
