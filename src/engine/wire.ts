/**
 * The network of one link: delay, jitter, loss and partition, both ways. It must not know why a message is sent or what
 * happens to calls.
 */
import { type Agenda, ARRIVAL, CANCELLATION, COMPLETION } from './agenda.ts';
import { type Calls, FLAGS, GENERATION, HIT, NONE, OUTCOME, READ, REQUEST, STALE, WRITE } from './calls.ts';
import type { Core } from './core.ts';
import { CANCEL, forCall, REACH, RESPONSE } from './events.ts';
import type { LinkSettings } from './linksettings.ts';
import { OK } from './outcomes.ts';
import type { Stream } from './random.ts';
import * as looks from './recorder.ts';
import { toWholeNs } from './time.ts';

export class Wire {
  /** Messages vanish, both ways. */
  cut = false;

  private readonly core: Core;
  private readonly agenda: Agenda;
  private readonly calls: Calls;
  private readonly index: number;
  private readonly chance: Stream;
  private settings!: LinkSettings;
  private readonly factor = new Float64Array(1);

  constructor(core: Core, id: string, index: number) {
    this.core = core;
    this.agenda = core.agenda;
    this.calls = core.calls;
    this.index = index;
    this.chance = core.stream(id, 'network');
  }

  configure(settings: LinkSettings): void {
    this.settings = settings;
  }

  /** Sends a call towards its callee; false when the message vanished. */
  send(c: number): boolean {
    if (this.vanishes()) return false;
    this.travel(ARRIVAL, REACH, c);
    if (this.calls.rows[c + REQUEST] !== NONE) this.show(c, 0, this.lookOut(c));
    return true;
  }

  /** Sends an answer back to the caller; false when it vanished. */
  sendBack(c: number): boolean {
    if (this.vanishes()) return false;
    this.travel(COMPLETION, RESPONSE, c);
    if (this.calls.rows[c + REQUEST] !== NONE) this.show(c, 1, this.lookBack(c));
    return true;
  }

  /** An answer nobody waits for any more travels back all the same; only dots show it. */
  showLateAnswer(c: number): void {
    if (this.calls.rows[c + REQUEST] === NONE || this.cut) return;
    this.agenda.due = this.agenda.time + this.settings.latencyNs;
    this.show(c, 1, looks.LOOK_ABANDONED);
  }

  /** Tells the callee that the caller gave up; may vanish. */
  sendNotice(c: number): void {
    if (!this.vanishes()) this.travel(CANCELLATION, CANCEL, c);
  }

  /** Sends something that is no call, as an event; `legs`: how many times it goes the whole way. May vanish. */
  carry(order: number, what: number, who: number, legs = 1): void {
    if (this.vanishes()) return;
    this.agenda.due = this.agenda.time + legs * this.settings.latencyNs;
    this.agenda.push(order, what, who);
  }

  private travel(order: number, kind: number, c: number): void {
    const { agenda, factor } = this;
    const { jitter, latencyNs } = this.settings;
    if (jitter === null) agenda.due = agenda.time + latencyNs;
    else {
      jitter.draw(this.chance, factor);
      agenda.due = agenda.time + toWholeNs(latencyNs * factor[0]);
    }
    agenda.push(order, forCall(kind, this.calls.rows[c + GENERATION]), c);
  }

  /** The message that has just been sent, as a dot. */
  private show(c: number, backward: number, look: number): void {
    const { agenda } = this;
    this.core.recorder.hop(this.index, this.calls.rows[c + REQUEST], agenda.time, agenda.due, backward, look);
  }

  private vanishes(): boolean {
    return this.cut || (this.settings.lossShare > 0 && this.chance.chance(this.settings.lossShare));
  }

  private lookOut(c: number): number {
    if (this.calls.attempt(c) > 1) return looks.LOOK_RETRY;
    return this.calls.operation(c) === READ ? looks.LOOK_READ : looks.LOOK_WRITE;
  }

  private lookBack(c: number): number {
    const { rows } = this.calls;
    if (rows[c + OUTCOME] !== OK) return looks.LOOK_FAILED;
    if (rows[c + FLAGS] & STALE) return looks.LOOK_STALE;
    if (rows[c + FLAGS] & HIT) return looks.LOOK_HIT;
    return this.calls.operation(c) >= WRITE ? looks.LOOK_WRITE : looks.LOOK_READ;
  }
}
