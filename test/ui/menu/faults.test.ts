// What can be done to a node or link now; what is active offers its end instead.
import { expect, it } from 'vitest';
import { KINDS } from '../../../src/kinds/catalog.ts';
import { LINK_FAULTS } from '../../../src/kinds/faults.ts';
import { faultLabel, offeredFaults } from '../../../src/ui/menu/faults.ts';
import { faultsOfNode } from '../../../src/ui/menu/node-faults.ts';

const faults = KINDS.service.spec.faults.filter((fault) => fault.heading === undefined);
const ids = (...args: Parameters<typeof offeredFaults>) => offeredFaults(...args).map((fault) => fault.id);

const others = ['slow', 'errors', 'gray', 'blackHole', 'pause', 'crashLoop'];

it('offers faults that begin, not their ends', () => {
  expect(ids(faults, [], null, 3)).toEqual(['crash', ...others]);
});

it('offers the end of what is active everywhere', () => {
  const active = [{ fault: 'crash', unit: -1, factor: 1 }];
  expect(ids(faults, active, null, 3)).toEqual(['restore', ...others]);
  expect(ids(faults, active, 1, 3)).toEqual(['restore', ...others]);
});

it('offers both where only some units are hit', () => {
  const active = [{ fault: 'crash', unit: 1, factor: 1 }];
  expect(ids(faults, active, null, 3)).toEqual(['crash', 'restore', ...others]);
  expect(ids(faults, active, 1, 3)[0]).toBe('restore');
  expect(ids(faults, active, 2, 3)[0]).toBe('crash');
});

it('offers an end once that several active faults have', () => {
  const active = [
    { fault: 'crash', unit: 0, factor: 1 },
    { fault: 'crashLoop', unit: 1, factor: 1 },
  ];
  expect(ids(faults, active, null, 2).filter((id) => id === 'restore')).toHaveLength(1);
});

it('offers no unit what only a whole node can have', () => {
  expect(ids(KINDS.client.spec.faults, [], 0, 1)).toEqual([]);
  expect(ids(KINDS.client.spec.faults, [{ fault: 'traffic', unit: -1, factor: 10 }], null, 1)).toEqual([
    'calm',
  ]);
});

it('offers the faults of shared counts only to a gateway whose replicas share them', () => {
  const stores = (params: Record<string, boolean>) =>
    faultsOfNode({ kind: 'gateway', params }).filter(({ id }) => id.startsWith('store'));
  expect(stores({})).toEqual([]);
  expect(stores({ sharedState: true }).map(({ id }) => id)).toEqual(['storeDown', 'storeSlow', 'storeUp']);
});

it('mends a cut link', () => {
  expect(ids(LINK_FAULTS, [], null, 1)).toEqual(['partition']);
  expect(ids(LINK_FAULTS, [{ fault: 'partition', unit: -1, factor: 1 }], null, 1)).toEqual(['heal']);
});

it('says in the label what will happen to whom', () => {
  expect(faultLabel(faults[0], 'api-2')).toBe('Crash api-2');
  expect(faultLabel(faults[2], 'api-2')).toBe('Slow down ×10: api-2');
  expect(faultLabel(faults[0], null)).toBe('Crash');
});
