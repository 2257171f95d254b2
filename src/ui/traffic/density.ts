/**
 * How many of the sampled requests are shown, so that dots stand apart on their links however fast the run is. Looks at
 * what frames bring, never at what is shown: that would swing. It must not know canvases.
 */
import { HOP_FIELDS } from '../../session/protocol.ts';
import { LEAST_SHOWN_MS } from './dots.ts';

const WIDTH = HOP_FIELDS.length;
const DEPART = HOP_FIELDS.indexOf('departMs');
const ARRIVE = HOP_FIELDS.indexOf('arriveMs');
/** Weight of the newest frame: the mean of about the last half second. */
const NEWEST = 0.08;
/** Until frames tell otherwise: so far apart, at normal speed, and with nothing in them. */
const FRAME_MS = 33;

export class Density {
  /** Means per frame: simulated ms, real ms, and real ms on the screen of all its hops together. */
  private sim = FRAME_MS;
  private real = FRAME_MS;
  private shown = 0;
  private lastMs = NaN;
  private lastAt = NaN;

  /** Share of the requests to show for about `wanted` dots at a time; `now` is real time in ms. */
  share(hops: Float64Array, simMs: number, now: number, wanted: number): number {
    const passedSim = simMs - this.lastMs;
    const passed = now - this.lastAt;
    this.lastMs = simMs;
    this.lastAt = now;
    if (passedSim >= 0 && passed >= 0) this.learn(hops, passedSim, passed);
    // Dots under way at a time if every hop were shown.
    const offered = this.shown / this.real;
    return Math.min(1, wanted / Math.max(1, offered));
  }

  private learn(hops: Float64Array, passedSim: number, passed: number): void {
    this.sim += (passedSim - this.sim) * NEWEST;
    this.real += (passed - this.real) * NEWEST;
    // The ratio of means, not the mean of ratios: frames between two ticks have next to no time in them.
    const realPerSim = this.sim > 0 ? this.real / this.sim : 0;
    let shown = 0;
    for (let at = 0; at + WIDTH <= hops.length; at += WIDTH) {
      shown += Math.max(LEAST_SHOWN_MS, (hops[at + ARRIVE] - hops[at + DEPART]) * realPerSim);
    }
    this.shown += (shown - this.shown) * NEWEST;
  }
}
