/**
 * What becomes of a connection that nobody takes in: the packet that asks for it is dropped unseen, and the caller's
 * system sends it again by itself, after 1 s, 2 s, 4 s …, until it gives up; and what one that is taken in costs the
 * callee. It must not know why nobody takes it in.
 */
import { ARRIVAL, COMPLETION } from '../agenda/agenda.ts';
import {
  ABANDONED,
  type Calls,
  FLAGS,
  FRESH,
  GENERATION,
  INBOUND,
  LINK,
  NONE,
  ONE_WAY,
  OUTCOME,
  PARENT,
  PHASE,
  STEP,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { forCall, REACH, RESPONSE } from '../events.ts';
import type { Link } from '../link/link.ts';
import { CONNECT_TIMEOUT } from '../calls/outcomes.ts';

/** Before the first repetition, ns; doubles each time (RFC 6298). */
const FIRST_PAUSE_NS = 1e9;
/** Linux: `tcp_syn_retries`. With the wait after the last one it makes 127 s in all. */
const RETRIES = 6;

/** A call came to a full backlog. Its STEP counts how often. */
export function knockAgain(core: Core, link: Link, c: number): void {
  const { agenda, calls } = core;
  const { rows } = calls;
  // A caller that gave up has closed its end: no more packets are sent.
  if (rows[c + FLAGS] & ABANDONED) return calls.free(c);
  const pause = FIRST_PAUSE_NS * (1 << rows[c + STEP]);
  if (rows[c + STEP]++ < RETRIES) {
    agenda.at(agenda.time + pause, ARRIVAL, forCall(REACH, rows[c + GENERATION]), c);
    return;
  }
  // The last one is waited for as well; then the caller learns of it from its own system.
  rows[c + STEP] = 0;
  rows[c + OUTCOME] = CONNECT_TIMEOUT;
  if (rows[c + FLAGS] & ONE_WAY) return link.answer(c);
  rows[c + PHASE] = INBOUND;
  agenda.at(agenda.time + pause, COMPLETION, forCall(RESPONSE, rows[c + GENERATION]), c);
}

/**
 * Work of the callee on a call that is for the handshake of its connection, ns; only of one that is FRESH. Where
 * connections go through the caller, that is the handshake of the caller's caller.
 */
export function greetingNs(links: readonly Link[], calls: Calls, c: number): number {
  if ((calls.rows[c + FLAGS] & FRESH) === 0) return 0;
  const link = links[calls.rows[c + LINK]];
  if (!link.drafts.goesThrough) return link.settings.connections?.greetingNs ?? 0;
  const parent = calls.rows[c + PARENT];
  return parent === NONE ? 0 : greetingNs(links, calls, parent);
}
