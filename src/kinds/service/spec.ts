/** A service as data: instances with workers, a queue each, and work. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { count, duration, share, SHAPE_PARAMS, TAIL_PARAMS } from '../work-params.ts';
import { CRASH_LOOP, SERVER_FAULTS } from '../faults.ts';
import { OVERLOAD_PARAMS } from './overload-params.ts';
import { DEPLOY_PARAMS } from './deploy-params.ts';
import { DEPLOYS } from './deploys.ts';
import { LIFE_PARAMS } from './life-params.ts';
import { SCALING_PARAMS, SECOND_METRIC_PARAMS } from './scaling-params.ts';

const params = defineParams({
  instances: count(
    'Instances',
    'Copies of the process; each has its own queue and breakers. With an autoscaler: at the start.',
    'Capacity',
    3,
    {
      max: 200,
    },
  ),
  workers: count('Workers', 'Requests one instance works on at the same time.', 'Capacity', 16),
  queueLimit: count(
    'Queue limit',
    'Requests that may wait at one instance; more are refused with 503.',
    'Capacity',
    100,
    {
      min: 0,
      max: 1_000_000,
      zero: 'no waiting',
    },
  ),
  waiting: {
    type: 'choice',
    label: 'While it waits',
    help: 'A blocking worker is held until its dependencies answer; that is how slow dependencies exhaust threads.',
    group: 'Capacity',
    default: 'blocks',
    options: [
      { value: 'blocks', label: 'the worker is held' },
      { value: 'async', label: 'the worker is free' },
    ],
  },
  serviceMs: duration('Service time', 'Mean own work per request, without its dependencies.', 'Work', 20),
  ...SHAPE_PARAMS,
  errorShare: share('Errors', 'Share of requests it answers with 500 by itself.', 'Work', 0),
  errorMs: duration('Time of an error', 'How long a request takes that fails by itself.', 'Work', 1),
  startMs: duration('Start-up time', 'From restart until it answers.', 'Life', 2_000),
  discipline: {
    type: 'choice',
    label: 'Who goes next',
    help: 'Who waits longest; who came last; that only while somebody always waits; or nobody waits and all share the cores.',
    group: 'Capacity',
    default: 'fifo',
    options: [
      { value: 'fifo', label: 'first come, first served' },
      { value: 'lifo', label: 'last come, first served' },
      { value: 'adaptive', label: 'adaptive LIFO' },
      { value: 'sharing', label: 'processor sharing' },
      { value: 'priority', label: 'most important class first' },
    ],
  },
  patienceMs: duration('Longest wait', 'Then a waiting request is answered with an error.', 'Capacity', 0, {
    zero: 'no limit',
    when: { param: 'discipline', is: ['fifo', 'lifo', 'adaptive', 'priority'] },
  }),
  patience: {
    type: 'choice',
    label: 'That time is',
    help: 'The same for all, or exponential with this mean, as callers who lose patience one by one.',
    group: 'Capacity',
    default: 'constant',
    options: [
      { value: 'constant', label: 'the same for all' },
      { value: 'exponential', label: 'exponential' },
    ],
    when: { param: 'discipline', is: ['fifo', 'lifo', 'adaptive', 'priority'] },
  },
  ...OVERLOAD_PARAMS,
  ...LIFE_PARAMS,
  ...DEPLOY_PARAMS,
  ...SCALING_PARAMS,
  ...TAIL_PARAMS,
  ...SECOND_METRIC_PARAMS,
});

export type ServiceParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'service',
  label: 'Service',
  category: 'compute',
  summary: 'Does work, calls what it depends on',
  aliases: [
    'server',
    'api',
    'app',
    'application',
    'backend',
    'microservice',
    'worker',
    'function',
    'lambda',
    'deployment',
    'autoscaler',
    'hpa',
    'container',
    'pod',
    'node',
    'spring',
    'rails',
    'django',
  ],
  icon: [
    'M5.5 3h9A2.5 2.5 0 0 1 17 5.5v9a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 3 14.5v-9A2.5 2.5 0 0 1 5.5 3z',
    'M7 8l-2.2 2L7 12M13 8l2.2 2L13 12M11 7l-2 6',
  ],
  role: 'compute',
  calls: 'many',
  params,
  gauges: [
    {
      id: 'waiting',
      label: 'waiting',
      unit: 'count',
      help: 'Requests in the queues of all instances now.',
      warnAbove: 50,
    },
    {
      id: 'wasted',
      label: 'wasted',
      unit: 'share',
      help: 'Share of worker time spent for callers that had given up.',
      warnAbove: 0.05,
    },
    {
      id: 'refused',
      label: 'refused',
      unit: 'rps',
      help: 'Requests per second turned away by a full queue or shed.',
      warnAbove: 0.5,
    },
    { id: 'ready', label: 'ready', unit: 'count', help: 'Instances that are up and not on their way out.' },
  ],
  unitNoun: 'instance',
  faults: [...SERVER_FAULTS, CRASH_LOOP, ...DEPLOYS],
  subtitle: (p) => {
    const range = `${p.minInstances}–${Math.max(p.minInstances, p.maxInstances)}`;
    return `${p.autoscale === 'off' ? p.instances : range} × ${p.workers} workers`;
  },
};
