/**
 * A ring of events that all lie the same delay after the moment they were scheduled, hence sorted by themselves. The
 * agenda puts in and takes out. It must not know what an event means.
 */

const FIRST_CAPACITY = 64;

export class Lane {
  /** Time and key of each event, in pairs. */
  order = new Float64Array(FIRST_CAPACITY * 2);
  /** What and who of each event, in pairs. */
  tags = new Int32Array(FIRST_CAPACITY * 2);
  /** Capacity − 1, the capacity being a power of two. */
  mask = FIRST_CAPACITY - 1;
  head = 0;
  size = 0;
  /** Its leaf in the agenda's tournament. */
  readonly leaf: number;
  /** ns. */
  readonly delay: number;
  /** Added to a sequence number it gives the key of an event of this lane's class. */
  readonly classBase: number;

  constructor(leaf: number, delay: number, classBase: number) {
    this.leaf = leaf;
    this.delay = delay;
    this.classBase = classBase;
  }

  /** Doubles a full ring. */
  grow(): void {
    const length = (this.mask + 1) * 2;
    this.order = unrolled(this.order, new Float64Array(length * 2), this.head * 2);
    this.tags = unrolled(this.tags, new Int32Array(length * 2), this.head * 2);
    this.mask = length - 1;
    this.head = 0;
  }
}

function unrolled<A extends Float64Array | Int32Array>(ring: A, into: A, head: number): A {
  into.set(ring.subarray(head) as never);
  into.set(ring.subarray(0, head) as never, ring.length - head);
  return into;
}
