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

export class Density {
  /** Dots that would be under way at a time if every hop were shown. */
  private offered = 0;
  private lastMs = NaN;
  private lastAt = NaN;

  /** Share of the requests to show for about `wanted` dots at a time; `now` is real time in ms. */
  share(hops: Float64Array, simMs: number, now: number, wanted: number): number {
    const passedSim = simMs - this.lastMs;
    const passed = now - this.lastAt;
    this.lastMs = simMs;
    this.lastAt = now;
    if (!(passedSim > 0) || !(passed > 0)) return this.shareFor(wanted);
    const realPerSim = passed / passedSim;
    let shownMs = 0;
    for (let at = 0; at + WIDTH <= hops.length; at += WIDTH) {
      shownMs += Math.max(LEAST_SHOWN_MS, (hops[at + ARRIVE] - hops[at + DEPART]) * realPerSim);
    }
    this.offered += (shownMs / passed - this.offered) * NEWEST;
    return this.shareFor(wanted);
  }

  private shareFor(wanted: number): number {
    return Math.min(1, wanted / Math.max(1, this.offered));
  }
}
