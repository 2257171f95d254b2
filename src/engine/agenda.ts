/**
 * The pending events of a run in exact order: time, then class, then sequence number. Events after a constant delay go
 * to a ring of their own (a lane: always sorted, O(1)); all others to a 4-ary heap. A tournament over the lane heads
 * and the heap finds the next one. It must not know what an event means.
 */

/** Order of events at one instant: a response landing exactly on its timeout wins. */
export const COMPLETION = 0;
export const CANCELLATION = 1;
export const TIMER = 2;
export const ARRIVAL = 3;
export const CONTROL = 4;

/** Room for 2⁴⁹ sequence numbers below the class, all exact in a double. */
const CLASS_STEP = 562_949_953_421_312;
const FIRST_CAPACITY = 64;

/** A ring of events that all lie the same delay after the moment they were scheduled. */
export class Lane {
  times = new Float64Array(FIRST_CAPACITY);
  keys = new Float64Array(FIRST_CAPACITY);
  whats = new Int32Array(FIRST_CAPACITY);
  whos = new Int32Array(FIRST_CAPACITY);
  head = 0;
  size = 0;
  readonly leaf: number;
  readonly delay: number;
  readonly classBase: number;

  constructor(leaf: number, delay: number, order: number) {
    this.leaf = leaf;
    this.delay = delay;
    this.classBase = order * CLASS_STEP;
  }

  grow(): void {
    const capacity = this.times.length;
    this.times = unroll(this.times, new Float64Array(capacity * 2), this.head);
    this.keys = unroll(this.keys, new Float64Array(capacity * 2), this.head);
    this.whats = unroll(this.whats, new Int32Array(capacity * 2), this.head);
    this.whos = unroll(this.whos, new Int32Array(capacity * 2), this.head);
    this.head = 0;
  }
}

function unroll<A extends Float64Array | Int32Array>(ring: A, into: A, head: number): A {
  into.set(ring.subarray(head) as never);
  into.set(ring.subarray(0, head) as never, ring.length - head);
  return into;
}

export class Agenda {
  /** The present: the instant of the event that `next` took last, ns. */
  time = 0;
  /** What is to happen now, and to whom. */
  what = 0;
  who = 0;

  private sequence = 0;
  private readonly lanes: Lane[] = [];
  private readonly laneIndex = new Map<string, Lane>();

  private heapTimes = new Float64Array(FIRST_CAPACITY);
  private heapKeys = new Float64Array(FIRST_CAPACITY);
  private heapWhats = new Int32Array(FIRST_CAPACITY);
  private heapWhos = new Int32Array(FIRST_CAPACITY);
  private heapSize = 0;

  // Leaf 0 is the heap, leaf i the lane i-1; `winners[1]` is the leaf with the earliest head.
  private leafTimes = new Float64Array(4).fill(Infinity);
  private leafKeys = new Float64Array(4);
  private winners = new Int32Array(4);
  private leaves = 4;

  constructor() {
    this.rebuildTournament();
  }

  /** Events waiting, cancelled ones included. */
  get pending(): number {
    let total = this.heapSize;
    for (const lane of this.lanes) total += lane.size;
    return total;
  }

  /** The lane of a constant delay in ns and an order class; the same one for the same pair. */
  lane(delay: number, order: number): Lane {
    const name = `${delay}/${order}`;
    const known = this.laneIndex.get(name);
    if (known) return known;
    const lane = new Lane(this.lanes.length + 1, delay, order);
    this.lanes.push(lane);
    this.laneIndex.set(name, lane);
    if (lane.leaf >= this.leaves) this.widen();
    return lane;
  }

  /** Schedules after the lane's delay from the present. */
  later(lane: Lane, what: number, who: number): void {
    if (lane.size === lane.times.length) lane.grow();
    const at = (lane.head + lane.size) & (lane.times.length - 1);
    const time = this.time + lane.delay;
    const key = lane.classBase + this.sequence++;
    lane.times[at] = time;
    lane.keys[at] = key;
    lane.whats[at] = what;
    lane.whos[at] = who;
    if (lane.size++ === 0) {
      this.leafTimes[lane.leaf] = time;
      this.leafKeys[lane.leaf] = key;
      this.replay(lane.leaf);
    }
  }

