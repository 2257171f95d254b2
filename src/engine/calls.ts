/**
 * Every call alive, as slots in typed columns with a free list. A call is one attempt of one caller at one callee over
 * one link; requests are trees of calls. It must not know what stations or links do with them.
 */
import { MAX_LIVE_CALLS } from './limits.ts';

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

/** No call, no unit, no parent. */
export const NONE = -1;

const FIRST_CAPACITY = 256;

export class Calls {
  private capacity = 0;
  private firstFree = NONE;
  /** Slots in use. */
  live = 0;

  /** Call at the caller's station on whose behalf this one is made; NONE for a client's request. */
  parent!: Int32Array;
  /** The call this one waits for, made on its behalf; NONE while it makes none. */
  child!: Int32Array;
  link!: Int32Array;
  /** Neighbours in the queue of a unit, or among the followers of a collapsed fetch. */
  next!: Int32Array;
  previous!: Int32Array;
  /** Neighbours among the calls of a link that wait for their attempt timeout. */
  timeoutNext!: Int32Array;
  timeoutPrevious!: Int32Array;
  /** Counts the uses of a slot, so that an event for an earlier use is recognised. 26 bits. */
  generation!: Int32Array;
  key!: Int32Array;
  /** Visitor behind the request. */
  session!: Int32Array;
  /** Id of the whole request when it is sampled, NONE otherwise. */
  request!: Int32Array;
  /** Id of this span within traces, while sampled. */
  span!: Int32Array;
  /** Place in the callee's own plan for this call. */
  step!: Int32Array;
  /** Version of the value read or written, and the store it belongs to (NONE before any store answered). */
  version!: Int32Array;
  authority!: Int16Array;
  /** Epoch of the breaker permit it holds; 0 when it holds none. */
  permit!: Int32Array;
  /** The back-off before this attempt, µs. */
  pause!: Int32Array;
  callerUnit!: Int16Array;
  unit!: Int16Array;
  operation!: Uint8Array;
  phase!: Uint8Array;
  outcome!: Uint8Array;
  attempt!: Uint8Array;
  flags!: Uint16Array;
  /** Instants in ns: start of the whole request; this attempt; arrival; work begun. */
  issued!: Float64Array;
  sent!: Float64Array;
  arrived!: Float64Array;
  began!: Float64Array;
  /** Nobody wants the answer after this instant. */
  deadline!: Float64Array;

  constructor() {
    this.resize(FIRST_CAPACITY);
  }

  /** A slot with cleared relations, or NONE when MAX_LIVE_CALLS are alive. The caller fills in the rest. */
  take(): number {
    if (this.firstFree === NONE) {
      if (this.capacity >= MAX_LIVE_CALLS) return NONE;
      this.resize(Math.min(this.capacity * 2, MAX_LIVE_CALLS));
    }
    const c = this.firstFree;
    this.firstFree = this.next[c];
    this.live++;
    this.parent[c] = NONE;
    this.child[c] = NONE;
    this.next[c] = NONE;
    this.previous[c] = NONE;
    this.step[c] = 0;
    this.version[c] = 0;
    this.authority[c] = NONE;
    this.permit[c] = 0;
    this.flags[c] = 0;
    this.outcome[c] = 0;
    return c;
  }

  free(c: number): void {
    this.phase[c] = FREE;
    this.generation[c] = (this.generation[c] + 1) & 0x3ffffff;
    this.next[c] = this.firstFree;
    this.firstFree = c;
    this.live--;
  }

  /** Makes events already scheduled for the call void, while the call itself lives on. */
  voidEvents(c: number): void {
    this.generation[c] = (this.generation[c] + 1) & 0x3ffffff;
  }

  /** One past the highest slot ever used; for scans when a unit dies. */
  get end(): number {
    return this.capacity;
  }

  private resize(capacity: number): void {
    const old = this.capacity;
    const i32 = (a?: Int32Array) => copied(a, new Int32Array(capacity));
    const i16 = (a?: Int16Array) => copied(a, new Int16Array(capacity));
    const u16 = (a?: Uint16Array) => copied(a, new Uint16Array(capacity));
    const u8 = (a?: Uint8Array) => copied(a, new Uint8Array(capacity));
    const f64 = (a?: Float64Array) => copied(a, new Float64Array(capacity));
    this.parent = i32(this.parent);
    this.child = i32(this.child);
    this.link = i32(this.link);
    this.next = i32(this.next);
    this.previous = i32(this.previous);
    this.timeoutNext = i32(this.timeoutNext);
    this.timeoutPrevious = i32(this.timeoutPrevious);
    this.generation = i32(this.generation);
    this.key = i32(this.key);
    this.session = i32(this.session);
    this.request = i32(this.request);
    this.span = i32(this.span);
    this.step = i32(this.step);
    this.version = i32(this.version);
    this.permit = i32(this.permit);
    this.pause = i32(this.pause);
    this.authority = i16(this.authority);
    this.callerUnit = i16(this.callerUnit);
    this.unit = i16(this.unit);
    this.operation = u8(this.operation);
    this.phase = u8(this.phase);
    this.outcome = u8(this.outcome);
    this.attempt = u8(this.attempt);
    this.flags = u16(this.flags);
    this.issued = f64(this.issued);
    this.sent = f64(this.sent);
    this.arrived = f64(this.arrived);
    this.began = f64(this.began);
    this.deadline = f64(this.deadline);
    for (let c = capacity - 1; c >= old; c--) {
      this.next[c] = this.firstFree;
      this.firstFree = c;
    }
    this.capacity = capacity;
  }
}

function copied<A extends Int32Array | Int16Array | Uint16Array | Uint8Array | Float64Array>(
  from: A | undefined,
  to: A,
): A {
  if (from) to.set(from as never);
  return to;
}
