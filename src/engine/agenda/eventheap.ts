/**
 * Events at arbitrary instants: a 4-ary heap by time, then key (keys are distinct). Four children to a node, because a
 * node's children then share cache lines and the tree is half as deep. It must not know what an event means.
 */

const FIRST_CAPACITY = 64;

export class EventHeap {
  size = 0;
  /** Time and key of the event that `push` takes in. Cells: a double given as an argument may be a number allocated. */
  readonly entering = new Float64Array(2);
  /** Time and key of each entry, in pairs; what and who likewise. */
  private order = new Float64Array(FIRST_CAPACITY * 2);
  private tags = new Int32Array(FIRST_CAPACITY * 2);

  get topTime(): number {
    return this.order[0];
  }

  get topKey(): number {
    return this.order[1];
  }

  get topWhat(): number {
    return this.tags[0];
  }

  get topWho(): number {
    return this.tags[1];
  }

  /** True when the event became the earliest of all. */
  push(what: number, who: number): boolean {
    if (this.size * 2 === this.tags.length) this.grow();
    const { order, tags } = this;
    const time = this.entering[0];
    const key = this.entering[1];
    let i = this.size++ * 2;
    while (i > 0) {
      const parent = ((i - 2) >> 2) & ~1;
      const parentTime = order[parent];
      if (time > parentTime || (time === parentTime && key > order[parent + 1])) break;
      order[i] = parentTime;
      order[i + 1] = order[parent + 1];
      tags[i] = tags[parent];
      tags[i + 1] = tags[parent + 1];
      i = parent;
    }
    order[i] = time;
    order[i + 1] = key;
    tags[i] = what;
    tags[i + 1] = who;
    return i === 0;
  }

  /** Takes the earliest away. */
  pop(): void {
    const { order, tags } = this;
    const end = --this.size * 2;
    const time = order[end];
    const key = order[end + 1];
    let i = 0;
    for (;;) {
      const first = i * 4 + 2;
      if (first >= end) break;
      const last = first + 8 < end ? first + 8 : end;
      let least = first;
      let leastTime = order[first];
      for (let j = first + 2; j < last; j += 2) {
        const t = order[j];
        if (t < leastTime || (t === leastTime && order[j + 1] < order[least + 1])) {
          least = j;
          leastTime = t;
        }
      }
      if (leastTime > time || (leastTime === time && order[least + 1] > key)) break;
      order[i] = leastTime;
      order[i + 1] = order[least + 1];
      tags[i] = tags[least];
      tags[i + 1] = tags[least + 1];
      i = least;
    }
    order[i] = time;
    order[i + 1] = key;
    tags[i] = tags[end];
    tags[i + 1] = tags[end + 1];
  }

  /** Takes out all that match, in no order; looks at every entry. */
  withdraw(
    matches: (what: number, who: number) => boolean,
  ): { time: number; key: number; what: number; who: number }[] {
    const taken: { time: number; key: number; what: number; who: number }[] = [];
    const { order, tags } = this;
    const end = this.size * 2;
    this.size = 0;
    for (let i = 0; i < end; i += 2) {
      const [time, key, what, who] = [order[i], order[i + 1], tags[i], tags[i + 1]];
      if (matches(what, who)) taken.push({ time, key, what, who });
      else {
        this.entering[0] = time;
        this.entering[1] = key;
        this.push(what, who);
      }
    }
    return taken;
  }

  private grow(): void {
    const order = new Float64Array(this.order.length * 2);
    const tags = new Int32Array(this.tags.length * 2);
    order.set(this.order);
    tags.set(this.tags);
    this.order = order;
    this.tags = tags;
  }
}