  /** Schedules at any instant, not before the one being processed. */
  at(time: number, order: number, what: number, who: number): void {
    if (this.heapSize === this.heapTimes.length) this.growHeap();
    const key = order * CLASS_STEP + this.sequence++;
    const times = this.heapTimes;
    const keys = this.heapKeys;
    const whats = this.heapWhats;
    const whos = this.heapWhos;
    let i = this.heapSize++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const parentTime = times[parent];
      if (time > parentTime || (time === parentTime && key > keys[parent])) break;
      times[i] = parentTime;
      keys[i] = keys[parent];
      whats[i] = whats[parent];
      whos[i] = whos[parent];
      i = parent;
    }
    times[i] = time;
    keys[i] = key;
    whats[i] = what;
    whos[i] = who;
    if (i === 0) {
      this.leafTimes[0] = time;
      this.leafKeys[0] = key;
      this.replay(0);
    }
  }

  /** Takes the earliest event into `time`, `what`, `who`; false when none is due at or before `limit`. */
  next(limit: number): boolean {
    const leaf = this.winners[1];
    const time = this.leafTimes[leaf];
    if (time > limit || time === Infinity) return false;
    this.time = time;
    if (leaf === 0) this.takeFromHeap();
    else this.takeFromLane(this.lanes[leaf - 1]);
    this.replay(leaf);
    return true;
  }

  private takeFromLane(lane: Lane): void {
    const head = lane.head;
    this.what = lane.whats[head];
    this.who = lane.whos[head];
    const next = (head + 1) & (lane.times.length - 1);
    lane.head = next;
    if (--lane.size === 0) {
      this.leafTimes[lane.leaf] = Infinity;
    } else {
      this.leafTimes[lane.leaf] = lane.times[next];
      this.leafKeys[lane.leaf] = lane.keys[next];
    }
  }

  private takeFromHeap(): void {
    this.what = this.heapWhats[0];
    this.who = this.heapWhos[0];
    const size = --this.heapSize;
    if (size === 0) {
      this.leafTimes[0] = Infinity;
      return;
    }
    this.sink(size);
    this.leafTimes[0] = this.heapTimes[0];
    this.leafKeys[0] = this.heapKeys[0];
  }

  /** Moves the last entry (at `size`) to its place from the top. */
  private sink(size: number): void {
    const times = this.heapTimes;
    const keys = this.heapKeys;
    const whats = this.heapWhats;
    const whos = this.heapWhos;
    const time = times[size];
    const key = keys[size];
    let i = 0;
    for (;;) {
      const first = i * 4 + 1;
      if (first >= size) break;
      const end = first + 4 < size ? first + 4 : size;
      let least = first;
      let leastTime = times[first];
      for (let j = first + 1; j < end; j++) {
        const t = times[j];
        if (t < leastTime || (t === leastTime && keys[j] < keys[least])) {
          least = j;
          leastTime = t;
        }
      }
      if (leastTime > time || (leastTime === time && keys[least] > key)) break;
      times[i] = leastTime;
      keys[i] = keys[least];
      whats[i] = whats[least];
      whos[i] = whos[least];
      i = least;
    }
    times[i] = time;
    keys[i] = key;
    whats[i] = whats[size];
    whos[i] = whos[size];
  }

  /** Plays the matches on the way from a changed leaf to the top. */
  private replay(leaf: number): void {
    const times = this.leafTimes;
    const keys = this.leafKeys;
    const winners = this.winners;
    let node = (leaf + this.leaves) >> 1;
    let left = leaf & ~1;
    let right = left + 1;
    for (;;) {
      const a = times[left];
      const b = times[right];
      winners[node] = a < b || (a === b && keys[left] < keys[right]) ? left : right;
      if (node === 1) return;
      const pair = node & ~1;
      left = winners[pair];
      right = winners[pair + 1];
      node >>= 1;
    }
  }

  private widen(): void {
    const wider = this.leaves * 2;
    const times = new Float64Array(wider).fill(Infinity);
    const keys = new Float64Array(wider);
    times.set(this.leafTimes);
    keys.set(this.leafKeys);
    this.leafTimes = times;
    this.leafKeys = keys;
    this.winners = new Int32Array(wider);
    this.leaves = wider;
    this.rebuildTournament();
  }

  private rebuildTournament(): void {
    for (let leaf = 0; leaf < this.leaves; leaf += 2) this.seed(leaf);
    for (let leaf = 0; leaf < this.leaves; leaf += 2) this.replay(leaf);
  }

  /** Gives every inner node above a leaf some valid winner before the first real match. */
  private seed(leaf: number): void {
    for (let node = (leaf + this.leaves) >> 1; node >= 1; node >>= 1) this.winners[node] = leaf;
  }

  private growHeap(): void {
    const capacity = this.heapTimes.length * 2;
    this.heapTimes = grown(this.heapTimes, new Float64Array(capacity));
    this.heapKeys = grown(this.heapKeys, new Float64Array(capacity));
    this.heapWhats = grown(this.heapWhats, new Int32Array(capacity));
    this.heapWhos = grown(this.heapWhos, new Int32Array(capacity));
  }
}

function grown<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}
