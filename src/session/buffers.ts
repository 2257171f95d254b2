/**
 * The memory of frames: buffers go to the page with a frame and come back when the page is done with it, so that a run
 * in its stride allocates none. It must not know what the numbers in them mean.
 */
import type { Frame } from './protocol.ts';

/** Two frames under way, one on the screen and one being written, of seven buffers each; beyond twice that is waste. */
const MOST_FREE = 56;
/** Smaller ones are not worth telling apart, bytes. */
const LEAST_BYTES = 256;

const NOTHING = new ArrayBuffer(0);

export class BufferPool {
  /** Buffers made since the start: stands still once there are enough. */
  made = 0;
  private readonly free: ArrayBuffer[] = [];

  /** Room for at least so many bytes, with whatever was in it before; the smallest that will do. */
  take(bytes: number): ArrayBuffer {
    if (bytes === 0) return NOTHING;
    let best = -1;
    for (let i = 0; i < this.free.length; i++) {
      const { byteLength } = this.free[i];
      if (byteLength >= bytes && (best < 0 || byteLength < this.free[best].byteLength)) best = i;
    }
    if (best < 0) {
      this.made++;
      return new ArrayBuffer(roomFor(bytes));
    }
    const found = this.free[best];
    this.free[best] = this.free[this.free.length - 1];
    this.free.pop();
    return found;
  }

  giveBack(buffers: readonly ArrayBuffer[]): void {
    for (const buffer of buffers) {
      if (buffer.byteLength >= LEAST_BYTES && this.free.length < MOST_FREE) this.free.push(buffer);
    }
  }
}

/** The next power of two: frames differ in length, and few sizes find each other again. */
function roomFor(bytes: number): number {
  let room = LEAST_BYTES;
  while (room < bytes) room *= 2;
  return room;
}

/** The buffers of a frame that are still with it: for transfer, and to give back. Empty ones are not worth the way. */
export function buffersOf(frame: Frame): ArrayBuffer[] {
  const { nodes, units, links, hops, windows, windowFailures, windowHeat } = frame;
  return [nodes, units, links, hops, windows, windowFailures, windowHeat]
    .map((array) => array.buffer as ArrayBuffer)
    .filter(({ byteLength }) => byteLength > 0);
}
