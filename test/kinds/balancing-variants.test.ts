// Where nginx, HAProxy and Envoy have rules of their own: bounded loads, rings, slow start, first turns, and tries.
import { describe, expect, it } from 'vitest';
import { chooseBounded } from '../../src/kinds/balancer/bounded.ts';
import { Ask, Peer } from '../../src/kinds/balancer/peer.ts';
import { pointsByShare } from '../../src/kinds/balancer/ring.ts';
import { limitOf, rampOf } from '../../src/kinds/balancer/slowstart.ts';
import { createStream } from '../../src/engine/chance/random.ts';
import type { Link } from '../../src/engine/link/link.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { askedAt, constant, endings } from './asked.ts';
import { arrived, behind, every10ms, INSTANT, log, parts, until } from './behind.ts';
import type { Sketched } from './sketch.ts';

const steady = (rateRps: number): Sketched => ['client', { load: 'constant', rateRps, readShare: 1 }];
const instances = (count: number, more: ParamOverrides = {}) =>
  constant(0, { ...INSTANT, instances: count, ...more });

describe('bounded loads (Envoy)', () => {
  function among(conns: readonly number[], hash: number, factor = 1.25, out: readonly number[] = []): number {
    const list = conns.map((open, i) => {
      const peer = new Peer({} as Link, i, i);
      [peer.conns, peer.place] = [open, i];
      return peer;
    });
    const choices = {
      list,
      isEligible: (peer: Peer) => !out.includes(peer.slot),
      weightOf: () => 1,
      failTimeoutNs: 0,
      changes: 0,
      stream: createStream(1, 'lb', 'choices'),
    };
    return chooseBounded(choices, new Ask(), list[0], hash, factor).slot;
  }
  const HASHES = Array.from({ length: 900 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);

  it('99 open, factor 125 %, 10 equal peers: 125 slots, 13 for each, and with 13 open one is not yet overloaded', () => {
    const rest = [10, 10, 10, 10, 10, 10, 10, 8, 8];
    expect(HASHES.map((hash) => among([13, ...rest], hash)).filter((slot) => slot !== 0)).toEqual([]);
    expect(HASHES.map((hash) => among([14, ...rest], hash)).filter((slot) => slot === 0)).toEqual([]);
  });

  it('what is over goes to the others alike, and a key always to the same one', () => {
    const loads = [40, 5, 5, 5, 5, 5, 5, 5, 5, 5];
    const chosen = HASHES.map((hash) => among(loads, hash));
    expect(HASHES.map((hash) => among(loads, hash))).toEqual(chosen);
    // 100 for each of nine, binomial: 4 standard deviations are 38.
    for (let slot = 1; slot < 10; slot++)
      expect(Math.abs(chosen.filter((each) => each === slot).length - 100)).toBeLessThan(38);
    expect(HASHES.map((hash) => among(loads, hash, 1.25, [3])).filter((slot) => slot === 3)).toEqual([]);
  });

  it('while all that may be used are overloaded the least of them gets it', () => {
    // 61 × 1.05 = 65 slots, 17 for each, of which the one that is out would have all free.
    expect(new Set(HASHES.map((hash) => among([25, 18, 20, 0], hash, 1.05, [3])))).toEqual(new Set([1]));
  });

  it.each(['ringHash', 'maglev'])('keep %s from piling all up on the peer of one key', (algorithm) => {
    const most = (params: ParamOverrides) => {
      const rules = { algorithm, hashKey: 'path', variant: 'envoy', ...params };
      const client: Sketched = ['client', { load: 'constant', rateRps: 1_000, path: 'a' }];
      const busy = constant(100, { startMs: 0, workers: 1_000, instances: 4 });
      const running = behind(client, rules, [{}], busy);
      until(running, 10_000);
      return Math.max(...arrived(running, 'a')) / 10_000;
    };
    expect(most({})).toBeGreaterThan(0.99);
    // 100 open at any time make 127 slots, 32 for each, and full is only who has one more.
    expect(most({ boundShare: 1.25 })).toBeLessThanOrEqual(0.33);
  });
});

describe('points of a ring (Envoy)', () => {
  it.each([
    [
      [1, 1],
      [512, 512],
    ],
    [
      [1, 1, 1],
      [342, 342, 342],
    ],
    [
      [1, 2],
      [342, 684],
    ],
    [
      [1, 3],
      [256, 768],
    ],
    [
      [2, 0, 2],
      [512, 0, 512],
    ],
    [Array<number>(10).fill(1), Array<number>(10).fill(103)],
    [Array<number>(2_000).fill(1), Array<number>(2_000).fill(1)],
    [
      [0, 0],
      [0, 0],
    ],
  ])('are 1,024 or a few more, by weight', (weights, points) => {
    expect(pointsByShare(weights)).toEqual(points);
  });
});

describe('slow start', () => {
  /** Share of four instances that the one gets in the second after it came back, over a minute. */
  function share(variant: string, algorithm: string): number {
    const checks = { active: true, checkMs: 100, checkFastMs: 100, checkTimeoutMs: 100, fall: 1, rise: 1 };
    const rules = { ...checks, variant, algorithm, hashKey: 'session', slowStartMs: 60_000 };
    const running = behind(steady(2_000), rules, [{}], instances(4));
    const service = running.stations.get('a')!;
    service.fault('crash', 0, 1);
    until(running, 1_000);
    service.fault('restore', 0, 1);
    until(running, 1_300);
    const [before] = arrived(running, 'a');
    until(running, 2_300);
    return (arrived(running, 'a')[0] - before - 10) / 2_000;
  }

  it.each([
    ['nginx', 'roundRobin'],
    ['haproxy', 'roundRobin'],
    ['haproxy', 'weightedRandom'],
    ['envoy', 'roundRobin'],
    ['envoy', 'twoChoices'],
  ])('by the rules of %s with %s one that came back gets little at first', (variant, algorithm) => {
    expect(share(variant, algorithm)).toBeLessThan(0.08);
  });

  it.each([
    ['nginx', 'weightedRandom'],
    ['nginx', 'twoChoices'],
    ['nginx', 'hash'],
    ['haproxy', 'hash'],
    ['envoy', 'weightedRandom'],
    ['envoy', 'maglev'],
  ])('by the rules of %s with %s it gets its whole share', (variant, algorithm) => {
    expect(share(variant, algorithm)).toBeGreaterThan(0.18);
  });

  it.each([
    [1, [0.1, 0.25, 0.5]],
    // The square root, and the square.
    [2, [Math.sqrt(1 / 60), 0.5, Math.sqrt(0.5)]],
    [0.5, [0.1, 0.1, 0.25]],
  ])('of Envoy over 60 s with aggression %d: after 0, 15 and 30 s', (aggression, shares) => {
    const ramp = { lengthNs: 60e9, rule: 'envoy', aggression } as const;
    [0, 15, 30].forEach((s, i) => expect(rampOf(ramp, s * 1e9)).toBeCloseTo(shares[i], 9));
  });

  it('only HAProxy lets the limit of a peer grow with it, by whole seconds and percents, from one on', () => {
    const at = (rule: 'haproxy' | 'nginx' | 'envoy', s: number) =>
      limitOf({ lengthNs: 30e9, rule, aggression: 1 }, 50, s * 1e9);
    // 29 of 30 s are 96 %.
    expect([0, 0.9, 3, 29.9, 30].map((s) => at('haproxy', s))).toEqual([1, 1, 5, 48, 50]);
    expect([at('nginx', 1), at('envoy', 1)]).toEqual([50, 50]);
  });
});

describe('replicas that go round by themselves', () => {
  const first8 = (variant: string) => {
    const running = behind(
      askedAt(every10ms(8)),
      { replicas: 8, sharedState: false, variant },
      [{}],
      instances(4),
    );
    until(running, 1_000);
    return arrived(running, 'a');
  };

  it('all begin with the first peer (nginx), or each with any (Envoy)', () => {
    expect(first8('nginx')).toEqual([8, 0, 0, 0]);
    // All eight at one peer: once in 4⁷.
    expect(Math.max(...first8('envoy'))).toBeLessThan(8);
  });
});

describe('tries', () => {
  const failing = (rules: ParamOverrides, links: readonly ParamOverrides[]) => {
    const running = behind(
      askedAt([1], { path: 'a' }),
      { passive: true, maxFails: 5, tryNext: 'errors', ...rules },
      links,
    );
    running.stations.get('a')!.fault('errors', -1, 1);
    until(running, 100);
    return [endings(running, 'u'), parts(running)[0].list[0].pips[0].filled];
  };

  it('are as many as there are peers for the request: without weight, or for another path, is none', () => {
    expect(failing({ maxTries: 2 }, [{}, {}])).toEqual(['1 ok', 1]);
    // In the last try an answer 500 is passed on, and does not count (nginx).
    expect(failing({ maxTries: 2 }, [{}, { weight: 0 }])).toEqual(['1 http500', 0]);
    expect(failing({ maxTries: 2 }, [{ path: 'a' }, { path: 'b' }])).toEqual(['1 http500', 0]);
  });

  /** Two instances; the first dies between two requests of its own over kept connections. One try each. */
  function stale(variant: string, connections: string) {
    const rules = { variant, maxTries: 1, tryNext: 'connect', passive: true, maxFails: 1 };
    const running = behind(askedAt(every10ms(40)), rules, [{ connections }], instances(2));
    until(running, 205);
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 1_000);
    expect(log(running).filter((text) => text.includes('ejected'))).toHaveLength(1);
    return endings(running, 'u');
  }

  it('one over a kept connection that turns out broken does not count (nginx)', () => {
    expect(stale('nginx', 'pooled')).toBe('40 ok');
    expect(stale('nginx', 'ready')).toBe('39 ok, 1 http502');
    expect(stale('envoy', 'pooled')).toBe('39 ok, 1 http502');
  });
});

