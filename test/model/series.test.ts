// Lists of numbers as params: a pasted column of a CSV file is taken, anything else refused in a sentence.
import { describe, expect, it } from 'vitest';
import { paramProblem } from '../../src/model/param-checks.ts';
import type { SeriesParam } from '../../src/model/params.ts';
import { MAX_SERIES, numbersOf } from '../../src/model/series.ts';

const times: SeriesParam = {
  type: 'series',
  label: 'Times',
  help: '',
  group: '',
  unit: 'ms',
  default: '',
  min: 0,
  max: 100,
};

describe('a series', () => {
  it('takes a column with or without a heading, separated by anything usual', () => {
    expect(numbersOf('time_ms\n1\n2.5\r\n3e1\n')).toEqual([1, 2.5, 30]);
    expect(numbersOf('1, 2;3\t4')).toEqual([1, 2, 3, 4]);
    expect(numbersOf('')).toEqual([]);
  });

  it('refuses words, too many numbers and numbers out of bounds, and says which', () => {
    expect(numbersOf('1\ntwo\n3')).toBeNull();
    expect(numbersOf('1 '.repeat(MAX_SERIES + 1))).toBeNull();
    expect(paramProblem(times, '1 2 101')).toBe('Times: number 3 must be between 0 and 100.');
    expect(paramProblem(times, 7)).toMatch(/^Times must be a list/);
    expect(paramProblem(times, '0 100')).toBeNull();
  });
});
