// Numbers on the screen have a unit, sensible digits, and a dash where there is no value.
import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatCompact,
  formatCount,
  formatDuration,
  formatDurationShort,
  formatFactor,
  formatGauge,
  formatRate,
  formatShare,
  formatShareShort,
} from '../../src/ui/format.ts';
import { formatTimeSpan } from '../../src/ui/dock/time-span.ts';

/** Unit and number never break apart; here the gap is written as a plain space. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.0002, '<1 µs'],
    [0.38, '380 µs'],
    [0.9996, '1.00 ms'],
    [3.1, '3.10 ms'],
    [46.8, '46.8 ms'],
    [240.4, '240 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1_240, '1.24 s'],
    [59_940, '59.9 s'],
    [59_990, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [NaN, '–'],
  ])('%d ms reads %s', (ms, text) => expect(plain(formatDuration(ms))).toBe(text));
});

describe('formatDurationShort', () => {
  it.each([
    [0, '0 ms'],
    [0.4, '.4 ms'],
    [0.04, '40 µs'],
    [0.0004, '<1 µs'],
    [0.97, '1 ms'],
    [1.4, '1.4 ms'],
    [4.2, '4 ms'],
    [31, '31 ms'],
    [980, '.98 s'],
    [1_100, '1.1 s'],
    [31_000, '31 s'],
    [NaN, '–'],
  ])('%d ms reads %s', (ms, text) => expect(plain(formatDurationShort(ms))).toBe(text));
});

describe('formatTimeSpan', () => {
  it.each([
    [11, 740, '11–740 ms'],
    [2.6, 1_900, '2.6 ms – 1.9 s'],
    [0.02, 0.4, '20 µs – .4 ms'],
    [1_100, 31_000, '1.1–31 s'],
    [120, 990, '120–990 ms'],
  ])('%d to %d ms reads %s', (from, to, text) => expect(plain(formatTimeSpan(from, to))).toBe(text));
});

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [0.000_01, '<0.01 %'],
    [0.000_4, '0.04 %'],
    [0.005, '0.5 %'],
    [0.373, '37.3 %'],
    [0.999_7, '>99.9 %'],
    [1, '100 %'],
    [NaN, '–'],
  ])('%d reads %s', (share, text) => expect(plain(formatShare(share))).toBe(text));

  it('never calls a part all of it, on nodes either', () => {
    expect(plain(formatShareShort(0.998))).toBe('>99 %');
    expect(plain(formatShareShort(0.31))).toBe('31 %');
    expect(plain(formatShareShort(0.004))).toBe('0.4 %');
    expect(plain(formatShareShort(0.000_1))).toBe('<.1 %');
  });
});

describe('counts and rates', () => {
  it.each([
    [612, '612'],
    [999.6, '1.0k'],
    [2_960, '3.0k'],
    [12_400, '12k'],
    [999_600, '1.0M'],
    [1_240_000, '1.2M'],
    [3.42, '3.4'],
    [0, '0'],
    [NaN, '–'],
  ])('%d reads %s where there is little room', (value, text) => expect(formatCompact(value)).toBe(text));

  it('are grouped where there is room', () => {
    expect(formatCount(4_980)).toBe('4,980');
    expect(plain(formatRate(4_980.3))).toBe('4,980 rps');
    expect(plain(formatRate(1.25))).toBe('1.3 rps');
    expect(formatCount(Infinity)).toBe('–');
  });
});

describe('formatClock', () => {
  it.each([
    [0, 1, '00:00.0'],
    [54_200, 1, '00:54.2'],
    [54_299.9, 1, '00:54.2'],
    [59_999, 1, '00:59.9'],
    [100, 1, '00:00.1'],
    [3_723_400, 1, '1:02:03.4'],
    [54_200.4, 4, '00:54.2004'],
    [90_000, 0, '01:30'],
  ])('%d ms with %d decimals reads %s, never an instant to come', (ms, decimals, text) =>
    expect(formatClock(ms, decimals)).toBe(text),
  );
});

it('a gauge is shown in its own unit', () => {
  expect(plain(formatGauge(0.87, 'share'))).toBe('87 %');
  expect(formatGauge(2.42, 'factor')).toBe('2.4×');
  expect(formatFactor(10)).toBe('10×');
  expect(formatGauge(1_204, 'count')).toBe('1.2k');
  expect(plain(formatGauge(6_000, 'ms'))).toBe('6.0 s');
  expect(formatGauge(NaN, 'rps')).toBe('–');
});
