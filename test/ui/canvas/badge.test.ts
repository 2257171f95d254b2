// The one badge of a node says the worst thing that is true now.
import { expect, it } from 'vitest';
import { KINDS } from '../../../src/kinds/catalog.ts';
import { loadLevel, worstBadge } from '../../../src/ui/canvas/badge.ts';
import { describe as inWords, ticksFor } from '../../../src/ui/canvas/card-paint.ts';
import { fakeLive, type FakeNumbers } from './fake-live.ts';

const service = KINDS.service.spec;
const badge = (numbers: FakeNumbers, spec = service) => worstBadge(spec, 'n1', 'api', fakeLive(numbers));

it('has none while all is well', () => {
  const units = { 'api-1': { utilisation: 0.5 }, 'api-2': { utilisation: 0.6 } };
  expect(badge({ node: { failedShare: 0.01, utilisation: 0.55, gauge0: 3 }, units })).toBeNull();
});

it('names a unit that is down, and counts several', () => {
  const [down, up] = [{ state: 'down' }, { state: 'up' }] as const;
  expect(badge({ units: { 'api-1': up, 'api-2': down, 'api-3': up } })).toEqual({
    text: 'api-2 down',
    severity: 'bad',
  });
  expect(badge({ units: { 'api-1': down, 'api-2': down, 'api-3': up } })?.text).toBe('2 of 3 down');
  expect(badge({ units: { 'api-1': down, 'api-2': down } })?.text).toBe('All 2 down');
  expect(badge({ units: { orders: down } })?.text).toBe('Down');
});

it('says what comes back before it says what is busy', () => {
  const units = { 'api-1': { utilisation: 1, waiting: 9 }, 'api-3': { state: 'restarting' as const } };
  expect(badge({ units })).toEqual({ text: 'api-3 restarting', severity: 'warn' });
});

it('counts who waits for a restart as down, and leaves out who was taken out of service', () => {
  const stopped = { state: 'stopped' } as const;
  const units = { 'api-1': { state: 'backOff' as const }, 'api-2': {}, 'api-3': { state: 'down' as const } };
  expect(badge({ units: { ...units, 'api-4': stopped } })?.text).toBe('2 of 3 down');
  expect(badge({ units: { 'api-1': {}, 'api-2': stopped } })).toBeNull();
});

it('says who hangs and who stands still', () => {
  expect(badge({ units: { 'api-1': { state: 'hung' }, 'api-2': {} } })).toEqual({
    text: 'api-1 hung',
    severity: 'bad',
  });
  expect(badge({ units: { 'api-1': { state: 'paused' }, 'api-2': { state: 'paused' } } })?.text).toBe(
    'All 2 paused',
  );
});

it('calls a unit by its number where its name leaves no room for what is the matter', () => {
  const units = { 'posts by range-1': {}, 'posts by range-2': { state: 'down' as const } };
  expect(badge({ units })?.text).toBe('Instance 2 down');
});

it('names the fullest unit when one is saturated', () => {
  const units = { 'shard 0': { utilisation: 0.4 }, 'shard 1': { utilisation: 1, waiting: 30 } };
  expect(badge({ units }, KINDS['sharded-database'].spec)).toEqual({
    text: 'Shard 1 saturated',
    severity: 'bad',
  });
});

it('says failures in amber, for the trouble may be behind it', () => {
  expect(badge({ node: { failedShare: 0.7 } })).toEqual({ text: '70\u00a0% failing', severity: 'warn' });
});

it('blames no client for what its callees do', () => {
  expect(badge({ node: { failedShare: 0.7, gauge0: 0.7 } }, KINDS.client.spec)).toBeNull();
});

it('colours load at 55, 75 and 92 %', () => {
  expect([NaN, 0, 0.54, 0.55, 0.74, 0.75, 0.91, 0.92, 1.2].map(loadLevel)).toEqual([
    'idle',
    'idle',
    'idle',
    'ok',
    'ok',
    'warn',
    'warn',
    'bad',
    'bad',
  ]);
});

it('draws one tick per waiting call at first, then ever fewer', () => {
  expect([NaN, 0, 1, 8, 118, 1_000, 1e9].map(ticksFor)).toEqual([0, 0, 1, 8, 13, 16, 16]);
});

it('says a node in words, with what is down', () => {
  const units = { 'api-1': {}, 'api-2': { state: 'down' as const }, 'api-3': {} };
  expect(inWords(service, 'n1', 'api', fakeLive({ units }))).toBe('api, service, 3 instances, 1 down');
});
