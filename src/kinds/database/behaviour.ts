/** A database on one node. */
import { Store } from '../store.ts';
import type { DatabaseParams } from './spec.ts';
import type { Station } from '../../engine/station/station.ts';

class Database extends Store<DatabaseParams> {
  constructor(params: DatabaseParams, station: Station) {
    super(params, station);
    station.setUnits(this.unitCount(), params.startMs, false);
  }

  protected override unitCount(): number {
    return 1;
  }

  override windowClosed(lengthMs: number): void {
    this.station.gauges[0] = this.connections;
    this.station.gauges[1] = this.rateOf('writes', this.writes, lengthMs);
    this.station.gauges[2] = this.rateOf('refused', this.servers.refused, lengthMs);
  }
}

export function build(params: DatabaseParams, station: Station): Database {
  return new Database(params, station);
}
