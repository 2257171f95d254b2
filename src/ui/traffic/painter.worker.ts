/**
 * The painter's own thread: draws the moving dots on an OffscreenCanvas, so that no number of them can make the page
 * stutter. It must not know anything but the scene.
 */
import { Scene, type SceneAnswer, type SceneMessage } from './scene.ts';

const PICTURE_MS = 16;
const schedule = (then: () => void) => {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(then);
  else setTimeout(then, PICTURE_MS);
};
const scene = new Scene(schedule, () => performance.now());

self.onmessage = ({ data }: MessageEvent<SceneMessage>) => {
  if (data.type === 'canvas') scene.drawOn(data.canvas, data.canvas.getContext('2d'));
  else if (data.type === 'hit') {
    const answer: SceneAnswer = { type: 'hit', id: data.id, request: scene.hit(data.x, data.y) };
    self.postMessage(answer);
  } else {
    scene.receive(data);
    if (data.type === 'frame') giveBack(data.hops.buffer as ArrayBuffer);
  }
};

function giveBack(buffer: ArrayBuffer): void {
  const answer: SceneAnswer = { type: 'spent', buffer };
  if (buffer.byteLength > 0) self.postMessage(answer, { transfer: [buffer] });
}
