/**
 * The calls of one link that wait for their attempt timeout, oldest first. Sending order is timeout order, because the
 * timeout is the same for all; so only the head needs an event, and finishing in time costs one unlinking.
 */
import { type Calls, NONE } from './calls.ts';

/** In `timeoutNext` of a call that is in no list. */
export const UNLISTED = -2;

export class TimeoutList {
  private readonly calls: Calls;
  private first = NONE;
  private last = NONE;
  /** An event for the head is in the agenda. */
  armed = false;

  constructor(calls: Calls) {
    this.calls = calls;
  }

  /** The call that waits longest; NONE when none does. */
  get head(): number {
    return this.first;
  }

  append(c: number): void {
    const { timeoutNext, timeoutPrevious } = this.calls;
    timeoutNext[c] = NONE;
    timeoutPrevious[c] = this.last;
    if (this.last === NONE) this.first = c;
    else timeoutNext[this.last] = c;
    this.last = c;
  }

  /** Takes a call out, wherever it stands; no effect on one that is in no list. */
  remove(c: number): void {
    const { timeoutNext, timeoutPrevious } = this.calls;
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
