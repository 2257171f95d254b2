/**
 * The network of one link: delay, jitter, loss and partition, both ways. It must not know why a message is sent or what
 * happens to calls.
 */
import { ARRIVAL, CANCELLATION, COMPLETION, type Lane } from './agenda.ts';
import { HIT, NONE, READ, STALE, WRITE } from './calls.ts';
import type { Core } from './core.ts';
import { CANCEL, forCall, REACH, RESPONSE } from './events.ts';
import type { LinkSettings } from './linksettings.ts';
import { OK } from './outcomes.ts';
import type { Stream } from './random.ts';
import * as looks from './recorder.ts';

export class Wire {
  /** Messages vanish, both ways. */
  cut = false;

  private readonly core: Core;
  private readonly index: number;
  private readonly chance: Stream;
  private settings!: LinkSettings;
  private out!: Lane;
  private back!: Lane;
  private notices!: Lane;

  constructor(core: Core, id: string, index: number) {
    this.core = core;
    this.index = index;
    this.chance = core.stream(id, 'network');
  }

  configure(settings: LinkSettings): void {
    const { agenda } = this.core;
    this.settings = settings;
    this.out = agenda.lane(settings.latencyNs, ARRIVAL);
    this.back = agenda.lane(settings.latencyNs, COMPLETION);
    this.notices = agenda.lane(settings.latencyNs, CANCELLATION);
  }

  /** Sends a call towards its callee; false when the message vanished. */
  send(c: number): boolean {
    if (this.vanishes()) return false;
    const { calls, recorder, now } = this.core;
    const delay = this.travel(this.out, ARRIVAL, REACH, c);
    if (calls.request[c] !== NONE) {
      recorder.hop(this.index, calls.request[c], now, now + delay, 0, this.lookOut(c));
    }
    return true;
  }

  /** Sends an answer back to the caller; false when it vanished. */
  sendBack(c: number): boolean {
    if (this.vanishes()) return false;
    const { calls, recorder, now } = this.core;
    const delay = this.travel(this.back, COMPLETION, RESPONSE, c);
    if (calls.request[c] !== NONE) {
      recorder.hop(this.index, calls.request[c], now, now + delay, 1, this.lookBack(c));
    }
    return true;
  }

  /** An answer nobody waits for any more travels back all the same; only dots show it. */
  showLateAnswer(c: number): void {
    const { calls, recorder, now } = this.core;
    const request = calls.request[c];
    if (request === NONE || this.cut) return;
    recorder.hop(this.index, request, now, now + this.settings.latencyNs, 1, looks.LOOK_ABANDONED);
  }

  /** Tells the callee that the caller gave up; may vanish. */
  sendNotice(c: number): void {
    if (!this.vanishes()) this.travel(this.notices, CANCELLATION, CANCEL, c);
  }

  private travel(lane: Lane, order: number, kind: number, c: number): number {
    const { agenda, calls, now } = this.core;
    const what = forCall(kind, calls.generation[c]);
    const { jitter, latencyNs } = this.settings;
    if (jitter === null) {
      agenda.later(lane, what, c);
      return latencyNs;
    }
    const delay = Math.round(latencyNs * jitter.sample(this.chance));
    agenda.at(now + delay, order, what, c);
    return delay;
  }

  private vanishes(): boolean {
    return this.cut || (this.settings.lossShare > 0 && this.chance.chance(this.settings.lossShare));
  }

  private lookOut(c: number): number {
    const { calls } = this.core;
    if (calls.attempt[c] > 1) return looks.LOOK_RETRY;
    return calls.operation[c] === READ ? looks.LOOK_READ : looks.LOOK_WRITE;
  }

  private lookBack(c: number): number {
    const { calls } = this.core;
    if (calls.outcome[c] !== OK) return looks.LOOK_FAILED;
    if (calls.flags[c] & STALE) return looks.LOOK_STALE;
    if (calls.flags[c] & HIT) return looks.LOOK_HIT;
    return calls.operation[c] >= WRITE ? looks.LOOK_WRITE : looks.LOOK_READ;
  }
}
