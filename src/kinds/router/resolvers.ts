/**
 * The resolvers of one region: which of them a client asks, and what each remembers until its time to live is over. It
 * must not know how answers are made.
 */
import { pow } from '../../engine/chance/elementary.ts';

/** Addresses in one answer, at most. */
export const MAX_ANSWERS = 8;

export class Resolvers {
  private readonly count: number;
  /** Share of the clients behind the first so many resolvers. */
  private readonly upTo: Float64Array;
  /** Until when its answer holds, ns; NaN before it was ever needed. */
  private readonly until: Float64Array;
  /** Links by index, MAX_ANSWERS for each resolver, and how many there are. */
  private readonly addresses: Int32Array;
  private readonly lengths: Uint8Array;

  /** Clients per resolver by Zipf's law: the n-th has 1 ∕ n^skew as many as the first. */
  constructor(count: number, skew: number) {
    this.count = count;
    this.upTo = new Float64Array(count);
    this.until = new Float64Array(count).fill(NaN);
    this.addresses = new Int32Array(count * MAX_ANSWERS);
    this.lengths = new Uint8Array(count);
    let sum = 0;
    for (let i = 0; i < count; i++) this.upTo[i] = sum += pow(i + 1, -skew);
    for (let i = 0; i < count; i++) this.upTo[i] /= sum;
  }

  /** Whose resolver a client uses; `chance` is the client's own number from 0 to 1. */
  of(chance: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.upTo[middle] > chance) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  isNew(resolver: number): boolean {
    return Number.isNaN(this.until[resolver]);
  }

  isFresh(resolver: number, now: number): boolean {
    return now < this.until[resolver];
  }

  untilNs(resolver: number): number {
    return this.until[resolver];
  }

  keep(resolver: number, links: readonly number[], untilNs: number): void {
    this.until[resolver] = untilNs;
    this.lengths[resolver] = Math.min(links.length, MAX_ANSWERS);
    for (let i = 0; i < this.lengths[resolver]; i++) this.addresses[resolver * MAX_ANSWERS + i] = links[i];
  }

  /** Addresses in its answer. */
  length(resolver: number): number {
    return this.lengths[resolver];
  }

  /** One of the addresses, by the index of its link; `turn` goes round. */
  address(resolver: number, turn: number): number {
    return this.addresses[resolver * MAX_ANSWERS + (turn % this.lengths[resolver])];
  }
}
