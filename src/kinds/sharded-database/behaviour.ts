/** A sharded database: each key belongs to one shard, by hash slot or by range. */
import { KEY } from '../../engine/calls/calls.ts';
import { hash32 } from '../../engine/chance/random.ts';
import { Store } from '../store.ts';
import type { ShardedDatabaseParams } from './spec.ts';
import type { Station } from '../../engine/station/station.ts';

/** Hash slots, dealt out to the shards in equal runs. */
const SLOTS = 16_384;

/** Salt of the placement hash: the same in every database. */
const PLACEMENT_SALT = 0x51a7;

class ShardedDatabase extends Store<ShardedDatabaseParams> {
  override readonly placesCalls = true;

  constructor(params: ShardedDatabaseParams, station: Station) {
    super(params, station);
    station.setUnits(this.unitCount(), params.startMs, false);
  }

  protected override unitCount(): number {
    return this.params.shards;
  }

  /** The shard that owns the key. */
  override chooseUnit(c: number): number {
    const key = this.core.calls.rows[c + KEY];
    const { shards, rule, keySpace } = this.params;
    if (rule === 'range') return Math.min(shards - 1, Math.floor((key * shards) / keySpace));
    const slot = hash32(key, PLACEMENT_SALT) % SLOTS;
    return Math.floor((slot * shards) / SLOTS);
  }

  override windowClosed(lengthMs: number): void {
    let most = 0;
    let sum = 0;
    for (let i = 0; i < this.params.shards; i++) {
      const { rateRps } = this.station.units[i];
      if (rateRps > most) most = rateRps;
      sum += rateRps;
    }
    this.station.gauges[0] = (most * this.params.shards) / sum;
    this.station.gauges[1] = this.connections;
    this.station.gauges[2] = this.rateOf('writes', this.writes, lengthMs);
    this.station.gauges[3] = this.rateOf('refused', this.servers.refused, lengthMs);
  }
}

export function build(params: ShardedDatabaseParams, station: Station): ShardedDatabase {
  return new ShardedDatabase(params, station);
}
