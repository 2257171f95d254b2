/**
 * The circuit breakers of one link: one per unit of the caller, or for all of them, and for each unit of the callee or for
 * all; made with the first call of theirs. It must not know stations.
 */
import { Breaker, BREAKER_GRAVITY, type BreakerSettings, CLOSED, HALF_OPEN, OPEN_STATE } from './breaker.ts';
import { BREAKER_STATE_NAMES } from '../states.ts';
import { FLAGS, NONE, PERMIT, PERMITTED, SENT, UNIT } from '../calls/calls.ts';
import type { Core } from '../core.ts';
import type { LinkSettings } from './linksettings.ts';
import { CANCELLED, isBreakerFailure, isLocal, OK } from '../calls/outcomes.ts';

interface Guarded {
  readonly id: string;
  readonly caller: { readonly label: string; unitName(unit: number): string };
  readonly callee: { readonly label: string; unitName(unit: number): string };
}

export type BreakerScope = LinkSettings['breakerScope'];

const WORDS = ['closed', 'is half-open', 'opened', 'is forced open', 'is disabled', 'only watches'] as const;

export class BreakerBank {
  private readonly core: Core;
  private readonly link: Guarded;
  /** By unit of the callee (0 for all), then by unit of the caller (0 for all). */
  private byPeer: ((Breaker | undefined)[] | undefined)[] = [[]];
  private settings: BreakerSettings | null = null;
  private scope: BreakerScope = 'caller';
  /** A breaker is for one unit of the callee: it has to be known which before it is asked. */
  isByPeer = false;
  /** One is for all units of the caller. */
  private isShared = false;
  /** The first of `byPeer`, which is all there is where a breaker is for the whole callee. */
  private first: (Breaker | undefined)[] = this.byPeer[0]!;
  /** Epochs used up by breakers that were switched off: calls may still hold permits of them. */
  private epochs = 0;

  constructor(core: Core, link: Guarded) {
    this.core = core;
    this.link = link;
  }

  configure(settings: BreakerSettings | null, scope: BreakerScope): void {
    if (settings === null || scope !== this.scope) this.dismiss();
    this.settings = settings;
    this.scope = scope;
    this.isByPeer = settings !== null && (scope === 'pair' || scope === 'peer');
    this.isShared = scope === 'shared' || scope === 'peer';
    if (settings) for (const breaker of this.all) breaker.reconfigure(settings);
  }

  /** The process of a caller unit is gone, and its breakers with it; the next one begins with closed ones. */
  forget(unit: number): void {
    if (this.isShared) return;
    for (const breakers of this.byPeer) {
      const breaker = breakers?.[unit];
      if (!breaker) continue;
      this.stop(breaker);
      breakers![unit] = undefined;
    }
  }

  private dismiss(): void {
    for (const breaker of this.all) this.stop(breaker);
    this.byPeer = [(this.first = [])];
  }

  private stop(breaker: Breaker): void {
    breaker.stop();
    this.epochs = Math.max(this.epochs, breaker.epoch);
  }

  /** Breakers made so far, by unit of the callee and of the caller. */
  get all(): readonly Breaker[] {
    return this.byPeer.flatMap((breakers) => breakers?.filter((b) => b !== undefined) ?? []);
  }

  /** The worst state of all: forced open, open, half-open, closed; −1 without breakers. */
  get worst(): number {
    if (!this.settings) return -1;
    let worst = this.settings.mode === 'on' ? CLOSED : BREAKER_STATE_NAMES.indexOf(this.settings.mode);
    for (const breakers of this.byPeer) {
      for (const breaker of breakers ?? []) {
        if (breaker && BREAKER_GRAVITY[breaker.state] > BREAKER_GRAVITY[worst]) worst = breaker.state;
      }
    }
    return worst;
  }

  /** Whose calls a breaker is for: "api-2", "api → orders-1". */
  nameOf({ unit, peer }: Breaker): string {
    const { caller, callee } = this.link;
    const who = this.isShared ? caller.label : caller.unitName(unit);
    return peer === NONE ? who : `${who} → ${callee.unitName(peer)}`;
  }

  /** Asks the breaker of the call for a permit and notes it on the call. */
  permits(c: number): boolean {
    const permit = (this.breakerOf(c) ?? this.make(c)).acquire();
    if (permit === 0) return false;
    const { rows } = this.core.calls;
    rows[c + PERMIT] = permit;
    rows[c + FLAGS] |= PERMITTED;
    return true;
  }

  /** How a call with a permit ended. */
  report(c: number, outcome: number): void {
    const { rows, times } = this.core.calls;
    const breaker = this.breakerOf(c);
    if (!breaker) return;
    const permit = rows[c + PERMIT];
    const isOk = outcome === OK;
    if (outcome === CANCELLED) breaker.cancelled(permit);
    else if (!isOk && isLocal(outcome)) breaker.giveBack(permit);
    else {
      const isSlow = breaker.isSlow(this.core.agenda.time - times[(c >> 1) + SENT]);
      breaker.record(permit, !isOk && isBreakerFailure(outcome), isSlow);
    }
  }

  private breakerOf(c: number): Breaker | undefined {
    const { rows } = this.core.calls;
    const breakers = this.isByPeer ? this.byPeer[Math.max(0, rows[c + UNIT])] : this.first;
    return breakers?.[this.isShared ? 0 : this.core.calls.callerUnit(c)];
  }

  private make(c: number): Breaker {
    const { calls } = this.core;
    const peer = this.isByPeer ? Math.max(0, calls.rows[c + UNIT]) : 0;
    const unit = this.isShared ? 0 : calls.callerUnit(c);
    const breaker = new Breaker(
      unit,
      this.isByPeer ? peer : NONE,
      this.settings!,
      this.core.clock,
      this.changed,
    );
    breaker.epoch += this.epochs;
    (this.byPeer[peer] ??= [])[unit] = breaker;
    return breaker;
  }

  private readonly changed = (breaker: Breaker, state: number, why: string): void => {
    const { journal, now } = this.core;
    const { callee, id } = this.link;
    const who = breaker.peer === NONE ? `${this.nameOf(breaker)} → ${callee.label}` : this.nameOf(breaker);
    const severity =
      state === OPEN_STATE ? 'bad' : state === HALF_OPEN ? 'warning' : state === CLOSED ? 'good' : 'info';
    journal.write(now, severity, 'breaker', `Breaker ${who} ${WORDS[state]}: ${why}`, id);
  };
}
