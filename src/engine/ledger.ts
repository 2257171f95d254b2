/**
 * The truth: which write is the newest of each key, and when it was acknowledged. It observes staleness for the
 * statistics; no component of the modelled system may base a decision on it.
 */
import { KeyTable } from './keytable.ts';

/** Acknowledgements remembered per key: answers further behind than this count as stale without looking closer. */
const REMEMBERED = 8;

/** One store that keeps the truth of its keys. */
class Authority {
  readonly newest = new KeyTable();
  /** Row in `acknowledged` of keys that were ever written. */
  readonly row = new KeyTable();
  acknowledged = new Float64Array(REMEMBERED * 64).fill(Infinity);
  rows = 0;
}

export class Ledger {
  private readonly authorities: Authority[] = [];
  commits = 0;

  /** A new store; the number names it in `authority` columns. */
  register(): number {
    return this.authorities.push(new Authority()) - 1;
  }

  /** The version that a store holds of a key; 0 before the first write. */
  newest(authority: number, key: number): number {
    const version = this.authorities[authority].newest.get(key);
    return version < 0 ? 0 : version;
  }

  /** A write took effect at its store. Returns the new version. */
  commit(authority: number, key: number): number {
    const store = this.authorities[authority];
    const version = this.newest(authority, key) + 1;
    store.newest.set(key, version);
    let row = store.row.get(key);
    if (row < 0) {
      row = store.rows++;
      store.row.set(key, row);
      if ((row + 1) * REMEMBERED > store.acknowledged.length) {
        const wider = new Float64Array(store.acknowledged.length * 2).fill(Infinity);
        wider.set(store.acknowledged);
        store.acknowledged = wider;
      }
    }
    store.acknowledged[row * REMEMBERED + (version % REMEMBERED)] = Infinity;
    this.commits++;
    return version;
  }

  /** The client that wrote this version has its answer. */
  acknowledge(authority: number, key: number, version: number, now: number): void {
    const store = this.authorities[authority];
    const row = store.row.get(key);
    if (row < 0 || version <= this.newest(authority, key) - REMEMBERED) return;
    store.acknowledged[row * REMEMBERED + (version % REMEMBERED)] = now;
  }

  /** Whether the value is older than the newest committed one at this instant. */
  isOutdated(authority: number, key: number, version: number): boolean {
    return this.newest(authority, key) > version;
  }

  /**
   * Whether a read issued at `issued` that answers with `version` misses a write acknowledged before it began
   * (DESIGN §4, `staleRead`). A write acknowledged later is concurrent and never makes it stale.
   */
  isStaleRead(authority: number, key: number, version: number, issued: number): boolean {
    const newest = this.newest(authority, key);
    if (newest <= version) return false;
    if (newest - version > REMEMBERED) return true;
    const store = this.authorities[authority];
    const base = store.row.get(key) * REMEMBERED;
    for (let v = version + 1; v <= newest; v++) {
      if (store.acknowledged[base + (v % REMEMBERED)] <= issued) return true;
    }
    return false;
  }
}
