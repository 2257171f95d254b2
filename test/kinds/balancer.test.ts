// Balancers: who is next, who stays with whom, and what becomes of peers that fail, come and go.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { askedAt, constant, endings } from './asked.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { overheadMs: 0, passive: false, active: false, tryNext: 'never' };

const arrived = (running: Running, id = 's') => running.stations.get(id)!.units.map((unit) => unit.arrived);
const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
const fault = (running: Running, name: string, unit: number, factor = 1) =>
  running.stations.get('s')!.fault(name, unit, factor);

function set(running: Running, id: string, name: string, value: ParamValue): void {
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: [id], name, value }));
}

function balanced(
  client: Sketched,
  balancer: ParamOverrides,
  service: Sketched,
  link: ParamOverrides = DIRECT,
): Running {
  const nodes = { c: client, lb: ['balancer', { ...PLAIN, ...balancer }] as Sketched, s: service };
  return assemble(sketch(nodes, { 'c > lb': DIRECT, 'lb > s': link }), 1e6);
}

const every10ms = (count: number) => Array.from({ length: count }, (_, i) => 10 * (i + 1));

describe('round robin', () => {
  it('takes one instance after the other, over everything it is linked to', () => {
    const nodes: Record<string, Sketched> = {
      c: askedAt(every10ms(9)),
      lb: ['balancer', PLAIN],
      a: constant(0, { instances: 2 }),
      b: constant(0, { instances: 1 }),
    };
    const running = assemble(sketch(nodes, { 'c > lb': DIRECT, 'lb > a': DIRECT, 'lb > b': DIRECT }), 1e6);
    const order: string[] = [];
    for (let n = 1; n <= 9; n++) {
      const before = [...arrived(running, 'a'), ...arrived(running, 'b')];
      until(running, 10 * n + 5);
      const after = [...arrived(running, 'a'), ...arrived(running, 'b')];
      order.push('xyz'[after.findIndex((count, i) => count > before[i])]);
    }
    expect(order.join('')).toBe('xyzxyzxyz');
  });
});

describe('least connections', () => {
  it('avoids the instance that is slow', () => {
    const client: Sketched = ['client', { load: 'constant', rateRps: 1_000, readShare: 1 }];
    const running = balanced(
      client,
      { algorithm: 'leastConnections' },
      constant(5, { instances: 4, workers: 100 }),
    );
    fault(running, 'slow', 0, 10);
    until(running, 10_000);
    // In flight is equal everywhere, so shares are as 1/50 : 1/5 : 1/5 : 1/5 (O-34 at high load).
    const [slow] = arrived(running);
    expect(slow / 10_000).toBeGreaterThan(1 / 31 - 0.02);
    expect(slow / 10_000).toBeLessThan(1 / 31 + 0.04);
  });

  it('keeps count of requests at an instance that is scaled in and out again under them', () => {
    const running = balanced(
      askedAt([1, 2, 3, 4, 100, 101, 102, 103]),
      { algorithm: 'leastConnections' },
      constant(50, { instances: 2, workers: 10, startMs: 0 }),
    );
    until(running, 10);
    set(running, 's', 'instances', 1);
    set(running, 's', 'instances', 2);
    until(running, 500);
    // Were the two requests under way forgotten, their ends would leave the second with two fewer than none.
    expect(arrived(running)).toEqual([4, 4]);
  });
});

describe('two choices', () => {
  it('never takes the busier of two', () => {
    const running = balanced(
      askedAt(every10ms(50)),
      { algorithm: 'twoChoices' },
      constant(0, { instances: 2, workers: 10 }),
    );
    until(running, 5);
    fault(running, 'slow', 0, 1);
    until(running, 1_000);
    expect(arrived(running)[0] + arrived(running)[1]).toBe(50);
    const hung = balanced(
      askedAt(every10ms(50)),
      { algorithm: 'twoChoices' },
      constant(1_000, { instances: 2, workers: 100 }),
    );
    until(hung, 700);
    expect(arrived(hung)).toEqual([25, 25]);
  });
});

