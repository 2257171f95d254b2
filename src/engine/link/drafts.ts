/**
 * New calls of one link: a row with what every attempt has, and what a call takes over from the one it is made for. It
 * must not know when or why a call is made.
 */
import {
  AUTHORITY,
  type Calls,
  DEADLINE,
  FLAGS,
  FRESH,
  ISSUED,
  KEY,
  NONE,
  ROUTE,
  PRIORITY,
  REQUEST,
  SESSION,
  TRACED,
  VERSION,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import type { LinkSettings } from './linksettings.ts';
import { NOTE } from '../records/recorder.ts';

export class Drafts {
  private readonly core: Core;
  private readonly calls: Calls;
  private readonly id: string;
  private readonly index: number;
  /** Connections of the caller's own callers go through to the callee, with the work on their handshakes. */
  goesThrough = false;
  /** Of the link; read here and not handed over, because a double handed over is a number allocated. */
  settings!: LinkSettings;

  constructor(core: Core, id: string, index: number) {
    this.core = core;
    this.calls = core.calls;
    this.id = id;
    this.index = index;
  }

  /** A row for an attempt; NONE when the simulator's limit is reached. */
  take(parent: number, callerUnit: number, operation: number, attempt: number): number {
    const c = this.calls.take(this.index, parent, operation, attempt, callerUnit);
    if (c === NONE) this.core.reportFull(this.id);
    return c;
  }

  /** What a call has that is made for no other: it begins now, has all the time of the link, and knows no answer yet. */
  originate(c: number, key: number, session: number, request: number): void {
    const { rows, times } = this.calls;
    const { now } = this.core;
    times[(c >> 1) + ISSUED] = now;
    times[(c >> 1) + DEADLINE] = now + (this.settings.totalTimeoutNs || Infinity);
    rows[c + KEY] = key;
    rows[c + SESSION] = session;
    rows[c + VERSION] = 0;
    rows[c + AUTHORITY] = NONE;
    rows[c + REQUEST] = request;
    if (request === NONE) return;
    rows[c + FLAGS] |= TRACED;
    this.trace(c, NONE);
  }

  /** What a call has in common with the one it is made for. */
  inherit(c: number, from: number): void {
    const { rows, times } = this.calls;
    times[(c >> 1) + ISSUED] = times[(from >> 1) + ISSUED];
    rows[c + KEY] = rows[from + KEY];
    rows[c + SESSION] = rows[from + SESSION];
    rows[c + VERSION] = rows[from + VERSION];
    rows[c + AUTHORITY] = rows[from + AUTHORITY];
    rows[c + REQUEST] = rows[from + REQUEST];
    rows[c + FLAGS] |= rows[from + FLAGS] & (PRIORITY | ROUTE | TRACED);
    if (this.goesThrough) rows[c + FLAGS] |= rows[from + FLAGS] & FRESH;
  }

  /** A call made on behalf of another that waits for it. The deadline is its own, or that one's if earlier and passed on. */
  derive(c: number, parent: number): void {
    const { times } = this.calls;
    const { totalTimeoutNs: totalNs, propagatesDeadline } = this.settings;
    this.deriveUnawaited(c, parent);
    if (propagatesDeadline) times[(c >> 1) + DEADLINE] = times[(parent >> 1) + DEADLINE];
    if (totalNs !== 0 && this.core.now + totalNs < times[(c >> 1) + DEADLINE])
      times[(c >> 1) + DEADLINE] = this.core.now + totalNs;
  }

  /** As `derive`, for a call that nobody waits for: what they have in common, and its span within that one's. */
  deriveUnawaited(c: number, parent: number): void {
    this.inherit(c, parent);
    this.calls.times[(c >> 1) + DEADLINE] = Infinity;
    if (this.calls.rows[c + FLAGS] & TRACED) this.trace(c, this.calls.span(parent));
  }

  /** Begins the span of a sampled call. */
  trace(c: number, parentSpan: number): void {
    const { recorder } = this.core;
    this.calls.setSpan(c, recorder.newSpan());
    recorder.note(c, NOTE.start, parentSpan, this.index);
  }
}
