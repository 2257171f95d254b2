/**
 * The algorithms that limit a rate, one state for each key. Every one answers the same question: may this request pass,
 * and when. It must not know requests.
 */
import type { GatewayParams } from './spec.ts';

type Algorithm = GatewayParams['algorithm'];

const MS = 1e6;
const SECOND = 1e9;

export interface Limit {
  /** Requests per second, above 0 (buckets). */
  readonly rate: number;
  /** Requests that may come at once beyond the rate (buckets). */
  readonly burst: number;
  /** Requests per window, and its length in ns (windows, cycles). */
  readonly perWindow: number;
  readonly windowNs: number;
  /** How long a request may be held back, ns; 0 = it is turned away at once. */
  readonly maxWaitNs: number;
}

/** `admit` gives the wait before the request passes (ns, 0 = at once), or, when it does not, −1 − the time until it might. */
export abstract class Limiter {
  protected readonly limit: Limit;

  constructor(limit: Limit) {
    this.limit = limit;
  }

  abstract admit(now: number): number;

  protected refuse(waitNs: number): number {
    return -1 - Math.max(0, waitNs);
  }
}

/** Null for no limit. `undelayed`: of a leaky bucket, requests over the rate that are not held back. */
export function createLimiter(algorithm: Algorithm, limit: Limit, undelayed: number): Limiter | null {
  switch (algorithm) {
    case 'tokenBucket':
      return new TokenBucket(limit);
    case 'gcra':
      return new Gcra(limit);
    case 'leakyBucket':
      return new LeakyBucket(limit, undelayed);
    case 'fixedWindow':
      return new FixedWindow(limit);
    case 'slidingLog':
      return new SlidingLog(limit);
    case 'slidingCounter':
      return new SlidingCounter(limit);
    case 'cycles':
      return new Cycles(limit);
    case 'none':
      return null;
  }
}

/** Tokens come at the rate, up to the burst; each request takes one. Held back, it takes one that is yet to come. */
export class TokenBucket extends Limiter {
  private tokens: number;
  private last = 0;

  constructor(limit: Limit) {
    super(limit);
    this.tokens = limit.burst;
  }

  admit(now: number): number {
    const { rate, burst, maxWaitNs } = this.limit;
    this.tokens = Math.min(burst, this.tokens + ((now - this.last) * rate) / SECOND);
    this.last = now;
    const wait = this.tokens >= 1 - 1e-9 ? 0 : Math.ceil(((1 - this.tokens) * SECOND) / rate);
    if (wait > maxWaitNs) return this.refuse(wait);
    this.tokens--;
    return wait;
  }
}

/** The same rule with one number, the instant at which the bucket would be full again (ATM Forum's GCRA). */
export class Gcra extends Limiter {
  private fullAt = 0;

  admit(now: number): number {
    const { rate, burst, maxWaitNs } = this.limit;
    const wait = Math.max(0, Math.ceil(this.fullAt - ((burst - 1) * SECOND) / rate - now - 1e-3));
    if (wait > maxWaitNs) return this.refuse(wait);
    this.fullAt = Math.max(now, this.fullAt) + SECOND / rate;
    return wait;
  }
}

/** nginx's `limit_req`: what is over drains at the rate; more than the burst is turned away, the rest held back. */
export class LeakyBucket extends Limiter {
  /** Thousandths of a request. */
  private excess = 0;
  private last = -1;
  /** Requests over the rate that are not held back; all of them with `nodelay`. */
  private readonly undelayed: number;

  constructor(limit: Limit, undelayed: number) {
    super(limit);
    this.undelayed = undelayed;
  }

  admit(now: number): number {
    const { rate, burst } = this.limit;
    const ms = Math.floor(now / MS);
    const first = this.last < 0;
    const excess = first ? 0 : Math.max(0, this.excess - Math.floor(rate * (ms - this.last)) + 1_000);
    if (excess > burst * 1_000) return this.refuse(((excess - burst * 1_000) / rate) * MS);
    this.excess = excess;
    this.last = ms;
    return Math.round((Math.max(0, excess - this.undelayed * 1_000) / rate) * MS);
  }
}

/** So many in each window of the clock. */
export class FixedWindow extends Limiter {
  private window = -1;
  private count = 0;

  admit(now: number): number {
    const { perWindow, windowNs } = this.limit;
    const window = Math.floor(now / windowNs);
    if (window !== this.window) {
      this.window = window;
      this.count = 0;
    }
    if (this.count >= perWindow) return this.refuse((window + 1) * windowNs - now);
    this.count++;
    return 0;
  }
}

/** So many in every window, wherever it begins; keeps the instant of each. */
export class SlidingLog extends Limiter {
  /** A ring of the last instants. */
  private readonly passed: Float64Array;
  private next = 0;

  constructor(limit: Limit) {
    super(limit);
    this.passed = new Float64Array(limit.perWindow).fill(-Infinity);
  }

  admit(now: number): number {
    const oldest = this.passed[this.next];
    const until = oldest + this.limit.windowNs;
    if (until > now) return this.refuse(until - now);
    this.passed[this.next] = now;
    this.next = (this.next + 1) % this.passed.length;
    return 0;
  }
}

/** Nearly the same with two counts: that of this window, and the share of the last that still lies in it. */
export class SlidingCounter extends Limiter {
  private window = -1;
  private count = 0;
  private before = 0;

  admit(now: number): number {
    const { perWindow, windowNs } = this.limit;
    const window = Math.floor(now / windowNs);
    if (window !== this.window) {
      this.before = window === this.window + 1 ? this.count : 0;
      this.count = 0;
      this.window = window;
    }
    const gone = now - window * windowNs;
    if (estimate(this.before, this.count, gone / windowNs) >= perWindow) return this.refuse(windowNs - gone);
    this.count++;
    return 0;
  }
}

/** Requests in the sliding window, when `share` of the present one is over. */
export function estimate(before: number, count: number, share: number): number {
  return before * (1 - share) + count;
}

/** resilience4j: so many permits each cycle, none carried over; a request may reserve one of a later cycle. */
export class Cycles extends Limiter {
  private cycle = 0;
  private permits: number;

  constructor(limit: Limit) {
    super(limit);
    this.permits = limit.perWindow;
  }

  admit(now: number): number {
    const { perWindow, windowNs, maxWaitNs } = this.limit;
    const cycle = Math.floor(now / windowNs);
    this.permits = Math.min(perWindow, this.permits + (cycle - this.cycle) * perWindow);
    this.cycle = cycle;
    if (this.permits > 0) {
      this.permits--;
      return 0;
    }
    const ahead = Math.floor(-this.permits / perWindow) + 1;
    const wait = (cycle + ahead) * windowNs - now;
    if (wait > maxWaitNs) return this.refuse(wait);
    this.permits--;
    return wait;
  }
}
