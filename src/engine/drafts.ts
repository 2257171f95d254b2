/**
 * New calls of one link: a slot with what every attempt has, and what a call takes over from the one it is made for. It
 * must not know when or why a call is made.
 */
import { NONE } from './calls.ts';
import type { Core } from './core.ts';
import { NOTE } from './recorder.ts';
import { UNLISTED } from './timeouts.ts';

export class Drafts {
  private readonly core: Core;
  private readonly id: string;
  private readonly index: number;

  constructor(core: Core, id: string, index: number) {
    this.core = core;
    this.id = id;
    this.index = index;
  }

  /** A slot for a first attempt; NONE when the simulator's limit is reached. */
  take(parent: number, callerUnit: number, operation: number): number {
    const { calls } = this.core;
    const c = calls.take();
    if (c === NONE) {
      this.core.reportFull(this.id);
      return NONE;
    }
    calls.parent[c] = parent;
    calls.link[c] = this.index;
    calls.callerUnit[c] = callerUnit;
    calls.operation[c] = operation;
    calls.attempt[c] = 1;
    calls.timeoutNext[c] = UNLISTED;
    return c;
  }

  /** What a call has in common with the one it is made for. */
  inherit(c: number, parent: number): void {
    const { calls } = this.core;
    calls.issued[c] = calls.issued[parent];
    calls.key[c] = calls.key[parent];
    calls.session[c] = calls.session[parent];
    calls.version[c] = calls.version[parent];
    calls.authority[c] = calls.authority[parent];
    this.sample(c, calls.request[parent], calls.span[parent]);
  }

  /** Makes the call part of a sampled request's trace; `request` NONE for the others. */
  sample(c: number, request: number, parentSpan: number): void {
    const { calls, recorder, now } = this.core;
    calls.request[c] = request;
    if (request === NONE) return;
    calls.span[c] = recorder.newSpan();
    recorder.note(request, calls.span[c], NOTE.start, parentSpan, this.index, now);
  }
}