describe('IP hash (O-3)', () => {
  it('a visitor stays with one instance; visitors of one /24 are one visitor', () => {
    const running = balanced(
      ['client', { rateRps: 1_000, sessions: 1 }],
      { algorithm: 'ipHash' },
      constant(0, { instances: 3 }),
    );
    until(running, 2_000);
    expect(arrived(running).filter((n) => n > 0)).toHaveLength(1);
    // Visitor 0 is 10.0.0.x: nginx's hash of it is 2565, and 2565 mod 3 is 0.
    expect(arrived(running)[0]).toBeGreaterThan(1_800);
  });

  it('the visitors of a dead instance are spread over the others, the rest stay where they are', () => {
    const ejecting = {
      algorithm: 'ipHash',
      passive: true,
      maxFails: 1,
      failTimeoutMs: 60_000,
      tryNext: 'connect',
      maxTries: 3,
    };
    const client: Sketched = ['client', { load: 'constant', rateRps: 1_000, readShare: 1, sessions: 3_000 }];
    const running = balanced(client, ejecting, constant(0, { instances: 3, workers: 100 }));
    until(running, 3_000);
    const before = arrived(running);
    fault(running, 'crash', 1);
    until(running, 6_000);
    const [a, b, c] = arrived(running).map((n, i) => n - before[i]);
    expect(b).toBeLessThan(5);
    const moved = before[1] / 2;
    for (const [now, then] of [
      [a, before[0]],
      [c, before[2]],
    ]) {
      expect(Math.abs(now - then - moved)).toBeLessThan(4 * Math.sqrt(now));
    }
    expect(running.stations.get('c')!.meter.failed).toBe(0);
  });
});

describe('passive health as nginx has it (O-23)', () => {
  const rules = { passive: true, maxFails: 2, failTimeoutMs: 10_000, tryNext: 'errors', maxTries: 2 };

  /** The turns of the first instance when it fails the given ones; request n comes at n · 100 ms. */
  function turnsOf(failing: readonly number[], requests: number): number[] {
    const client: Sketched = ['client', { load: 'constant', rateRps: 10, readShare: 1 }];
    const running = balanced(client, rules, constant(0, { instances: 2 }));
    const turns: number[] = [];
    for (let n = 1; n <= requests; n++) {
      fault(running, failing.includes(n) ? 'errors' : 'noErrors', 0, failing.includes(n) ? 1 : 0);
      const before = arrived(running)[0];
      until(running, n * 100 + 50);
      if (arrived(running)[0] > before) turns.push(n);
    }
    expect(running.stations.get('c')!.meter.failed).toBe(0);
    return turns;
  }

  it('two failures 9 s apart eject until 10 s after the second; one good probe ends it', () => {
    const turns = turnsOf([1, 91], 300);
    const odd = (from: number, to: number) =>
      Array.from({ length: (to - from) / 2 + 1 }, (_, i) => from + 2 * i);
    expect(turns.filter((n) => n <= 91)).toEqual(odd(1, 91));
    // The failure is known at 9.101 s, so until 19.101 s nothing.
    expect(turns.filter((n) => n > 91 && n <= 191)).toEqual([]);
    expect(turns.filter((n) => n > 191)).toEqual(odd(193, 299));
  });

  it('two failures 11 s apart do not: the successes in between were late enough to clear the first', () => {
    expect(turnsOf([1, 111], 300)).toHaveLength(150);
  });

  it('a bad probe ejects for as long again', () => {
    const turns = turnsOf([1, 3, 105], 300);
    const probe = turns.find((n) => n > 3)!;
    expect(probe).toBe(105);
    expect(turns.filter((n) => n > 105 && n <= 205)).toEqual([]);
  });

  it('while a probe is out, all others still skip the peer', () => {
    const slowProbe = { ...rules, maxFails: 1, failTimeoutMs: 1_000 };
    const running = balanced(askedAt(every10ms(300)), slowProbe, constant(0, { instances: 2, workers: 100 }));
    fault(running, 'errors', 0, 1);
    until(running, 15);
    fault(running, 'noErrors', 0, 0);
    const first = arrived(running)[0];
    expect(first).toBe(1);
    // The probe goes out after 1.01 s and takes 400 ms at an instance that is slow by then.
    set(running, 's', 'serviceMs', 400);
    until(running, 1_400);
    expect(arrived(running)[0] - first).toBe(1);
  });

  it('a peer that is the only one is never ejected', () => {
    const running = balanced(
      askedAt(every10ms(20)),
      { ...rules, maxFails: 1 },
      constant(0, { instances: 1 }),
    );
    fault(running, 'errors', 0, 1);
    until(running, 500);
    expect(arrived(running)[0]).toBe(20);
    expect(endings(running, 'c')).toBe('20 http500');
  });

  it('with all peers ejected there is nobody left to ask', () => {
    const running = balanced(
      askedAt(every10ms(20)),
      { ...rules, maxFails: 1, maxTries: 2 },
      constant(0, { instances: 2 }),
    );
    fault(running, 'errors', -1, 1);
    until(running, 500);
    expect(endings(running, 'c')).toBe('1 http500, 19 noHealthyPeer');
  });

  it('5xx answers count only where they also lead to the next peer: the black hole of quick errors', () => {
    const client: Sketched = ['client', { load: 'constant', rateRps: 1_000, readShare: 1 }];
    const tolerant = { ...rules, algorithm: 'leastConnections', tryNext: 'timeout' };
    const running = balanced(client, tolerant, constant(20, { instances: 4, workers: 100 }));
    fault(running, 'errors', 0, 1);
    until(running, 5_000);
    // One instance that fails in 1 ms among three of 20 ms attracts 1 / (1 + 3/20) of the traffic (O-34).
    expect(Math.abs(arrived(running)[0] / 5_000 - 0.87)).toBeLessThan(0.02);
  });
});

