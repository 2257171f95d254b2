/**
 * The workers of a balancer's replicas, where their number is limited: requests wait for one before the balancer's own
 * work on them, which is all that a worker is held for. It must not know what that work is.
 */
import { FLAGS, NONE, QUEUED, UNIT, WORKING } from '../../engine/calls/calls.ts';
import { Pool, SEIZED, UNLIMITED } from '../../engine/station/pool.ts';
import type { Station } from '../../engine/station/station.ts';
import type { Unit } from '../../engine/units/unit.ts';

export class Workers {
  /** Of each replica; 0: as many as are asked for, and nothing is counted. */
  private count = 0;
  private readonly station: Station;
  private readonly begin: (c: number) => void;

  /** `begin`: a request has its worker. */
  constructor(station: Station, begin: (c: number) => void) {
    this.station = station;
    this.begin = begin;
  }

  get isOn(): boolean {
    return this.count > 0;
  }

  configure(count: number): void {
    this.count = count;
    for (const unit of this.station.units) this.equip(unit);
  }

  equip(unit: Unit): void {
    const servers = this.count > 0 ? this.count : UNLIMITED;
    if (unit.pool === null) {
      if (this.count > 0) unit.pool = new Pool(this.station.core, servers, UNLIMITED);
    } else {
      unit.pool.resize(servers, UNLIMITED);
      this.goOn(unit);
    }
  }

  /** A request asks for a worker; it begins at once where the number is not limited. */
  arrive(c: number): void {
    const { pool } = this.unitOf(c);
    if (this.count === 0 || pool === null || pool.offer(c) === SEIZED) this.begin(c);
  }

  /** The work on a request ended, or it is taken away: whoever waits goes on. */
  leave(c: number): void {
    const unit = this.unitOf(c);
    this.evict(c, unit);
    this.goOn(unit);
  }

  /** Takes a request out of queue or worker, without starting the next one. */
  evict(c: number, unit: Unit): void {
    const flags = this.station.core.calls.rows[c + FLAGS];
    if (flags & QUEUED) unit.pool!.leaveQueue(c);
    else if (flags & WORKING) unit.pool!.release(c);
  }

  /** Starts those that wait while workers are free; a process that stands still starts nothing. */
  goOn(unit: Unit): void {
    if (unit.pool === null) return;
    while (unit.standstill === null) {
      const next = unit.pool.serveNext();
      if (next === NONE) return;
      this.begin(next);
    }
  }

  private unitOf(c: number): Unit {
    return this.station.units[this.station.core.calls.rows[c + UNIT]];
  }
}
