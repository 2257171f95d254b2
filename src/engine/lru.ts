/**
 * A bounded store of versions by key, least recently used out first. Expiry is lazy: an entry past its time is a miss
 * when it is touched. It must not know the ledger or who asks.
 */
import { KeyTable } from './keytable.ts';

const NONE = -1;

export class LruStore {
  size = 0;
  evicted = 0;
  expired = 0;

  private capacity: number;
  private readonly slotOf = new KeyTable();
  private keys = new Int32Array(16);
  private versions = new Int32Array(16);
  private authorities = new Int16Array(16);
  private expires = new Float64Array(16);
  private newer = new Int32Array(16);
  private older = new Int32Array(16);
  private newest = NONE;
  private oldest = NONE;
  private firstFree = NONE;
  private used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** The slot of a fresh entry, made the most recent; NONE on a miss. `now` and expiry in ns. */
  find(key: number, now: number): number {
    const slot = this.slotOf.get(key);
    if (slot < 0) return NONE;
    if (now >= this.expires[slot]) {
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
    return this.versions[slot];
  }

  authority(slot: number): number {
    return this.authorities[slot];
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
      this.keys[slot] = key;
      this.slotOf.set(key, slot);
      this.size++;
    }
    this.versions[slot] = version;
    this.authorities[slot] = authority;
    this.expires[slot] = expires;
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
      this.firstFree = this.older[slot];
      return slot;
    }
    if (this.used === this.keys.length) this.grow();
    return this.used++;
  }

  private drop(slot: number): void {
    this.unlink(slot);
    this.slotOf.set(this.keys[slot], NONE);
    this.older[slot] = this.firstFree;
    this.firstFree = slot;
    this.size--;
  }

  private unlink(slot: number): void {
    const newer = this.newer[slot];
    const older = this.older[slot];
    if (newer === NONE) this.newest = older;
    else this.older[newer] = older;
    if (older === NONE) this.oldest = newer;
    else this.newer[older] = newer;
  }

  private linkNewest(slot: number): void {
    this.newer[slot] = NONE;
    this.older[slot] = this.newest;
    if (this.newest === NONE) this.oldest = slot;
    else this.newer[this.newest] = slot;
    this.newest = slot;
  }

  private grow(): void {
    const length = this.keys.length * 2;
    const i32 = (from: Int32Array) => {
      const to = new Int32Array(length);
      to.set(from);
      return to;
    };
    this.keys = i32(this.keys);
    this.versions = i32(this.versions);
    this.newer = i32(this.newer);
    this.older = i32(this.older);
    const authorities = new Int16Array(length);
    authorities.set(this.authorities);
    this.authorities = authorities;
    const expires = new Float64Array(length);
    expires.set(this.expires);
    this.expires = expires;
  }
}
