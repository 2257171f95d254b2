/** Balancers in ordinary designs: order of picks, what detection costs, limits, tiers, cookies, connections, replicas. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, type Running } from '../../src/session/assemble.ts';
import { askedAt, constant, endings } from './asked.ts';
import { arrived, behind, every10ms, INSTANT, lines, log, marks, total, until } from './behind.ts';
import type { Sketched } from './sketch.ts';

function set(running: Running, id: string, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: [id], name, value }));
}

/** Who was asked, request by request, of a client that asks every 10 ms. */
function order(running: Running, names: string, from: number, count: number): string {
  let picks = '';
  for (let n = from; n < from + count; n++) {
    const before = [...names].map((name) => total(running, name));
    until(running, 10 * n + 5);
    picks += names[[...names].findIndex((name, i) => total(running, name) > before[i])] ?? '-';
  }
  return picks;
}

describe('weights', () => {
  it.each([
    [[5, 1, 1], 'aabacaa'],
    [[4, 2, 1], 'abacaba'],
    [[3, 2], 'ababa'],
  ])('smooth round robin of %j is %s (O-1)', (weights, expected) => {
    const running = behind(
      askedAt(every10ms(20)),
      {},
      weights.map((weight) => ({ weight })),
    );
    expect(order(running, 'abc'.slice(0, weights.length), 1, expected.length)).toBe(expected);
  });

  it('after each pick of 5, 1, 1 the current weights are those of nginx, seen in the inspector (O-1)', () => {
    const links = [5, 1, 1].map((weight) => ({ weight }));
    const running = behind(askedAt(every10ms(14)), {}, links);
    const seen = Array.from({ length: 7 }, (_, i) => {
      until(running, 10 * (i + 1) + 5);
      return marks(running)
        .map((mark) => mark.replace('−', '-').replace(/.*current (-?\d+),.*/, '$1'))
        .join();
    });
    expect(seen).toEqual(['-2,1,1', '-4,2,2', '1,-4,3', '-1,-3,4', '4,-2,-2', '2,-1,-1', '0,0,0']);
    until(running, 145);
    expect(['a', 'b', 'c'].map((id) => total(running, id))).toEqual([10, 2, 2]);
  });

  it('Envoy takes turns by due time: 5, 1, 1 is aaaabca', () => {
    const links = [5, 1, 1].map((weight) => ({ weight }));
    expect(order(behind(askedAt(every10ms(7)), { variant: 'envoy' }, links), 'abc', 1, 7)).toBe('aaaabca');
  });

  it('a peer that failed comes back by one weight with each turn (O-2)', () => {
    const links = [5, 1, 1].map((weight) => ({ weight }));
    const rules = { passive: true, maxFails: 1, failTimeoutMs: 45 };
    const running = behind(askedAt(every10ms(30)), rules, links);
    running.stations.get('a')!.fault('crash', 0, 1);
    expect(order(running, 'abc', 1, 1)).toBe('a');
    running.stations.get('a')!.fault('restore', 0, 1);
    // The effective weight of a, which is 0 after the failure, after each pick that it might have been.
    let order18 = '';
    const effective = Array.from({ length: 18 }, (_, i) => {
      order18 += order(running, 'abc', i + 2, 1);
      return Number(/weight (\d+)/.exec(marks(running)[0])![1]);
    });
    expect(order18).toBe('bcbcbcbaacaabaaaca');
    expect(effective.slice(4)).toEqual([1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]);
  });

  it('weight 0 gets nothing, changed while running', () => {
    const running = behind(askedAt(every10ms(20)), {}, [{}, {}]);
    expect(order(running, 'ab', 1, 4)).toBe('abab');
    set(running, 'l2', 'weight', 0);
    expect(order(running, 'ab', 5, 4)).toBe('bbbb');
  });

  it('weighted random shares 3 to 1, within four standard errors', () => {
    const running = behind(
      ['client', { load: 'constant', rateRps: 1_000 }],
      { algorithm: 'weightedRandom' },
      [{ weight: 3 }, { weight: 1 }],
    );
    until(running, 10_000);
    const share = total(running, 'a') / (total(running, 'a') + total(running, 'b'));
    expect(Math.abs(share - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 10_000));
  });
});

