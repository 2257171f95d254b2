/**
 * A dependency as its caller sees it. A call passes retry → breaker → rate limit → bulkhead → attempt timeout → network,
 * and ends for its caller exactly once, in `conclude`. It must not know what caller and callee do.
 */
import type { Agenda } from '../agenda/agenda.ts';
import {
  ABANDONED,
  BACKING_OFF,
  type Calls,
  CHILD,
  CONNECTING,
  DEADLINE,
  FLAGS,
  HELD_BACK,
  INBOUND,
  INSIDE,
  LOST,
  NONE,
  ONE_WAY,
  OPEN,
  OUTBOUND,
  OUTCOME,
  PARENT,
  PHASE,
  REPEATED,
  SENT,
  TRACED,
  UNIT,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { Connections } from './connections.ts';
import { Drafts } from './drafts.ts';
import { ANY_UNIT, type Callee, type Caller } from '../calls/ends.ts';
import { Gate } from './gate.ts';
import { Hedging } from './hedging.ts';
import type { LinkSettings } from './linksettings.ts';
import { Meter } from '../records/meter.ts';
import * as outcomes from '../calls/outcomes.ts';
import { NOTE } from '../records/recorder.ts';
import { Retries } from './retries.ts';
import { TimeoutList } from './timeouts.ts';
import { Wire } from './wire.ts';

export class Link {
  readonly id: string;
  readonly index: number;
  readonly caller: Caller;
  readonly callee: Callee;
  readonly meter = new Meter();
  readonly wire: Wire;
  readonly gate: Gate;
  readonly retries: Retries;
  /** null until the link has been set to hedge. */
  hedging: Hedging | null = null;
  /** null until the link has had connections of its own. */
  connections: Connections | null = null;
  settings!: LinkSettings;
  /** False once the link was deleted from a running design; calls under way still end. */
  attached = true;

  /** What a call has to pass before it is sent, and whether anyone but the meter hears how it ended. */
  private isGuarded = 0;
  private isFollowed = 0;
  private readonly calls: Calls;
  private readonly agenda: Agenda;
  readonly core: Core;
  readonly drafts: Drafts;
  readonly timeouts: TimeoutList;

  constructor(core: Core, id: string, index: number, caller: Caller, callee: Callee, settings: LinkSettings) {
    this.core = core;
    this.calls = core.calls;
    this.agenda = core.agenda;
    this.id = id;
    this.index = index;
    this.caller = caller;
    this.callee = callee;
    this.wire = new Wire(core, id, index);
    this.drafts = new Drafts(core, id, index);
    this.gate = new Gate(core, this);
    this.retries = new Retries(core, this, this.drafts, this.gate.budgets);
    this.timeouts = new TimeoutList(core, index, (c) => this.timeOut(c));
    this.configure(settings);
  }

  /** Applies settings, to a running link too: messages under way keep the delays they were sent with. */
  configure(settings: LinkSettings): void {
    this.settings = this.drafts.settings = settings;
    this.wire.configure(settings);
    this.gate.configure(settings);
    // Whoever picks the unit itself also tries the next one itself.
    if (settings.hedge !== 'off' && !this.caller.picksUnits) this.hedging ??= new Hedging(this.core, this);
    if (settings.connections !== null) this.connections ??= new Connections(this.core, this);
    this.connections?.configure(settings.connections);
    this.timeouts.configure(settings.attemptTimeoutNs, settings.totalTimeoutNs);
    this.isFollowed = this.gate.wasSet || this.connections !== null ? 1 : 0;
    this.isGuarded = this.gate.isSet || this.hedging !== null || this.timeouts.isOn ? 1 : 0;
  }

  /** The link was deleted from a running design: calls under way still end. */
  detach(): void {
    this.attached = false;
    this.configure({ ...this.settings, breaker: null, connections: null });
    this.wire.close();
  }

  /** The process of a caller unit is gone, and what it knew and kept open; its calls have been abandoned. */
  forget(callerUnit: number): void {
    this.gate.forget(callerUnit);
    this.connections?.forget(callerUnit);
  }

  /** A client's request. Returns the call. */
  request(operation: number, key: number, session: number, request: number): number {
    const c = this.drafts.take(NONE, 0, operation, 1);
    if (c === NONE) return NONE;
    this.drafts.originate(c, key, session, request);
    this.launch(c, ANY_UNIT);
    return c;
  }

  /** A call on behalf of `parent`, made by a unit of the caller, to one callee unit or to any. */
  call(parent: number, callerUnit: number, unit: number, operation: number): number {
    const c = this.drafts.take(parent, callerUnit, operation, 1);
    if (c === NONE) return NONE;
    this.calls.rows[parent + CHILD] = c;
    this.drafts.derive(c, parent);
    this.launch(c, unit);
    return c;
  }

  /** As `call`, but nobody waits: no timeout, no breaker, no answer. */
  cast(parent: number, callerUnit: number, operation: number): void {
    const c = this.drafts.take(NONE, callerUnit, operation, 1);
    if (c === NONE) return;
    const { rows } = this.calls;
    rows[c + FLAGS] |= ONE_WAY;
    this.drafts.deriveUnawaited(c, parent);
    this.begin(c);
    rows[c + UNIT] = this.callee.chooseUnit(c);
    rows[c + PHASE] = OUTBOUND;
    if (!this.wire.send(c)) this.settle(c, false);
  }

  begin(c: number): void {
    const { rows, times } = this.calls;
    times[(c >> 1) + SENT] = this.agenda.time;
    rows[c + FLAGS] |= OPEN;
    this.meter.arrived++;
  }

  /** Starts an attempt: through the caller's policies and into the network, or back at once. */
  launch(c: number, unit: number): void {
    const { rows, times } = this.calls;
    this.begin(c);
    rows[c + UNIT] = unit;
    if (this.agenda.time >= times[(c >> 1) + DEADLINE])
      return this.gate.reject(c, outcomes.DEADLINE_EXCEEDED);
    if (this.isGuarded === 1 && !this.lets(c)) return;
    this.goOut(c);
  }

  /** The pause before an attempt is over, or that of one that was held back. */
  again(c: number): void {
    const { rows } = this.calls;
    if ((rows[c + FLAGS] & OPEN) === 0) return this.launch(c, rows[c + UNIT]);
    if (!this.gate.goesOn(c)) return;
    this.watch(c);
    this.goOut(c);
  }

  private goOut(c: number): void {
    const { rows } = this.calls;
    if (rows[c + UNIT] === ANY_UNIT) rows[c + UNIT] = this.callee.chooseUnit(c);
    if (this.connections !== null && this.connections.isOn) this.connections.carry(c);
    else this.send(c);
  }

  /** Past the policies that keep calls back, under those that watch over them; false when it is not sent now. */
  private lets(c: number): boolean {
    if (this.gate.breakers.isByPeer && this.calls.rows[c + UNIT] === ANY_UNIT)
      this.calls.rows[c + UNIT] = this.callee.chooseUnit(c);
    if (this.gate.isSet && !this.gate.lets(c)) return false;
    this.watch(c);
    return true;
  }

  private watch(c: number): void {
    this.timeouts.watch(c);
    this.hedging?.watch(c);
  }

  send(c: number): void {
    this.calls.rows[c + PHASE] = this.wire.send(c) ? OUTBOUND : LOST;
  }

  /** The callee has an answer: sends it back, or drops it where nobody waits. */
  answer(c: number): void {
    const { calls } = this;
    const flags = calls.rows[c + FLAGS];
    if ((flags & (ABANDONED | ONE_WAY)) === 0) {
      calls.rows[c + PHASE] = this.wire.sendBack(c) ? INBOUND : LOST;
    } else if (flags & ABANDONED) {
      this.wire.sendLateAnswer(c);
      calls.free(c);
    } else this.settle(c, calls.rows[c + OUTCOME] === outcomes.OK);
  }

  private settle(c: number, ok: boolean): void {
    if (ok) this.meter.ok++;
    else this.meter.failed++;
    this.calls.free(c);
  }

  /** An answer, or a rejection, has reached the caller. */
  receive(c: number): void {
    if ((this.calls.rows[c + FLAGS] & ABANDONED) === 0) this.conclude(c);
    this.calls.free(c);
  }

  /** The caller learns the outcome: the one place where an attempt ends for it and gives back all it held. */
  private conclude(c: number): void {
    const { rows } = this.calls;
    const outcome = rows[c + OUTCOME];
    this.account(c, outcome);
    if (this.hedging !== null && !this.hedging.decides(c, outcome)) return;
    if (outcome !== outcomes.OK && this.attached && this.retries.again(c, outcome)) return;
    const parent = rows[c + PARENT];
    if (parent !== NONE) rows[parent + CHILD] = NONE;
    this.caller.childDone(parent, c);
  }

  private account(c: number, outcome: number): void {
    const { calls, meter } = this;
    const flags = calls.rows[c + FLAGS];
    calls.rows[c + FLAGS] = flags & ~OPEN;
    if (outcome === outcomes.OK) {
      meter.ok++;
      meter.record(this.agenda, calls.times, (c >> 1) + SENT);
    } else if (outcome === outcomes.CANCELLED) meter.dropped++;
    else meter.failed++;
    if (flags & REPEATED) this.retries.inFlight--;
    if (this.isFollowed === 1) this.giveBack(c, outcome);
    if (flags & TRACED) this.core.recorder.note(c, NOTE.end, outcome, calls.attempt(c));
  }

  private giveBack(c: number, outcome: number): void {
    if (this.gate.wasSet) this.gate.left(c, outcome);
    this.connections?.release(c, outcome);
  }

  /** The whole call ran out of time during a later attempt. */
  deadlinePassed(c: number): void {
    if (this.calls.rows[c + FLAGS] & OPEN) this.timeOut(c);
  }

  private timeOut(c: number): void {
    const past = this.calls.times[(c >> 1) + DEADLINE] <= this.agenda.time;
    this.calls.rows[c + OUTCOME] = past ? outcomes.DEADLINE_EXCEEDED : outcomes.ATTEMPT_TIMEOUT;
    this.conclude(c);
    this.giveUp(c);
  }

  /** The caller is gone or no longer interested: ends the call for it without telling it. */
  abandon(c: number): void {
    const { rows } = this.calls;
    const parent = rows[c + PARENT];
    if (parent !== NONE) rows[parent + CHILD] = NONE;
    if (rows[c + PHASE] === BACKING_OFF) {
      this.retries.inFlight--;
      this.calls.free(c);
      return;
    }
    if (this.hedging !== null) this.hedging.cancelBesides(c);
    this.cancel(c);
  }

  /** Ends an attempt for the caller, which is not told. */
  cancel(c: number): void {
    this.calls.rows[c + OUTCOME] = outcomes.CANCELLED;
    this.account(c, outcomes.CANCELLED);
    this.giveUp(c);
  }

  /** Leaves the row to the callee, and tells it where the policy says so. */
  private giveUp(c: number): void {
    const { rows } = this.calls;
    rows[c + PARENT] = NONE;
    rows[c + FLAGS] |= ABANDONED;
    const phase = rows[c + PHASE];
    if (phase === LOST || phase === CONNECTING || phase === HELD_BACK) this.calls.free(c);
    else if ((phase === OUTBOUND || phase === INSIDE) && this.settings.giveUp !== 'none')
      this.wire.sendNotice(c);
  }

  /** A cancel notice reached the callee. */
  cancelArrived(c: number): void {
    if (this.calls.rows[c + PHASE] === INSIDE) this.callee.cancel(c, this.settings.giveUp === 'full');
  }
}
