/**
 * Pieces of work that share cores: a heap by when each ends, at equal ends by who began first. A call knows its place in
 * it, so that work that is broken off is found without a search. It must not know what time its ends are in.
 */
import { type Calls, NEXT, NONE } from '../calls/calls.ts';

const FIRST_CAPACITY = 16;

export class WorkHeap {
  size = 0;
  /** End of the call that `push` takes in, and its turn. A cell: a double given as an argument may be a number allocated. */
  readonly entering = new Float64Array(2);
  private readonly calls: Calls;
  /** End and turn of each piece, in pairs. */
  private order = new Float64Array(FIRST_CAPACITY * 2);
  /** Its call, whose `NEXT` is its place here: a call at work waits in no queue. */
  private who = new Int32Array(FIRST_CAPACITY);
  /** Pieces that ever began: whoever began first goes first. */
  private turns = 0;

  constructor(calls: Calls) {
    this.calls = calls;
  }

  /** The earliest end. */
  get topEnd(): number {
    return this.order[0];
  }

  /** Takes in a call whose work ends at `entering[0]`. */
  push(c: number): void {
    if (this.size === this.who.length) this.grow();
    this.entering[1] = ++this.turns;
    this.rise(this.size++, c);
  }

  /** Takes out the call that ends first, of at least one. */
  pop(): number {
    const c = this.who[0];
    this.remove(c);
    return c;
  }

  /** Whether a call is at work here. */
  has(c: number): boolean {
    const place = this.calls.rows[c + NEXT];
    return place >= 0 && place < this.size && this.who[place] === c;
  }

  /** Takes out a call that is at work here: the last piece fills its place, and goes from there to its own. */
  remove(c: number): void {
    const { entering, order } = this;
    const place = this.calls.rows[c + NEXT];
    this.calls.rows[c + NEXT] = NONE;
    const last = --this.size;
    if (place === last) return;
    entering[0] = order[last * 2];
    entering[1] = order[last * 2 + 1];
    this.rise(this.sink(place), this.who[last]);
  }

  /** Moves a gap towards the root as far as the entering piece goes, and puts that there. */
  private rise(gap: number, c: number): void {
    let i = gap;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.entersBefore(parent)) break;
      this.move(parent, i);
      i = parent;
    }
    this.order[i * 2] = this.entering[0];
    this.order[i * 2 + 1] = this.entering[1];
    this.who[i] = c;
    this.calls.rows[c + NEXT] = i;
  }

  /** Moves a gap away from the root until nothing below it goes before the entering piece; returns where it is then. */
  private sink(gap: number): number {
    const { order, size } = this;
    let i = gap;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= size) return i;
      const l = left * 2;
      const r = l + 2;
      const isRight =
        left + 1 < size && (order[r] < order[l] || (order[r] === order[l] && order[r + 1] < order[l + 1]));
      const child = isRight ? left + 1 : left;
      if (this.entersBefore(child)) return i;
      this.move(child, i);
      i = child;
    }
  }

  private entersBefore(place: number): boolean {
    const { entering, order } = this;
    const end = order[place * 2];
    return entering[0] < end || (entering[0] === end && entering[1] < order[place * 2 + 1]);
  }

  private move(from: number, to: number): void {
    const c = this.who[from];
    this.order[to * 2] = this.order[from * 2];
    this.order[to * 2 + 1] = this.order[from * 2 + 1];
    this.who[to] = c;
    this.calls.rows[c + NEXT] = to;
  }

  private grow(): void {
    const order = new Float64Array(this.order.length * 2);
    const who = new Int32Array(this.who.length * 2);
    order.set(this.order);
    who.set(this.who);
    this.order = order;
    this.who = who;
  }
}
