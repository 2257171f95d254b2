// The circuit breaker, by the state chart of balancing.md §5.2 (rule 19): what trips it, what the trial calls decide, and
// what orders and changed settings do to it in every state.
import { describe, expect, it } from 'vitest';
import { Breaker, type BreakerSettings } from '../../src/engine/link/breaker.ts';
import { BREAKER_STATE_NAMES } from '../../src/engine/states.ts';
import { Core } from '../../src/engine/core.ts';
import { toNs } from '../../src/engine/time.ts';

const SETTINGS: BreakerSettings = {
  mode: 'on',
  windowKind: 'count',
  windowSize: 10,
  minCalls: 4,
  failureShare: 0.5,
  slowShare: 1,
  slowNs: toNs(100),
  trialCalls: 3,
  openMs: 5_000,
  openGrowth: 1,
  openMostMs: 60_000,
  trialMs: 2_000,
  cancelOpens: false,
  countsLate: false,
};

/** A breaker on a clock of its own, and what it said. */
class Bench {
  readonly core = new Core(1);
  readonly said: string[] = [];
  readonly breaker: Breaker;

  constructor(settings: Partial<BreakerSettings> = {}) {
    this.breaker = new Breaker(0, -1, { ...SETTINGS, ...settings }, this.core.clock, (_b, state, why) =>
      this.said.push(`${BREAKER_STATE_NAMES[state]}: ${why}`),
    );
  }

  get state(): string {
    return BREAKER_STATE_NAMES[this.breaker.state];
  }

  /** Lets simulated time pass, timers included. */
  pass(ms: number): this {
    const until = this.core.now + toNs(ms);
    this.core.agenda.limit = until;
    while (this.core.agenda.next()) this.core.clock.fire(this.core.agenda.who);
    this.core.agenda.time = until;
    return this;
  }

  /** Calls one after the other: "o" good, "x" failed, "s" good but slow. The number that got a permit. */
  calls(results: string): number {
    let sent = 0;
    for (const result of results) {
      const permit = this.breaker.acquire();
      if (permit === 0) continue;
      sent++;
      this.end(permit, result);
    }
    return sent;
  }

  end(permit: number, result: string): void {
    const took = toNs(result === 's' ? 100.1 : 100);
    this.breaker.record(permit, result === 'x', this.breaker.isSlow(took));
  }

  change(settings: Partial<BreakerSettings>): this {
    this.breaker.reconfigure({ ...SETTINGS, ...settings });
    return this;
  }
}

const open = (settings: Partial<BreakerSettings> = {}) => {
  const bench = new Bench(settings);
  bench.calls('xxxx');
  expect(bench.state).toBe('open');
  return bench;
};
const halfOpen = (settings: Partial<BreakerSettings> = {}) =>
  open(settings).pass(settings.openMs ?? SETTINGS.openMs);

describe('closed', () => {
  it.each([
    ['three failures are too few results to decide', 'xxx', 'closed'],
    ['four results decide: half of them failed', 'oxox', 'open'],
    ['just less than half', 'ooxox', 'closed'],
    ['old results leave the window', 'oooooooooo' + 'xxxx', 'closed'],
    ['and then half of it failed', 'oooooooooo' + 'xxxxx', 'open'],
  ])('%s', (_what, results, state) => {
    const bench = new Bench();
    bench.calls(results);
    expect(bench.state).toBe(state);
  });

  it('slow is strictly longer, counts for good calls too, and trips at its share', () => {
    const bench = new Bench({ slowShare: 0.5 });
    bench.calls('ooo');
    expect(bench.calls('ss')).toBe(2);
    expect(bench.state).toBe('closed');
    bench.calls('s');
    expect(bench.state).toBe('open');
    expect(bench.said).toEqual(['open: 3 of the last 6 calls were slow (limit 50 %)']);
  });

  it('only a result opens it, never time that passes', () => {
    const bench = new Bench({ windowKind: 'time', windowSize: 2 });
    bench.calls('oooxxx'.slice(0, 5));
    bench.pass(10_000);
    expect(bench.state).toBe('closed');
  });

  it('a window of 2 seconds forgets failures of 2 seconds ago', () => {
    const bench = new Bench({ windowKind: 'time', windowSize: 2 });
    bench.calls('xxx');
    bench.pass(2_000);
    bench.calls('xxx');
    expect(bench.state).toBe('closed');
    bench.calls('x');
    expect(bench.state).toBe('open');
  });

  it('a cancelled call is no result', () => {
    const bench = new Bench();
    bench.calls('xxx');
    bench.breaker.cancelled(bench.breaker.acquire());
    expect(bench.state).toBe('closed');
  });
});

