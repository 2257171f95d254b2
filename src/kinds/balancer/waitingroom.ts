/** Requests that wait in a balancer because all its peers are full, oldest first. It must not know peers. */
import { type Calls, GENERATION } from '../../engine/calls/calls.ts';

interface Waiting {
  readonly call: number;
  readonly generation: number;
  readonly until: number;
}

export class WaitingRoom {
  private readonly calls: Calls;
  private queue: Waiting[] = [];

  constructor(calls: Calls) {
    this.calls = calls;
  }

  get size(): number {
    return this.queue.length;
  }

  /** When the oldest has waited too long, ns; Infinity when nobody waits. */
  get nextDue(): number {
    return this.queue.length > 0 ? this.queue[0].until : Infinity;
  }

  add(call: number, until: number): void {
    this.queue.push({ call, generation: this.calls.rows[call + GENERATION], until });
  }

  /** The call that waits longest, without taking it out; −1 when nobody waits. */
  get first(): number {
    while (this.queue.length > 0) {
      const { call, generation } = this.queue[0];
      if (this.calls.rows[call + GENERATION] === generation) return call;
      this.queue.shift();
    }
    return -1;
  }

  takeFirst(): void {
    this.queue.shift();
  }

  /** Takes out one that gave up; true when it was here. */
  remove(call: number): boolean {
    const at = this.queue.findIndex((waiting) => waiting.call === call);
    if (at < 0) return false;
    this.queue.splice(at, 1);
    return true;
  }
}
