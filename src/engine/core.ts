/**
 * What every part of a running system shares: time, pending events, calls, chance, truth and records. It must not know
 * stations or links.
 */
import { Agenda } from './agenda/agenda.ts';
import { Calls } from './calls/calls.ts';
import { SimulatedClock } from './agenda/clock.ts';
import { CLOCK } from './events.ts';
import { Forks } from './calls/forks.ts';
import { HIGHEST_RESOLVED } from './records/histogram.ts';
import { Journal } from './records/journal.ts';
import { Ledger } from './stores/ledger.ts';
import { createStream, type Stream } from './chance/random.ts';
import { Recorder } from './records/recorder.ts';

export class Core {
  readonly seed: number;
  readonly agenda = new Agenda();
  readonly calls = new Calls();
  readonly forks = new Forks();
  readonly clock = new SimulatedClock(this.agenda, CLOCK);
  readonly ledger = new Ledger();
  readonly recorder = new Recorder(this.agenda, this.calls);
  readonly journal = new Journal();
  /** Calls that could not be made because MAX_LIVE_CALLS were alive. */
  refusedForLimit = 0;
  private saidForgotten = false;
  private saidBeyond = false;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The instant being processed, ns. */
  get now(): number {
    return this.agenda.time;
  }

  /** The stream of one purpose of one node or link. */
  stream(owner: string, purpose: string): Stream {
    return createStream(this.seed, owner, purpose);
  }

  /** Says once that stale answers may go uncounted, from when on the ledger has forgotten what it was asked about. */
  reportForgotten(): void {
    if (this.ledger.forgotten === 0 || this.saidForgotten) return;
    this.saidForgotten = true;
    const text = 'Too many writes to remember: some stale answers are no longer counted as stale';
    this.journal.write(this.now, 'warning', 'limit', text, null);
  }

  /** Says once that a request took longer than latencies are told apart, `longestMs` being that of a window. */
  reportBeyond(longestMs: number): void {
    if (!(longestMs >= HIGHEST_RESOLVED) || this.saidBeyond) return;
    this.saidBeyond = true;
    const text = 'Requests took more than 12 days: percentiles there are only the longest';
    this.journal.write(this.now, 'warning', 'limit', text, null);
  }

  /** Notes that the limit on live calls was hit; the first time in words. */
  reportFull(subject: string): void {
    if (this.refusedForLimit++ > 0) return;
    const text = 'Too many calls in flight for this simulator: new ones fail until some end';
    this.journal.write(this.now, 'bad', 'limit', text, subject);
  }
}
