/**
 * Events that all come the same time after they were scheduled: they are due in the order in which they were scheduled,
 * but for those of one instant that are of different classes, so a ring holds them and hardly anything has to be
 * searched. It must not know what an event means.
 */
import { DOUBLE } from '../time.ts';

// Entries are rows of six words: as doubles time and key, then what and who.
const WHAT = 4;
const WHO = 5;
const ENTRY = 6;

const FIRST_ENTRIES = 16;

/** When an event is due, ns, and its key. An object, because a double handed over is a number allocated. */
interface Entering {
  readonly due: number;
  readonly key: number;
}

export class Lane {
  /** How long after the present its events come, ns. */
  readonly delayNs: number;
  /** Who schedules with it. */
  users = 0;
  /** When its first event is due, ns; Infinity while there is none. */
  firstTime = DOUBLE;
  /** When the event was due that was added last, ns. */
  private lastTime = DOUBLE;

  private words = new Int32Array(FIRST_ENTRIES * ENTRY);
  /** The same memory as doubles. */
  private doubles = new Float64Array(this.words.buffer);
  /** Where the first entry is, and where the next one comes. The ring is never quite full. */
  private head = 0;
  private tail = 0;

  constructor(delayNs: number) {
    this.delayNs = delayNs;
    this.firstTime = Infinity;
    this.lastTime = -1;
  }

  get size(): number {
    const { head, tail, words } = this;
    return (tail >= head ? tail - head : tail - head + words.length) / ENTRY;
  }

  /** The key of its first event. */
  get firstKey(): number {
    return this.doubles[(this.head >> 1) + 1];
  }

  /** An event, due at `due` with the key `key` of what is given; true when it is the first one here now. */
  add(entering: Entering, what: number, who: number): boolean {
    const { words, doubles, tail } = this;
    const { due, key } = entering;
    const at = due === this.lastTime && tail !== this.head ? this.makeWay(entering) : tail;
    this.lastTime = due;
    doubles[at >> 1] = due;
    doubles[(at >> 1) + 1] = key;
    words[at + WHAT] = what;
    words[at + WHO] = who;
    const isFirst = at === this.head;
    if (isFirst) this.firstTime = due;
    const next = tail + ENTRY === words.length ? 0 : tail + ENTRY;
    this.tail = next;
    if (next === this.head) this.grow();
    return isFirst;
  }

  /** Moves those due at the same instant that come after this key by one place, and says which place is free then. */
  private makeWay({ due, key }: Entering): number {
    const { words, doubles, head } = this;
    let at = this.tail;
    while (at !== head) {
      const before = (at === 0 ? words.length : at) - ENTRY;
      if (doubles[before >> 1] !== due || doubles[(before >> 1) + 1] < key) break;
      words.copyWithin(at, before, before + ENTRY);
      at = before;
    }
    return at;
  }

  /** Takes the first event out, into `into`. */
  take(into: { what: number; who: number }): void {
    const { words, doubles, head } = this;
    into.what = words[head + WHAT];
    into.who = words[head + WHO];
    const next = head + ENTRY === words.length ? 0 : head + ENTRY;
    this.head = next;
    // Not as one expression: its two sides would be handed on as a number allocated.
    if (next === this.tail) this.firstTime = Infinity;
    else this.firstTime = doubles[next >> 1];
  }

  /** Of a ring whose tail has come round to its head: twice as long, with the first entry in front. */
  private grow(): void {
    const { words, head } = this;
    const longer = new Int32Array(words.length * 2);
    longer.set(words.subarray(head));
    longer.set(words.subarray(0, head), words.length - head);
    this.words = longer;
    this.doubles = new Float64Array(longer.buffer);
    this.head = 0;
    this.tail = words.length;
  }
}
