/**
 * Every call alive, as rows of one table of plain numbers with a free list. A call is one attempt of one caller at one
 * callee over one link; requests are trees of calls. A call's handle is where its row begins: `rows[c + KEY]` is its
 * key, `times[(c >> 1) + SENT]` the instant it was sent. It must not know what stations or links do with them.
 */
import { MAX_ATTEMPTS, MAX_LIVE_CALLS } from '../limits.ts';

/** What a call asks for. `SET` and `DEL` are what callers send to a cache. */
export const READ = 0;
export const WRITE = 1;
export const SET = 2;
export const DEL = 3;

/** Where a call is. Only its link and the station it is at change this. */
export const FREE = 0;
/** Waiting at the caller for its next attempt. */
export const BACKING_OFF = 1;
export const OUTBOUND = 2;
/** At the callee: queued, worked on, or waiting for calls of its own. */
export const INSIDE = 3;
export const INBOUND = 4;
/** Its message vanished in the network. */
export const LOST = 5;
/** Waits for a connection. */
export const CONNECTING = 6;
/** Held back by its caller: for its turn in the rate limit, or for a place in the bulkhead. */
export const HELD_BACK = 7;

/** The caller gave up; the callee may not know yet, and its answer will be dropped. */
export const ABANDONED = 1;
/** Nobody waits for an answer. */
export const ONE_WAY = 2;
/** Some store on the way answered with a version older than one acknowledged before the request began. */
export const STALE = 4;
/** Answered from a cache. */
export const HIT = 8;
/** Its own work will end in an error. */
export const FAILING = 16;
/** Holds a worker, slot or thread of its unit. */
export const WORKING = 32;
/** Waits in the queue of its unit. */
export const QUEUED = 64;
/** Its caller waits for it. */
export const OPEN = 128;
/** Holds a place in its link's bulkhead. */
export const IN_BULKHEAD = 256;
/** A health check; `SHALLOW` when the callee's process answers it at once. */
export const PROBE = 512;
export const SHALLOW = 1024;
/** Class of its request, in two bits: 0 is the most important. */
export const PRIORITY_SHIFT = 11;
export const PRIORITY = 3 << PRIORITY_SHIFT;
/** Answered with a fallback, here or further down. */
export const DEGRADED = 1 << 13;
/** Its own fallback is being made. */
export const FALLING_BACK = 1 << 14;
/** The first on a connection with TLS: the callee has the work of its handshake. */
export const FRESH = 1 << 15;
/** An attempt beyond the first. */
export const REPEATED = 1 << 16;
/** Its request is sampled: what becomes of it is kept. */
export const TRACED = 1 << 17;
/** Holds a permit of a breaker. */
export const PERMITTED = 1 << 18;
/** Sent on a connection that was there before it. */
export const REUSED = 1 << 19;
/** Has come to a process that stands still. */
export const HELD = 1 << 20;
/** Number of the route it asks for, in five bits; 0 is none in particular. */
export const ROUTE_SHIFT = 21;
export const ROUTE = 31 << ROUTE_SHIFT;
/** Was held back by its caller, so that less time is left to it than others have. */
export const LATE = 1 << 26;

/** No call, no unit, no parent. */
export const NONE = -1;

/** Instants in ns, in `times` from half the handle on: start of the whole request; this attempt; arrival; work begun. */
export const ISSUED = 0;
export const SENT = 1;
export const ARRIVED = 2;
export const BEGAN = 3;
/** Nobody wants the answer after this instant. */
export const DEADLINE = 4;

/** Whole numbers, in `rows` from the handle on, after the ten words of the instants. */
/** Call at the caller's station on whose behalf this one is made; NONE for a client's request. */
export const PARENT = 10;
/** The call this one waits for, made on its behalf; NONE while it makes none. */
export const CHILD = 11;
export const LINK = 12;
/** Neighbours in the queue of a unit, or among the followers of a collapsed fetch. */
export const NEXT = 13;
export const PREVIOUS = 14;
/** Counts the uses of a row, so that an event for an earlier use is recognised. 26 bits. */
export const GENERATION = 15;
export const KEY = 16;
/** Visitor behind the request. */
export const SESSION = 17;
/** Id of the whole request when it is sampled, NONE otherwise. */
export const REQUEST = 18;
/** Place in the callee's own plan for this call; of an answer 429 the ms until it is worth trying again. */
export const STEP = 19;
/** Version of the value read or written, and the store it belongs to (NONE before any store answered). */
export const VERSION = 20;
export const AUTHORITY = 21;
/** Epoch of the breaker permit it holds, while it is PERMITTED. */
export const PERMIT = 22;
export const UNIT = 23;
export const PHASE = 24;
export const OUTCOME = 25;
export const FLAGS = 26;
/** Operation in the lowest two bits, number of the attempt in the next eight, above them the caller's unit. */
export const ORIGIN = 27;

