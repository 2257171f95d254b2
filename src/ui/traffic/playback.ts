/**
 * The simulated clock as it is shown: frames bring instants some thirty times a second, the eye wants one for
 * every picture. Runs evenly towards the latest frame and never ahead of it. It must not know what is drawn.
 */

/** Pictures that come later than this after the one before do not make dots jump. */
const LONGEST_STEP_MS = 100;
/** Frames are expected as far apart as lately, within these bounds. */
const FRAME_MS = { least: 8, most: 250 };
/** The target is reached a little later than the next frame is due, so that a late one does not stop the clock. */
const SLACK = 1.3;

export class Playback {
  /** Simulated instant that is on the screen. */
  shownMs = 0;
  private targetMs = 0;
  private playing = false;
  private between = 33;
  private arrivedAt = -Infinity;
  private dueAt = 0;
  private lastAt = -Infinity;
  private movesUntil = -Infinity;

  /** How long a dot may still move after single steps, in real ms. */
  constructor(private readonly settleMs: number) {}

  receive(simMs: number, playing: boolean, now: number): void {
    if (simMs < this.targetMs) this.reset(simMs);
    const passed = Math.min(FRAME_MS.most, Math.max(FRAME_MS.least, now - this.arrivedAt));
    if (playing) this.between += (passed - this.between) * 0.2;
    // A single step: time stood still before it and does so after it, yet its dots are to be seen moving.
    if (!playing && !this.playing && simMs > this.targetMs) this.movesUntil = now + this.settleMs;
    if (playing && !this.playing) this.lastAt = now;
    this.arrivedAt = now;
    this.dueAt = now + this.between * SLACK;
    this.targetMs = simMs;
    this.playing = playing;
  }

  reset(simMs = 0): void {
    this.shownMs = simMs;
    this.targetMs = simMs;
  }

  /** Moves the clock on to a real instant. Gives the real ms that dots may move by; 0 while all stands still. */
  advance(now: number): number {
    const passed = Math.min(LONGEST_STEP_MS, Math.max(0, now - this.lastAt));
    const left = this.dueAt - this.lastAt;
    this.lastAt = now;
    const share = left > passed ? passed / left : 1;
    this.shownMs += (this.targetMs - this.shownMs) * share;
    return this.isMoving(now) ? passed : 0;
  }

  isMoving(now: number): boolean {
    return this.playing || now < this.movesUntil;
  }
}
