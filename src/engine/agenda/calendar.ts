/**
 * Pending events at arbitrary instants, in exact order of time and key. A calendar queue (Brown 1988): a ring of short
 * stretches of time, each with a sorted list of its events, and a bit for each that has any. Events beyond the ring, or
 * of a stretch that is crowded, wait in a heap. It must not know what an event means.
 */
import { EventHeap } from './eventheap.ts';
import { DOUBLE } from '../time.ts';

const NONE = -1;
/** Before all time. */
export const UNKNOWN = -1;

// Entries are rows of eight words: as doubles time and key, then what, who, and the next one of the same stretch.
const WHAT = 4;
const WHO = 5;
const NEXT = 6;
const ENTRY = 8;

const FIRST_STRETCHES = 1_024;
const MOST_STRETCHES = 65_536;
/** ns. */
const FIRST_LENGTH = 16_384;
const FIRST_ENTRIES = 64;
/** A list longer than this is not walked: the event goes to the heap. */
const CROWD = 24;
/** Events after which the ring is fitted to what has been seen. */
const REVIEW = 4_096;
/** Stretches per pending event, so that nearly all events lie within the ring. */
const STRETCHES_PER_EVENT = 16;

/** An event taken out before it was due; `time` in ns. */
export interface PendingEvent {
  readonly time: number;
  readonly what: number;
  readonly who: number;
}

export class Calendar {
  /** The present: the instant of the event that was taken last, ns. */
  time = DOUBLE;
  /** What is to happen now, and to whom. */
  what = 0;
  who = 0;
  /**
   * When the event that `put` takes in is due, ns, not before the present, and its key: no two events have the same.
   * Fields and not arguments, because a double handed to a function that is not inlined is a number allocated.
   */
  due = DOUBLE;
  key = DOUBLE;

  /** When the earliest event is due, ns, and its key; UNKNOWN until it has been looked for. */
  protected earliest = DOUBLE;
  protected earliestKey = DOUBLE;
  /** Its entry and stretch; NONE when it is the first of the heap. */
  private earliestEntry = NONE;
  private earliestStretch = 0;

  private readonly far = new EventHeap();
  /** When the first event of the heap is due. */
  private farTime = Infinity;

  // One memory, because every typed array that a function touches costs it checks: the bits, the first entry of each
  // stretch, then the entries.
  private words = new Int32Array(0);
  /** The same memory as doubles. */
  private doubles = new Float64Array(0);
  /** Stretches − 1, their number being a power of two; where their first entries are noted, and where entries begin. */
  private mask = 0;
  private heads = 0;
  private entries = 0;
  /** 1 ÷ the length of a stretch, and the time that surely lies within the ring, ns. */
  private perLength = DOUBLE;
  private span = DOUBLE;
  private firstFree = NONE;
  private near = 0;

  private untilReview = REVIEW;
  private reviewed = DOUBLE;

  constructor() {
    this.time = this.due = this.key = this.reviewed = this.earliestKey = 0;
    this.earliest = UNKNOWN;
    this.lay(FIRST_STRETCHES, FIRST_LENGTH, FIRST_ENTRIES);
  }

  /** Events waiting here, cancelled ones included. */
  protected get dated(): number {
    return this.near + this.far.size;
  }

  /** Takes an event in that is due at `due`, with the key in `key`. */
  protected put(what: number, who: number): void {
    const time = this.due;
    if (time <= this.earliest) this.earliest = UNKNOWN;
    if (time - this.time >= this.span) return this.putFar(what, who);
    if (this.firstFree === NONE) this.makeRoom();
    const { words, doubles, firstFree: e } = this;
    const following = words[e + NEXT];
    const stretch = (time * this.perLength) & this.mask;
    const head = this.heads + stretch;
    if (words[head] === NONE) {
      words[head] = e;
      words[e + NEXT] = NONE;
      words[stretch >> 5] |= 1 << stretch;
    } else if (!this.insert(head, e)) return this.putFar(what, who);
    this.firstFree = following;
    doubles[e >> 1] = time;
    doubles[(e >> 1) + 1] = this.key;
    words[e + WHAT] = what;
    words[e + WHO] = who;
    this.near++;
  }

  /** Into the list of a stretch that has entries; false when it is crowded. */
  private insert(head: number, e: number): boolean {
    const { words, doubles, due, key } = this;
    let before = head;
    let i = words[head];
    for (let walked = 0; i !== NONE; walked++) {
      const time = doubles[i >> 1];
      if (time > due || (time === due && doubles[(i >> 1) + 1] > key)) break;
      if (walked === CROWD) return false;
      before = i + NEXT;
      i = words[before];
    }
    words[e + NEXT] = i;
    words[before] = e;
    return true;
  }

  private putFar(what: number, who: number): void {
    const { far } = this;
    far.entering[0] = this.due;
    far.entering[1] = this.key;
    if (far.push(what, who)) this.farTime = this.due;
  }

