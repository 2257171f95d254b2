/**
 * Who is let into one unit, by how many are inside already: concurrency limits that follow the latency, and shares for
 * classes of requests. One object for each unit. They must not know queues nor calls.
 */
import type { Stream } from '../chance/random.ts';
import { DOUBLE, NS_PER_MS } from '../time.ts';

export interface Admission {
  /** Calls it lets in at once now. */
  readonly limit: number;
  /** Whether one more call of this class may come in beside those inside. 0 is the most important class. */
  admits(inside: number, priority: number, now: number): boolean;
  /** A call ended here so many ns after it arrived, itself still counted among those inside. */
  ended(tookNs: number, inside: number, now: number): void;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

const LEAST = 3;
const MOST = 1_000;
const UPDATE_NS = 100 * NS_PER_MS;
const PROBE_EVERY_NS = 60_000 * NS_PER_MS;
const PROBE_JITTER = 0.15;
const PROBE_REQUESTS = 50;
/** Updates in a row at the least limit after which the shortest round trip is measured again. */
const STUCK_UPDATES = 5;
const BUFFER = 1.25;
/** Latencies of one update that are looked at; later ones of the same update are not. */
const SAMPLES = 1_024;

/**
 * Envoy's adaptive concurrency: limit ← limit · g + √(limit · g), where g compares the shortest latency, measured now
 * and then with the limit pinned to three, with the median of the last 100 ms.
 */
export class GradientLimit implements Admission {
  limit = LEAST;
  private readonly chance: Stream;
  private readonly took = new Float64Array(SAMPLES);
  private count = 0;
  private since = DOUBLE;
  private shortestNs = DOUBLE;
  private probeAt = DOUBLE;
  private isProbing = true;
  private atLeast = 0;

  constructor(chance: Stream) {
    this.chance = chance;
    this.since = this.probeAt = 0;
    this.shortestNs = 0;
  }

  admits(inside: number): boolean {
    return inside < this.limit;
  }

  ended(tookNs: number, _inside: number, now: number): void {
    if (this.count < SAMPLES) this.took[this.count++] = tookNs;
    if (this.isProbing) {
      if (this.count >= PROBE_REQUESTS) this.endProbe(now);
    } else if (now >= this.probeAt) this.startProbe();
    else if (now - this.since >= UPDATE_NS) this.update(now);
  }

  private update(now: number): void {
    this.limit = nextLimit(this.limit, this.shortestNs, this.takeMedian());
    this.since = now;
    this.atLeast = this.limit === LEAST ? this.atLeast + 1 : 0;
    if (this.atLeast >= STUCK_UPDATES) this.startProbe();
  }

  private startProbe(): void {
    this.isProbing = true;
    this.limit = LEAST;
    this.count = this.atLeast = 0;
  }

  private endProbe(now: number): void {
    this.shortestNs = this.takeMedian();
    this.isProbing = false;
    this.since = now;
    this.probeAt = now + PROBE_EVERY_NS * (1 + PROBE_JITTER * this.chance.uniform());
  }

  private takeMedian(): number {
    const samples = this.took.subarray(0, this.count).sort();
    const median = samples[this.count >> 1];
    this.count = 0;
    return median;
  }
}

/** Envoy's rule for the next limit; latencies in any one unit. */
export function nextLimit(limit: number, shortest: number, median: number): number {
  const grown = limit * (median === 0 ? 2 : clamp((shortest * BUFFER) / median, 0.5, 2));
  return clamp(Math.trunc(grown + Math.sqrt(grown)), LEAST, MOST);
}

/** Samples that the long average of Gradient2 goes back, and its limits. */
const LONG_SAMPLES = 600;
const GRADIENT2_LEAST = 20;
const GRADIENT2_MOST = 200;
const QUEUE_ALLOWED = 4;
const SMOOTHING = 0.2;

/** Netflix's Gradient2: the long average of the latency against the newest one. */
export class Gradient2Limit implements Admission {
  private exact = GRADIENT2_LEAST;
  private longNs = DOUBLE;
  private seen = 0;

  constructor() {
    this.longNs = 0;
  }

  get limit(): number {
    return Math.trunc(this.exact);
  }

  admits(inside: number): boolean {
    return inside < this.exact;
  }

  ended(tookNs: number, inside: number): void {
    this.seen = Math.min(this.seen + 1, LONG_SAMPLES);
    // A plain mean until there are enough samples for an exponential one.
    this.longNs += (tookNs - this.longNs) * Math.max(1 / this.seen, 2 / (LONG_SAMPLES + 1));
    if (this.longNs > 2 * tookNs) this.longNs *= 0.9;
    if (inside < this.exact / 2) return;
    const gradient = tookNs === 0 ? 1 : clamp(this.longNs / tookNs, 0.5, 1);
    const next = this.exact * gradient + QUEUE_ALLOWED;
    this.exact = clamp(this.exact * (1 - SMOOTHING) + next * SMOOTHING, GRADIENT2_LEAST, GRADIENT2_MOST);
  }
}

/** Shares of the places that classes 0 to 3 may fill: the less important give way first. */
export const CLASS_SHARES = [1, 0.9, 0.8, 0.7] as const;

/** Sheds the less important classes first: a class comes in while fewer than its share of the places are taken. */
export class ClassLimit implements Admission {
  readonly limit: number;

  /** `places`: calls a unit takes in, at work or waiting. */
  constructor(places: number) {
    this.limit = places;
  }

  admits(inside: number, priority: number): boolean {
    return inside < this.limit * CLASS_SHARES[priority];
  }

  ended(): void {}
}
