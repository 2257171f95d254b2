// What a global router does at its limits, and what becomes of the health of regions while nobody probes them.
import { describe, expect, it } from 'vitest';
import { MAX_CLIENTS, Clients } from '../../src/kinds/router/clients.ts';
import type { Edit } from '../../src/model/edit-data.ts';
import { HONEST, world } from './router-world.ts';

const ONE_SECOND = { ttlMs: 1_000, checkMs: 1_000, checkTimeoutMs: 500 };
const probing = (value: boolean): Edit => ({ type: 'setParam', ids: ['dns'], name: 'check', value });

describe('visitors that are told apart', () => {
  it('are 65,536: the last one has a memory of its own, the next shares that of the first, which is said once', () => {
    let said = 0;
    const clients = new Clients(1, () => said++);
    expect([clients.of(0), clients.of(MAX_CLIENTS - 1), said]).toEqual([0, MAX_CLIENTS - 1, 0]);
    expect([clients.of(MAX_CLIENTS), clients.of(MAX_CLIENTS + 1), said]).toEqual([0, 1, 1]);
  });

  it.each([
    [MAX_CLIENTS, 0],
    [10 * MAX_CLIENTS, 1],
  ])('of %i at the clients, the log has %i lines about it', (sessions, lines) => {
    const users = ['client', { load: 'constant', rateRps: 50, readShare: 1, sessions }] as const;
    const { at, said } = world({ users: [...users], router: { ...HONEST } });
    at(4);
    expect(said('has more than 65536 visitors')).toHaveLength(lines);
  });
});

describe('health of regions while nobody probes them', () => {
  it('probes off: a lost region stays in the answers, and is left out as soon as probes are on', () => {
    const { at, edit, region, said, meter, gauges } = world({ router: { ...HONEST, ...ONE_SECOND } });
    edit(probing(false));
    at(2);
    region('eu', 'crash');
    at(20);
    expect(said('is left out of the answers')).toEqual([]);
    expect(gauges()[3]).toBe(1);
    const { ok } = meter('users');
    expect(meter('users').failed).toBeGreaterThan(0.9 * 18 * 50);
    edit(probing(true));
    at(40);
    expect(said('eu is left out of the answers')).toHaveLength(1);
    // Three probes a second apart, and a second until the last resolver asks again.
    expect(meter('users').ok - ok).toBeGreaterThan((20 - 5) * 50 * 0.9);
  });

  it('probes off while a region is out: it counts as well again, for nobody can tell', () => {
    const { at, edit, region, said, meter, gauges } = world({ router: { ...HONEST, ...ONE_SECOND } });
    region('eu', 'crash');
    at(20);
    expect(said('is left out of the answers')).toHaveLength(1);
    expect(gauges()[3]).toBe(0.5);
    const { failed } = meter('users');
    edit(probing(false));
    at(40);
    expect(gauges()[3]).toBe(1);
    expect(said('is back in the answers')).toEqual([]);
    // All but what goes by answers from before, a second of them.
    expect(meter('users').failed - failed).toBeGreaterThan((20 - 1) * 50 * 0.9);
  });
});
