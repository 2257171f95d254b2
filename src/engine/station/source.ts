/**
 * The behaviour of what starts requests and sees how they end: latency from the intended start, failures by outcome, stale
 * answers. Subclasses say when requests start. It must not know the path of a request.
 */
import {
  AUTHORITY,
  DEGRADED,
  FLAGS,
  ISSUED,
  KEY,
  NONE,
  OUTCOME,
  PRIORITY_SHIFT,
  READ,
  REQUEST,
  ROUTE_SHIFT,
  SESSION,
  STALE,
  TRACED,
  VERSION,
  WRITE,
} from '../calls/calls.ts';
import { CONNECT_REFUSED, OK, OUTCOMES, OVER_LIMIT } from '../calls/outcomes.ts';
import { Behaviour } from './behaviour.ts';

export abstract class Source extends Behaviour {
  /** Failures by outcome since the last window closed, and since the start. */
  readonly failures = new Uint32Array(OUTCOMES.length);
  readonly failuresInAll = new Float64Array(OUTCOMES.length);
  /** Good reads, and how many of them missed a write acknowledged before they began. */
  reads = 0;
  staleReads = 0;
  /** Good answers that are a fallback, here or further down. */
  degraded = 0;
  /** Class of its requests: 0, the most important, to 3. */
  priority = 0;
  /** Number of the route its requests ask for; 0 for none in particular. */
  route = 0;
  /** Totals at the last window's end. */
  taken = { offered: 0, good: 0, failed: 0 };

  private started = 0;

  /** Nothing listens here; a foreign design may link to it all the same. */
  override arrive(c: number): void {
    this.station.answer(c, CONNECT_REFUSED);
  }

  /** Starts a request now. False when it could not even be made. */
  protected start(operation: number, key: number, session: number): boolean {
    const link = this.onlyLink;
    const { meter, index } = this.station;
    meter.arrived++;
    if (link === undefined) {
      meter.failed++;
      return false;
    }
    const { recorder } = this.core;
    const id = this.started++;
    const request = id % recorder.every === 0 ? index * 0x2000000 + (id % 0x2000000) : NONE;
    const c = link.request(operation, key, session, request);
    if (c === NONE) {
      meter.failed++;
      this.failures[OVER_LIMIT]++;
      this.failuresInAll[OVER_LIMIT]++;
      return false;
    }
    this.core.calls.rows[c + FLAGS] |= (this.priority << PRIORITY_SHIFT) | (this.route << ROUTE_SHIFT);
    return true;
  }

  /** Forgets counts so far, for a warm-up, after the meter did; requests under way count as started. */
  restartCounts(): void {
    this.taken = { offered: this.station.meter.open, good: 0, failed: 0 };
    this.failures.fill(0);
    this.failuresInAll.fill(0);
    this.reads = this.staleReads = this.degraded = 0;
  }

  override childDone(_parent: number, c: number): void {
    const { calls, agenda, recorder, ledger } = this.core;
    const outcome = calls.rows[c + OUTCOME];
    const operation = calls.operation(c);
    const { meter, index } = this.station;
    if (outcome === OK) {
      meter.ok++;
      meter.record(agenda, calls.times, (c >> 1) + ISSUED);
      if (calls.rows[c + FLAGS] & DEGRADED) this.degraded++;
      if (operation === READ) {
        this.reads++;
        if (calls.rows[c + FLAGS] & STALE) this.staleReads++;
      } else if (operation === WRITE && calls.rows[c + AUTHORITY] !== NONE) {
        ledger.acknowledge(
          calls.rows[c + AUTHORITY],
          calls.rows[c + KEY],
          calls.rows[c + VERSION],
          agenda.time,
        );
      }
    } else {
      meter.failed++;
      this.failures[outcome]++;
      this.failuresInAll[outcome]++;
    }
    if (calls.rows[c + FLAGS] & TRACED) {
      recorder.ended(
        calls.rows[c + REQUEST],
        calls.times[(c >> 1) + ISSUED],
        agenda.time - calls.times[(c >> 1) + ISSUED],
        outcome,
        operation,
        index,
        calls.rows[c + KEY],
      );
    }
    this.ended(calls.rows[c + SESSION]);
  }

  /** A request of this visitor ended; closed-loop users go on from here. */
  protected ended(_session: number): void {}
}
