// The feed tells the painter what changed, and nothing else; a click near a dot gives its request.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CanvasGeometry } from '../../../src/ui/canvas/geometry.ts';
import { feedPainter } from '../../../src/ui/traffic/feed.ts';
import { pickDots } from '../../../src/ui/traffic/pick.ts';
import type { SceneMessage } from '../../../src/ui/traffic/scene.ts';
import { startRun, type Started } from '../run/started.ts';
import { eventually } from '../../session/patience.ts';

let started: Started;
beforeEach(async () => void (started = await startRun()));
afterEach(() => started.run.dispose());

function fed() {
  const told: SceneMessage[] = [];
  const painter = { send: (message: SceneMessage) => told.push(message), hitTest: async () => 7, stop() {} };
  const moved = new Set<() => void>();
  const state = { x: 0, curves: 1 };
  const geometry: CanvasGeometry = {
    curve: () => {
      const at = { x: state.curves, y: 0 };
      return { start: at, control1: at, control2: at, end: at };
    },
    viewport: () => ({ x: state.x, y: 0, zoom: 1 }),
    subscribe: (listener) => {
      moved.add(listener);
      return () => moved.delete(listener);
    },
  };
  const stop = feedPainter(painter, started.run, geometry, document.createElement('div'));
  const take = () => told.splice(0).map((message) => message.type);
  const move = async () => {
    moved.forEach((listener) => listener());
    await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  return { told, take, move, state, stop };
}

it('starts with colours, surface, links and curves', () => {
  const { take, stop } = fed();
  expect(take()).toEqual(['colours', 'surface', 'renumber', 'view', 'curves', 'view']);
  stop();
});

it('moving the view sends the view, curves only when they changed', async () => {
  const { take, move, state, stop } = fed();
  take();
  state.x = 50;
  await move();
  expect(take()).toEqual(['view']);
  state.curves = 2;
  await move();
  expect(take()).toEqual(['view', 'curves']);
  stop();
  await move();
  expect(take()).toEqual([]);
});

it('each frame is passed on with its hops, a new run clears', async () => {
  const { take, told, stop } = fed();
  take();
  started.worker().api.advance(100);
  await eventually(() => expect(told.map((message) => message.type)).toEqual(['frame']));
  expect(told[0]).toMatchObject({ simMs: 100, playing: false });
  take();
  started.run.restart();
  await eventually(() => expect(told.map((message) => message.type)).toContain('clear'));
  stop();
});

it('a changed theme sends other colours', async () => {
  const { take, stop } = fed();
  take();
  document.documentElement.dataset.theme = 'dark';
  await eventually(() => expect(take()).toEqual(['colours']));
  stop();
});

it('a click on the empty canvas near a dot picks its request, one on a node does not', async () => {
  const root = document.createElement('div');
  for (const name of ['react-flow__pane', 'node']) {
    root.append(Object.assign(document.createElement('div'), { className: name }));
  }
  const picked: number[] = [];
  const stop = pickDots(root, root, { hitTest: async () => 7 }, (request) => picked.push(request));
  root.querySelector<HTMLElement>('.node')?.click();
  await Promise.resolve();
  expect(picked).toEqual([]);
  root.querySelector<HTMLElement>('.react-flow__pane')?.click();
  await eventually(() => expect(picked).toEqual([7]));
  stop();
});
