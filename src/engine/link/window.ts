/**
 * The sliding window of a breaker: the last N results, or the results of the last N whole seconds. Adding a result
 * costs a few array accesses and allocates nothing. It must not know thresholds.
 */
import { DOUBLE } from '../time.ts';

const OK_RESULT = 0;
const FAILED_RESULT = 1;
const SLOW_BIT = 2;
const NS_PER_SECOND = 1_000_000_000;

export class ResultWindow {
  total = 0;
  failed = 0;
  slow = 0;

  readonly byTime: boolean;
  private readonly size: number;
  /** Count window: one result each. */
  private readonly ring: Uint8Array;
  private at = 0;
  /** Time window: totals, failures and slow calls of each second. */
  private readonly seconds: Int32Array;
  private second = 0;
  /** Where the present second has its three numbers, and when it is over, ns. */
  private base = 0;
  private until = DOUBLE;

  constructor(kind: 'count' | 'time', size: number) {
    this.byTime = kind === 'time';
    this.size = size;
    this.ring = new Uint8Array(this.byTime ? 0 : size);
    this.seconds = new Int32Array(this.byTime ? size * 3 : 0);
    this.until = NS_PER_SECOND;
  }

  /** `clock`, not the instant: a double handed over may be a number allocated. */
  add(failed: boolean, slow: boolean, clock: { readonly now: number }): void {
    if (this.byTime) this.addToSecond(failed, slow, clock);
    else this.push(failed, slow);
  }

  /** Adds to a window of calls, which needs no instant. */
  push(failed: boolean, slow: boolean): void {
    this.addToRing((failed ? FAILED_RESULT : OK_RESULT) | (slow ? SLOW_BIT : 0));
  }

  get failureShare(): number {
    return this.total === 0 ? 0 : this.failed / this.total;
  }

  clear(): void {
    this.total = this.failed = this.slow = this.at = 0;
    this.seconds.fill(0);
  }

  /** Newest last, at most 100 of them: 0 ok, 1 failed, 2 slow. A time window has no single results: empty. */
  toArray(): number[] {
    const results: number[] = [];
    if (this.byTime) return results;
    for (let i = Math.max(0, this.total - 100); i < this.total; i++) {
      const result = this.ring[(this.at - this.total + i + this.size) % this.size];
      results.push(result & FAILED_RESULT ? 1 : result & SLOW_BIT ? 2 : 0);
    }
    return results;
  }

  /** A window of another kind or size; between windows of one kind the newest results are kept. */
  resized(kind: 'count' | 'time', size: number): ResultWindow {
    if (kind === (this.byTime ? 'time' : 'count') && size === this.size) return this;
    const other = new ResultWindow(kind, size);
    if (this.byTime !== other.byTime) return other;
    if (this.byTime) {
      other.takeSeconds(this);
      return other;
    }
    for (let i = 0; i < this.total; i++) {
      other.addToRing(this.ring[(this.at - this.total + i + this.size) % this.size]);
    }
    return other;
  }

  private takeSeconds(from: ResultWindow): void {
    this.enter(from.second);
    const oldest = Math.max(0, from.second - Math.min(this.size, from.size) + 1);
    for (let s = oldest; s <= from.second; s++) {
      const base = (s % this.size) * 3;
      const fromBase = (s % from.size) * 3;
      this.total += this.seconds[base] = from.seconds[fromBase];
      this.failed += this.seconds[base + 1] = from.seconds[fromBase + 1];
      this.slow += this.seconds[base + 2] = from.seconds[fromBase + 2];
    }
  }

  private addToRing(result: number): void {
    const { ring, at } = this;
    const isFull = this.total === this.size;
    const oldest = ring[at];
    // Most take the place of one just like them.
    if (!isFull || oldest !== result) {
      if (isFull) this.count(oldest, -1);
      ring[at] = result;
      this.count(result, 1);
    }
    this.at = at + 1 === this.size ? 0 : at + 1;
  }

  private count(result: number, by: number): void {
    this.total += by;
    this.failed += by * (result & FAILED_RESULT);
    this.slow += by * (result >> 1);
  }

  private addToSecond(failed: boolean, slow: boolean, clock: { readonly now: number }): void {
    if (clock.now >= this.until) this.advance(Math.floor(clock.now / NS_PER_SECOND));
    const { base, seconds } = this;
    seconds[base]++;
    this.total++;
    if (failed) {
      seconds[base + 1]++;
      this.failed++;
    }
    if (slow) {
      seconds[base + 2]++;
      this.slow++;
    }
  }

  private enter(second: number): void {
    this.second = second;
    this.base = (second % this.size) * 3;
    this.until = (second + 1) * NS_PER_SECOND;
  }

  /** Forgets the seconds that left the window. */
  private advance(second: number): void {
    const passed = Math.min(this.size, second - this.second);
    for (let s = second - passed + 1; s <= second; s++) {
      const base = (s % this.size) * 3;
      this.total -= this.seconds[base];
      this.failed -= this.seconds[base + 1];
      this.slow -= this.seconds[base + 2];
      this.seconds.fill(0, base, base + 3);
    }
    this.enter(second);
  }
}
