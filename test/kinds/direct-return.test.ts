// Direct server return: at layer 4 a peer may answer the balancer's caller itself, past the balancer.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { findLeftovers, findWrongBooks } from '../fuzz/books.ts';
import { askedAt, constant, endings } from './asked.ts';
import { log, parts, until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { layer: 'l4', overheadMs: 0, passive: false, active: false, tryNext: 'never' };
const MANY = { startMs: 0, workers: 1_000, queueLimit: 1_000 };
const THROUGH = {};
const STRAIGHT = { directReturn: true };

/** One service behind a balancer; the way to it takes `beyondMs`, that to the balancer `beforeMs`. */
function built(
  balancer: ParamOverrides,
  beforeMs = 10,
  beyondMs = 50,
  client: Sketched = askedAt([0]),
  service: Sketched = constant(100, MANY),
): Running {
  const nodes = { u: client, lb: ['balancer', { ...PLAIN, ...balancer }] as Sketched, s: service };
  const links = {
    'u > lb': { ...DIRECT, latencyMs: beforeMs },
    'lb > s': { ...DIRECT, latencyMs: beyondMs },
  };
  return assemble(sketch(nodes, links), 1e6);
}

/** How long the slowest request took, after all that was asked for has ended. */
function longest(running: Running): number {
  until(running, 5_000);
  expect(findLeftovers(running.system)).toEqual([]);
  return running.stations.get('u')!.meter.latency().max;
}

describe('an answer that returns straight', () => {
  it.each([
    [10, 3, 2 * (10 + 3) + 100.5, 10 + 3 + 100.5 + 10],
    [3, 10, 2 * (3 + 10) + 100.5, 3 + 10 + 100.5 + 10],
    [0, 0, 100.5, 100.5],
  ])(
    'takes the longer of the ways of %d and %d ms, not both: %d ms become %d',
    (before, beyond, nat, dsr) => {
      expect(longest(built({ ...THROUGH, overheadMs: 0.5 }, before, beyond))).toBeCloseTo(nat, 3);
      expect(longest(built({ ...STRAIGHT, overheadMs: 0.5 }, before, beyond))).toBeCloseTo(dsr, 3);
    },
  );

  it('needs neither the balancer nor the way between it and the peer any more', () => {
    const mishaps: readonly [string, number, (running: Running) => void][] = [
      [
        'the balancer pauses while the peer works',
        100,
        ({ stations }) => stations.get('lb')!.fault('pause', -1, 1),
      ],
      [
        'the balancer crashes after the peer answered',
        170,
        ({ stations }) => stations.get('lb')!.fault('crash', -1, 1),
      ],
      ['the way to the peer is cut', 100, ({ links }) => void (links.get('l2')!.wire.cut = true)],
    ];
    for (const [words, atMs, happens] of mishaps) {
      const ended = [THROUGH, STRAIGHT].map((balancer) => {
        const running = built(balancer);
        until(running, atMs);
        happens(running);
        // Sent at 160; there at 210 straight, at 220 through the balancer.
        until(running, 221);
        return endings(running, 'u');
      });
      expect(ended[0], words).not.toBe('1 ok');
      expect(ended[1], words).toBe('1 ok');
    }
  });

  it('changes nothing at layer 7', () => {
    const digests = [THROUGH, STRAIGHT].map((balancer) => {
      const running = built({ ...balancer, layer: 'l7' }, 3, 10, ['client', { rateRps: 200 }]);
      until(running, 2_000);
      return running.system.digest;
    });
    expect(digests[0]).toEqual(digests[1]);
  });
});

describe('a balancer that sees no answers', () => {
  // Each request comes on a connection of its own.
  const visitors: Sketched = ['client', { load: 'constant', rateRps: 200, sessions: 1_000, readShare: 1 }];
  const three = constant(5, { ...MANY, instances: 3, restartByItself: false });
  const run = (balancer: ParamOverrides, fault: string) => {
    const running = built({ connections: 30, maxAgeMs: 1, ...balancer }, 1, 1, visitors, three);
    until(running, 1_000);
    running.stations.get('s')!.fault(fault, 0, 1);
    until(running, 20_000);
    expect(findWrongBooks(running.system)).toEqual([]);
    return running;
  };
  const failed = ({ system }: Running) => system.sources[0].failuresInAll.reduce((a, b) => a + b, 0);

  it('ejects no peer for failures', () => {
    const rules = { passive: true, maxFails: 1, outlier: true, outlierFails: 5 };
    expect(log(run({ ...THROUGH, ...rules }, 'crash')).join()).toContain('ejected');
    expect(log(run({ ...STRAIGHT, ...rules }, 'crash')).join()).not.toContain('ejected');
  });

  it('is drawn without counts of failures', () => {
    const watched = { passive: true, outlier: true };
    const pips = (balancer: ParamOverrides) =>
      parts(built({ ...watched, ...balancer }))[0].list[0].pips.map(({ label }) => label);
    expect(pips(THROUGH)).toEqual(['failures', 'in a row']);
    expect(pips(STRAIGHT)).toEqual([]);
  });

  it('has the answers to its own probes by the way they went', () => {
    // 50 ms there, 50 back: too late for 90 ms.
    const probing = { ...STRAIGHT, active: true, checkMs: 200, checkFastMs: 200, fall: 2 };
    const after2s = (checkTimeoutMs: number) => {
      const running = built({ ...probing, checkTimeoutMs });
      until(running, 2_000);
      return log(running).join();
    };
    expect(after2s(110)).not.toContain('took');
    expect(after2s(90)).toContain('took s out');
  });

  it('tries no other peer for a refused connection, but its probes come back to it and take the peer out', () => {
    const refusedOf = (balancer: ParamOverrides) => failed(run({ tryNext: 'connect', ...balancer }, 'crash'));
    const checked = { active: true, checkMs: 1_000, checkFastMs: 1_000, fall: 2 };
    // A third of 200 a second for 19 s is 1,267; through the balancer only what was inside is reset.
    expect(refusedOf(THROUGH)).toBeLessThan(10);
    expect(refusedOf(STRAIGHT)).toBeGreaterThan(1_000);
    // Taken out within two intervals, 133 requests.
    expect(refusedOf({ ...STRAIGHT, ...checked })).toBeLessThan(140);
  });
});
