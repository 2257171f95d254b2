// A global router: answers are cached, so clients learn late; it is never in the way of a request.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { inspect } from '../../src/session/inspect.ts';
import { askedAt } from './asked.ts';
import { HONEST, steady, weight, world } from './router-world.ts';
import type { Sketched } from './sketch.ts';

describe('a router is not in the way', () => {
  it('of a request that has an address: it takes what the way to the region takes, and its work', () => {
    const once = world({ users: askedAt([1]), router: { ttlMs: 86_400_000 } });
    once.at(5);
    expect(once.longest()).toBeCloseTo(20 + 10, 6);
    const far = world({ users: askedAt([1]), from: 'us', links: { 'dns > far': { weight: 0 } } });
    far.at(5);
    expect(far.longest()).toBeCloseTo(20 + 75 + 10, 6);
  });

  it('except for a lookup where the resolver has nothing in memory', () => {
    const { at, longest } = world({ users: askedAt([1]), router: { ttlMs: 0, lookupMs: 33 } });
    at(5);
    expect(longest()).toBeCloseTo(33 + 20 + 10, 6);
  });
});

describe('answers', () => {
  it.each([
    ['latency', 'eu', 'near'],
    ['latency', 'us', 'far'],
    ['latency', 'de', 'near'],
    ['geo', 'us', 'far'],
    // The same continent, then the default: the lowest tier, the first link.
    ['geo', 'de', 'near'],
    ['geo', 'moon', 'near'],
  ])('by %s send users in %s to the region that is %s', (policy, from, region) => {
    const { at, went } = world({ users: steady(20), from, router: { policy, check: false } });
    at(3);
    expect(went(region)).toBe(went('near') + went('far'));
    expect(went(region)).toBeGreaterThan(50);
  });

  it('by weight are drawn for each lookup, so that a share of the resolvers goes there', () => {
    const router = { ...HONEST, policy: 'weighted', check: false };
    const { at, went } = world({ users: steady(200), router, links: { 'dns > near': { weight: 3 } } });
    at(20);
    // 1,000 resolvers: σ = √(0.75 · 0.25 ∕ 1000) = 1.4 %.
    expect(went('near') / (went('near') + went('far'))).toBeGreaterThan(0.7);
    expect(went('near') / (went('near') + went('far'))).toBeLessThan(0.8);
  });

  it('by failover keep to the lowest tier while it is well', () => {
    const router = { ...HONEST, policy: 'failover', ttlMs: 1_000, checkMs: 1_000 };
    const { at, went, region } = world({ router, links: { 'dns > near': { tier: 1 } } });
    at(10);
    const probes = went('near');
    expect(probes).toBeLessThan(12);
    region('us', 'crash');
    at(20);
    expect(went('near') - probes).toBeGreaterThan(250);
  });

  it('name all regions again when none is well', () => {
    const {
      at,
      region,
      said,
      running,
      endings: ended,
    } = world({
      router: { ...HONEST, ttlMs: 500, checkMs: 500 },
    });
    region('eu', 'crash');
    region('us', 'crash');
    at(10);
    expect(said('is left out of the answers')).toHaveLength(2);
    expect(said('no region is well')).toHaveLength(1);
    expect(ended()).not.toContain('noAddress');
    region('eu', 'restore');
    at(10.1);
    const before = running.stations.get('users')!.meter.ok;
    at(30);
    expect(running.stations.get('users')!.meter.ok - before).toBeGreaterThan(500);
  });

  it('of several addresses let a client try the next one, and begin with that from then on', () => {
    const router = { ...HONEST, policy: 'multivalue', check: false, ttlMs: 86_400_000 };
    const { at, region, endings: ended, running } = world({ users: steady(100), router });
    region('eu', 'crash');
    at(30);
    expect(ended()).toMatch(/^\d+ ok$/);
    // Each of the 10,000 visitors meets the dead one at most once; half of them begin with it.
    const refused = running.links.get('l2')!.meter.failed;
    expect(refused).toBeGreaterThan(1_000);
    expect(refused).toBeLessThan(2_000);
  });
});

describe('a lost region', () => {
  it('costs each honest stream λ·(detection + TTL/2) requests (O-35), and moves them for good', () => {
    // Busy resolvers, so that each asks anew as soon as its answer is over. 300 of them: σ = 60 ∕ √12 ∕ √300 = 1 s.
    const router = { ...HONEST, resolvers: 300 };
    const { at, region, said, running, endings: ended } = world({ users: steady(200), router });
    at(100);
    region('eu', 'crash');
    at(260);
    const [line] = said('eu is left out of the answers: 3 probes in a row failed');
    const detection = line.atMs / 1_000 - 100;
    expect(detection).toBeGreaterThan(60);
    expect(detection).toBeLessThan(90);
    const { failed } = running.stations.get('users')!.meter;
    expect(failed / (200 * (detection + 30))).toBeGreaterThan(0.96);
    expect(failed / (200 * (detection + 30))).toBeLessThan(1.04);
    expect(ended()).toMatch(/^\d+ ok, \d+ connectRefused, \d reset$/);
  });

  it('is left by those who pin an address as soon as a connection fails, and not before', () => {
    const users: Sketched = ['client', { load: 'constant', rateRps: 50, readShare: 1, sessions: 20 }];
    const router = { ...HONEST, pinnedShare: 1, ttlMs: 1_000, check: false };
    const { at, region, edit, went, meter } = world({ users, router });
    at(10);
    edit(weight('l2', 0));
    at(40);
    expect(went('far')).toBe(0);
    region('eu', 'crash');
    at(60);
    // Each of the 20 fails until its next look at an answer, which says us.
    expect(meter('users').failed).toBeGreaterThanOrEqual(20);
    expect(meter('users').failed).toBeLessThan(30);
    expect(went('far')).toBeGreaterThan(960);
  });
});