/** Words of a row. Even, so that every row begins with whole doubles. */
export const ROW = 28;

const ATTEMPT_SHIFT = 2;
const UNIT_SHIFT = 10;
const FIRST_ROWS = 256;

export class Calls {
  /** Rows of ROW words; replaced by a longer copy when the table grows, so never kept across a call that may make one. */
  rows: Int32Array;
  /** The same memory as doubles. */
  times: Float64Array;
  /** Calls alive. */
  live = 0;
  /** Of sampled calls the id of their span, and of retries the back-off before them in µs; by number of the row. */
  private spans: Int32Array;
  private pauses: Int32Array;
  private firstFree = NONE;
  /** Where the first row begins that was never used. */
  private unused = 0;

  constructor() {
    const memory = new ArrayBuffer(FIRST_ROWS * ROW * 4);
    this.rows = new Int32Array(memory);
    this.times = new Float64Array(memory);
    this.spans = new Int32Array(FIRST_ROWS);
    this.pauses = new Int32Array(FIRST_ROWS);
  }

  /**
   * A row without relations, at no unit, read or written nothing yet; NONE when MAX_LIVE_CALLS are alive. The caller
   * fills in instants, key, session and request.
   */
  take(link: number, parent: number, operation: number, attempt: number, callerUnit: number): number {
    let c = this.firstFree;
    if (c !== NONE) this.firstFree = this.rows[c + NEXT];
    else {
      c = this.fresh();
      if (c === NONE) return NONE;
    }
    this.live++;
    const { rows } = this;
    rows[c + PARENT] = parent;
    rows[c + CHILD] = NONE;
    rows[c + LINK] = link;
    rows[c + NEXT] = NONE;
    rows[c + FLAGS] = attempt > 1 ? REPEATED : 0;
    rows[c + ORIGIN] = operation | (attempt << ATTEMPT_SHIFT) | (callerUnit << UNIT_SHIFT);
    return c;
  }

  free(c: number): void {
    const { rows } = this;
    rows[c + PHASE] = FREE;
    rows[c + GENERATION] = (rows[c + GENERATION] + 1) & 0x3ffffff;
    rows[c + NEXT] = this.firstFree;
    this.firstFree = c;
    this.live--;
  }

  /** Makes events already scheduled for the call void, while the call itself lives on. */
  voidEvents(c: number): void {
    this.rows[c + GENERATION] = (this.rows[c + GENERATION] + 1) & 0x3ffffff;
  }

  operation(c: number): number {
    return this.rows[c + ORIGIN] & 3;
  }

  /** 1 for the first. */
  attempt(c: number): number {
    return (this.rows[c + ORIGIN] >> ATTEMPT_SHIFT) & MAX_ATTEMPTS;
  }

  callerUnit(c: number): number {
    return this.rows[c + ORIGIN] >> UNIT_SHIFT;
  }

  /** Class of its request: 0, the most important, to 3. */
  priority(c: number): number {
    return (this.rows[c + FLAGS] & PRIORITY) >> PRIORITY_SHIFT;
  }

  /** Number of the route it asks for. */
  route(c: number): number {
    return (this.rows[c + FLAGS] & ROUTE) >> ROUTE_SHIFT;
  }

  /** Id of this call within traces, while its request is sampled. */
  span(c: number): number {
    return this.spans[c / ROW];
  }

  setSpan(c: number, span: number): void {
    this.spans[c / ROW] = span;
  }

  /** Of an answer 429, ms; 0 when it does not say. */
  retryAfter(c: number): number {
    return this.rows[c + STEP];
  }

  /** The back-off before this attempt, µs; only of attempts beyond the first. */
  pause(c: number): number {
    return this.pauses[c / ROW];
  }

  setPause(c: number, microseconds: number): void {
    this.pauses[c / ROW] = microseconds;
  }

  /** Where the rows end that were ever used; for scans in steps of ROW. */
  get end(): number {
    return this.unused;
  }

  private fresh(): number {
    const c = this.unused;
    if (c === this.rows.length) {
      if (c >= MAX_LIVE_CALLS * ROW) return NONE;
      this.grow();
    }
    this.unused = c + ROW;
    return c;
  }

  private grow(): void {
    const rows = this.rows.length / ROW;
    // Half as much again once it is large: doubling would waste most where memory is scarcest.
    const wanted = Math.min(rows < 65_536 ? rows * 2 : rows + (rows >> 1), MAX_LIVE_CALLS);
    const longer = new Int32Array(wanted * ROW);
    longer.set(this.rows);
    this.rows = longer;
    this.times = new Float64Array(longer.buffer);
    this.spans = copied(this.spans, wanted);
    this.pauses = copied(this.pauses, wanted);
  }
}

function copied(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
