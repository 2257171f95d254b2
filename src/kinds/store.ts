/**
 * What databases share: slots, a limit on connections, and versions that commit at the end of a write. A kind says how
 * many units there are and which one owns a key.
 */
import { AUTHORITY, FLAGS, KEY, READ, STALE, TRACED, VERSION } from '../engine/calls/calls.ts';
import type { Sampler } from '../engine/chance/distributions.ts';
import { OK, TOO_MANY_CONNECTIONS } from '../engine/calls/outcomes.ts';
import type { Stream } from '../engine/chance/random.ts';
import { NOTE } from '../engine/records/recorder.ts';
import { Server } from '../engine/station/server.ts';
import type { Station } from '../engine/station/station.ts';
import { workSampler } from './work.ts';

export interface StoreParams {
  readonly slots: number;
  readonly maxConnections: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly distribution: string;
  readonly cv: number;
  readonly capMs: number;
  readonly samples: string;
  readonly startMs: number;
}

export abstract class Store<P extends StoreParams> extends Server {
  protected params: P;
  protected writes = 0;

  private readWork!: Sampler;
  private writeWork!: Sampler;
  private readonly authority: number;
  private readonly workDraws: Stream;

  constructor(params: P, station: Station) {
    super(station, TOO_MANY_CONNECTIONS);
    this.params = params;
    this.authority = this.core.ledger.register();
    this.workDraws = this.stream('work');
    this.setWork();
  }

  /** Shards, or 1. */
  protected abstract unitCount(): number;

  override reconfigure(params: P): void {
    this.params = params;
    this.setWork();
    this.station.setUnits(this.unitCount(), params.startMs, true);
  }

  /** Connections in use: a statement holds one while it is inside. */
  protected get connections(): number {
    let inside = 0;
    for (const unit of this.station.units) inside += unit.inside;
    return inside;
  }

  private setWork(): void {
    const { slots, maxConnections } = this.params;
    const servers = Math.min(slots, maxConnections);
    this.servers.configure(servers, maxConnections - servers);
    this.readWork = workSampler(this.params.readMs, this.params);
    this.writeWork = workSampler(this.params.writeMs, this.params);
  }

  override draw(c: number, into: Float64Array): void {
    const work = this.core.calls.operation(c) === READ ? this.readWork : this.writeWork;
    work.draw(this.workDraws, into);
  }

  /** The statement took effect: a write commits here, a read answers with what is newest here. */
  override worked(c: number): void {
    const { calls, ledger, recorder } = this.core;
    const key = calls.rows[c + KEY];
    const reads = calls.operation(c) === READ;
    calls.rows[c + AUTHORITY] = this.authority;
    calls.rows[c + VERSION] = reads ? ledger.newest(this.authority, key) : ledger.commit(this.authority, key);
    calls.rows[c + FLAGS] &= ~STALE;
    if (!reads) this.writes++;
    if (calls.rows[c + FLAGS] & TRACED) {
      recorder.note(c, NOTE.version, calls.rows[c + VERSION], calls.operation(c));
    }
    this.servers.done(c, OK);
  }
}