describe('choices', () => {
  /** Mean of the busiest of ten instances over their mean, looked at in 100 instants; each request stays for 1 s. */
  function busiest(params: ParamOverrides): number {
    const work = constant(1_000, { startMs: 0, workers: 1_000, queueLimit: 1_000, instances: 10 });
    const client: Sketched = ['client', { load: 'constant', rateRps: 400, readShare: 1 }];
    const running = behind(client, { algorithm: 'twoChoices', ...params }, [{ attemptTimeoutMs: 0 }], work);
    let sum = 0;
    for (let look = 1; look <= 100; look++) {
      until(running, 2_000 + 100 * look);
      sum += Math.max(...running.stations.get('a')!.units.map(({ pool }) => pool!.busy)) / 40;
    }
    return sum / 100;
  }

  it.each(['nginx', 'haproxy', 'envoy'])('of more peers even out more, by the rules of %s', (variant) => {
    const [two, five] = [busiest({ variant }), busiest({ variant, choices: 5 })];
    expect(five).toBeLessThan(two - 0.01);
    expect(five).toBeGreaterThanOrEqual(1);
  });

  it('by load and weight (Envoy): a bias of 0 takes turns by weight alone, of 1 spares who has more open', () => {
    // Peer a weighs 3 and takes ten times as long as b and c, which weigh 1.
    const share = (loadBias: number) => {
      const running = behind(
        steady(1_000),
        { algorithm: 'twoChoices', variant: 'envoy', loadBias },
        [{ weight: 3, attemptTimeoutMs: 0 }, {}, {}],
        constant(20, { ...INSTANT, instances: 1 }),
      );
      running.stations.get('a')!.fault('slow', -1, 10);
      until(running, 10_000);
      return arrived(running, 'a')[0] / 10_000;
    };
    expect(share(0)).toBeCloseTo(0.6, 2);
    // In balance 3 ÷ (open at a + 1) = 1 ÷ (open at b + 1), with 200 ms and 20 ms each: about a quarter of the requests.
    expect(share(1)).toBeLessThan(0.4);
    expect(share(4)).toBeLessThan(share(1) - 0.05);
  });
});
