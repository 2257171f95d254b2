/** A cache beside a store: gets, sets and deletes of versions in memory, by a few threads, least recently used out. */
import {
  AUTHORITY,
  DEL,
  FLAGS,
  HIT,
  ISSUED,
  KEY,
  NONE,
  READ,
  SET,
  STALE,
  TRACED,
  VERSION,
  WRITE,
} from '../../engine/calls/calls.ts';
import { MAX_COMMANDS_WAITING } from '../../engine/limits.ts';
import { LruStore } from '../../engine/stores/lru.ts';
import { OK } from '../../engine/calls/outcomes.ts';
import { UNLIMITED } from '../../engine/station/pool.ts';
import type { Stream } from '../../engine/chance/random.ts';
import { NOTE } from '../../engine/records/recorder.ts';
import { Server } from '../../engine/station/server.ts';
import { toNs } from '../../engine/time.ts';
import type { CacheParams } from './spec.ts';
import type { Station } from '../../engine/station/station.ts';

class Cache extends Server {
  private params: CacheParams;
  private commandNs = 0;
  private readonly store: LruStore;
  private readonly lifetimes: Stream;
  private gets = 0;
  private hits = 0;
  private staleHits = 0;

  constructor(params: CacheParams, station: Station) {
    super(station);
    this.params = params;
    this.store = new LruStore(params.capacityEntries);
    this.lifetimes = this.stream('lifetimes');
    this.apply();
    station.setUnits(1, params.startMs, false);
  }

  override reconfigure(params: CacheParams): void {
    this.params = params;
    this.apply();
    this.store.resize(params.capacityEntries);
    this.station.setUnits(1, params.startMs, true);
  }

  private apply(): void {
    const { fill, onWrite, commandMs, threads } = this.params;
    this.station.lookaside = {
      waitsForFill: fill === 'sync',
      onWrite: onWrite as 'delete' | 'update' | 'nothing',
    };
    this.servers.configure(threads || UNLIMITED, MAX_COMMANDS_WAITING);
    this.commandNs = toNs(commandMs);
  }

  override fault(fault: string): string | null {
    if (fault !== 'flush') return null;
    this.store.clear();
    return `${this.station.label} was flushed`;
  }

  override windowClosed(lengthMs: number): void {
    this.station.gauges[0] = this.shareOf('hits', this.hits, this.gets);
    this.station.gauges[1] = this.store.size;
    this.station.gauges[2] = this.shareOf('stale', this.staleHits, this.hits);
    this.station.gauges[3] = this.rateOf('evicted', this.store.evicted, lengthMs);
  }

  override draw(_c: number, into: Float64Array): void {
    into[0] = this.commandNs;
  }

  override worked(c: number): void {
    const { calls } = this.core;
    switch (calls.operation(c)) {
      case READ:
        this.get(c);
        break;
      case SET:
      case WRITE:
        this.set(c);
        break;
      case DEL:
        this.store.remove(calls.rows[c + KEY]);
        break;
    }
    this.servers.done(c, OK);
  }

  private get(c: number): void {
    const { calls, now, ledger, recorder } = this.core;
    const key = calls.rows[c + KEY];
    const slot = this.store.find(key, now);
    this.gets++;
    if (calls.rows[c + FLAGS] & TRACED) {
      const version = slot === NONE ? 0 : this.store.version(slot);
      recorder.note(c, NOTE.lookup, slot === NONE ? 0 : 1, version);
    }
    if (slot === NONE) return;
    this.hits++;
    const version = this.store.version(slot);
    const authority = this.store.authority(slot);
    calls.rows[c + VERSION] = version;
    calls.rows[c + AUTHORITY] = authority;
    calls.rows[c + FLAGS] |= HIT;
    if (!ledger.isOutdated(authority, key, version)) return;
    this.staleHits++;
    if (ledger.isStaleRead(authority, key, version, calls.times[(c >> 1) + ISSUED]))
      calls.rows[c + FLAGS] |= STALE;
  }

  private set(c: number): void {
    const { calls, now } = this.core;
    if (calls.rows[c + AUTHORITY] === NONE) return;
    const { ttlMs, ttlJitterShare } = this.params;
    const spread = ttlJitterShare > 0 ? 1 + ttlJitterShare * (2 * this.lifetimes.uniform() - 1) : 1;
    const expires = ttlMs === 0 ? Infinity : now + toNs(ttlMs * spread);
    this.store.put(calls.rows[c + KEY], calls.rows[c + VERSION], calls.rows[c + AUTHORITY], expires);
  }

  /** Memory does not survive the process. */
  override unitDied(): void {
    this.store.clear();
  }
}

export function build(params: CacheParams, station: Station): Cache {
  return new Cache(params, station);
}
