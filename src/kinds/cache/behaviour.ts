/** A cache beside a store: gets, sets and deletes of versions in memory, by a few threads, least recently used out. */
import type { BuildContext } from '../../engine/build.ts';
import { DEL, HIT, NONE, READ, SET, STALE, WRITE } from '../../engine/calls.ts';
import { LruStore } from '../../engine/lru.ts';
import { OK } from '../../engine/outcomes.ts';
import { UNLIMITED } from '../../engine/pool.ts';
import type { Stream } from '../../engine/random.ts';
import { NOTE } from '../../engine/recorder.ts';
import { Server } from '../../engine/server.ts';
import { toNs } from '../../engine/time.ts';
import type { Unit } from '../../engine/unit.ts';
import type { CacheParams } from './spec.ts';

/** Commands that may wait: far more than a caller's timeout lets through. */
const QUEUE_LIMIT = 100_000;

class Cache extends Server {
  private params: CacheParams;
  private readonly store: LruStore;
  private readonly lifetimes: Stream;
  private gets = 0;
  private hits = 0;
  private staleHits = 0;

  constructor(params: CacheParams, context: BuildContext) {
    super(context);
    this.params = params;
    this.store = new LruStore(params.capacityEntries);
    this.lifetimes = this.stream('lifetimes');
    this.apply();
    this.setUnits(1, params.startMs, false);
  }

  override reconfigure(params: CacheParams): void {
    this.params = params;
    this.apply();
    this.store.resize(params.capacityEntries);
    this.resizePools();
    this.setUnits(1, params.startMs, true);
  }

  private apply(): void {
    const { fill, onWrite, commandMs } = this.params;
    this.lookaside = { waitsForFill: fill === 'sync', onWrite: onWrite as 'delete' | 'update' | 'nothing' };
    this.useConstantWork(toNs(commandMs));
  }

  override fault(fault: string, unit: number, factor: number): string | null {
    if (fault !== 'flush') return super.fault(fault, unit, factor);
    this.store.clear();
    return `${this.label} was flushed`;
  }

  override windowClosed(lengthMs: number): void {
    this.gauges[0] = this.shareOf('hits', this.hits, this.gets);
    this.gauges[1] = this.store.size;
    this.gauges[2] = this.shareOf('stale', this.staleHits, this.hits);
    this.gauges[3] = this.rateOf('evicted', this.store.evicted, lengthMs);
  }

  protected override poolSize(): { servers: number; queueLimit: number } {
    return { servers: this.params.threads || UNLIMITED, queueLimit: QUEUE_LIMIT };
  }

  protected override workNs(): number {
    return toNs(this.params.commandMs);
  }

  protected override worked(c: number): void {
    const { calls } = this.core;
    switch (calls.operation[c]) {
      case READ:
        this.get(c);
        break;
      case SET:
      case WRITE:
        this.set(c);
        break;
      case DEL:
        this.store.remove(calls.key[c]);
        break;
    }
    this.done(c, OK);
  }

  private get(c: number): void {
    const { calls, now, ledger, recorder } = this.core;
    const key = calls.key[c];
    const slot = this.store.find(key, now);
    this.gets++;
    if (calls.request[c] !== NONE) {
      const version = slot === NONE ? 0 : this.store.version(slot);
      recorder.note(calls.request[c], calls.span[c], NOTE.lookup, slot === NONE ? 0 : 1, version, now);
    }
    if (slot === NONE) return;
    this.hits++;
    const version = this.store.version(slot);
    const authority = this.store.authority(slot);
    calls.version[c] = version;
    calls.authority[c] = authority;
    calls.flags[c] |= HIT;
    if (!ledger.isOutdated(authority, key, version)) return;
    this.staleHits++;
    if (ledger.isStaleRead(authority, key, version, calls.issued[c])) calls.flags[c] |= STALE;
  }

  private set(c: number): void {
    const { calls, now } = this.core;
    if (calls.authority[c] === NONE) return;
    const { ttlMs, ttlJitterShare } = this.params;
    const spread = ttlJitterShare > 0 ? 1 + ttlJitterShare * (2 * this.lifetimes.uniform() - 1) : 1;
    const expires = ttlMs === 0 ? Infinity : now + toNs(ttlMs * spread);
    this.store.put(calls.key[c], calls.version[c], calls.authority[c], expires);
  }

  /** Memory does not survive the process. */
  protected override unitDied(unit: Unit): void {
    this.store.clear();
    super.unitDied(unit);
  }
}

export function build(params: CacheParams, context: BuildContext): Cache {
  return new Cache(params, context);
}
