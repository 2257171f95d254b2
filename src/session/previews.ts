/**
 * Several designs running side by side for small live pictures of them: each from its start, with its first drill, over
 * and over. They take turns in one thread and rest when nobody looks. It must not know the page.
 */
import type { Design } from '../model/document.ts';
import { Runner } from './runner.ts';
import type { Frame, Layout } from './protocol.ts';

/** Pause between two slices of one design: small pictures need no more frames, ms. */
const TURN_MS = 60;
/** Long enough for what the drills of the examples do; then it begins again, simulated ms. */
export const PREVIEW_MS = 45_000;

export interface PreviewHost {
  /** Real time, ms. */
  now(): number;
  /** Calls `next` after so many ms. */
  wait(next: () => void, ms: number): void;
  /** The layout comes with the first frame of a run. */
  send(id: string, frame: Frame, layout: Layout | null): void;
}

export class Previews {
  private readonly runners = new Map<string, Runner>();

  constructor(private readonly host: PreviewHost) {}

  /** Starts a design, or goes on with it. */
  play(id: string, design: Design): void {
    const known = this.runners.get(id);
    if (known) return known.play();
    const { host } = this;
    const begin = () => {
      runner.load(design, design.drills[0]?.id ?? null);
      runner.play();
    };
    const runner: Runner = new Runner({
      now: () => host.now(),
      schedule: (next) =>
        host.wait(() => {
          // In between two slices: a run is never replaced from inside itself.
          if (runner.simMs >= PREVIEW_MS) begin();
          next();
        }, TURN_MS),
      send: (frame, layout) => host.send(id, frame, layout),
      // The picture just stands still: opening the design will say what is wrong with it.
      fail: () => this.runners.delete(id),
    });
    this.runners.set(id, runner);
    begin();
  }

  rest(id: string): void {
    this.runners.get(id)?.pause();
  }

  /** The page has had a frame; `spent` is the memory of earlier ones. */
  seen(id: string, spent: readonly ArrayBuffer[]): void {
    this.runners.get(id)?.acknowledge(spent);
  }
}
