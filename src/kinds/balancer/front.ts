/**
 * How a request comes in at a balancer: how many may, the workers, and the balancer's own work on it. It must not know
 * peers, nor what becomes of the request afterwards.
 */
import { COMPLETION, TIMER } from '../../engine/agenda/agenda.ts';
import { Behaviour } from '../../engine/station/behaviour.ts';
import {
  ABANDONED,
  FLAGS,
  FRESH,
  GENERATION,
  QUEUED,
  STEP,
  UNIT,
  WORKING,
} from '../../engine/calls/calls.ts';
import { forCall, WORK } from '../../engine/events.ts';
import { greetingNs } from '../../engine/units/handshake.ts';
import * as outcomes from '../../engine/calls/outcomes.ts';
import type { Station } from '../../engine/station/station.ts';
import { toNs, toWholeNs } from '../../engine/time.ts';
import type { Unit } from '../../engine/units/unit.ts';
import type { BalancerParams } from './spec.ts';
import { Workers } from './workers.ts';

/** In the STEP of a request, above this: how many times it has knocked for a connection; and how often it does. */
const KNOCKED = 2;
const MOST_KNOCKS = 7;

export abstract class Front extends Behaviour {
  private overheadNs = 0;
  /** Requests inside a replica at layer 7; 0 = any number. */
  private mostInside = 0;
  /** How a request ends that fails here: layer 4 has no words. */
  private failure = outcomes.HTTP_500;
  /** TLS ends here. */
  private endsTls = true;
  private readonly workers: Workers;
  private readonly faultChance = this.stream('fault');

  constructor(station: Station) {
    super(station);
    this.workers = new Workers(station, (c) => this.work(c));
  }

  /** The balancer's own work on a request is done. */
  protected abstract admitted(c: number): void;

  protected admitBy({ overheadMs, workers, maxConnections, layer }: BalancerParams): void {
    this.overheadNs = toNs(overheadMs);
    this.endsTls = layer === 'l7';
    this.mostInside = this.endsTls ? maxConnections : 0;
    this.failure = layer === 'l7' ? outcomes.HTTP_500 : outcomes.RESET;
    this.workers.configure(workers);
  }

  override arrive(c: number): void {
    const { calls } = this.core;
    const { inside, errorShare } = this.station.units[calls.rows[c + UNIT]];
    if (this.mostInside > 0 && inside > this.mostInside)
      return this.station.answer(c, outcomes.TOO_MANY_CONNECTIONS);
    if (this.workers.isOn) return this.workers.arrive(c);
    if (this.overheadNs === 0 && errorShare === 0 && (calls.rows[c + FLAGS] & FRESH) === 0)
      return this.admitted(c);
    this.work(c);
  }

  private work(c: number): void {
    const { agenda, calls } = this.core;
    const { slow } = this.station.units[calls.rows[c + UNIT]];
    const tlsNs = this.endsTls ? greetingNs(this.station.links, calls, c) : 0;
    agenda.due = agenda.time + toWholeNs((this.overheadNs + tlsNs) * slow);
    agenda.push(COMPLETION, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  /** Layer 4: a connection that is one too many is dropped unseen; the caller's system asks again after 1, 2, 4 … s. */
  protected knock(c: number): void {
    const { agenda, calls } = this.core;
    const tries = Math.max(0, calls.rows[c + STEP] - KNOCKED);
    if (tries === MOST_KNOCKS) return this.station.answer(c, outcomes.CONNECT_TIMEOUT);
    calls.rows[c + STEP] = KNOCKED + tries + 1;
    agenda.at(agenda.time + (1 << tries) * 1e9, TIMER, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  override finish(c: number): void {
    const { rows } = this.core.calls;
    if (rows[c + FLAGS] & WORKING) this.workers.leave(c);
    // Who knocked and gave up has not been seen here at all.
    if (rows[c + STEP] > KNOCKED && rows[c + FLAGS] & ABANDONED) return this.station.drop(c);
    const { errorShare } = this.station.units[rows[c + UNIT]];
    if (errorShare > 0 && this.faultChance.chance(errorShare)) this.station.answer(c, this.failure);
    else this.admitted(c);
  }

  override addServers(unit: Unit): void {
    this.workers.equip(unit);
  }

  override goesOn(unit: Unit): void {
    this.workers.goOn(unit);
  }

  override evict(c: number, unit: Unit): void {
    this.workers.evict(c, unit);
  }

  /** The caller gave up: true for a request that waited for a worker. With `full` it loses the one it has, too. */
  protected leavesQueue(c: number, full: boolean): boolean {
    const isQueued = (this.core.calls.rows[c + FLAGS] & QUEUED) !== 0;
    if (isQueued || full) this.workers.leave(c);
    return isQueued;
  }
}