describe('after a change of the answers', () => {
  /** Share of requests that still go to the old region, over the ten seconds around an instant after the switch. */
  function staleAt(seconds: number, router: ParamOverrides): number {
    const { at, edit, went } = world({
      users: steady(200),
      router: { ...HONEST, policy: 'weighted', check: false, ...router },
      links: { 'dns > far': { weight: 0 } },
    });
    // Long enough for each visitor to have been here, so that who pins an address has one.
    at(130);
    edit(weight('l2', 0));
    edit(weight('l3', 1));
    at(130 + seconds - 5);
    const [near, far] = [went('near'), went('far')];
    at(130 + seconds + 5);
    return (went('near') - near) / (went('near') - near + went('far') - far);
  }

  it('the share on old ones is π + (1−π)·max(0, 1−t/TTL) (O-35)', () => {
    // 2,000 requests: σ = 1.1 %.
    expect(Math.abs(staleAt(30, { pinnedShare: 0.05 }) - 0.525)).toBeLessThan(0.035);
    expect(Math.abs(staleAt(70, { pinnedShare: 0.05 }) - 0.05)).toBeLessThan(0.015);
  });

  it('clients that keep it longer are the last to move', () => {
    expect(staleAt(75, { lateShare: 1, lateMs: 30_000 })).toBeGreaterThan(0.03);
    expect(staleAt(98, { lateShare: 1, lateMs: 30_000 })).toBe(0);
  });

  it('open connections hold their clients, however old the answer', () => {
    const users: Sketched = ['client', { load: 'constant', rateRps: 50, readShare: 1, sessions: 10 }];
    const router = { ...HONEST, policy: 'weighted', ttlMs: 1_000, check: false, keepAliveMs: 10_000 };
    const { at, edit, went } = world({ users, router, links: { 'dns > far': { weight: 0 } } });
    at(5);
    edit(weight('l2', 0));
    edit(weight('l3', 1));
    at(60);
    expect(went('far')).toBe(0);
  });

  it('the router says how many followed, and shows the share as a gauge', () => {
    const { at, edit, said, gauges } = world({
      users: steady(200),
      router: { ...HONEST, resolvers: 100, policy: 'weighted', check: false, ttlMs: 10_000 },
      links: { 'dns > far': { weight: 0 } },
    });
    at(5);
    expect(gauges()[0]).toBe(0);
    edit(weight('l2', 0));
    edit(weight('l3', 1));
    at(6);
    expect(gauges()[0]).toBeGreaterThan(0.7);
    expect(gauges()[1]).toBeGreaterThan(0);
    at(20);
    const steps = said('of the requests that followed old answers moved').map(({ text }) => text);
    expect(steps[0]).toMatch(/^dns: Half /);
    expect(steps.at(-1)).toMatch(/^dns: 99 %/);
    expect(Number(/within ([\d.]+) s/.exec(steps.at(-1)!)![1])).toBeLessThanOrEqual(11);
  });
});

describe('silent name servers', () => {
  it('are noticed only when what resolvers remember is over', () => {
    const {
      at,
      order,
      running,
      endings: ended,
    } = world({ router: { ...HONEST, ttlMs: 10_000, check: false } });
    order('dns', 'outage');
    at(1);
    const soon = running.stations.get('users')!.meter.failedShare;
    expect(soon).toBeLessThan(0.2);
    at(20);
    expect(ended()).toMatch(/^\d+ ok, \d+ noAddress$/);
    const { ok } = running.stations.get('users')!.meter;
    order('dns', 'lookups');
    at(30);
    expect(running.stations.get('users')!.meter.ok - ok).toBeGreaterThan(480);
  });
});

describe('a region that is cut off', () => {
  it('is left by users outside, while those inside are told to go where they cannot', () => {
    const outside = world({
      from: 'us',
      router: { ...HONEST, ttlMs: 1_000, checkMs: 1_000, checkTimeoutMs: 500 },
    });
    outside.edit({ type: 'setParam', ids: ['l3'], name: 'weight', value: 0 });
    outside.region('eu', 'partition');
    outside.at(20);
    expect(outside.said('eu is left out of the answers')).toHaveLength(1);
    expect(outside.meter('users').ok).toBe(0);
    const inside = world({ router: { ...HONEST, ttlMs: 1_000, checkMs: 1_000, checkTimeoutMs: 500 } });
    inside.region('eu', 'partition');
    inside.at(2);
    const { failed } = inside.meter('users');
    expect(failed).toBe(0);
    inside.at(20);
    expect(inside.meter('users').failed).toBeGreaterThan(500);
    const sentenceOf = (link: string) => inspect(inside.running, link, [])!.sentence;
    expect(sentenceOf('l3')).toBe('Cut for dns for users in eu: only timeouts reveal it.');
    expect(sentenceOf('l2')).toBe('Cut for dns checks: only timeouts reveal it.');
  });
});