  /** Finds the earliest event; Infinity stands for none. */
  protected look(): void {
    const { words, doubles } = this;
    const now = (this.time * this.perLength) & this.mask;
    let at = now >> 5;
    let bits = words[at] & (-1 << now);
    if (bits === 0) {
      if (this.near === 0) return this.lookFar();
      const last = this.mask >> 5;
      do {
        at = (at + 1) & last;
        bits = words[at];
      } while (bits === 0);
    }
    const stretch = (at << 5) + (31 - Math.clz32(bits & -bits));
    const e = words[this.heads + stretch];
    const time = doubles[e >> 1];
    const key = doubles[(e >> 1) + 1];
    if (time >= this.farTime && (this.farTime < time || this.far.topKey < key)) return this.lookFar();
    this.earliest = time;
    this.earliestKey = key;
    this.earliestEntry = e;
    this.earliestStretch = stretch;
  }

  private lookFar(): void {
    this.earliest = this.farTime;
    this.earliestEntry = NONE;
    if (this.far.size > 0) this.earliestKey = this.far.topKey;
  }

  /** Takes the earliest event, which was found, into `time`, `what` and `who`. */
  protected takeEarliest(): void {
    const { words, earliestEntry: e } = this;
    this.time = this.earliest;
    this.earliest = UNKNOWN;
    if (e === NONE) this.takeFar();
    else {
      const stretch = this.earliestStretch;
      const following = words[e + NEXT];
      words[this.heads + stretch] = following;
      if (following === NONE) words[stretch >> 5] &= ~(1 << stretch);
      words[e + NEXT] = this.firstFree;
      this.firstFree = e;
      this.near--;
      this.what = words[e + WHAT];
      this.who = words[e + WHO];
    }
    if (--this.untilReview === 0) this.review();
  }

  private takeFar(): void {
    const { far } = this;
    this.what = far.topWhat;
    this.who = far.topWho;
    far.pop();
    this.farTime = far.size === 0 ? Infinity : far.topTime;
  }

  /** Fits the length of a stretch to the time between events, and their number to the events pending. */
  private review(): void {
    this.untilReview = REVIEW;
    const between = (this.time - this.reviewed) / REVIEW;
    this.reviewed = this.time;
    if (between === 0) return;
    const length = powerOfTwo(between / 2);
    const wanted = powerOfTwo(this.dated * STRETCHES_PER_EVENT);
    const stretches = Math.min(MOST_STRETCHES, Math.max(FIRST_STRETCHES, wanted));
    const fits = (is: number, should: number) => is <= should * 2 && should <= is * 2;
    if (fits(1 / this.perLength, length) && fits(this.mask + 1, stretches)) return;
    this.relay(stretches, length);
  }

  private lay(stretches: number, length: number, entries: number): void {
    this.mask = stretches - 1;
    this.heads = stretches >> 5;
    this.entries = this.heads + stretches;
    this.perLength = 1 / length;
    this.span = (stretches - 1) * length;
    this.words = new Int32Array(this.entries + entries * ENTRY).fill(NONE, this.heads, this.entries);
    this.doubles = new Float64Array(this.words.buffer);
    this.firstFree = NONE;
    this.near = 0;
    this.addFree(this.entries);
  }

  private addFree(from: number): void {
    const { words } = this;
    for (let e = from; e < words.length; e += ENTRY) {
      words[e + NEXT] = this.firstFree;
      this.firstFree = e;
    }
  }

  private makeRoom(): void {
    const before = this.words.length;
    const entries = (before - this.entries) / ENTRY;
    const longer = new Int32Array(this.entries + entries * 2 * ENTRY);
    longer.set(this.words);
    this.words = longer;
    this.doubles = new Float64Array(longer.buffer);
    this.addFree(before);
  }

  /** Takes out all events here that match, earliest first. Looks at every one: for rare occasions. */
  withdraw(matches: (what: number, who: number) => boolean): PendingEvent[] {
    const taken: (PendingEvent & { key: number })[] = [];
    const { words, doubles } = this;
    for (let head = this.heads; head < this.entries; head++) {
      for (let before = head, e = words[head]; e !== NONE; e = words[before]) {
        if (!matches(words[e + WHAT], words[e + WHO])) {
          before = e + NEXT;
          continue;
        }
        const [time, key] = [doubles[e >> 1], doubles[(e >> 1) + 1]];
        taken.push({ time, key, what: words[e + WHAT], who: words[e + WHO] });
        words[before] = words[e + NEXT];
        words[e + NEXT] = this.firstFree;
        this.firstFree = e;
        this.near--;
      }
      const stretch = head - this.heads;
      if (words[head] === NONE) words[stretch >> 5] &= ~(1 << stretch);
    }
    taken.push(...this.far.withdraw(matches));
    this.earliest = UNKNOWN;
    this.farTime = this.far.size === 0 ? Infinity : this.far.topTime;
    return taken.sort((a, b) => a.time - b.time || a.key - b.key);
  }

  /** Lays the ring anew, with all that was in it. */
  private relay(stretches: number, length: number): void {
    this.earliest = UNKNOWN;
    const { words, doubles, heads, entries } = this;
    this.lay(stretches, length, (words.length - entries) / ENTRY);
    for (let head = heads; head < entries; head++) {
      for (let e = words[head]; e !== NONE; e = words[e + NEXT]) {
        this.due = doubles[e >> 1];
        this.key = doubles[(e >> 1) + 1];
        this.put(words[e + WHAT], words[e + WHO]);
      }
    }
  }
}

function powerOfTwo(x: number): number {
  let power = 1;
  while (power < x) power *= 2;
  return power;
}