describe('open', () => {
  it('rejects and counts what it rejected', () => {
    const bench = open();
    expect(bench.calls('oooo')).toBe(0);
    expect(bench.breaker.rejected).toBe(4);
    expect(bench.breaker.trips).toBe(1);
  });

  it('becomes half-open at exactly openedAt + wait', () => {
    const bench = new Bench().pass(1_234.5);
    bench.calls('xxxx');
    bench.pass(4_999.999999);
    expect(bench.state).toBe('open');
    bench.pass(0.000001);
    expect(bench.state).toBe('halfOpen');
    expect(bench.breaker.sinceNs).toBe(toNs(1_234.5 + 5_000));
  });

  it('results of calls that were under way change nothing', () => {
    const bench = new Bench();
    const late = [bench.breaker.acquire(), bench.breaker.acquire()];
    bench.calls('xxxx');
    late.forEach((permit) => bench.end(permit, 'o'));
    expect(bench.state).toBe('open');
  });
});

describe('half-open', () => {
  it('grants its permits and rejects the rest', () => {
    const bench = halfOpen();
    const permits = [0, 1, 2, 3].map(() => bench.breaker.acquire());
    expect(permits.map((p) => p !== 0)).toEqual([true, true, true, false]);
  });

  it.each([
    ['ooo', 'closed'],
    ['xoo', 'closed'],
    ['xxo', 'open'],
  ])('%s: %s', (results, state) => {
    const bench = halfOpen();
    bench.calls(results);
    expect(bench.state).toBe(state);
  });

  it('decides before all trials are back, when fewer results are enough', () => {
    const bench = halfOpen({ minCalls: 2, trialCalls: 5 });
    bench.calls('oo');
    expect(bench.state).toBe('closed');
  });

  it('closed again, it starts with an empty window', () => {
    const bench = halfOpen();
    bench.calls('ooo');
    bench.calls('xxx');
    expect(bench.state).toBe('closed');
    bench.calls('x');
    expect(bench.state).toBe('open');
  });

  it('open again, it waits the whole time again', () => {
    const bench = halfOpen();
    bench.calls('xxx');
    expect(bench.pass(4_999).state).toBe('open');
    expect(bench.pass(1).state).toBe('halfOpen');
    expect(bench.breaker.trips).toBe(2);
  });

  it('a cancelled trial gives its permit back', () => {
    const bench = halfOpen();
    const permits = [0, 1, 2].map(() => bench.breaker.acquire());
    bench.breaker.cancelled(permits[0]);
    expect(bench.breaker.acquire()).not.toBe(0);
    expect(bench.breaker.acquire()).toBe(0);
  });

  it('opens again at a cancelled trial where told so, for the whole time of a further opening', () => {
    const bench = halfOpen({ cancelOpens: true, trialCalls: 1, openGrowth: 2 });
    bench.breaker.cancelled(bench.breaker.acquire());
    expect([bench.state, bench.breaker.trips]).toEqual(['open', 2]);
    expect(bench.said.at(-1)).toBe('open: a trial call was cancelled');
    // The second time in a row: 2 · 5 s.
    expect(bench.pass(9_999).state).toBe('open');
    expect(bench.pass(1).state).toBe('halfOpen');
    expect(bench.calls('o')).toBe(1);
    expect(bench.state).toBe('closed');
  });

  it('does so only for a trial of its own, not for a call sent before or one rejected by the caller itself', () => {
    const bench = new Bench({ cancelOpens: true, trialCalls: 1 });
    const stale = bench.breaker.acquire();
    bench.breaker.cancelled(bench.breaker.acquire());
    bench.calls('xxxx');
    bench.pass(5_000);
    bench.breaker.cancelled(stale);
    bench.breaker.giveBack(bench.breaker.acquire());
    expect([bench.state, bench.breaker.trips, bench.calls('o')]).toEqual(['halfOpen', 1, 1]);
  });

  it('counts late results as trials where told so, though they held no permit of a trial', () => {
    const bench = new Bench({ countsLate: true });
    const late = [0, 1].map(() => bench.breaker.acquire());
    bench.calls('xxxx');
    bench.pass(5_000);
    const trial = bench.breaker.acquire();
    late.forEach((permit) => bench.end(permit, 'x'));
    expect([bench.state, bench.breaker.trialsUnderWay, bench.breaker.results()]).toEqual([
      'halfOpen',
      1,
      [1, 1],
    ]);
    // Three results decide: two of them failed.
    bench.end(trial, 'o');
    expect(bench.state).toBe('open');
    expect(bench.said.at(-1)).toBe('open: trial calls failed: 2 of 3');
  });

  it('results of earlier states do not decide, nor do they give permits back', () => {
    const bench = new Bench();
    const stale = [0, 1, 2].map(() => bench.breaker.acquire());
    bench.calls('xxxx');
    bench.pass(5_000);
    bench.end(stale[0], 'x');
    bench.end(stale[1], 'x');
    bench.breaker.giveBack(stale[2]);
    expect(bench.state).toBe('halfOpen');
    expect(bench.calls('ooo')).toBe(3);
    expect(bench.state).toBe('closed');
  });

  it('opens when the trials have not decided in time, and waits for ever when told so', () => {
    expect(halfOpen().pass(1_999).state).toBe('halfOpen');
    expect(halfOpen().pass(2_000).state).toBe('open');
    expect(halfOpen({ trialMs: 0 }).pass(1e8).state).toBe('halfOpen');
  });
});

