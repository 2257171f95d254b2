/** Lays out off the main thread: a thousand nodes take seconds. One request, one answer. It must not know what asks. */
import { placeInLayers, type LayoutRequest } from './layers.ts';

self.onmessage = ({ data }: MessageEvent<LayoutRequest>) => {
  self.postMessage(placeInLayers(data));
};
