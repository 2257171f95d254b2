/**
 * Hedged calls ("The Tail at Scale", 2013; gRPC A6): an attempt without an answer after some time gets company, the
 * first good answer counts and the others are cancelled. A failed attempt calls the next one at once. It must not know
 * how attempts are sent.
 */
import { type Agenda, TIMER } from '../agenda/agenda.ts';
import {
  type Calls,
  CHILD,
  FLAGS,
  GENERATION,
  NONE,
  OPEN,
  PARENT,
  PROBE,
  READ,
  SENT,
} from '../calls/calls.ts';
import type { Core } from '../core.ts';
import { ANY_UNIT } from '../calls/ends.ts';
import { forCall, HEDGE } from '../events.ts';
import type { Forks } from '../calls/forks.ts';
import type { LinkSettings } from './linksettings.ts';
import { OK } from '../calls/outcomes.ts';
import { RecentLatencies } from './recentlatencies.ts';
import type { Retries } from './retries.ts';

/** The link as its hedging sees it. */
interface Hedged {
  readonly settings: LinkSettings;
  readonly retries: Retries;
  launch(c: number, unit: number): void;
  /** Ends an attempt for the caller, which is not told. */
  cancel(c: number): void;
}

export class Hedging {
  /** Attempts sent beside others, and those of them whose answer counted. */
  sent = 0;
  won = 0;
  private readonly calls: Calls;
  private readonly agenda: Agenda;
  private readonly forks: Forks;
  private readonly link: Hedged;
  private readonly recent = new RecentLatencies(0.95);
  /** Attempts of one call that are under way together, by each of them. */
  private readonly groups = new Map<number, number[]>();

  constructor(core: Core, link: Hedged) {
    this.calls = core.calls;
    this.agenda = core.agenda;
    this.forks = core.forks;
    this.link = link;
  }

  /** The other attempts under way of the call that this one is an attempt of. */
  besides(c: number): readonly number[] {
    return this.groups.get(c)?.filter((other) => other !== c) ?? [];
  }

  /** An attempt was sent: it may get company. */
  watch(c: number): void {
    if (!this.mayHaveMore(c)) return;
    this.agenda.due = this.agenda.time + this.delayNs;
    this.agenda.push(TIMER, forCall(HEDGE, this.calls.rows[c + GENERATION]), c);
  }

  /** The timer of an attempt became void, unless it has been due. */
  renew(c: number): void {
    const due = this.calls.times[(c >> 1) + SENT] + this.delayNs;
    if (due <= this.agenda.time || !this.mayHaveMore(c)) return;
    this.agenda.at(due, TIMER, forCall(HEDGE, this.calls.rows[c + GENERATION]), c);
  }

  private get delayNs(): number {
    const { hedge, hedgeNs } = this.link.settings;
    const p95 = hedge === 'p95' ? this.recent.quantileNs : NaN;
    return p95 > 0 ? p95 : hedgeNs;
  }

  private mayHaveMore(c: number): boolean {
    const { hedge, hedgeMost, retryWrites } = this.link.settings;
    if (hedge === 'off' || this.calls.rows[c + FLAGS] & PROBE) return false;
    return this.calls.attempt(c) < hedgeMost && (retryWrites || this.calls.operation(c) === READ);
  }

  /** The delay of an attempt is over. */
  due(c: number): void {
    if (this.calls.rows[c + FLAGS] & OPEN && this.mayHaveMore(c)) this.send(c);
  }

  private send(c: number): void {
    const { retries } = this.link;
    if (!retries.isPaidFor(c)) return;
    const d = retries.draft(c);
    if (d === NONE) return;
    this.sent++;
    const group = this.groups.get(c) ?? [c];
    group.push(d);
    this.groups.set(c, group).set(d, group);
    this.link.launch(d, ANY_UNIT);
  }

  /** An attempt ended for its caller. True when that is the end of the call, which the others do not survive then. */
  decides(c: number, outcome: number): boolean {
    if (outcome === OK) this.remember(c);
    const isHopeful = outcome !== OK && this.link.retries.isRepeatable(c, outcome);
    if (isHopeful && this.mayHaveMore(c)) this.send(c);
    const group = this.groups.get(c);
    if (group === undefined) return true;
    if (!isHopeful) {
      if (outcome === OK && this.calls.attempt(c) > 1) this.won++;
      for (const other of group) this.forks.replace(this.calls.rows[c + PARENT], other, c);
      this.cancelBesides(c);
      return true;
    }
    this.groups.delete(c);
    group.splice(group.indexOf(c), 1);
    if (group.length === 0) return true;
    const parent = this.calls.rows[c + PARENT];
    if (parent !== NONE && !this.forks.replace(parent, c, group[0]))
      this.calls.rows[parent + CHILD] = group[0];
    return false;
  }

  /** How long an attempt has taken that was sent without regard to the latencies remembered so far. */
  private remember(c: number): void {
    if (this.calls.attempt(c) === 1) this.recent.add(this.agenda.time - this.calls.times[(c >> 1) + SENT]);
  }

  /** Ends all other attempts of the call that this one is an attempt of. */
  cancelBesides(c: number): void {
    const others = this.besides(c);
    this.groups.delete(c);
    for (const other of others) {
      this.groups.delete(other);
      // It would have taken longer than this, and that is above the quantile already.
      this.remember(other);
      this.link.cancel(other);
    }
  }
}
