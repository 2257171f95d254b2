/**
 * The network of one link: delay, jitter, loss, bandwidth and partition, both ways. It must not know why a message is sent or what
 * happens to calls.
 */
import { type Agenda, ARRIVAL, CANCELLATION, COMPLETION } from '../agenda/agenda.ts';
import {
  type Calls,
  FLAGS,
  GENERATION,
  HIT,
  OUTCOME,
  PROBE,
  READ,
  REPEATED,
  REQUEST,
  STALE,
  TRACED,
  WRITE,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { CANCEL, forCall, REACH, RESPONSE } from '../events.ts';
import type { Lane } from '../agenda/lane.ts';
import type { Sampler } from '../chance/distributions.ts';
import { BACK, Line, OUT } from './line.ts';
import type { LinkSettings } from './linksettings.ts';
import { OK } from '../calls/outcomes.ts';
import type { Stream } from '../chance/random.ts';
import * as looks from '../records/recorder.ts';
import { DOUBLE, toWholeNs } from '../time.ts';

/** A latency that follows from where the ends stand, in place of the one that is set. */
export interface Way {
  /** One way, ns. */
  readonly latencyNs: number;
  /** Factor with mean 1; holds where the link sets no jitter. */
  readonly jitter: Sampler | null;
  /** One way by unit of the caller, ns, where its units stand in different places. */
  readonly delays: Float64Array | null;
  /** By unit of the caller: 1 where nothing gets through. */
  readonly cutUnits: Uint8Array | null;
}

export class Wire {
  private readonly core: Core;
  private readonly agenda: Agenda;
  private readonly calls: Calls;
  private readonly index: number;
  private readonly chance: Stream;
  private settings!: LinkSettings;
  private way: Way | null = null;
  /** What holds: of the way where there is one, else of the settings. */
  private latencyNs = DOUBLE;
  private jitter: Sampler | null = null;
  private delays: Float64Array | null = null;
  private cutUnits: Uint8Array | null = null;
  /** Answers take a way of their own: the caller's end hears of them at once. Those to its health checks do not. */
  isBypassed = false;
  /** What the answer that is sent next takes longer than others, ns. */
  longerBackNs = 0;
  private readonly factor = new Float64Array(1);
  private isCutForAll = false;
  /** null until the bandwidth was limited. */
  line: Line | null = null;
  /** Where messages wait while they take the same time all of them and never vanish; null while they do not. */
  private lane: Lane | null = null;

  constructor(core: Core, id: string, index: number) {
    this.core = core;
    this.agenda = core.agenda;
    this.calls = core.calls;
    this.index = index;
    this.chance = core.stream(id, 'network');
  }

  configure(settings: LinkSettings): void {
    this.settings = settings;
    this.apply();
  }

  /** The latency follows from where the ends stand, from now on; null: it is as set. */
  place(way: Way | null): void {
    if (way === null && this.way === null) return;
    this.way = way;
    this.apply();
  }

  /** Mean time of a message of this unit of the caller, one way, ns, if it gets through. */
  meanNs(callerUnit: number): number {
    return this.delays === null ? this.latencyNs : this.delays[callerUnit];
  }

  /** Units of the caller for which nothing gets through. */
  get cutFor(): readonly number[] {
    return [...(this.cutUnits ?? [])].flatMap((cut, unit) => (cut === 1 ? [unit] : []));
  }

  /** Messages vanish, both ways. */
  get cut(): boolean {
    return this.isCutForAll;
  }

  set cut(isCut: boolean) {
    this.isCutForAll = isCut;
    this.apply();
  }

  /** The link is gone: what is still answered takes its time as before, and its lane is left to others. */
  close(): void {
    this.agenda.closeLane(this.lane);
    this.lane = null;
  }

  private apply(): void {
    const { way, settings } = this;
    this.latencyNs = way?.latencyNs ?? settings.latencyNs;
    this.jitter = settings.jitter ?? way?.jitter ?? null;
    this.delays = way?.delays ?? null;
    this.cutUnits = way?.cutUnits ?? null;
    const { jitter, delays, cutUnits } = this;
    const isVaried = jitter !== null || delays !== null || settings.bandwidth !== null;
    const isSteady = !isVaried && cutUnits === null && settings.lossShare === 0;
    if (settings.bandwidth !== null) this.line ??= new Line();
    const before = this.lane;
    this.lane = isSteady && !this.isCutForAll ? this.agenda.openLane(this.latencyNs) : null;
    this.agenda.closeLane(before);
  }

  /** Sends a call towards its callee; false when the message vanished. */
  send(c: number): boolean {
    if (this.lane !== null) this.agenda.pushInto(this.lane, ARRIVAL, this.forNow(REACH, c), c);
    else if (!this.leaves(c, OUT)) return false;
    else this.travel(ARRIVAL, REACH, c);
    if (this.calls.rows[c + FLAGS] & TRACED) this.show(c, 0, this.lookOut(c));
    return true;
  }

  /** Sends an answer back to the caller; false when it vanished. */
  sendBack(c: number): boolean {
    if (this.isBypassed && (this.calls.rows[c + FLAGS] & PROBE) === 0) {
      this.agenda.at(this.agenda.time, COMPLETION, this.forNow(RESPONSE, c), c);
      return true;
    }
    if (this.lane !== null && this.longerBackNs === 0)
      this.agenda.pushInto(this.lane, COMPLETION, this.forNow(RESPONSE, c), c);
    else if (!this.leaves(c, BACK)) return false;
    else this.travel(COMPLETION, RESPONSE, c);
    if (this.calls.rows[c + FLAGS] & TRACED) this.show(c, 1, this.lookBack(c));
    return true;
  }

  /** An answer nobody waits for any more travels back all the same; only dots show it, and who waits behind it. */
  sendLateAnswer(c: number): void {
    if (this.isCut(c)) return;
    this.pass(BACK, this.bytesOf(c, BACK));
    if ((this.calls.rows[c + FLAGS] & TRACED) === 0) return;
    this.agenda.due += this.meanNs(this.calls.callerUnit(c));
    this.show(c, 1, looks.LOOK_ABANDONED);
  }

  /** Tells the callee that the caller gave up; may vanish. */
  sendNotice(c: number): void {
    if (this.isCut(c)) return;
    this.pass(OUT, 0);
    if (!this.isLost()) this.travel(CANCELLATION, CANCEL, c);
  }

  /** Sends something that is no call, as an event; `legs`: how many times it goes the whole way. May vanish. */
  carry(order: number, what: number, who: number, callerUnit: number, legs: number): void {
    if (this.isCutFor(callerUnit) || this.isLost()) return;
    this.pass(order === ARRIVAL ? OUT : BACK, 0);
    this.agenda.due += legs * this.meanNs(callerUnit);
    this.agenda.push(order, what, who);
  }

  /** The message of a call goes onto the line; false when it vanishes, there or behind it. */
  private leaves(c: number, direction: number): boolean {
    if (this.isCut(c)) return false;
    this.pass(direction, this.bytesOf(c, direction));
    return !this.isLost();
  }

  /** Leaves in `due` when the last bit of a message is on its way. */
  private pass(direction: number, bytes: number): void {
    const { agenda } = this;
    const { bandwidth } = this.settings;
    agenda.due = agenda.time;
    if (bandwidth !== null) this.line!.send(direction, toWholeNs(bytes * bandwidth.nsPerByte), agenda);
  }

  /** Health checks and notices are too small to count. */
  private bytesOf(c: number, direction: number): number {
    const { bandwidth } = this.settings;
    if (bandwidth === null || this.calls.rows[c + FLAGS] & PROBE) return 0;
    return direction === OUT ? bandwidth.requestBytes : bandwidth.answerBytes;
  }

  /** From the instant in `due` on. */
  private travel(order: number, kind: number, c: number): void {
    const { agenda, factor, jitter } = this;
    const longerNs = kind === RESPONSE ? this.longerBackNs : 0;
    const latencyNs = this.meanNs(this.calls.callerUnit(c)) + longerNs;
    if (jitter === null) agenda.due += latencyNs;
    else {
      jitter.draw(this.chance, factor);
      agenda.due += toWholeNs(latencyNs * factor[0]);
    }
    agenda.push(order, this.forNow(kind, c), c);
  }

  /** An event that is void once the call's row has moved on. */
  private forNow(kind: number, c: number): number {
    return forCall(kind, this.calls.rows[c + GENERATION]);
  }

  /** The message that has just been sent, as a dot. */
  private show(c: number, backward: number, look: number): void {
    const { agenda } = this;
    this.core.recorder.hop(this.index, this.calls.rows[c + REQUEST], agenda.time, agenda.due, backward, look);
  }

  private isLost(): boolean {
    return this.settings.lossShare > 0 && this.chance.chance(this.settings.lossShare);
  }

  private isCut(c: number): boolean {
    return this.isCutForAll || (this.cutUnits !== null && this.isCutFor(this.calls.callerUnit(c)));
  }

  private isCutFor(callerUnit: number): boolean {
    return this.isCutForAll || (this.cutUnits !== null && this.cutUnits[callerUnit] === 1);
  }

  private lookOut(c: number): number {
    if (this.calls.rows[c + FLAGS] & REPEATED) return looks.LOOK_RETRY;
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
