/**
 * What a kind of component does with calls: the part of a station that differs between kinds. Stations are all of one
 * class and call this through a few virtual methods, which keeps the request path fast. It must not know any kind.
 */
import type { Core } from '../core.ts';
import type { Control, Inside, Parts } from './inside.ts';
import type { Link } from '../link/link.ts';
import { NONE } from '../calls/calls.ts';
import { forCall, TICK } from '../events.ts';
import type { Stream } from '../chance/random.ts';
import type { Station } from './station.ts';
import type { Unit } from '../units/unit.ts';

export abstract class Behaviour implements Inside {
  readonly station: Station;
  protected readonly core: Core;
  private readonly counters = new Map<string, number>();

  constructor(station: Station) {
    this.station = station;
    this.core = station.core;
    station.behaviour = this;
  }

  /** A call has come in at a unit that listens. Answer it through the station, sooner or later. */
  abstract arrive(c: number): void;

  /** New parameters of the kind, while it runs: work under way goes on as it began. */
  abstract reconfigure(params: unknown): void;

  /** A piece of own work on the call ended (scheduled with WORK). */
  finish(_c: number): void {
    throw new Error(`${this.station.id} scheduled no work`);
  }

  /** A call that came into a queue has been here as long as it may wait, if it still does. */
  renege(_c: number): void {}

  /** A call made for `parent` (NONE for a client's request) ended; read its slot, which is freed afterwards. */
  childDone(_parent: number, _c: number): void {
    throw new Error(`${this.station.id} makes no calls`);
  }

  /** An event scheduled with `tickAt`. */
  tick(_data: number): void {
    throw new Error(`${this.station.id} scheduled no tick`);
  }

  /** The caller of a call that is inside gave up. Nothing to do where calls neither queue nor can be aborted. */
  cancel(_c: number, _full: boolean): void {}

  /** Its units are not alike: which one a call belongs to follows from the call, and nobody else may choose. */
  readonly placesCalls: boolean = false;

  /** The unit that serves what comes over a link, by its index, where that follows from the link; else NONE. */
  unitFor(_link: number): number {
    return NONE;
  }

  /** The unit for a call addressed to none in particular, of a station with several. */
  chooseUnit(_c: number): number {
    return this.station.nextUnit();
  }

  /** Called once all stations and links exist, and again after a live edit changed them. */
  wired(): void {}

  /** A fault beyond those every station has: a sentence about what happened, or null when there is no such fault. */
  fault(_fault: string, _unit: number, _factor: number): string | null {
    return null;
  }

  /** Whether a fault beyond those every station has is on. */
  get isBroken(): boolean {
    return false;
  }

  /** A window of the statistics closed: renew `station.gauges`. */
  windowClosed(_lengthMs: number): void {}

  /** Counts of its own since the start, beside those every station has. */
  totals(): readonly { readonly label: string; readonly value: number }[] {
    return [];
  }

  /** What a unit is called, where the station's label and a number would say too little. */
  unitName(_unit: number): string | null {
    return null;
  }

  /** Gives a new unit what it works with. */
  addServers(_unit: Unit): void {}

  /** The process of a unit is gone; the calls inside are about to be reset. */
  unitDied(_unit: Unit): void {}

  /** What steers the station, for whoever looks at it. */
  get controls(): readonly Control[] {
    return [];
  }

  /** What it works with, drawn open, for whoever looks at it. */
  get parts(): readonly Parts[] {
    return [];
  }

  /** The process of a unit goes on after it stood still. */
  goesOn(_unit: Unit): void {}

  /** Takes a call out of whatever it holds or waits in at a unit, without starting the next one. */
  evict(_c: number, _unit: Unit): void {}

  /** The node was deleted from the running design: start nothing any more. */
  stop(): void {}

  protected stream(purpose: string): Stream {
    return this.core.stream(this.station.id, purpose);
  }

  /** Schedules `tick(data)`; `data` 0 … 2²⁷. */
  protected tickAt(time: number, order: number, data: number): void {
    this.core.agenda.due = time;
    this.tickWhenDue(order, data);
  }

  /** As `tickAt`, at the instant that stands in `due` of the agenda. */
  protected tickWhenDue(order: number, data: number): void {
    this.core.agenda.push(order, forCall(TICK, data), this.station.index);
  }

  /** The first link out that still exists. */
  protected get onlyLink(): Link | undefined {
    return this.station.outgoing.find((link) => link.attached);
  }

  /** Part ÷ whole since the last window, for two counters that only grow; NaN when nothing happened. */
  protected shareOf(name: string, part: number, whole: number): number {
    return this.grown(`${name}/part`, part) / this.grown(`${name}/whole`, whole);
  }

  /** Growth of a counter since the last window, per second. */
  protected rateOf(name: string, count: number, lengthMs: number): number {
    return (this.grown(name, count) * 1000) / lengthMs;
  }

  private grown(name: string, value: number): number {
    const before = this.counters.get(name) ?? 0;
    this.counters.set(name, value);
    return value - before;
  }
}
