// What a global router does beyond names: anycast, spillover, views that know different things, and what can be seen of it.
import { describe, expect, it } from 'vitest';
import { waterfall } from '../../src/kinds/router/waterfall.ts';
import { inspect } from '../../src/session/inspect.ts';
import { recentTraces, traceOf } from '../../src/session/traces.ts';
import { askedAt } from './asked.ts';
import { HONEST, steady, world } from './router-world.ts';

describe('anycast', () => {
  it('moves a region of users within the convergence, all at once, and resets what was open', () => {
    const patient = { attemptTimeoutMs: 5_000 };
    const { at, region, said, went, meter, running } = world({
      users: steady(200),
      from: 'de',
      router: { routing: 'anycast', checkMs: 1_000, checkTimeoutMs: 500 },
      links: { 'users > dns': patient, 'dns > near': patient },
    });
    at(10);
    region('eu', 'partition');
    at(50);
    const [out] = said('left out');
    const [moved] = said('the network leads users in de to us now, away from eu');
    const took = (moved.atMs - out.atMs) / 1_000;
    expect(took).toBeGreaterThanOrEqual(1);
    expect(took).toBeLessThanOrEqual(30);
    // What was sent within the last 5 s hangs in the region that answers nobody.
    expect(Number(/: (\d+) connections/.exec(moved.text)![1])).toBeGreaterThan(900);
    expect(went('far')).toBeGreaterThan(200 * (49.5 - moved.atMs / 1_000));
    const { failed } = meter('users');
    at(60);
    expect(meter('users').failed).toBe(failed);
    expect(running.system.audit()).toEqual([]);
  });

  it('leads everybody to the nearest region, without lookups', () => {
    const { at, went, gauges } = world({ users: steady(50), router: { routing: 'anycast', check: false } });
    at(10);
    expect(went('near')).toBeGreaterThan(490);
    expect(went('far')).toBe(0);
    expect(gauges().slice(0, 3)).toEqual([0, 0, 0]);
  });
});

describe('spillover', () => {
  it('fills the nearest first, and spreads what no region has room for by capacity', () => {
    const far = (row: number, column: number) => Math.abs(row - column);
    const shares = (demand: number[], room: number[]) => waterfall(demand, room, far).map((row) => [...row]);
    expect(shares([100, 0], [80, 80])).toEqual([
      [0.8, 0.2],
      [0, 1],
    ]);
    expect(shares([100, 100], [80, 240])).toEqual([
      [0.8, 0.2],
      [0, 1],
    ]);
    expect(shares([400], [100, 100])).toEqual([[0.5, 0.5]]);
    expect(shares([10], [Infinity, 5])).toEqual([[1, 0]]);
  });

  it('sends what is above the fill of a region to the next', () => {
    const { at, went, said } = world({
      users: steady(100),
      router: { ...HONEST, ttlMs: 2_000, check: false },
      links: { 'dns > near': { capacityRps: 75 } },
    });
    at(20);
    const [near, far] = [went('near'), went('far')];
    expect(said('of users in eu spill over to the next region')).toHaveLength(1);
    at(60);
    // 80 % of 75 is 60 of 100; 1,000 resolvers, each of them all or nothing.
    const share = (went('near') - near) / (went('near') - near + went('far') - far);
    expect(share).toBeGreaterThan(0.56);
    expect(share).toBeLessThan(0.64);
  });
});

describe('what can be seen of a router', () => {
  it('is in the trace how a client came by its address, and in the inspector how many went where', () => {
    const { running, at } = world({ users: askedAt([1, 2_000]), router: { ttlMs: 0 } });
    running.system.core.recorder.every = 1;
    at(5);
    const [first] = recentTraces(running);
    const notes = traceOf(running, first.request)!.spans.flatMap((span) =>
      span.notes.map(({ text }) => text),
    );
    expect(notes[0]).toBe('its resolver asked, and was told: near');
    const { totals, units } = inspect(running, 'dns', [])!;
    expect(totals.slice(-2)).toEqual([
      { label: 'Went to eu', value: 2 },
      { label: 'Went to us', value: 0 },
    ]);
    expect(units.map(({ name }) => name)).toEqual(['dns checks', 'dns for users in eu']);
  });
});

describe('a split view', () => {
  it('goes on sending its clients to a lost region, while others are told better', () => {
    const { at, region, order, said, meter, went } = world({
      router: { ...HONEST, ttlMs: 1_000, checkMs: 1_000 },
    });
    order('dns', 'freeze');
    region('eu', 'crash');
    at(20);
    expect(said('is left out of the answers')).toHaveLength(1);
    expect(went('far')).toBeLessThan(25);
    const { failed } = meter('users');
    expect(failed).toBeGreaterThan(900);
    order('dns', 'thaw');
    at(40);
    expect(meter('users').failed - failed).toBeLessThan(60);
  });
});
