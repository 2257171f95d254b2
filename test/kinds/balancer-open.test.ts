// What the inspector shows of a balancer: each peer's state, the counts that lead to the next change, shares and weights.
import { describe, expect, it } from 'vitest';
import type { Running } from '../../src/session/assemble.ts';
import { askedAt } from './asked.ts';
import { behind, every10ms, parts, until } from './behind.ts';
import type { Sketched } from './sketch.ts';

describe('drawn open', () => {
  const FAST = { active: true, checkMs: 100, checkFastMs: 100, checkTimeoutMs: 50, fall: 3, rise: 2 };
  const states = (running: Running) => parts(running)[0].list.map(({ state }) => state);

  it('counts probes and failures towards the next change, and says how long an ejection lasts', () => {
    const rules = { ...FAST, passive: true, maxFails: 3, failTimeoutMs: 10_000, outlier: true };
    const running = behind(askedAt([50]), rules, [{}, {}]);
    until(running, 1);
    const pips = () =>
      parts(running)[0].list[0].pips.map(({ label, filled, of, mark }) => [label, filled, of, mark]);
    expect(pips()).toEqual([
      ['probes', 4, 4, 2],
      ['failures', 0, 3, 0],
      ['in a row', 0, 5, 0],
    ]);
    running.stations.get('a')!.fault('crash', 0, 1);
    const counts = new Set<number>();
    for (let ms = 10; ms <= 400; ms += 10) {
      until(running, ms);
      counts.add(parts(running)[0].list[0].pips[0].filled);
    }
    expect([...counts]).toEqual([4, 3, 2, 0]);
    expect(states(running)).toEqual(['out: probes fail', 'up']);
    expect(pips()[1][1]).toBe(1);
    const aside = behind(askedAt(every10ms(20)), { passive: true, maxFails: 2, failTimeoutMs: 10_000 }, [
      {},
      {},
    ]);
    aside.stations.get('a')!.fault('crash', 0, 1);
    until(aside, 1_000);
    expect(states(aside)).toEqual(['ejected for 10 s', 'up']);
    until(aside, 11_000);
    expect(states(aside)).toEqual(['tried by the next request', 'up']);
  });

  it.each([
    ['ringHash', 'nginx'],
    ['ringHash', 'haproxy'],
    ['maglev', 'nginx'],
    ['weightedRandom', 'nginx'],
    ['hash', 'nginx'],
  ])(
    '%s by the rules of %s: the shares of keys add up to one, and requests of many visitors follow them',
    (algorithm, variant) => {
      const client: Sketched = ['client', { load: 'constant', rateRps: 4_000, sessions: 1_000_000 }];
      const rules = { algorithm, variant, hashKey: 'session' };
      const running = behind(client, rules, [{ weight: 3 }, {}, {}]);
      until(running, 2_600);
      const { list } = parts(running)[0];
      expect(list.reduce((sum, { due }) => sum + due, 0)).toBeCloseTo(1, 9);
      for (const { share, due } of list) expect(Math.abs(share - due)).toBeLessThan(0.03);
      expect(list[0].due).toBeGreaterThan(0.45);
    },
  );

  it('each replica that keeps to itself shows what it knows', () => {
    const running = behind(askedAt(every10ms(3)), { replicas: 3, sharedState: false }, [{}, {}]);
    until(running, 100);
    expect(parts(running).map(({ heading }) => heading)).toEqual(
      [1, 2, 3].map((n) => `What lb-${n} knows of its peers`),
    );
    expect(parts(running).map(({ list }) => list.map(({ marks: [, words] }) => words))).toEqual(
      Array(3).fill(['current −1, weight 1', 'current 1, weight 1']),
    );
  });
});
