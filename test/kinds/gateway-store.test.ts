/** The store of counts that the replicas of a gateway share: slow or down, and what becomes of requests meanwhile. */
import { expect, it } from 'vitest';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { inject } from '../../src/session/faults.ts';
import { inspect } from '../../src/session/inspect.ts';
import { askedAt, constant, endings } from './asked.ts';
import { INSTANT, lines, log, total, until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

/** Ten requests a second may pass, and the first of them at once. */
const TEN = { limitKey: 'global', rateRps: 10, burst: 1, replicas: 2, sharedState: true, overheadMs: 0 };

function shared(client: Sketched, gateway: ParamOverrides = {}): Running {
  const nodes: Record<string, Sketched> = {
    u: client,
    g: ['gateway', { ...TEN, ...gateway }],
    s: constant(0, INSTANT),
  };
  return assemble(sketch(nodes, { 'u > g': DIRECT, 'g > s': DIRECT }), 1e6);
}

/** 100 requests a second, evenly. */
const steady: Sketched = ['client', { load: 'constant', rateRps: 100 }];
const order = (running: Running, fault: string, factor = 1) =>
  inject(running, { target: 'g', unit: null, fault, factor }, []);
const longest = (running: Running) => running.system.sources[0].station.meter.latency().max;
const set = (running: Running, name: string, value: ParamValue) =>
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['g'], name, value }));
const undecided = (running: Running) =>
  inspect(running, 'g', [])!.totals.find(({ label }) => label.startsWith('Decided without'))?.value;

/** Requests that reach the service in three times 2 s; the store is down in the second. None is being decided as it changes. */
function outage(gateway: ParamOverrides = {}) {
  const running = shared(steady, gateway);
  const reached = [2_005, 4_005, 6_005].map((ms) => {
    if (ms === 4_005) order(running, 'storeDown');
    if (ms === 6_005) order(running, 'storeUp');
    until(running, ms);
    return total(running, 's');
  });
  const [before, during, after] = reached.map((count, i) => count - (reached[i - 1] ?? 0));
  return { running, before, during, after };
}

it('lets every request pass while the store is down, and ten a second before and after', () => {
  const { running, before, during, after } = outage();
  expect([before, during, after]).toEqual([20, 200, 20]);
  expect(undecided(running)).toBe(200);
  expect(running.system.audit()).toEqual([]);
});

it('answers every request with 503 instead, where it fails closed', () => {
  const { running, before, during, after } = outage({ failOpen: false });
  expect([before, during, after]).toEqual([20, 0, 20]);
  expect(endings(running, 'u')).toMatch(/^40 ok, 200 http503, 360 http429$/);
  expect(undecided(running)).toBe(200);
});

it('says once that it is lost and what that means, and once that it is back and what it has missed', () => {
  const said = (gateway: ParamOverrides) => {
    const { running } = outage(gateway);
    order(running, 'storeDown');
    until(running, 7_005);
    order(running, 'storeUp');
    return lines(running).map(({ atMs, severity, text }) => `${atMs} ${severity}: ${text}`);
  };
  const open = 'warning: The shared counts of g are down, so it lets every request pass';
  const closed = 'warning: The shared counts of g are down, so it answers every request with 503';
  const back = 'good: g has its shared counts back. Requests decided without them';
  expect(said({})).toEqual([`2005 ${open}`, `4005 ${back}: 200`, `6005 ${open}`, `7005 ${back}: 100`]);
  expect(said({ failOpen: false })).toEqual([
    `2005 ${closed}`,
    `4005 ${back}: 200`,
    `6005 ${closed}`,
    `7005 ${back}: 100`,
  ]);
});

it('counts on from where it was: requests of the outage use up nothing', () => {
  // Five in an hour: three before the outage, two after it.
  const limit = { algorithm: 'fixedWindow', perWindow: 5, windowMs: 3_600_000 };
  const running = shared(askedAt([10, 20, 30, 110, 120, 130, 140, 210, 220, 230, 240]), limit);
  until(running, 100);
  order(running, 'storeDown');
  until(running, 200);
  expect(endings(running, 'u')).toBe('7 ok');
  order(running, 'storeUp');
  until(running, 300);
  expect(endings(running, 'u')).toBe('9 ok, 2 http429');
});

it('asked for requests under way, still knows those from before the outage, and not those from within it', () => {
  const running = shared(askedAt([10, 20, 110, 120, 210, 220, 2_000, 2_010, 2_020]), {
    algorithm: 'none',
    maxOpen: 2,
  });
  applyDesign(
    running,
    applyEdit(running.design, { type: 'setParam', ids: ['s'], name: 'serviceMs', value: 1_000 }),
  );
  until(running, 100);
  order(running, 'storeDown');
  until(running, 200);
  order(running, 'storeUp');
  until(running, 900);
  // The two of the outage are let through; before and after only two may be under way.
  expect([total(running, 's'), endings(running, 'u')]).toEqual([4, '2 http429']);
  until(running, 4_000);
  expect(endings(running, 'u')).toBe('6 ok, 3 http429');
});

it('takes 100 times as long while its store is slow, and not a nanosecond longer', () => {
  const running = shared(askedAt([10, 2_000]), { sharedMs: 1 });
  until(running, 1_000);
  expect(longest(running)).toBe(1);
  order(running, 'storeSlow', 100);
  until(running, 2_099);
  expect(endings(running, 'u')).toBe('1 ok');
  until(running, 2_101);
  expect([endings(running, 'u'), undecided(running)]).toEqual(['2 ok', 0]);
  expect(longest(running)).toBeCloseTo(100, 6);
});

it('waits for a slow or lost store up to its timeout, which an answer at the same instant meets', () => {
  const taken = (sharedTimeoutMs: number, fault: string, failOpen = true) => {
    const running = shared(askedAt([1_000]), { sharedTimeoutMs, failOpen });
    order(running, fault, 100);
    until(running, 5_000);
    return [Math.round(longest(running)), undecided(running), endings(running, 'u')];
  };
  expect(taken(99, 'storeSlow')).toEqual([99, 1, '1 ok']);
  expect(taken(100, 'storeSlow')).toEqual([100, 0, '1 ok']);
  expect(taken(30, 'storeDown')).toEqual([30, 1, '1 ok']);
  expect(taken(0, 'storeDown')).toEqual([0, 1, '1 ok']);
  expect(taken(30, 'storeDown', false).slice(1)).toEqual([1, '1 http503']);
});

it('slow beyond the timeout, it limits nothing, and says so', () => {
  const running = shared(steady, { sharedTimeoutMs: 50 });
  order(running, 'storeSlow', 100);
  until(running, 2_050);
  expect(log(running)).toEqual([
    'The shared counts of g answer 100 times slower, so it lets every request pass',
  ]);
  expect(total(running, 's')).toBe(200);
});

it('what was asked of the store when it went down is decided without it', () => {
  const running = shared(askedAt([10, 11, 12]), { sharedMs: 50 });
  until(running, 30);
  order(running, 'storeDown');
  until(running, 100);
  expect([endings(running, 'u'), undecided(running)]).toEqual(['3 ok', 3]);
});

it('does not matter to replicas that count for themselves', () => {
  const { running, during } = outage({ sharedState: false });
  expect(during).toBe(40);
  expect(undecided(running)).toBeUndefined();
  expect(log(running)[0]).toBe('The replicas of g share no counts, so their store does not matter');
  order(running, 'storeDown');
  set(running, 'sharedState', true);
  until(running, 6_100);
  expect(undecided(running)).toBe(10);
});
