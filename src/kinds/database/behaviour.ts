/** A database on one node. */
import type { BuildContext } from '../../engine/build.ts';
import { Store } from '../store.ts';
import type { DatabaseParams } from './spec.ts';

class Database extends Store<DatabaseParams> {
  constructor(params: DatabaseParams, context: BuildContext) {
    super(params, context);
    this.setUnits(this.unitCount(), params.startMs, false);
  }

  protected override unitCount(): number {
    return 1;
  }

  override windowClosed(lengthMs: number): void {
    this.gauges[0] = this.connections;
    this.gauges[1] = this.rateOf('writes', this.writes, lengthMs);
    this.gauges[2] = this.rateOf('refused', this.refused, lengthMs);
  }
}

export function build(params: DatabaseParams, context: BuildContext): Database {
  return new Database(params, context);
}
