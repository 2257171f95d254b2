/**
 * The dots that are under way: one per hop of a frame, in columns of typed arrays, moved by the shown clock. It
 * must not know canvases, colours or React.
 */
import { HOP_FIELDS } from '../../session/protocol.ts';

/** More cannot be told apart, and would cost more than the rest of the page. */
export const MAX_DOTS = 4_000;
/** A hop of half a millisecond would never be seen: each stays on the screen for at least so many real ms. */
export const LEAST_SHOWN_MS = 450;

const WIDTH = HOP_FIELDS.length;
const [LINK, REQUEST, DEPART, ARRIVE, BACKWARD, LOOK] = HOP_FIELDS.map((_, index) => index);

export class Dots {
  count = 0;
  /** Share of the requests that is shown; a request is shown on all its links or on none. */
  keptShare = 1;
  readonly link: Int32Array;
  readonly request: Float64Array;
  readonly backward: Uint8Array;
  readonly look: Uint8Array;
  /** 0 at the start of the hop, 1 at its end; below 0 while it has not begun. */
  readonly progress: Float32Array;
  private readonly departMs: Float64Array;
  private readonly arriveMs: Float64Array;

  constructor(private readonly capacity = MAX_DOTS) {
    this.link = new Int32Array(capacity);
    this.request = new Float64Array(capacity);
    this.backward = new Uint8Array(capacity);
    this.look = new Uint8Array(capacity);
    this.progress = new Float32Array(capacity);
    this.departMs = new Float64Array(capacity);
    this.arriveMs = new Float64Array(capacity);
  }

  /** Takes over the hops of a frame; those beyond the capacity are left out. */
  add(hops: Float64Array): void {
    for (let at = 0; at + WIDTH <= hops.length && this.count < this.capacity; at += WIDTH) {
      if (!this.isKept(hops[at + REQUEST])) continue;
      const dot = this.count++;
      this.link[dot] = hops[at + LINK];
      this.request[dot] = hops[at + REQUEST];
      this.departMs[dot] = hops[at + DEPART];
      this.arriveMs[dot] = hops[at + ARRIVE];
      this.backward[dot] = hops[at + BACKWARD];
      this.look[dot] = hops[at + LOOK];
      this.progress[dot] = -1;
    }
  }

  /** Ids of sampled requests are evenly spaced: a multiplicative hash spreads the choice. */
  private isKept(request: number): boolean {
    return this.keptShare >= 1 || Math.imul(request, 0x9e3779b1) >>> 0 < this.keptShare * 2 ** 32;
  }

  clear(): void {
    this.count = 0;
  }

  /**
   * Moves every dot to where it is at `shownMs`, but none faster than `LEAST_SHOWN_MS` for its whole way; takes
   * away those that arrived. `realMs` is the real time since the last call.
   */
  advance(shownMs: number, realMs: number): void {
    const most = realMs / LEAST_SHOWN_MS;
    for (let dot = this.count - 1; dot >= 0; dot--) {
      const depart = this.departMs[dot];
      if (shownMs < depart) continue;
      const way = this.arriveMs[dot] - depart;
      const exact = way > 0 ? (shownMs - depart) / way : 1;
      const next = Math.min(exact, Math.max(0, this.progress[dot]) + most);
      if (next >= 1) this.remove(dot);
      // A clock that was set back must not move dots backwards.
      else if (next > this.progress[dot]) this.progress[dot] = next;
    }
  }

  /** The rows of links changed: `rows[old]` is the new one, −1 for a link that is gone. */
  renumber(rows: Int32Array): void {
    for (let dot = this.count - 1; dot >= 0; dot--) {
      const row = rows[this.link[dot]] ?? -1;
      if (row < 0) this.remove(dot);
      else this.link[dot] = row;
    }
  }

  /** The last one takes its place: order means nothing here. */
  private remove(dot: number): void {
    const last = --this.count;
    this.link[dot] = this.link[last];
    this.request[dot] = this.request[last];
    this.departMs[dot] = this.departMs[last];
    this.arriveMs[dot] = this.arriveMs[last];
    this.backward[dot] = this.backward[last];
    this.look[dot] = this.look[last];
    this.progress[dot] = this.progress[last];
  }
}