describe('trying the next peer', () => {
  it.each<[string, string, number, string]>([
    ['never', 'crash', 1, '10 ok, 10 http502'],
    ['connect', 'crash', 1, '20 ok'],
    ['connect', 'errors', 1, '10 ok, 10 http500'],
    ['timeout', 'errors', 1, '10 ok, 10 http500'],
    ['errors', 'errors', 1, '20 ok'],
    ['errors', 'errors', 0, '10 ok, 10 http500'],
    ['connect', 'crash', 0, '20 ok'],
  ])('%s, after %s, readShare %d: %s', (tryNext, what, readShare, ends) => {
    const running = balanced(
      askedAt(every10ms(20), { readShare }),
      { tryNext },
      constant(1, { instances: 2 }),
    );
    fault(running, what, 1, 1);
    until(running, 500);
    expect(endings(running, 'c')).toBe(ends);
  });

  it('asks no peer twice, and no more than allowed', () => {
    const running = balanced(
      askedAt([10]),
      { tryNext: 'errors', maxTries: 3 },
      constant(0, { instances: 5 }),
    );
    fault(running, 'errors', -1, 1);
    until(running, 500);
    expect(arrived(running).filter((n) => n === 1)).toHaveLength(3);
  });

  it('a request is not held to what an earlier one tried', () => {
    // The third request finds its peer failing and the other ejected. At 2 s both may be tried again.
    const rules = { passive: true, maxFails: 1, failTimeoutMs: 1_000, tryNext: 'errors', maxTries: 2 };
    const running = balanced(askedAt([10, 20, 30, 2_000, 2_010]), rules, constant(0, { instances: 2 }));
    fault(running, 'errors', 1, 1);
    until(running, 25);
    fault(running, 'errors', 0, 1);
    until(running, 1_000);
    expect(endings(running, 'c')).toBe('2 ok, 1 noHealthyPeer');
    fault(running, 'noErrors', 1, 0);
    until(running, 3_000);
    expect(endings(running, 'c')).toBe('4 ok, 1 noHealthyPeer');
  });

  it('its retries stay with the peer it chose; the next try goes to another', () => {
    const lossy = { ...DIRECT, attempts: 2, backoffBaseMs: 0, attemptTimeoutMs: 50 };
    const running = balanced(
      askedAt([10]),
      { tryNext: 'timeout', maxTries: 2 },
      constant(500, { instances: 3 }),
      lossy,
    );
    until(running, 2_000);
    expect(arrived(running)).toEqual([2, 2, 0]);
  });
});

describe('peers that come and go', () => {
  it('a new instance gets its turn, one taken out gets none', () => {
    const running = balanced(askedAt(every10ms(40)), {}, constant(0, { instances: 2, startMs: 0 }));
    until(running, 105);
    expect(arrived(running)).toEqual([5, 5]);
    set(running, 's', 'instances', 3);
    until(running, 225);
    expect(arrived(running)).toEqual([9, 9, 4]);
    set(running, 's', 'instances', 1);
    until(running, 425);
    expect(arrived(running)).toEqual([27, 9, 4]);
  });

  it('without any there is no healthy peer', () => {
    const nodes: Record<string, Sketched> = { c: askedAt([10]), lb: ['balancer', PLAIN] };
    const running = assemble(sketch(nodes, { 'c > lb': DIRECT }), 1e6);
    until(running, 100);
    expect(endings(running, 'c')).toBe('1 noHealthyPeer');
  });
});
