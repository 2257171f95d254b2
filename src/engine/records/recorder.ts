/**
 * What is kept of sampled requests: traversals of links for the moving dots, and span records for traces. Fixed rings
 * of plain numbers; nothing here can change a run. It must not know names or words.
 */
import type { Agenda } from '../agenda/agenda.ts';
import { type Calls, REQUEST } from '../calls/calls.ts';
import { HOP_RECORDS, TRACE_RECORDS, TRACE_SUMMARIES } from '../limits.ts';

/** How a traversal looks; order as in the frame format. */
export const LOOK_READ = 0;
export const LOOK_WRITE = 1;
export const LOOK_HIT = 2;
export const LOOK_STALE = 3;
export const LOOK_FAILED = 4;
export const LOOK_RETRY = 5;
export const LOOK_ABANDONED = 6;

/** What a trace record says; `a` and `b` are its figures. */
export const NOTE = {
  /** A span began at its caller: a = parent span, b = link index (−1 for the request itself). */
  start: 0,
  /** Reached the callee: a = station index, b = unit index. */
  arrived: 1,
  /** Waits in a queue: a = calls before it. */
  queued: 2,
  /** Work begins: a = ns waited. */
  began: 3,
  /** Ended for its caller: a = outcome, b = attempt. */
  end: 4,
  /** Looked up: a = 1 hit, 0 miss; b = version. */
  lookup: 5,
  /** Read or wrote at a store: a = version, b = operation. */
  version: 6,
  /** A balancer chose: a = peer index, b = calls it had open. */
  picked: 7,
  /** Will be tried again: a = ns of back-off, b = next attempt. */
  retry: 8,
  /** Waits for another request's fetch of the same key. */
  collapsed: 9,
  /** The callee went on although its caller had given up, or was stopped: a = 1 stopped. */
  abandoned: 10,
  /** A client has an address: a = how (BY_ITSELF …), b = index of the link it leads to. */
  resolved: 11,
  /** A call made on its behalf failed, and it goes on with a fallback. */
  fellBack: 12,
} as const;

/** How a client came by an address. */
export const BY_ITSELF = 0;
export const FROM_MEMORY = 1;
export const BY_LOOKUP = 2;
export const BY_NETWORK = 3;
export const BY_NEXT = 4;

/** Columns of a trace record. */
const RECORD = 6;
/** Columns of a hop. */
export const HOP = 6;
/** Columns of a summary: request, start ns, duration ns, outcome, operation, station, key. */
export const SUMMARY = 7;

export class Recorder {
  /** One request in so many is sampled. A change takes effect with the next request. */
  every = 64;

  readonly hops = new Float64Array(HOP_RECORDS * HOP);
  hopCount = 0;
  readonly records = new Float64Array(TRACE_RECORDS * RECORD);
  recordCount = 0;
  readonly summaries = new Float64Array(TRACE_SUMMARIES * SUMMARY);
  summaryCount = 0;
  private spans = 0;
  private readonly agenda: Agenda;
  private readonly calls: Calls;

  constructor(agenda: Agenda, calls: Calls) {
    this.agenda = agenda;
    this.calls = calls;
  }

  newSpan(): number {
    return (this.spans = (this.spans + 1) & 0x3fffffff);
  }

  hop(
    link: number,
    request: number,
    departNs: number,
    arriveNs: number,
    backward: number,
    look: number,
  ): void {
    const at = (this.hopCount++ % HOP_RECORDS) * HOP;
    const hops = this.hops;
    hops[at] = link;
    hops[at + 1] = request;
    hops[at + 2] = departNs;
    hops[at + 3] = arriveNs;
    hops[at + 4] = backward;
    hops[at + 5] = look;
  }

  /** Of a call whose request is sampled, now. */
  note(c: number, code: number, a: number, b: number): void {
    const at = (this.recordCount++ % TRACE_RECORDS) * RECORD;
    const records = this.records;
    records[at] = this.calls.rows[c + REQUEST];
    records[at + 1] = this.calls.span(c);
    records[at + 2] = code;
    records[at + 3] = a;
    records[at + 4] = b;
    records[at + 5] = this.agenda.time;
  }

  ended(
    request: number,
    startNs: number,
    durationNs: number,
    outcome: number,
    operation: number,
    station: number,
    key: number,
  ): void {
    const at = (this.summaryCount++ % TRACE_SUMMARIES) * SUMMARY;
    const summaries = this.summaries;
    summaries[at] = request;
    summaries[at + 1] = startNs;
    summaries[at + 2] = durationNs;
    summaries[at + 3] = outcome;
    summaries[at + 4] = operation;
    summaries[at + 5] = station;
    summaries[at + 6] = key;
  }

  /** Calls `visit` with every record kept of a request, oldest first. */
  each(
    request: number,
    visit: (span: number, code: number, a: number, b: number, atNs: number) => void,
  ): void {
    const first = Math.max(0, this.recordCount - TRACE_RECORDS);
    for (let i = first; i < this.recordCount; i++) {
      const at = (i % TRACE_RECORDS) * RECORD;
      const r = this.records;
      if (r[at] === request) visit(r[at + 1], r[at + 2], r[at + 3], r[at + 4], r[at + 5]);
    }
  }
}
