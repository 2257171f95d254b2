/**
 * What a caller answers reads with when a call of a link failed for good: a fixed value, or the last good one that its
 * unit remembers for the key. Such an answer is degraded, and counted apart. It must not know who calls.
 */
import {
  AUTHORITY,
  type Calls,
  DEGRADED,
  FLAGS,
  ISSUED,
  KEY,
  NONE,
  READ,
  STALE,
  VERSION,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { LruStore } from '../stores/lru.ts';
import { NS_PER_MS } from '../time.ts';

/** After so long without one the next is said in the log again. */
const QUIET_NS = 10_000 * NS_PER_MS;

interface FallingBack {
  readonly id: string;
  readonly caller: { readonly label: string };
  readonly callee: { readonly label: string };
}

export class Fallback {
  /** Answers given in place of a failed call, and failures for which nothing was remembered. */
  used = 0;
  missed = 0;
  /** How long one takes, ns. */
  takesNs = 0;
  private readonly core: Core;
  private readonly calls: Calls;
  private readonly link: FallingBack;
  /** Answers remembered by each unit; 0: the value is fixed. */
  private capacity = 0;
  private readonly stores: (LruStore | undefined)[] = [];
  private lastNs = -QUIET_NS;

  constructor(core: Core, link: FallingBack) {
    this.core = core;
    this.calls = core.calls;
    this.link = link;
  }

  configure(takesNs: number, capacity: number): void {
    this.takesNs = takesNs;
    this.capacity = capacity;
    for (const store of this.stores) store?.resize(capacity);
  }

  /** A read went well: its answer is worth remembering. */
  remember(unit: number, c: number): void {
    const { rows } = this.calls;
    if (this.capacity === 0 || rows[c + AUTHORITY] === NONE || this.calls.operation(c) !== READ) return;
    const store = (this.stores[unit] ??= new LruStore(this.capacity));
    store.put(rows[c + KEY], rows[c + VERSION], rows[c + AUTHORITY], Infinity);
  }

  /** Makes what there is the answer of `parent`; false when there is nothing, and for what is no read. */
  answers(unit: number, parent: number): boolean {
    const { calls, core } = this;
    const { rows } = calls;
    if (calls.operation(parent) !== READ) return false;
    if (this.capacity > 0) {
      const store = this.stores[unit];
      const slot = store === undefined ? NONE : store.find(rows[parent + KEY], core.now);
      if (slot === NONE) {
        this.missed++;
        return false;
      }
      this.take(parent, store!.version(slot), store!.authority(slot));
    }
    rows[parent + FLAGS] |= DEGRADED;
    this.used++;
    if (core.now - this.lastNs >= QUIET_NS) this.say();
    this.lastNs = core.now;
    return true;
  }

  /** The process of a unit is gone, and what it remembered. */
  forget(unit: number): void {
    this.stores[unit]?.clear();
  }

  private take(parent: number, version: number, authority: number): void {
    const { rows, times } = this.calls;
    rows[parent + VERSION] = version;
    rows[parent + AUTHORITY] = authority;
    const { ledger } = this.core;
    if (ledger.isStaleRead(authority, rows[parent + KEY], version, times[(parent >> 1) + ISSUED]))
      rows[parent + FLAGS] |= STALE;
  }

  private say(): void {
    const { caller, callee, id } = this.link;
    const what = this.capacity > 0 ? 'what it remembers' : 'a fixed answer';
    const text = `${caller.label} falls back on ${what}: calls to ${callee.label} fail`;
    this.core.journal.write(this.core.now, 'warning', 'fallback', text, id);
  }
}
