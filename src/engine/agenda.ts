/**
 * The pending events of a run in exact order: time, then class, then sequence number. Events after a constant delay go
 * to a ring of their own (a lane: always sorted, O(1)); all others to a 4-ary heap. A tournament over the lane heads
 * and the heap finds the next one. It must not know what an event means.
 */
import { EventHeap } from './eventheap.ts';
import { Lane } from './lane.ts';

/** Order of events at one instant: a response landing exactly on its timeout wins. */
export const COMPLETION = 0;
export const CANCELLATION = 1;
export const TIMER = 2;
export const ARRIVAL = 3;
export const CONTROL = 4;

/** Room for 2⁴⁹ sequence numbers below the class, all exact in a double. */
const CLASS_STEP = 562_949_953_421_312;

export class Agenda {
  /** The present: the instant of the event that `next` took last, ns. */
  time = 0;
  /** What is to happen now, and to whom. */
  what = 0;
  who = 0;

  private readonly heap = new EventHeap();
  /**
   * `due[0]`: when the event that `push` schedules is due, ns, not before the present. A cell and not an argument,
   * because a double handed to a function that is not inlined is a number allocated.
   */
  readonly due = this.heap.entering;

  /** The sequence number of the next event. */
  private readonly sequence = new Float64Array(1);
  private readonly lanes: Lane[] = [];
  private readonly laneIndex = new Map<string, Lane>();

  // The tournament. Leaf 0 is the heap, leaf i the lane i-1. Node 1 is the top, leaf i is node `leaves` + i; a node has
  // the time of the earliest head below it and that head's leaf.
  private leaves = 4;
  private nodeTimes = new Float64Array(8).fill(Infinity);
  private nodeLeaf = new Int32Array(8);
  private leafKeys = new Float64Array(4);

  constructor() {
    this.rebuildTournament();
  }

  /** Events waiting, cancelled ones included. */
  get pending(): number {
    let total = this.heap.size;
    for (const lane of this.lanes) total += lane.size;
    return total;
  }

  /** The lane of a constant delay in ns and an order class; the same one for the same pair. */
  lane(delay: number, order: number): Lane {
    const name = `${delay}/${order}`;
    const known = this.laneIndex.get(name);
    if (known) return known;
    const lane = new Lane(this.lanes.length + 1, delay, order * CLASS_STEP);
    this.lanes.push(lane);
    this.laneIndex.set(name, lane);
    if (lane.leaf >= this.leaves) this.widen();
    return lane;
  }

  /** Schedules after the lane's delay from the present. */
  later(lane: Lane, what: number, who: number): void {
    const { size } = lane;
    if (size > lane.mask) lane.grow();
    const at = (lane.head + size) & lane.mask;
    const time = this.time + lane.delay;
    const key = lane.classBase + this.sequence[0]++;
    const { order, tags } = lane;
    order[at * 2] = time;
    order[at * 2 + 1] = key;
    tags[at * 2] = what;
    tags[at * 2 + 1] = who;
    lane.size = size + 1;
    if (size === 0) {
      this.nodeTimes[this.leaves + lane.leaf] = time;
      this.leafKeys[lane.leaf] = key;
      this.lower(lane.leaf);
    }
  }

  /** Schedules at the instant in `due`. */
  push(order: number, what: number, who: number): void {
    const { due } = this;
    due[1] = order * CLASS_STEP + this.sequence[0]++;
    if (this.heap.push(what, who)) {
      this.nodeTimes[this.leaves] = due[0];
      this.leafKeys[0] = due[1];
      this.lower(0);
    }
  }

  /** Schedules at any instant, not before the present. For the request path there is `push`. */
  at(time: number, order: number, what: number, who: number): void {
    this.due[0] = time;
    this.push(order, what, who);
  }

  /** Takes the earliest event into `time`, `what`, `who`; false when none is due at or before `limit`. */
  next(limit: number): boolean {
    const time = this.nodeTimes[1];
    if (time > limit || time === Infinity) return false;
    this.time = time;
    const leaf = this.nodeLeaf[1];
    if (leaf === 0) this.takeFromHeap();
    else this.takeFromLane(this.lanes[leaf - 1]);
    return true;
  }

  private takeFromLane(lane: Lane): void {
    const { tags, order, leaf } = lane;
    const head = lane.head;
    const next = (head + 1) & lane.mask;
    this.what = tags[head * 2];
    this.who = tags[head * 2 + 1];
    lane.head = next;
    if (--lane.size === 0) this.nodeTimes[this.leaves + leaf] = Infinity;
    else {
      this.nodeTimes[this.leaves + leaf] = order[next * 2];
      this.leafKeys[leaf] = order[next * 2 + 1];
    }
    this.raise(leaf);
  }

  private takeFromHeap(): void {
    const { heap } = this;
    this.what = heap.topWhat;
    this.who = heap.topWho;
    heap.pop();
    this.nodeTimes[this.leaves] = heap.size === 0 ? Infinity : heap.topTime;
    this.leafKeys[0] = heap.topKey;
    this.raise(0);
  }

  /** The head of a leaf is earlier than before: it wins matches upwards until it loses one. */
  private lower(leaf: number): void {
    const { nodeTimes, nodeLeaf, leafKeys } = this;
    let node = leaf + this.leaves;
    const time = nodeTimes[node];
    const key = leafKeys[leaf];
    while (node > 1) {
      const other = node ^ 1;
      const otherTime = nodeTimes[other];
      if (otherTime < time || (otherTime === time && leafKeys[nodeLeaf[other]] < key)) return;
      node >>= 1;
      nodeTimes[node] = time;
      nodeLeaf[node] = leaf;
    }
  }

  /** The head of the leaf at the top is later than before: plays all matches on its way up again. */
  private raise(leaf: number): void {
    const { nodeTimes, nodeLeaf, leafKeys } = this;
    let node = leaf + this.leaves;
    let winner = leaf;
    let time = nodeTimes[node];
    while (node > 1) {
      const other = node ^ 1;
      const otherTime = nodeTimes[other];
      if (otherTime <= time) {
        const rival = nodeLeaf[other];
        if (otherTime < time || leafKeys[rival] < leafKeys[winner]) {
          time = otherTime;
          winner = rival;
        }
      }
      node >>= 1;
      nodeTimes[node] = time;
      nodeLeaf[node] = winner;
    }
  }

  private widen(): void {
    const before = this.leaves;
    const times = this.nodeTimes.subarray(before);
    this.leaves = before * 2;
    this.nodeTimes = new Float64Array(this.leaves * 2).fill(Infinity);
    this.nodeTimes.set(times, this.leaves);
    this.nodeLeaf = new Int32Array(this.leaves * 2);
    const keys = new Float64Array(this.leaves);
    keys.set(this.leafKeys);
    this.leafKeys = keys;
    this.rebuildTournament();
  }

  private rebuildTournament(): void {
    const { leaves, nodeTimes, nodeLeaf, leafKeys } = this;
    for (let leaf = 0; leaf < leaves; leaf++) nodeLeaf[leaves + leaf] = leaf;
    for (let node = leaves - 1; node >= 1; node--) {
      const left = nodeLeaf[node * 2];
      const right = nodeLeaf[node * 2 + 1];
      const a = nodeTimes[leaves + left];
      const b = nodeTimes[leaves + right];
      const winner = b < a || (a === b && leafKeys[right] < leafKeys[left]) ? right : left;
      nodeLeaf[node] = winner;
      nodeTimes[node] = nodeTimes[leaves + winner];
    }
  }
}
