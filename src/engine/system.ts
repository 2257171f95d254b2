/**
 * A system at work: takes events in order and hands each to whom it is for. The digest covers every event, so two runs
 * with equal digests did the same things at the same times. It must not know kinds, documents or what is shown.
 */
import { CONTROL } from './agenda/agenda.ts';
import { ABANDONED, FLAGS, FREE, GENERATION, LINK, OPEN, PHASE, ROW } from './calls/calls.ts';
import { Core } from './core.ts';
import * as events from './events.ts';
import { MAX_EVENTS_AT_ONE_INSTANT } from './limits.ts';
import type { Link } from './link/link.ts';
import { Histogram } from './records/histogram.ts';
import { MetastableWatch } from './records/metastable.ts';
import type { Source } from './station/source.ts';
import type { Station } from './station/station.ts';
import { DOUBLE, toNs } from './time.ts';
import { type ClosedWindow, closeWindow } from './records/windows.ts';

/** Histograms kept for later windows: whoever looks all the time takes few at once. */
const MOST_SPARE = 8;

/** The run cannot go on: names what happens over and over at one instant. */
export class EndlessInstant extends Error {
  readonly subject: string;
  constructor(subject: string, atMs: number) {
    super(
      `${subject} starts something again and again at ${atMs} ms without any time passing. ` +
        'Give a link on that path a latency, or a back-off a pause.',
    );
    this.subject = subject;
  }
}

export class System {
  readonly core: Core;
  readonly stations: Station[] = [];
  readonly links: Link[] = [];
  /** Stations that start requests. */
  readonly sources: Source[] = [];
  /** Events processed so far. */
  events = 0;
  /** Windows closed since they were last taken. */
  private closed: ClosedWindow[] = [];
  /** Windows handed out, and histograms of earlier ones, to be used again. */
  private taken: ClosedWindow[] = [];
  private readonly spare: Histogram[] = [];

  private readonly metastable = new MetastableWatch();
  private readonly windowNs: number;
  private windowStart = DOUBLE;
  private instant = DOUBLE;
  private atThisInstant = 0;
  /** The digest so far. */
  private readonly hash = new Int32Array([0x6c6f6164, 0x62656172]);

  /** `windowMs`: length of the windows of the statistics. */
  constructor(seed: number, windowMs: number) {
    this.core = new Core(seed);
    this.windowStart = 0;
    this.instant = -1;
    this.windowNs = toNs(windowMs);
    this.core.agenda.at(this.windowNs, CONTROL, events.WINDOW_END, 0);
  }

  get nowNs(): number {
    return this.core.now;
  }

