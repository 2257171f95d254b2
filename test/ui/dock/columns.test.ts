// Columns of the timeline: counts are added to rates, percentiles are the worst of their windows, never a mean.
import { expect, it } from 'vitest';
import { Columns } from '../../../src/ui/dock/columns.ts';
import { History } from '../../../src/ui/run/history.ts';
import { emptyFrame, layoutOf, windowColumns } from '../../session/frames.ts';

const layout = layoutOf({}, [], 1, [{ id: 'timeout', label: 'Timed out' }]);

function historyOf(count: number): History {
  const history = new History();
  history.adopt(layout);
  const windows = Array.from({ length: count }, (_, n) => ({
    startMs: n * 500,
    offered: 100 + n,
    good: 90,
    failed: 10,
    p50Ms: 5,
    p99Ms: n % 2 === 0 ? 20 : NaN,
    failures: [10],
    heat: { 3: 4 },
  }));
  history.add(emptyFrame(layout, count * 500, windowColumns(windows)));
  return history;
}

it('with room for all, a column is a window and counts become rates', () => {
  const columns = new Columns();
  columns.fill(historyOf(10), [0, 5_000], 100);
  expect(columns.count).toBe(10);
  expect(columns.offeredRps[2]).toBe(204);
  expect(columns.failedRps[2]).toBe(20);
  expect(columns.reason(2, 0)).toBe(20);
  expect([columns.fromMs[2], columns.toMs[2]]).toEqual([1_000, 1_500]);
});

it('16 windows in room for 5 become 4 columns of 4, with the worst p99 of each', () => {
  const columns = new Columns();
  columns.fill(historyOf(16), [0, 8_000], 5);
  expect(columns.count).toBe(4);
  expect([columns.fromMs[1], columns.toMs[1]]).toEqual([2_000, 4_000]);
  expect(columns.offeredRps[0]).toBe((100 + 101 + 102 + 103) / 2);
  expect(columns.goodRps[0]).toBe(180);
  expect(columns.p99Ms[0]).toBe(20);
});

it('columns hold the same windows while the view moves on', () => {
  const history = historyOf(40);
  const columns = new Columns();
  columns.fill(history, [0, 12_000], 8);
  const before = [...columns.fromMs.subarray(1, columns.count - 1)];
  columns.fill(history, [900, 12_900], 8);
  expect([...columns.fromMs.subarray(0, columns.count)]).toEqual(expect.arrayContaining(before.slice(1)));
});

it('a column is found by an instant inside it only', () => {
  const columns = new Columns();
  columns.fill(historyOf(4), [0, 5_000], 100);
  expect(columns.at(700)).toBe(1);
  expect(columns.at(2_100)).toBe(-1);
  expect(columns.at(-5)).toBe(-1);
});

it('a view without windows has no columns', () => {
  const columns = new Columns();
  columns.fill(new History(), [0, 90_000], 100);
  expect(columns.count).toBe(0);
  expect(columns.at(10)).toBe(-1);
});
