/**
 * Rhythms slower than frames: who shows live values is called after new frames, but at most every so often. All of one
 * rhythm are called in the same picture, so that the page is laid out once for all of them. It must not know React.
 */
import type { Live } from './live.ts';

/** Bars, widths and charts: often enough to be seen moving, seldom enough that the page rests between two beats. */
export const BEAT_MS = 125;

const beats = new WeakMap<Live, Map<number, Beat>>();

/** The last frame is never lost: it is told of at the next beat. Returns the way out. */
export function everyAtMost(live: Live, everyMs: number, then: () => void): () => void {
  const known = beats.get(live) ?? new Map<number, Beat>();
  beats.set(live, known);
  const beat = known.get(everyMs) ?? new Beat(live, everyMs);
  known.set(everyMs, beat);
  return beat.join(then);
}

class Beat {
  /** Wrapped, for the same function may join twice. */
  private readonly members = new Set<{ readonly then: () => void }>();
  private number = -Infinity;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private leave: (() => void) | null = null;

  constructor(
    private readonly live: Live,
    private readonly everyMs: number,
  ) {}

  join(then: () => void): () => void {
    const member = { then };
    this.members.add(member);
    this.leave ??= this.live.subscribe(this.hear);
    return () => {
      this.members.delete(member);
      if (this.members.size === 0) this.rest();
    };
  }

  private rest(): void {
    this.leave?.();
    this.leave = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.number = -Infinity;
  }

  private hear = (): void => {
    const now = performance.now();
    if (Math.floor(now / this.everyMs) > this.number) this.strike();
    else this.timer ??= setTimeout(this.strike, this.everyMs - (now % this.everyMs));
  };

  private strike = (): void => {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.number = Math.floor(performance.now() / this.everyMs);
    for (const { then } of this.members) then();
  };
}
