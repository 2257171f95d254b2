/**
 * Client throttling ("Handling Overload" of the SRE book): a caller unit whose calls the callee does not take on rejects
 * some of them itself, so that the callee need not. It must not know why the callee did not take them on.
 */
import type { Core } from '../core.ts';
import type { Stream } from '../chance/random.ts';
import { SlidingCount } from './slidingcount.ts';
import { NS_PER_MS } from '../time.ts';

/** Two minutes, as the book has it. */
const SLICES = 12;
const SLICE_NS = 10_000 * NS_PER_MS;

interface Seen {
  readonly requests: SlidingCount;
  readonly accepts: SlidingCount;
}

export class Throttle {
  /** Calls rejected, over all units. */
  rejected = 0;
  private readonly core: Core;
  private readonly chance: Stream;
  private readonly byUnit: (Seen | undefined)[] = [];

  constructor(core: Core, id: string) {
    this.core = core;
    this.chance = core.stream(id, 'throttle');
  }

  /** Counts a call of the unit, and says whether to reject it: p = max(0, (requests − k · accepts) / (requests + 1)). */
  rejects(unit: number, k: number): boolean {
    const { requests, accepts } = this.at(unit);
    const p = (requests.total - k * accepts.total) / (requests.total + 1);
    requests.add(1);
    if (p <= 0 || !this.chance.chance(p)) return false;
    this.rejected++;
    return true;
  }

  /** The callee took on a call of the unit. */
  accepted(unit: number): void {
    this.at(unit).accepts.add(1);
  }

  /** The process of a unit is gone, and what it knew. */
  forget(unit: number): void {
    this.byUnit[unit] = undefined;
  }

  private at(unit: number): Seen {
    const seen = (this.byUnit[unit] ??= {
      requests: new SlidingCount(SLICES, SLICE_NS),
      accepts: new SlidingCount(SLICES, SLICE_NS),
    });
    seen.requests.moveTo(this.core.now);
    seen.accepts.moveTo(this.core.now);
    return seen;
  }
}
