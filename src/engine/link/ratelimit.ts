/**
 * A caller's own rate limit: a token bucket for each of its units. A call that finds none is rejected, or takes one that
 * is yet to come and waits for it. It must not know calls.
 */
const NS_PER_SECOND = 1_000_000_000;

export interface RateLimitSettings {
  /** Tokens per second, above 0. */
  readonly perSecond: number;
  /** Tokens that are kept at most, at least 1. */
  readonly burst: number;
  /** How long a call may wait for its token, ns; 0 = not at all. */
  readonly mostWaitNs: number;
}

/** Instead of a wait: there is no token in time. */
export const NO_TOKEN = -1;

export class RateLimit {
  /** Calls rejected and calls that waited, over all units. */
  rejected = 0;
  heldBack = 0;
  /** By unit: when the bucket would be full again, ns (the bucket as one number: GCRA). */
  private readonly fullAt: number[] = [];

  /** How long a call of the unit has to wait, ns, and takes its token; or NO_TOKEN. */
  admit(unit: number, now: number, { perSecond, burst, mostWaitNs }: RateLimitSettings): number {
    const perToken = NS_PER_SECOND / perSecond;
    const fullAt = Math.max(now, this.fullAt[unit] ?? 0);
    const wait = Math.max(0, Math.ceil(fullAt - (burst - 1) * perToken - now - 1e-3));
    if (wait > mostWaitNs) {
      this.rejected++;
      return NO_TOKEN;
    }
    this.fullAt[unit] = fullAt + perToken;
    if (wait > 0) this.heldBack++;
    return wait;
  }

  /** The process of a unit is gone; the next one begins with a full bucket. */
  forget(unit: number): void {
    if (unit < this.fullAt.length) this.fullAt[unit] = 0;
  }
}
