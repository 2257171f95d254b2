/** When the number of instances follows the load, and how fast. */
import type { Metric, ScalingSettings, Target } from '../../engine/units/autoscaler.ts';
import { defineParams, type ParamValues } from '../../model/params.ts';
import { count, duration, share } from '../work-params.ts';

const METRICS = [
  { value: 'utilisation', label: 'utilisation' },
  { value: 'rate', label: 'requests per second' },
  { value: 'queue', label: 'queue length' },
  { value: 'inFlight', label: 'requests in flight' },
] as const;

const ON = { param: 'autoscale', is: ['utilisation', 'rate', 'queue', 'inFlight'] } as const;
const BY_COUNT = { param: 'autoscale', is: ['queue', 'inFlight'] } as const;

export const SCALING_PARAMS = defineParams({
  autoscale: {
    type: 'choice',
    label: 'Scale by',
    help: 'Mean over the ready instances; their number is set so that it meets the target (Kubernetes HPA v2).',
    group: 'Autoscaler',
    default: 'off',
    options: [{ value: 'off', label: 'off' }, ...METRICS],
  },
  targetShare: {
    ...share('Target', 'Busy workers ÷ workers.', 'Autoscaler', 0.6),
    min: 0.01,
    when: { param: 'autoscale', is: ['utilisation'] },
  },
  targetRps: {
    type: 'number',
    label: 'Target',
    help: 'Requests per second of one instance.',
    group: 'Autoscaler',
    unit: 'rps',
    default: 100,
    min: 0.01,
    max: 1_000_000,
    when: { param: 'autoscale', is: ['rate'] },
  },
  targetCount: count('Target', 'Requests at one instance.', 'Autoscaler', 10, { when: BY_COUNT }),
  minInstances: count('At least', 'Instances.', 'Autoscaler', 2, { max: 200, when: ON }),
  maxInstances: count('At most', 'Instances.', 'Autoscaler', 10, { max: 200, when: ON }),
  downWindowMs: duration(
    'Wait before fewer',
    'Fewer must have been enough for so long.',
    'Autoscaler',
    300_000,
    {
      max: 3_600_000,
      zero: 'none',
      when: ON,
    },
  ),
  upWindowMs: duration('Wait before more', 'More must have been wanted for so long.', 'Autoscaler', 0, {
    max: 3_600_000,
    zero: 'none',
    when: ON,
  }),
  upCount: count('More at a time', 'In 15 s at most so many more, or as the factor says.', 'Autoscaler', 4, {
    max: 200,
    when: ON,
  }),
  upFactor: {
    type: 'number',
    label: 'Growth at a time',
    help: 'In 15 s at most so many times as many, or as the number says.',
    group: 'Autoscaler',
    unit: 'factor',
    default: 2,
    min: 1,
    max: 100,
    when: ON,
  },
  syncMs: duration('Looks every', 'Each look closes a window of readings.', 'Autoscaler', 15_000, {
    min: 1_000,
    when: ON,
  }),
  lagMs: duration(
    'Readings are late by',
    'The way from the instance to the autoscaler.',
    'Autoscaler',
    15_000,
    {
      when: ON,
    },
  ),
});

/** Appended to the table of services: a second metric. */
export const SECOND_METRIC_PARAMS = defineParams({
  alsoBy: {
    type: 'choice',
    label: 'And by',
    help: 'A second metric; the one that asks for more instances decides.',
    group: 'Autoscaler',
    default: 'nothing',
    options: [{ value: 'nothing', label: 'nothing else' }, ...METRICS],
    when: ON,
  },
  alsoShare: {
    ...share('Its target', 'Busy workers ÷ workers.', 'Autoscaler', 0.6),
    min: 0.01,
    when: { param: 'alsoBy', is: ['utilisation'] },
  },
  alsoRps: {
    type: 'number',
    label: 'Its target',
    help: 'Requests per second of one instance.',
    group: 'Autoscaler',
    unit: 'rps',
    default: 100,
    min: 0.01,
    max: 1_000_000,
    when: { param: 'alsoBy', is: ['rate'] },
  },
  alsoCount: count('Its target', 'Requests at one instance.', 'Autoscaler', 10, {
    when: { param: 'alsoBy', is: ['queue', 'inFlight'] },
  }),
});

type ScalingParams = ParamValues<typeof SCALING_PARAMS> & ParamValues<typeof SECOND_METRIC_PARAMS>;

/** Null when it is off. */
export function scalingOf(params: ScalingParams): ScalingSettings | null {
  const { autoscale, alsoBy, minInstances, maxInstances } = params;
  if (autoscale === 'off') return null;
  const first = target(autoscale, params.targetShare, params.targetRps, params.targetCount);
  const isTwo = alsoBy !== 'nothing' && alsoBy !== autoscale;
  return {
    ...params,
    targets: isTwo ? [first, target(alsoBy, params.alsoShare, params.alsoRps, params.alsoCount)] : [first],
    least: minInstances,
    most: Math.max(minInstances, maxInstances),
  };
}

function target(metric: Metric, ofUtilisation: number, ofRate: number, ofCount: number): Target {
  const value = metric === 'utilisation' ? ofUtilisation : metric === 'rate' ? ofRate : ofCount;
  return { metric, target: value };
}
