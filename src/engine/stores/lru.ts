/**
 * A bounded store of versions by key, least recently used out first. Expiry is lazy: an entry past its time is a miss
 * when it is touched. It must not know the ledger or who asks.
 */
import { KeyTable } from './keytable.ts';

const NONE = -1;

// An entry is a row of eight words, so that one touch of memory brings all of it: as a double when it expires, then its
// key, version, authority, and the entries used next after and next before it.
const EXPIRES = 0;
const KEY = 2;
const VERSION = 3;
const AUTHORITY = 4;
const NEWER = 5;
const OLDER = 6;
const ENTRY = 8;

const FIRST_ENTRIES = 16;

export class LruStore {
  size = 0;
  evicted = 0;
  expired = 0;

  private capacity: number;
  private readonly slotOf = new KeyTable();
  private rows = new Int32Array(FIRST_ENTRIES * ENTRY);
  /** The same memory as doubles. */
  private doubles = new Float64Array(this.rows.buffer);
  private newest = NONE;
  private oldest = NONE;
  private firstFree = NONE;
  private used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** The slot (where its row begins) of a fresh entry, made the most recent; NONE on a miss. `now` and expiry in ns. */
  find(key: number, now: number): number {
    const slot = this.slotOf.get(key);
    if (slot < 0) return NONE;
    if (now >= this.doubles[(slot >> 1) + EXPIRES]) {
      this.drop(slot);
      this.expired++;
      return NONE;
    }
    if (this.newest !== slot) {
      this.unlink(slot);
      this.linkNewest(slot);
    }
    return slot;
  }

  version(slot: number): number {
    return this.rows[slot + VERSION];
  }

  authority(slot: number): number {
    return this.rows[slot + AUTHORITY];
  }

  /** Stores or replaces; counts as a use. Pushes out the least recently used entry when full. */
  put(key: number, version: number, authority: number, expires: number): void {
    let slot = this.slotOf.get(key);
    if (slot >= 0) {
      this.unlink(slot);
    } else {
      if (this.capacity < 1) return;
      if (this.size >= this.capacity) {
        this.evicted++;
        this.drop(this.oldest);
      }
      slot = this.take();
      this.rows[slot + KEY] = key;
      this.slotOf.set(key, slot);
      this.size++;
    }
    this.rows[slot + VERSION] = version;
    this.rows[slot + AUTHORITY] = authority;
    this.doubles[(slot >> 1) + EXPIRES] = expires;
    this.linkNewest(slot);
  }

  /** Forgets a key; true when it was there. */
  remove(key: number): boolean {
    const slot = this.slotOf.get(key);
    if (slot < 0) return false;
    this.drop(slot);
    return true;
  }

  clear(): void {
    this.slotOf.clear();
    this.newest = this.oldest = this.firstFree = NONE;
    this.size = this.used = 0;
  }

  /** Changes the capacity of a store in use; surplus entries go, oldest first. */
  resize(capacity: number): void {
    this.capacity = capacity;
    while (this.size > capacity) {
      this.evicted++;
      this.drop(this.oldest);
    }
  }

  private take(): number {
    if (this.firstFree !== NONE) {
      const slot = this.firstFree;
      this.firstFree = this.rows[slot + OLDER];
      return slot;
    }
    if (this.used === this.rows.length) this.grow();
    const slot = this.used;
    this.used += ENTRY;
    return slot;
  }

  private drop(slot: number): void {
    this.unlink(slot);
    this.slotOf.set(this.rows[slot + KEY], NONE);
    this.rows[slot + OLDER] = this.firstFree;
    this.firstFree = slot;
    this.size--;
  }

  private unlink(slot: number): void {
    const { rows } = this;
    const newer = rows[slot + NEWER];
    const older = rows[slot + OLDER];
    if (newer === NONE) this.newest = older;
    else rows[newer + OLDER] = older;
    if (older === NONE) this.oldest = newer;
    else rows[older + NEWER] = newer;
  }

  private linkNewest(slot: number): void {
    const { rows, newest } = this;
    rows[slot + NEWER] = NONE;
    rows[slot + OLDER] = newest;
    if (newest === NONE) this.oldest = slot;
    else rows[newest + NEWER] = slot;
    this.newest = slot;
  }

  private grow(): void {
    const longer = new Int32Array(this.rows.length * 2);
    longer.set(this.rows);
    this.rows = longer;
    this.doubles = new Float64Array(longer.buffer);
  }
}
