// The history keeps closed windows, can be asked by time, and forgets the oldest first.
import { expect, it } from 'vitest';
import { History } from '../../../src/ui/run/history.ts';
import { emptyFrame, layoutOf, windowColumns } from '../../session/frames.ts';

const layout = layoutOf({}, [], 1, [
  { id: 'timeout', label: 'Timed out' },
  { id: 'refused', label: 'Refused' },
]);
const frameWith = (windows: Parameters<typeof windowColumns>[0]) =>
  emptyFrame(layout, 0, windowColumns(windows));

it('windows are read by number and found by time', () => {
  const history = new History();
  history.adopt(layout);
  history.add(
    frameWith([
      { startMs: 0, offered: 100 },
      { startMs: 500, offered: 200, failures: [3, 4], heat: { 7: 5 } },
    ]),
  );
  history.add(frameWith([{ startMs: 1_000, offered: 300 }]));
  expect(history.count).toBe(3);
  expect([0, 1, 2].map((window) => history.value(window, 'offered'))).toEqual([100, 200, 300]);
  expect(history.at(999)).toBe(1);
  expect(history.at(1_000)).toBe(2);
  expect(history.at(-1)).toBe(-1);
  expect(history.failure(1, 0)).toBe(3);
  expect(history.failure(1, 1)).toBe(4);
  expect(history.heat(1, 7)).toBe(5);
});

it('of 5 windows in a history of 3 the first two are forgotten', () => {
  const history = new History(3);
  history.add(frameWith([0, 1, 2, 3, 4].map((n) => ({ startMs: n * 500, offered: n }))));
  expect(history.first).toBe(2);
  expect(history.value(1, 'offered')).toBeNaN();
  expect([2, 3, 4].map((window) => history.value(window, 'offered'))).toEqual([2, 3, 4]);
  expect(history.at(600)).toBe(-1);
  expect(history.at(1_200)).toBe(2);
});

it('a failure keeps its column when a later layout lists it elsewhere', () => {
  const history = new History();
  history.adopt(layout);
  history.add(frameWith([{ startMs: 0, failures: [1, 2] }]));
  history.adopt(
    layoutOf({}, [], 2, [
      { id: 'refused', label: 'Refused' },
      { id: 'lost', label: 'Lost' },
      { id: 'timeout', label: 'Timed out' },
    ]),
  );
  history.add(frameWith([{ startMs: 500, failures: [20, 30, 10] }]));
  expect(history.failures.map((failure) => failure.id)).toEqual(['timeout', 'refused', 'lost']);
  expect([0, 1, 2].map((column) => history.failure(1, column))).toEqual([10, 20, 30]);
});

it('cleared, it is empty and says that it changed', () => {
  const history = new History();
  history.add(frameWith([{ startMs: 0 }]));
  const before = history.revision;
  history.clear();
  expect(history.count).toBe(0);
  expect(history.at(0)).toBe(-1);
  expect(history.revision).toBeGreaterThan(before);
});
