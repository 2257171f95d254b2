/**
 * The truth: which write is the newest of each key, and when it was acknowledged. It observes staleness for the
 * statistics; no component of the modelled system may base a decision on it.
 */
import { KeyTable } from './keytable.ts';
import { ACKNOWLEDGEMENTS } from '../limits.ts';

const NONE = -1;
const FIRST_ROWS = 64;

/** One store that keeps the truth of its keys. */
class Authority {
  readonly newest = new KeyTable();
  /** Row in the columns below of keys of which a write was acknowledged. */
  readonly row = new KeyTable();
  rows = 0;
  /** The newest acknowledged version of a row, when that was, and the log entry of what it replaced. */
  versions = new Int32Array(FIRST_ROWS);
  times = new Float64Array(FIRST_ROWS);
  replaced = new Float64Array(FIRST_ROWS);

  rowOf(key: number): number {
    const known = this.row.get(key);
    if (known >= 0) return known;
    const row = this.rows++;
    if (row === this.times.length) this.grow();
    this.row.set(key, row);
    this.times[row] = -Infinity;
    this.replaced[row] = NONE;
    return row;
  }

  private grow(): void {
    const length = this.times.length * 2;
    const { versions, times, replaced } = this;
    this.versions = new Int32Array(length);
    this.times = new Float64Array(length);
    this.replaced = new Float64Array(length);
    this.versions.set(versions);
    this.times.set(times);
    this.replaced.set(replaced);
  }
}

export class Ledger {
  private readonly authorities: Authority[] = [];
  commits = 0;
  /** Reads that may have been stale, of which the log no longer knew enough to say so. */
  forgotten = 0;

  // A ring over all stores and keys of what newer acknowledgements replaced: version, when it was acknowledged, and the
  // entry before it of the same key. Numbers of entries only grow; those that fell out of the ring are forgotten.
  private logVersions = new Int32Array(0);
  private logTimes = new Float64Array(0);
  private logEarlier = new Float64Array(0);
  private logged = 0;

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
    const version = this.newest(authority, key) + 1;
    this.authorities[authority].newest.set(key, version);
    this.commits++;
    return version;
  }

  /** The client that wrote this version has its answer. One older than the newest acknowledged tells nothing new. */
  acknowledge(authority: number, key: number, version: number, now: number): void {
    const store = this.authorities[authority];
    const row = store.rowOf(key);
    if (version <= store.versions[row]) return;
    if (this.logged === 0) this.makeLog();
    const entry = this.logged++;
    const at = entry % ACKNOWLEDGEMENTS;
    this.logVersions[at] = store.versions[row];
    this.logTimes[at] = store.times[row];
    this.logEarlier[at] = store.replaced[row];
    store.replaced[row] = entry;
    store.versions[row] = version;
    store.times[row] = now;
  }

  private makeLog(): void {
    this.logVersions = new Int32Array(ACKNOWLEDGEMENTS);
    this.logTimes = new Float64Array(ACKNOWLEDGEMENTS);
    this.logEarlier = new Float64Array(ACKNOWLEDGEMENTS);
  }

  /** Whether the value is older than the newest committed one at this instant. */
  isOutdated(authority: number, key: number, version: number): boolean {
    return this.newest(authority, key) > version;
  }

  /**
   * Whether a read issued at `issued` that answers with `version` misses a write acknowledged before it began
   * (DESIGN §4, `staleRead`). A write acknowledged later is concurrent and never makes it stale. Exact unless the key
   * was acknowledged again since, and before that so many other writes that the log has forgotten: then it says no, and
   * counts it in `forgotten`.
   */
  isStaleRead(authority: number, key: number, version: number, issued: number): boolean {
    const store = this.authorities[authority];
    const row = store.row.get(key);
    if (row < 0 || store.versions[row] <= version) return false;
    if (store.times[row] <= issued) return true;
    const oldest = this.logged - ACKNOWLEDGEMENTS;
    let entry = store.replaced[row];
    while (entry !== NONE && entry >= oldest) {
      const at = entry % ACKNOWLEDGEMENTS;
      if (this.logVersions[at] <= version) return false;
      if (this.logTimes[at] <= issued) return true;
      entry = this.logEarlier[at];
    }
    if (entry !== NONE) this.forgotten++;
    return false;
  }
}
