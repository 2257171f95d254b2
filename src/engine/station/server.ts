/** The behaviour of anything that works on calls with servers and a queue; subclasses say what the work is. */
import { Behaviour } from './behaviour.ts';
import { QUEUE_FULL } from '../calls/outcomes.ts';
import { Servers, type Work } from './servers.ts';
import type { Station } from './station.ts';
import type { Unit } from '../units/unit.ts';

export abstract class Server extends Behaviour implements Work {
  protected readonly servers: Servers;

  constructor(station: Station, fullOutcome: number = QUEUE_FULL) {
    super(station);
    this.servers = new Servers(station, this, fullOutcome);
  }

  abstract draw(c: number, into: Float64Array): void;
  abstract worked(c: number): void;

  override arrive(c: number): void {
    this.servers.arrive(c);
  }

  override finish(c: number): void {
    this.servers.finish(c);
  }

  override renege(c: number): void {
    this.servers.renege(c);
  }

  override tick(data: number): void {
    this.servers.endShared(data);
  }

  override cancel(c: number, full: boolean): void {
    this.servers.cancel(c, full);
  }

  override evict(c: number, unit: Unit): void {
    this.servers.evict(c, unit);
  }

  override goesOn(unit: Unit): void {
    this.servers.goOn(unit);
  }

  override unitDied(unit: Unit): void {
    this.servers.shedding?.forget(unit.index);
  }

  override addServers(unit: Unit): void {
    this.servers.equip(unit);
  }
}
