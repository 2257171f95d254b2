/**
 * The simulated clock as XState wants one: machines started with it run their `after` delays in simulated time. Timers
 * are events of the agenda like any other. It must not know which machines use it.
 */
import { type Agenda, TIMER } from './agenda.ts';
import { toNs } from '../time.ts';

export class SimulatedClock {
  private readonly agenda: Agenda;
  private readonly what: number;
  private readonly timers = new Map<number, () => void>();
  private lastId = 0;

  /** `what` is the code under which the system finds its way back to `fire`. */
  constructor(agenda: Agenda, what: number) {
    this.agenda = agenda;
    this.what = what;
  }

  /** The instant being processed, ns. */
  get now(): number {
    return this.agenda.time;
  }

  setTimeout = (callback: (...args: unknown[]) => void, delayMs: number): number => {
    const id = ++this.lastId;
    this.timers.set(id, callback);
    this.agenda.at(this.agenda.time + toNs(delayMs), TIMER, this.what, id);
    return id;
  };

  clearTimeout = (id: number): void => {
    this.timers.delete(id);
  };

  fire(id: number): void {
    const callback = this.timers.get(id);
    this.timers.delete(id);
    callback?.();
  }
}
