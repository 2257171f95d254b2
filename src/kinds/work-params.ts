/** Parameters that describe how long a piece of work takes, shared by every kind that serves calls. */
import { defineParams, type NumberParam } from '../model/params.ts';

/** A duration parameter in milliseconds. */
export function duration(
  label: string,
  help: string,
  group: string,
  milliseconds: number,
  more: Partial<NumberParam> = {},
): NumberParam {
  return {
    type: 'number',
    label,
    help,
    group,
    unit: 'ms',
    default: milliseconds,
    min: 0,
    max: 600_000,
    ...more,
  };
}

/** A whole number of things. */
export function count(
  label: string,
  help: string,
  group: string,
  value: number,
  more: Partial<NumberParam> = {},
): NumberParam {
  return {
    type: 'number',
    label,
    help,
    group,
    unit: 'count',
    default: value,
    min: 1,
    max: 10_000,
    integer: true,
    ...more,
  };
}

/** A share 0..1, shown in percent. */
export function share(label: string, help: string, group: string, value: number): NumberParam {
  return { type: 'number', label, help, group, unit: 'share', default: value, min: 0, max: 1 };
}

/** Shape of a service time around its mean. */
export const SHAPE_PARAMS = defineParams({
  distribution: {
    type: 'choice',
    label: 'Distribution',
    help: 'Shape of the service time around its mean. Heavy tails make queues far longer than the mean suggests.',
    group: 'Work',
    default: 'lognormal',
    options: [
      { value: 'constant', label: 'constant' },
      { value: 'exponential', label: 'exponential' },
      { value: 'lognormal', label: 'lognormal' },
      { value: 'hyperexponential', label: 'hyperexponential' },
      { value: 'pareto', label: 'Pareto' },
      { value: 'empirical', label: 'as measured' },
    ],
  },
  cv: {
    type: 'number',
    label: 'Variation',
    help: 'Standard deviation ÷ mean of the service time.',
    group: 'Work',
    unit: 'factor',
    default: 1,
    min: 0,
    max: 20,
    when: { param: 'distribution', is: ['lognormal', 'hyperexponential', 'pareto'] },
  },
});

/** More about the shape; at the end of the tables, because the order of older entries is part of shared links. */
export const TAIL_PARAMS = defineParams({
  capMs: duration('Longest', 'No piece of work takes longer than this.', 'Work', 0, {
    zero: '1,000 × the mean',
    when: { param: 'distribution', is: ['pareto'] },
    after: 'cv',
  }),
  samples: {
    type: 'series',
    label: 'Measured times',
    help: 'Times of real work, a column of a CSV file, or quantiles at even distances. Stretched to the mean given above; the same for all without any.',
    group: 'Work',
    after: 'cv',
    default: '',
    unit: 'ms',
    min: 0,
    max: 600_000,
    when: { param: 'distribution', is: ['empirical'] },
  },
});
