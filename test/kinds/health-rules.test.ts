// How a balancer judges its peers, where nginx and Envoy have rules of their own for the last try, for probes and panic.
import { describe, expect, it } from 'vitest';
import { noteProbe, takeAsUp } from '../../src/kinds/balancer/activecheck.ts';
import { Peer } from '../../src/kinds/balancer/peer.ts';
import { isPanic } from '../../src/kinds/balancer/tiers.ts';
import type { Link } from '../../src/engine/link/link.ts';
import type { Running } from '../../src/session/assemble.ts';
import { askedAt, constant, endings } from './asked.ts';
import { behind, every10ms, INSTANT, log, parts, until } from './behind.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import type { Sketched } from './sketch.ts';

const two = constant(5, { ...INSTANT, instances: 2 });
const fails = (running: Running, unit: number) => running.stations.get('a')!.fault('errors', unit, 1);
const heals = (running: Running) => running.stations.get('a')!.fault('noErrors', -1, 0);

describe('passive check (nginx)', () => {
  const failures = (maxTries: number) => {
    const rules = { passive: true, maxFails: 5, tryNext: 'errors', maxTries };
    const running = behind(askedAt([1]), rules, [{}], two);
    fails(running, -1);
    until(running, 100);
    expect(endings(running, 'u')).toBe('1 http500');
    return parts(running)[0].list.map(({ pips }) => pips[0].filled);
  };

  it('an answer 5xx counts while there is a peer left to try, not in the last try', () => {
    expect(failures(2)).toEqual([1, 0]);
    expect(failures(1)).toEqual([0, 0]);
  });
});

describe('probes (Envoy)', () => {
  const rules = { intervalNs: 2e9, fastNs: 5e8, timeoutNs: 1e9, fall: 3, rise: 2, isDeep: true, observed: 0 };

  it('one answer with an error takes a peer down, silence only after three; HAProxy counts both alike', () => {
    const passes = (isStrict: boolean, isError: boolean) => {
      const peer = new Peer({} as Link, 0, 0);
      takeAsUp(peer, { ...rules, isStrict });
      noteProbe(peer, false, isError, { ...rules, isStrict });
      return peer.passes;
    };
    expect([passes(true, true), passes(true, false), passes(false, true)]).toEqual([0, 3, 3]);
  });

  it.each([
    ['envoy', 1],
    ['haproxy', 3],
  ])('by the rules of %s an instance with errors is out after %d probes', (variant, probes) => {
    const checks = { active: true, depth: 'deep', checkMs: 1_000, checkFastMs: 1_000, variant };
    const running = behind(askedAt([1]), checks, [{}], two);
    fails(running, 0);
    // The first comes within a second, each further one a second later.
    until(running, 1_000 * (probes - 1));
    const early = log(running).join();
    until(running, 1_000 * probes + 20);
    expect([early.includes('took a-1 out'), log(running).join().includes('took a-1 out')]).toEqual([
      false,
      true,
    ]);
  });

  it('a peer that a probe brought back is forgiven an ejection in each calm interval', () => {
    const client: Sketched = ['client', { load: 'constant', rateRps: 200 }];
    const checks = {
      active: true,
      checkMs: 1_000,
      checkFastMs: 1_000,
      outlier: true,
      outlierSweepMs: 10_000,
    };
    const running = behind(client, checks, [{}], two);
    const state = () => parts(running)[0].list[0].state;
    fails(running, 0);
    until(running, 5_900);
    expect(log(running).filter((text) => text.includes('in a row')).length).toBeGreaterThan(3);
    heals(running);
    until(running, 120_000);
    expect(state()).toBe('up');
    fails(running, 0);
    for (let ms = 120_000; ms < 125_000 && state() === 'up'; ms += 10) until(running, ms);
    // Six ejections were forgiven in eleven sweeps: this one is a first one again.
    expect(state()).toBe('ejected for 30 s');
  });
});

