/** The thread of the small live pictures: passes orders to them and frames from them. Nothing is decided here. */
import type { Design } from '../model/document.ts';
import { buffersOf } from './buffers.ts';
import { Previews } from './previews.ts';
import type { Frame, Layout } from './protocol.ts';

/** What the page asks for. */
export type PreviewOrder =
  | { readonly type: 'play'; readonly id: string; readonly design: Design }
  | { readonly type: 'rest'; readonly id: string }
  | { readonly type: 'seen'; readonly id: string; readonly spent: readonly ArrayBuffer[] };

export interface PreviewFrame {
  readonly id: string;
  readonly frame: Frame;
  readonly layout: Layout | null;
}

const previews = new Previews({
  now: () => performance.now(),
  wait: (next, ms) => setTimeout(next, ms),
  send: (id, frame, layout) =>
    self.postMessage({ id, frame, layout } satisfies PreviewFrame, { transfer: buffersOf(frame) }),
});

self.onmessage = ({ data }: MessageEvent<PreviewOrder>) => {
  if (data.type === 'play') previews.play(data.id, data.design);
  else if (data.type === 'rest') previews.rest(data.id);
  else previews.seen(data.id, data.spent);
};
