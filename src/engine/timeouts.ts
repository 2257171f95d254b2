/**
 * The calls of one link that wait for their attempt timeout, oldest first. Sending order is timeout order, because the
 * timeout is the same for all; so only the head needs an event, and finishing in time costs one unlinking.
 */
import { TIMER } from './agenda.ts';
import { NONE } from './calls.ts';
import type { Core } from './core.ts';
import { DEADLINE, forCall, LINK_TIMEOUT } from './events.ts';

/** In `timeoutNext` of a call that is in no list. */
export const UNLISTED = -2;

export class TimeoutList {
  private readonly core: Core;
  private readonly link: number;
  private first = NONE;
  private last = NONE;
  /** How long an attempt may take, ns; 0 = for ever. */
  private limitNs = 0;
  /** An event for the head is in the agenda. */
  private armed = false;
  /** Tells the timer that counts from those that a change of settings made void. */
  private timer = 0;

  /** `link`: index of the link, under which the system finds its way back to `due`. */
  constructor(core: Core, link: number) {
    this.core = core;
    this.link = link;
  }

  /** The shorter of the two that are set (0 = none), ns; calls that wait already are held to it too. */
  configure(attemptNs: number, totalNs: number): void {
    this.limitNs = attemptNs > 0 && totalNs > 0 ? Math.min(attemptNs, totalNs) : attemptNs || totalNs;
    this.arm();
  }

  /** A call was sent: it waits from now. A later attempt may have less time left than a first one. */
  watch(c: number): void {
    if (this.limitNs === 0) return;
    const { calls, agenda } = this.core;
    this.append(c);
    if (!this.armed) this.arm();
    if (calls.attempt[c] > 1 && calls.deadline[c] - agenda.time < this.limitNs) {
      agenda.at(calls.deadline[c], TIMER, forCall(DEADLINE, calls.generation[c]), c);
    }
  }

  /** Calls `end` for every call whose time is up, oldest first. `timer`: the one that fired. */
  due(timer: number, end: (c: number) => void): void {
    if (timer !== this.timer) return;
    const { calls, now } = this.core;
    this.armed = true; // no second event while attempts made in `end` are appended
    for (;;) {
      const head = this.first;
      if (head === NONE || calls.sent[head] + this.limitNs > now) break;
      end(head);
    }
    this.arm();
  }

  private arm(): void {
    const head = this.first;
    this.timer = (this.timer + 1) & 0x3ffffff;
    this.armed = head !== NONE && this.limitNs > 0;
    if (!this.armed) return;
    const at = Math.max(this.core.now, this.core.calls.sent[head] + this.limitNs);
    this.core.agenda.at(at, TIMER, forCall(LINK_TIMEOUT, this.timer), this.link);
  }

  private append(c: number): void {
    const { timeoutNext, timeoutPrevious } = this.core.calls;
    timeoutNext[c] = NONE;
    timeoutPrevious[c] = this.last;
    if (this.last === NONE) this.first = c;
    else timeoutNext[this.last] = c;
    this.last = c;
  }

  /** Takes a call out, wherever it stands; no effect on one that is in no list. */
  remove(c: number): void {
    const { timeoutNext, timeoutPrevious } = this.core.calls;
    const next = timeoutNext[c];
    if (next === UNLISTED) return;
    const previous = timeoutPrevious[c];
    if (previous === NONE) this.first = next;
    else timeoutNext[previous] = next;
    if (next === NONE) this.last = previous;
    else timeoutPrevious[next] = previous;
    timeoutNext[c] = UNLISTED;
  }
}