describe('panic (Envoy)', () => {
  const peers = Array.from({ length: 20 }, (_, slot) => new Peer({} as Link, 0, slot));
  const panics = (healthy: number) => isPanic(peers, 0, (peer) => peer.slot < healthy, 0, 0.8);

  it('never comes where 1.4 times the healthy share is enough for all, whatever the threshold', () => {
    // 15 of 20 are below the threshold of 80 % and carry 1.4 · 75 = 105 %; 14 of them 98 %.
    expect([panics(15), panics(14)]).toEqual([false, true]);
  });

  it('with a threshold of 0 requests fail when all peers are down', () => {
    const ended = (panicShare: number) => {
      const checks = { active: true, checkMs: 100, checkFastMs: 100, checkTimeoutMs: 50, allDown: 'panic' };
      const running = behind(askedAt([2_000]), { ...checks, depth: 'deep', panicShare }, [{}], two);
      fails(running, -1);
      until(running, 3_000);
      return endings(running, 'u');
    };
    expect([ended(0), ended(0.5)]).toEqual(['1 noHealthyPeer', '1 http500']);
  });
});

describe('without a peer', () => {
  it.each([
    ['l7', '1 noHealthyPeer', '1 ok, 1 queueFull'],
    ['l4', '1 connectRefused', '1 ok, 1 connectRefused'],
  ])('layer %s answers %s; with all peers full the second of two gets %s', (layer, none, full) => {
    const checks = { active: true, checkMs: 100, checkFastMs: 100, allDown: 'fail' };
    const down = behind(askedAt([2_000]), { ...checks, layer }, [{}], two);
    down.stations.get('a')!.fault('crash', -1, 1);
    until(down, 2_100);
    expect(endings(down, 'u')).toBe(none);
    // So many that the two visitors come on different ones.
    const limits = { layer, maxPerPeer: 1, onFull: 'reject', connections: 1_000 };
    const busy = behind(askedAt([1, 2], { sessions: 1_000 }), limits, [{}], constant(50, INSTANT));
    until(busy, 200);
    expect(endings(busy, 'u')).toBe(full);
  });
});

describe('layer 4 sees no answers', () => {
  it.each([
    ['l7', 5],
    ['l4', 0],
  ])('at layer %s answers 5xx to five requests count %i times against peers', (layer, counted) => {
    const rules = {
      layer,
      passive: true,
      maxFails: 8,
      tryNext: 'errors',
      maxTries: 2,
      connections: 1_000,
    };
    const running = behind(askedAt(every10ms(5), { sessions: 1_000 }), rules, [{}], two);
    fails(running, -1);
    until(running, 200);
    expect(endings(running, 'u')).toBe('5 http500');
    const filled = parts(running)[0].list.map(({ pips }) => pips[0].filled);
    expect(filled.reduce((sum, each) => sum + each, 0)).toBe(counted);
  });

  it.each(['l7', 'l4'])('at layer %s outlier detection ejects whom it has seen fail', (layer) => {
    const rules = { layer, outlier: true, outlierFails: 5, connections: 1_000 };
    const running = behind(askedAt(every10ms(60), { sessions: 1_000 }), rules, [{}], two);
    fails(running, 0);
    until(running, 700);
    expect(log(running).join().includes('ejected a-1')).toBe(layer === 'l7');
  });

  it('and a broken balancer has no words there: it resets', () => {
    const ended = (layer: string) => {
      const running = behind(askedAt([1_000]), { layer }, [{}], two);
      running.stations.get('lb')!.fault('errors', -1, 1);
      until(running, 2_000);
      return endings(running, 'u');
    };
    expect([ended('l7'), ended('l4')]).toEqual(['1 http500', '1 reset']);
  });
});

describe('when health does not count', () => {
  const said = (rules: ParamOverrides, down: readonly number[]) => {
    const checks = { active: true, checkMs: 100, checkFastMs: 100, checkTimeoutMs: 50, rise: 1, fall: 2 };
    const running = behind(askedAt(every10ms(400)), { ...checks, ...rules }, [{}], four);
    until(running, 1_000);
    for (const unit of down) running.stations.get('a')!.fault('blackHole', unit, 1);
    until(running, 2_000);
    running.stations.get('a')!.fault('answers', -1, 0);
    until(running, 4_000);
    return log(running).filter((line) => line.includes('well'));
  };
  const four = constant(1, { ...INSTANT, instances: 4 });
  const both = [
    'lb asks all its peers, well or not: too few of them are well',
    'lb heeds again which of its peers are well',
  ];

  it.each([
    ['failOpen', [0, 1, 2, 3], both],
    ['failOpen', [0, 1, 2], []],
    ['panic', [0, 1, 2], both],
    ['panic', [0], []],
    ['fail', [0, 1, 2, 3], []],
  ])(
    '%s, with %j of four peers hung, is said once when it begins and once when it ends',
    (allDown, down, lines) => {
      expect(said({ allDown }, down)).toEqual(lines);
    },
  );
});
