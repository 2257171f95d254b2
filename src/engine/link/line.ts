/**
 * The bandwidth of one link, the same in both directions: messages of one direction leave one after the other, each takes
 * the time of its bits, and what comes meanwhile waits. It must not know calls, latency, or what a message means.
 */

/** From the caller to the callee, and answers. */
export const OUT = 0;
export const BACK = 1;

export interface Bandwidth {
  readonly nsPerByte: number;
  /** Of a request and of an answer, with everything that travels with it. */
  readonly requestBytes: number;
  readonly answerBytes: number;
}

export class Line {
  /** By direction: when all it was given is sent, and how long all it was ever given takes, ns. */
  private readonly freeAt = new Float64Array(2);
  private readonly given = new Float64Array(2);
  private readonly busyBefore = new Float64Array(2);
  /** Of the last closed window, the share of the time that it was sending, by direction; NaN before. */
  readonly busyShare = new Float64Array(2).fill(NaN);

  /** Takes a message that needs so long, ns, and leaves in `due` of `clock` when its last bit is sent. */
  send(direction: number, ns: number, clock: { readonly time: number; due: number }): void {
    const { freeAt, given } = this;
    const free = freeAt[direction];
    const from = free > clock.time ? free : clock.time;
    freeAt[direction] = clock.due = from + ns;
    given[direction] += ns;
  }

  /** How long a message waits that comes now, ns. */
  waitNs(direction: number, now: number): number {
    return Math.max(0, this.freeAt[direction] - now);
  }

  closeWindow(now: number, lengthNs: number): void {
    for (const direction of [OUT, BACK]) {
      // What it was given and has not sent yet is still to come.
      const busy = this.given[direction] - this.waitNs(direction, now);
      this.busyShare[direction] = (busy - this.busyBefore[direction]) / lengthNs;
      this.busyBefore[direction] = busy;
    }
  }
}