describe('active checks', () => {
  const CHECKED = {
    active: true,
    checkMs: 2_000,
    checkFastMs: 2_000,
    checkTimeoutMs: 1_000,
    fall: 3,
    rise: 2,
  };

  it('a peer that answers again is back after two good probes, and no request failed while it was out', () => {
    const running = behind(['client', { load: 'constant', rateRps: 10 }], CHECKED, [{}, {}]);
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 10_000);
    const failedBefore = running.system.sources[0].station.meter.failed;
    until(running, 20_000);
    expect(running.system.sources[0].station.meter.failed).toBe(failedBefore);
    running.stations.get('a')!.fault('restore', 0, 1);
    const before = total(running, 'a');
    until(running, 26_000);
    expect(log(running).some((text) => text.includes('takes a back'))).toBe(true);
    expect(total(running, 'a') - before).toBeGreaterThan(5);
  });

  it('probes are calls: one every two seconds arrives at each instance, and more replicas probe more', () => {
    const silent = askedAt([100_000]);
    const alone = behind(silent, CHECKED, [{}]);
    until(alone, 20_000);
    expect(total(alone, 'a')).toBe(10);
    const three = behind(silent, { ...CHECKED, replicas: 3, sharedState: false }, [{}]);
    until(three, 20_000);
    expect(total(three, 'a')).toBe(30);
  });

  it('a shallow probe passes where work hangs; a deep one finds out', () => {
    const stuck = constant(60_000, { startMs: 0, workers: 1, queueLimit: 10 });
    const shallow = behind(askedAt([1]), CHECKED, [{}, {}], stuck);
    const deep = behind(askedAt([1]), { ...CHECKED, depth: 'deep' }, [{}, {}], stuck);
    until(shallow, 20_000);
    until(deep, 20_000);
    expect(log(shallow)).toEqual([]);
    expect(log(deep).filter((text) => text.includes('probes fail'))).toHaveLength(2);
  });

  it('a partition is noticed by timeout', () => {
    const running = behind(askedAt([100_000]), CHECKED, [{}, {}]);
    running.system.links.find((link) => link.id === 'l2')!.wire.cut = true;
    until(running, 8_000);
    expect(log(running).filter((text) => text.includes('took a out'))).toHaveLength(1);
  });
});

describe('passive check of nginx (O-23)', () => {
  it('two failures within ten seconds of each other disable until 10 s after the last; one request then tries', () => {
    const rules = { passive: true, maxFails: 2, failTimeoutMs: 10_000 };
    // Every request to a fails exactly when it has crashed; b always answers.
    const times = Array.from({ length: 60 }, (_, i) => 500 * (i + 1));
    const running = behind(askedAt(times), rules, [{}, {}]);
    const a = running.stations.get('a')!;
    a.fault('crash', 0, 1);
    until(running, 700);
    a.fault('restore', 0, 1);
    until(running, 9_000);
    a.fault('crash', 0, 1);
    until(running, 9_900);
    a.fault('restore', 0, 1);
    const ejected = lines(running).find((line) => line.text.includes('ejected a'))!.atMs / 1_000;
    const before = total(running, 'a');
    until(running, (ejected + 9.9) * 1_000);
    expect(total(running, 'a')).toBe(before);
    until(running, (ejected + 11) * 1_000);
    expect(total(running, 'a')).toBeGreaterThan(before);
  });
});

describe('when peers are full', () => {
  const FULL = { maxPerPeer: 1, onFull: 'queue', queueLimit: 2, queueMs: 1_000 };

  it('requests wait for room, oldest first; a third that waits is refused', () => {
    const running = behind(askedAt([1, 2, 3, 4]), FULL, [{}], constant(100, INSTANT));
    until(running, 50);
    expect(endings(running, 'u')).toBe('1 queueFull');
    until(running, 150);
    expect(endings(running, 'u')).toBe('1 ok, 1 queueFull');
    until(running, 1_000);
    expect(endings(running, 'u')).toBe('3 ok, 1 queueFull');
  });

  it('who waits too long ends with 503', () => {
    const running = behind(askedAt([1, 2]), { ...FULL, queueMs: 50 }, [{}], constant(100, INSTANT));
    until(running, 60);
    expect(endings(running, 'u')).toBe('1 http503');
    until(running, 500);
    expect(endings(running, 'u')).toBe('1 ok, 1 http503');
    expect(running.system.audit()).toEqual([]);
  });

  it('without a queue they are refused at once', () => {
    const running = behind(askedAt([1, 2]), { ...FULL, onFull: 'reject' }, [{}], constant(100, INSTANT));
    until(running, 500);
    expect(endings(running, 'u')).toBe('1 ok, 1 queueFull');
  });
});

