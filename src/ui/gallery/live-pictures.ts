/**
 * The page's side of the small live pictures: one worker for all of them, started with the first that is looked at and
 * ended with the gallery. It must not know how anything is drawn.
 */
import { buffersOf } from '../../session/buffers.ts';
import type { PreviewFrame, PreviewOrder } from '../../session/previews.worker.ts';
import type { Frame, Layout } from '../../session/protocol.ts';
import type { Design } from '../../model/document.ts';

/** A frame may be read until this returns: its memory then goes back. */
export type PreviewListener = (frame: Frame, layout: Layout | null) => void;

export interface LivePictures {
  /** Runs while it is looked at. Gives the way out. */
  show(id: string, design: Design, listener: PreviewListener): () => void;
  stop(): void;
}

export function createLivePictures(): LivePictures {
  const listeners = new Map<string, PreviewListener>();
  let worker: Worker | null = null;
  const send = (order: PreviewOrder, transfer: Transferable[] = []) => worker?.postMessage(order, transfer);
  const start = () => {
    worker = new Worker(new URL('../../session/previews.worker.ts', import.meta.url), {
      type: 'module',
      name: 'previews',
    });
    worker.onmessage = ({ data: { id, frame, layout } }: MessageEvent<PreviewFrame>) => {
      listeners.get(id)?.(frame, layout);
      const spent = buffersOf(frame);
      send({ type: 'seen', id, spent }, spent);
    };
  };
  return {
    show(id, design, listener) {
      if (!worker) start();
      listeners.set(id, listener);
      send({ type: 'play', id, design });
      return () => {
        listeners.delete(id);
        send({ type: 'rest', id });
      };
    },
    stop() {
      worker?.terminate();
      worker = null;
      listeners.clear();
    },
  };
}
