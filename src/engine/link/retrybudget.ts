/**
 * Retry budgets that remember the past of each caller unit: Finagle's reserve, gRPC's tokens and the ratio of the SRE
 * book. (Envoy's, a share of what is in flight, needs no memory.) They must not know calls.
 */
import { SlidingCount } from './slidingcount.ts';
import { DOUBLE, NS_PER_MS } from '../time.ts';

export interface RetryBudget {
  /** A call began, its first attempt. */
  began(now: number): void;
  /** An attempt ended. */
  ended(isGood: boolean): void;
  /** Pays for one more attempt; false when it cannot. */
  pays(now: number): boolean;
  /** Retries it could pay for now, or tokens left. */
  readonly balance: number;
}

const SECOND_NS = 1_000 * NS_PER_MS;

/** Finagle's `RetryBudget`: ten seconds long, what calls paid in and retries took out, beside a reserve. */
export class ReserveBudget implements RetryBudget {
  /** Retries a second that are paid for without any call. */
  static readonly RESERVE_PER_SECOND = 10;
  private static readonly SECONDS = 10;
  private readonly paid = new SlidingCount(ReserveBudget.SECONDS, SECOND_NS);
  private readonly share: number;

  /** `share`: retries a call pays for, 0 … 1. */
  constructor(share: number) {
    this.share = share;
  }

  began(now: number): void {
    this.paid.moveTo(now);
    this.paid.add(this.share);
  }

  ended(): void {}

  pays(now: number): boolean {
    this.paid.moveTo(now);
    // Sums of shares are off by rounding.
    if (this.balance < 1 - 1e-9) return false;
    this.paid.add(-1);
    return true;
  }

  get balance(): number {
    return ReserveBudget.RESERVE_PER_SECOND * ReserveBudget.SECONDS + this.paid.total;
  }
}

/** gRPC's retry throttling (A6): a failure takes a token, a success gives a part of one; half of them must be left. */
export class TokenBudget implements RetryBudget {
  static readonly MOST = 10;
  balance = DOUBLE;
  private readonly ratio: number;

  /** `ratio`: tokens for a success, 0 … 1. */
  constructor(ratio: number) {
    this.ratio = ratio;
    this.balance = TokenBudget.MOST;
  }

  began(): void {}

  ended(isGood: boolean): void {
    const { balance } = this;
    this.balance = isGood ? Math.min(TokenBudget.MOST, balance + this.ratio) : Math.max(0, balance - 1);
  }

  pays(): boolean {
    return this.balance > TokenBudget.MOST / 2;
  }
}

/** "Handling Overload" of the SRE book: retries are at most a share of the calls of the last two minutes. */
export class RatioBudget implements RetryBudget {
  private readonly calls = new SlidingCount(12, 10 * SECOND_NS);
  private readonly retries = new SlidingCount(12, 10 * SECOND_NS);
  private readonly share: number;

  constructor(share: number) {
    this.share = share;
  }

  began(now: number): void {
    this.calls.moveTo(now);
    this.calls.add(1);
  }

  ended(): void {}

  pays(now: number): boolean {
    this.calls.moveTo(now);
    this.retries.moveTo(now);
    if (this.balance < 1 - 1e-9) return false;
    this.retries.add(1);
    return true;
  }

  get balance(): number {
    return this.share * this.calls.total - this.retries.total;
  }
}

export type BudgetKind = 'inFlight' | 'reserve' | 'tokens' | 'ratio';

/** The budgets of one link: one for each unit of its caller, made when that unit first calls. */
export class Budgets {
  /** False while the budget in force needs no memory. */
  isOn = false;
  private kind: BudgetKind = 'inFlight';
  private share = 0;
  private byUnit: (RetryBudget | undefined)[] = [];

  /** Another kind or share begins without a past. */
  configure(kind: BudgetKind, share: number): void {
    if (kind !== this.kind || share !== this.share) this.byUnit = [];
    this.kind = kind;
    this.share = share;
    this.isOn = kind !== 'inFlight' && share > 0;
  }

  of(unit: number): RetryBudget {
    return (this.byUnit[unit] ??= this.make());
  }

  /** The process of a unit is gone, and what it knew. */
  forget(unit: number): void {
    this.byUnit[unit] = undefined;
  }

  private make(): RetryBudget {
    if (this.kind === 'reserve') return new ReserveBudget(this.share);
    return this.kind === 'tokens' ? new TokenBudget(this.share) : new RatioBudget(this.share);
  }
}
