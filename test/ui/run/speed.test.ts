// Speeds: eleven stops on a logarithmic scale, each with a name, and a sentence when the asked one is not reached.
import { expect, it } from 'vitest';
import {
  SPEEDS,
  clockDecimals,
  neighbourSpeed,
  reachedLabel,
  shortfall,
  speedLabel,
  speedStop,
} from '../../../src/ui/run/speed.ts';

it('every stop is its own nearest stop', () => {
  expect(SPEEDS.map(speedStop)).toEqual(SPEEDS.map((_, stop) => stop));
});

it('other speeds belong to the stop nearest by ratio', () => {
  expect(SPEEDS[speedStop(3)]).toBe(2);
  expect(SPEEDS[speedStop(4)]).toBe(5);
  expect(SPEEDS[speedStop(1e6)]).toBe(100);
});

it('faster and slower go stop by stop and end at the ends', () => {
  expect(neighbourSpeed(1, 1)).toBe(2);
  expect(neighbourSpeed(1, -1)).toBe(0.5);
  expect(neighbourSpeed(100, 1)).toBe(Infinity);
  expect(neighbourSpeed(Infinity, 1)).toBe(Infinity);
  expect(neighbourSpeed(1 / 1000, -1)).toBe(1 / 1000);
});

it('names are fractions below one and "max" above all', () => {
  expect(SPEEDS.map(speedLabel)).toEqual([
    '1/1000×',
    '1/100×',
    '1/10×',
    '1/4×',
    '1/2×',
    '1×',
    '2×',
    '5×',
    '10×',
    '100×',
    'max',
  ]);
});

it('says with factors that the asked speed is not reached, and nothing while it is', () => {
  expect(shortfall(10, 6.2)).toBe('asked 10×, reaching 6.2×');
  expect(shortfall(100, 63.4)).toBe('asked 100×, reaching 63×');
  expect(shortfall(10, 9.5)).toBeNull();
  expect(shortfall(Infinity, 40)).toBeNull();
  expect(shortfall(10, NaN)).toBeNull();
  expect(reachedLabel(0.043)).toBe('0.04×');
});

it('the clock shows digits that can be read at the speed', () => {
  expect(clockDecimals(1)).toBe(1);
  expect(clockDecimals(100)).toBe(1);
  expect(clockDecimals(1 / 4)).toBe(2);
  expect(clockDecimals(1 / 10)).toBe(2);
  expect(clockDecimals(1 / 1000)).toBe(4);
});