  /** Sixteen hexadecimal digits over all events so far. */
  get digest(): string {
    return Array.from(this.hash, (n) => (n >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /**
   * Processes events up to and including `untilNs`, at most `most` of them. True when all due events are done; time
   * then stands at `untilNs`. Where a run is cut into slices makes no difference to it.
   */
  run(untilNs: number, most: number): boolean {
    const { agenda } = this.core;
    if (!(untilNs >= 0)) throw new RangeError(`A run ends at an instant of 0 or later, not ${untilNs}.`);
    const end = this.events + most;
    agenda.limit = untilNs;
    while (this.events < end) {
      if (!agenda.next()) {
        if (untilNs !== Infinity && untilNs > agenda.time) agenda.time = untilNs;
        return true;
      }
      this.events++;
      this.take(agenda.time, agenda.what, agenda.who);
      this.dispatch(agenda.what, agenda.who);
    }
    return false;
  }

  /** Into the digest with the event, and an eye on whether time passes. */
  private take(time: number, what: number, who: number): void {
    const { hash } = this;
    if (time !== this.instant) {
      this.instant = time;
      this.atThisInstant = 1;
    } else if (++this.atThisInstant > MAX_EVENTS_AT_ONE_INSTANT) this.stopEndless();
    const mixed = (Math.imul(hash[0] ^ (time | 0), 0x9e3779b1) + what) | 0;
    hash[0] = (mixed << 13) | (mixed >>> 19);
    hash[1] = Math.imul(hash[1] ^ mixed ^ who, 0x85ebca6b);
  }

  private dispatch(what: number, who: number): void {
    const { rows } = this.core.calls;
    const kind = what & 15;
    switch (kind) {
      case events.RESPONSE:
        if (rows[who + GENERATION] === what >> 4) this.links[rows[who + LINK]].receive(who);
        return;
      case events.WORK:
        if (rows[who + GENERATION] === what >> 4) this.stationOf(who).behaviour.finish(who);
        return;
      case events.REACH:
        if (rows[who + GENERATION] === what >> 4) this.stationOf(who).accept(who);
        return;
      case events.TICK:
        this.stations[who].behaviour.tick(what >> 4);
        return;
      default:
        this.dispatchRare(kind, what >> 4, who);
    }
  }

  private stationOf(c: number): Station {
    return this.links[this.core.calls.rows[c + LINK]].callee as Station;
  }

  private dispatchRare(kind: number, generation: number, who: number): void {
    const { calls, clock } = this.core;
    if (kind === events.LINK_TIMEOUT) this.links[who].timeouts.due(generation);
    else if (kind === events.CONNECT) this.links[who].connections?.reached(generation);
    else if (kind === events.CONNECTED) this.links[who].connections?.answered(generation);
    else if (kind === events.CONNECT_DUE) this.links[who].connections?.due(generation);
    else if (kind === events.CLOCK) clock.fire(who);
    else if (kind === events.WINDOW_END) this.endWindow();
    else if (calls.rows[who + GENERATION] === generation) {
      const link = this.links[calls.rows[who + LINK]];
      if (kind === events.RENEGE) this.stationOf(who).behaviour.renege(who);
      else if (kind === events.CANCEL) {
        if (calls.rows[who + FLAGS] & ABANDONED) link.cancelArrived(who);
      } else if (kind === events.DEADLINE_PASSED) link.deadlinePassed(who);
      else if (kind === events.RETRY) link.again(who);
      else if (kind === events.HEDGE) link.hedging?.due(who);
    }
  }

  private endWindow(): void {
    const { now, agenda } = this.core;
    this.core.reportForgotten();
    const window = closeWindow(this, this.windowStart, now, this.spare.pop() ?? new Histogram());
    this.core.reportBeyond(window.latency.max);
    this.closed.push(window);
    this.metastable.windowClosed(window, this);
    this.windowStart = now;
    agenda.at(now + this.windowNs, CONTROL, events.WINDOW_END, 0);
  }

  /** Windows closed since the last time they were taken. Their latencies are lent: only until the next time. */
  takeWindows(): ClosedWindow[] {
    for (const { latency } of this.taken.slice(0, MOST_SPARE)) {
      latency.clear();
      this.spare.push(latency);
    }
    this.spare.length = Math.min(this.spare.length, MOST_SPARE);
    this.taken = this.closed;
    this.closed = [];
    return this.taken;
  }

  private stopEndless(): never {
    const { agenda, calls, now } = this.core;
    const kind = agenda.what & 15;
    const station = kind === events.TICK ? this.stations[agenda.who] : undefined;
    const link =
      kind <= events.CANCEL || kind >= events.DEADLINE_PASSED
        ? this.links[calls.rows[agenda.who + LINK]]
        : undefined;
    throw new EndlessInstant(station?.label ?? link?.caller.label ?? 'The design', now / 1e6);
  }

  /**
   * What is wrong with the books, in words; empty when calls = ended + under way holds for every station and link and
   * every slot in use is accounted for. For tests.
   */
  audit(): string[] {
    const { calls } = this.core;
    const wrong: string[] = [];
    const waited = this.links.map(() => 0);
    for (let c = 0; c < calls.end; c += ROW)
      if (calls.rows[c + PHASE] !== FREE && calls.rows[c + FLAGS] & OPEN) waited[calls.rows[c + LINK]]++;
    for (const { id, index, meter } of this.links) {
      if (meter.open !== waited[index])
        wrong.push(`link ${id}: ${meter.open} of its calls have not ended, ${waited[index]} are waited for`);
    }
    for (const station of this.stations) {
      const { arrived, ok, failed, dropped } = station.meter;
      let inside = 0;
      for (const unit of station.units) inside += unit.inside;
      if (station.incoming.length > 0 && arrived !== ok + failed + dropped + inside) {
        wrong.push(
          `station ${station.id}: ${arrived} arrived, ${ok}+${failed}+${dropped} ended, ${inside} inside`,
        );
      }
      for (const unit of station.units) {
        if (
          unit.pool &&
          (unit.pool.busy < 0 || unit.pool.waiting < 0 || unit.pool.busy + unit.pool.waiting > unit.inside)
        ) {
          wrong.push(
            `unit ${unit.index} of ${station.id}: ${unit.pool.busy} busy, ${unit.pool.waiting} waiting`,
          );
        }
      }
    }
    let used = 0;
    for (let c = 0; c < calls.end; c += ROW) if (calls.rows[c + PHASE] !== FREE) used++;
    if (used !== calls.live) wrong.push(`${calls.live} slots taken, ${used} in use`);
    return wrong;
  }
}