describe('tiers', () => {
  it('a backup is used only while no primary is left (nginx)', () => {
    const running = behind(
      askedAt(every10ms(40)),
      { passive: true, maxFails: 1, failTimeoutMs: 50, tryNext: 'connect', maxTries: 2 },
      [{}, { tier: 1 }],
    );
    expect(order(running, 'ab', 1, 5)).toBe('aaaaa');
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 200);
    expect(total(running, 'b')).toBeGreaterThan(10);
    expect(running.system.sources[0].station.meter.failed).toBeLessThanOrEqual(1);
  });

  it('Envoy sends the share that the healthy ones cannot take: half down, 30 % (O-25)', () => {
    const running = behind(
      ['client', { load: 'constant', rateRps: 1_000 }],
      { active: true, checkMs: 100, checkFastMs: 100, fall: 1, rise: 1, spill: 'share' },
      [{}, {}, { tier: 1 }],
    );
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 1_000);
    const before = total(running, 'c');
    until(running, 11_000);
    const share = (total(running, 'c') - before - 100) / 10_000; // 100 probes
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 10_000));
  });

  it('with none healthy it fails, or uses all as the last resort', () => {
    const checks = { active: true, checkMs: 100, checkFastMs: 100, fall: 1, rise: 1 };
    const closed = behind(askedAt([1_000]), checks, [{}]);
    closed.stations.get('a')!.fault('crash', 0, 1);
    until(closed, 2_000);
    expect(endings(closed, 'u')).toBe('1 noHealthyPeer');
    const open = behind(askedAt([1_000]), { ...checks, allDown: 'failOpen' }, [{}]);
    open.stations.get('a')!.fault('crash', 0, 1);
    until(open, 2_000);
    expect(endings(open, 'u')).toBe('1 http502');
  });
});

describe('sticky cookie', () => {
  it('a visitor stays where the first request went, and moves when that instance dies', () => {
    const asks = askedAt(every10ms(40), { sessions: 1 });
    const running = behind(asks, { sticky: true, passive: true, maxFails: 1, tryNext: 'connect' }, [{}, {}]);
    expect(order(running, 'ab', 1, 6)).toBe('aaaaaa');
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 100);
    expect(order(running, 'ab', 11, 6)).toBe('bbbbbb');
  });
});

describe('layer 4', () => {
  const LAYER_4 = { layer: 'l4', connections: 20 };

  it('connections stay where they are: a new instance gets nothing until they are old (keep-alive skew)', () => {
    const client: Sketched = ['client', { load: 'constant', rateRps: 500, sessions: 1_000 }];
    const service = constant(0, { ...INSTANT, instances: 2 });
    for (const [maxAgeMs, gets] of [
      [0, false],
      [5_000, true],
    ] as const) {
      const running = behind(client, { ...LAYER_4, maxAgeMs }, [{}], service);
      until(running, 5_000);
      set(running, 'a', 'instances', 3);
      until(running, 20_000);
      expect(arrived(running, 'a')[2] > 500, `${maxAgeMs} ms`).toBe(gets);
    }
  });

  it('an instance that dies resets the requests on its connections; the next open new ones elsewhere', () => {
    const running = behind(
      ['client', { load: 'constant', rateRps: 100, sessions: 100 }],
      { ...LAYER_4, connections: 2, tryNext: 'connect' },
      [{}],
      constant(50, { ...INSTANT, instances: 2 }),
    );
    until(running, 1_000);
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 3_000);
    expect(endings(running, 'u')).toMatch(/^\d+ ok, \d+ reset$/);
    expect(running.system.sources[0].failuresInAll[6]).toBeLessThanOrEqual(4);
  });
});

describe('outliers', () => {
  it('a probe that passes ends an ejection at once, so shallow probes undo it (Envoy)', () => {
    const service = constant(20, { ...INSTANT, instances: 4 });
    const returns = (active: boolean) => {
      const rules = { outlier: true, active, checkMs: 1_000, checkFastMs: 1_000 };
      const running = behind(['client', { load: 'constant', rateRps: 1_000 }], rules, [{}], service);
      running.stations.get('a')!.fault('errors', 0, 1);
      until(running, 10_000);
      return log(running).filter((text) => text.includes('failures in a row')).length;
    };
    expect(returns(false)).toBe(1);
    expect(returns(true)).toBeGreaterThan(5);
  });

  it('five errors in a row eject an instance that answers fast and wrongly; nginx never would (black hole)', () => {
    const client: Sketched = ['client', { load: 'constant', rateRps: 1_000 }];
    const service = constant(20, { ...INSTANT, instances: 4 });
    const share = (balancer: ParamOverrides) => {
      const running = behind(client, { algorithm: 'leastConnections', ...balancer }, [{}], service);
      running.stations.get('a')!.fault('errors', 0, 1);
      until(running, 20_000);
      return arrived(running, 'a')[0] / total(running, 'a');
    };
    // It answers in 1 ms against 20 ms: 1 ÷ (1 + 3/20) = 87 % of the requests (O-34).
    expect(share({ passive: true, maxFails: 1 })).toBeGreaterThan(0.85);
    expect(share({ outlier: true })).toBeLessThan(0.02);
  });
});