describe('orders', () => {
  it('forced open rejects everything, for ever', () => {
    const bench = new Bench().change({ mode: 'forcedOpen' });
    expect(bench.calls('oooo')).toBe(0);
    expect(bench.pass(1e7).state).toBe('forcedOpen');
  });

  it('disabled lets everything through and never opens', () => {
    const bench = open().change({ mode: 'disabled' });
    expect(bench.calls('x'.repeat(50))).toBe(50);
    expect(bench.state).toBe('disabled');
  });

  it('back to on it is closed, with an empty window and no timer of before', () => {
    const bench = open().change({ mode: 'forcedOpen' }).change({});
    expect(bench.state).toBe('closed');
    bench.calls('xxx');
    expect(bench.pass(10_000).state).toBe('closed');
  });

  it.each(['forcedOpen', 'disabled'] as const)('%s from the start', (mode) => {
    expect(new Bench({ mode }).state).toBe(mode);
  });
});

describe('settings that change', () => {
  it('open: it stays open since when it opened, and waits the new time', () => {
    expect(open().pass(1_000).change({ openMs: 3_000 }).pass(1_999).state).toBe('open');
    expect(open().pass(1_000).change({ openMs: 3_000 }).pass(2_000).state).toBe('halfOpen');
    expect(open().pass(1_000).change({ openMs: 9_000 }).pass(7_999).state).toBe('open');
    expect(open().pass(1_000).change({ openMs: 9_000 }).pass(8_000).state).toBe('halfOpen');
    expect(open().pass(4_000).change({ openMs: 1_000 }).pass(0).state).toBe('halfOpen');
  });

  it('half-open: the wait for trials counts from when it became half-open', () => {
    expect(halfOpen().pass(1_500).change({ trialMs: 1_600 }).pass(100).state).toBe('open');
    expect(halfOpen().pass(1_500).change({ trialMs: 0 }).pass(1e7).state).toBe('halfOpen');
  });

  it('half-open with more trial calls: the new permits can be had, and enough results decide', () => {
    const bench = halfOpen({ trialMs: 0 });
    bench.calls('oo');
    bench.change({ trialMs: 0, trialCalls: 6, minCalls: 6 });
    expect(bench.calls('ooo')).toBe(3);
    expect(bench.state).toBe('halfOpen');
    expect(bench.calls('o')).toBe(1);
    expect(bench.state).toBe('closed');
  });

  it('half-open with fewer trial calls: what is known already decides', () => {
    const bench = halfOpen({ trialMs: 0, trialCalls: 5 });
    bench.calls('xxx');
    expect(bench.state).toBe('halfOpen');
    bench.change({ trialMs: 0, trialCalls: 3 });
    expect(bench.state).toBe('open');
  });

  it('closed: the newest results are kept, and the next one decides by the new thresholds', () => {
    const bench = new Bench();
    bench.calls('ooxo');
    bench.change({ failureShare: 0.4 });
    expect(bench.state).toBe('closed');
    bench.calls('x');
    expect(bench.state).toBe('open');
  });
});
