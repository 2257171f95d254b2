/**
 * The page's handle of the scene: in a worker where a canvas can be handed over, on the page where not. Callers do
 * not see the difference. It must not know the run or React.
 */
import type { Scene, SceneAnswer, SceneMessage } from './scene.ts';

export interface Painter {
  send(message: Exclude<SceneMessage, { type: 'canvas' | 'hit' }>, transfer?: Transferable[]): void;
  /** The request whose dot is drawn near a point of the canvas (CSS pixels from its corner). */
  hitTest(x: number, y: number): Promise<number | null>;
  stop(): void;
}

/** `onSpent` gets back the buffers of hops that were handed over with frames. */
export function createPainter(canvas: HTMLCanvasElement, onSpent: (buffer: ArrayBuffer) => void): Painter {
  const canHandOver = typeof Worker === 'function' && 'transferControlToOffscreen' in canvas;
  return canHandOver ? paintInWorker(canvas, onSpent) : paintOnPage(canvas);
}

function paintInWorker(canvas: HTMLCanvasElement, onSpent: (buffer: ArrayBuffer) => void): Painter {
  const worker = new Worker(new URL('./painter.worker.ts', import.meta.url), {
    type: 'module',
    name: 'painter',
  });
  const offscreen = canvas.transferControlToOffscreen();
  worker.postMessage({ type: 'canvas', canvas: offscreen } satisfies SceneMessage, [offscreen]);
  const asked = new Map<number, (request: number | null) => void>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<SceneAnswer>) => {
    if (data.type === 'spent') return onSpent(data.buffer);
    asked.get(data.id)?.(data.request);
    asked.delete(data.id);
  };
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    hitTest: (x, y) =>
      new Promise((resolve) => {
        asked.set(++last, resolve);
        worker.postMessage({ type: 'hit', id: last, x, y } satisfies SceneMessage);
      }),
    stop() {
      worker.terminate();
      for (const resolve of asked.values()) resolve(null);
    },
  };
}

/** The scene is fetched only where it has to be drawn here; what is sent before is kept in order. */
function paintOnPage(canvas: HTMLCanvasElement): Painter {
  let stopped = false;
  let scene: Scene | null = null;
  let early: Parameters<Painter['send']>[0][] = [];
  void import('./scene.ts').then(({ Scene }) => {
    scene = new Scene(
      (then) => requestAnimationFrame(() => !stopped && then()),
      () => performance.now(),
    );
    scene.drawOn(canvas, canvas.getContext('2d'));
    for (const message of early) scene.receive(message);
    early = [];
  });
  return {
    send: (message) => (scene ? scene.receive(message) : void early.push(message)),
    hitTest: (x, y) => Promise.resolve(scene?.hit(x, y) ?? null),
    stop: () => (stopped = true),
  };
}
