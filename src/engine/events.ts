/**
 * The kinds of events in the agenda. An event's `what` is one of these in its lowest four bits and above them, for
 * events of calls, the generation of the slot; its `who` is the call, link or station it is for.
 */

/** An answer or rejection reaches the caller. */
export const RESPONSE = 0;
/** A piece of a station's own work on a call ends. */
export const WORK = 1;
/** The caller's notice that it gave up reaches the callee. */
export const CANCEL = 2;
/** The oldest waiting call of a link may have timed out. */
export const LINK_TIMEOUT = 3;
/** A later attempt ran into the deadline of the whole call. */
export const DEADLINE_PASSED = 4;
/** The pause before a retry is over. */
export const RETRY = 5;
/** A timer of a state machine. */
export const CLOCK = 6;
/** A call reaches its callee. */
export const REACH = 7;
/** Something a station scheduled for itself; the bits above tell it what. */
export const TICK = 8;
/** The end of a window of the statistics. */
export const WINDOW_END = 9;

/** A call has waited in a queue as long as it may. */
export const RENEGE = 10;
/** An attempt has been without an answer so long that another is sent beside it. */
export const HEDGE = 11;
/** A handshake reaches the callee; its answer reaches the caller; the time for it is over. For links. */
export const CONNECT = 12;
export const CONNECTED = 13;
export const CONNECT_DUE = 14;

/** `what` of an event that is void once the call's slot has moved on. */
export function forCall(kind: number, generation: number): number {
  return kind | (generation << 4);
}
