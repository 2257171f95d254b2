/**
 * How fast clients follow a change of the answers: watches the share of requests that still go where the old answers led,
 * and says when half, 95 and 99 % of them have moved. It must not know why answers change.
 */
const STEPS = [
  { left: 0.5, words: 'Half' },
  { left: 0.05, words: '95 %' },
  { left: 0.01, words: '99 %' },
] as const;

/** Fewer requests in a window say nothing about a share. */
const ENOUGH = 20;

export class Shift {
  private sinceNs = 0;
  /** Largest stale share seen since the change. */
  private most = 0;
  private step: number = STEPS.length;

  /** Answers changed now. */
  begin(now: number): void {
    this.sinceNs = now;
    this.most = 0;
    this.step = 0;
  }

  /** What the window that ended now shows; a sentence when another part of the way is done. */
  look(stale: number, requests: number, now: number): string | null {
    if (this.step === STEPS.length || requests < ENOUGH) return null;
    const share = stale / requests;
    if (share > this.most) this.most = share;
    if (this.most === 0 || share > this.most * STEPS[this.step].left) return null;
    while (this.step < STEPS.length && share <= this.most * STEPS[this.step].left) this.step++;
    const { words } = STEPS[this.step - 1];
    const seconds = ((now - this.sinceNs) / 1e9).toFixed(1);
    return `${words} of the requests that followed old answers moved within ${seconds} s`;
  }
}
