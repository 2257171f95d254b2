/** A gateway that limits rates, as data. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { SERVER_FAULTS } from '../faults.ts';
import { count, duration } from '../work-params.ts';

const ALGORITHMS = [
  { value: 'tokenBucket', label: 'token bucket' },
  { value: 'gcra', label: 'GCRA' },
  { value: 'leakyBucket', label: 'leaky bucket' },
  { value: 'fixedWindow', label: 'fixed window' },
  { value: 'slidingLog', label: 'sliding log' },
  { value: 'slidingCounter', label: 'sliding counter' },
  { value: 'cycles', label: 'cycles' },
  { value: 'none', label: 'no limit' },
] as const;

const BUCKETS = { param: 'algorithm', is: ['tokenBucket', 'gcra', 'leakyBucket'] } as const;
const WINDOWS = {
  param: 'algorithm',
  is: ['fixedWindow', 'slidingLog', 'slidingCounter', 'cycles'],
} as const;
const HOLDS = { param: 'algorithm', is: ['tokenBucket', 'gcra', 'cycles'] } as const;
const SHARED = { param: 'sharedState', is: [true] } as const;
const LEAKS = { param: 'algorithm', is: ['leakyBucket'] } as const;

const params = defineParams({
  algorithm: {
    type: 'choice',
    label: 'Algorithm',
    help: 'Buckets let a burst through and then the rate; windows count; a leaky bucket spaces requests out (nginx).',
    group: 'Limit',
    default: 'tokenBucket',
    options: ALGORITHMS,
  },
  limitKey: {
    type: 'choice',
    label: 'Limit for each',
    help: 'Whose requests are counted together.',
    group: 'Limit',
    default: 'clientIp',
    options: [
      { value: 'global', label: 'gateway' },
      { value: 'clientIp', label: 'client network (/24)' },
      { value: 'session', label: 'visitor' },
      { value: 'caller', label: 'caller' },
    ],
  },
  rateRps: {
    type: 'number',
    label: 'Rate',
    help: 'Requests per second in the long run, for each key.',
    group: 'Limit',
    unit: 'rps',
    default: 100,
    min: 0.01,
    max: 1_000_000,
    when: BUCKETS,
  },
  burst: count('Burst', 'Requests that may come at once.', 'Limit', 100, {
    min: 0,
    max: 100_000,
    when: BUCKETS,
  }),
  perWindow: count('Requests per window', 'For each key.', 'Limit', 100, { max: 100_000, when: WINDOWS }),
  windowMs: duration('Window', 'Length of a window or cycle.', 'Limit', 1_000, {
    min: 1,
    max: 3_600_000,
    when: WINDOWS,
  }),
  maxWaitMs: duration(
    'Held back at most',
    'A request over the limit waits so long before it is refused.',
    'Limit',
    0,
    {
      zero: 'refused at once',
      when: HOLDS,
    },
  ),
  undelayed: count('Not held back', 'Of the burst; as many as the burst is nodelay.', 'Limit', 0, {
    min: 0,
    max: 100_000,
    when: LEAKS,
  }),
  maxOpen: count(
    'Open at most',
    'Requests under way for each key; more are refused (limit_conn).',
    'Limit',
    0,
    {
      min: 0,
      max: 100_000,
      zero: 'no limit',
    },
  ),
  overheadMs: duration(
    'Time per request',
    'Work the gateway itself spends on a request it lets pass.',
    'Gateway',
    0.2,
  ),
  replicas: count('Replicas', 'Callers take turns among them.', 'Gateway', 1, { max: 16 }),
  sharedState: {
    type: 'flag',
    label: 'Replicas share their counts',
    help: 'Otherwise each replica counts for itself, so the limit is as many times as high.',
    group: 'Gateway',
    default: false,
  },
  sharedMs: duration('Time to ask the shared counts', 'Before every decision.', 'Gateway', 1, {
    when: SHARED,
  }),
  failOpen: {
    type: 'flag',
    label: 'Without them, all pass',
    help: 'Otherwise 503 while they are down or late.',
    group: 'Gateway',
    default: true,
    when: SHARED,
  },
  sharedTimeoutMs: duration(
    'Waits for them at most',
    'Down, they keep it waiting so long too.',
    'Gateway',
    0,
    {
      zero: 'no limit',
      when: SHARED,
    },
  ),
});

const STORE = { scope: 'node', when: SHARED, help: 'The store that replicas share.' } as const;

export type GatewayParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'gateway',
  label: 'Gateway',
  category: 'compute',
  summary: 'Limits the rate of requests, routes by path or header',
  aliases: ['api gateway', 'rate limiter', 'kong', 'tyk', 'throttle', 'zuul', 'token bucket'],
  icon: ['M3 17V6l7-3 7 3v11', 'M7 17v-6h6v6', 'M10 6v2'],
  role: 'proxy',
  calls: 'routes',
  params,
  gauges: [
    {
      id: 'refused',
      label: 'refused',
      unit: 'share',
      help: 'Share of requests answered with 429.',
      warnAbove: 0.05,
    },
    {
      id: 'delayed',
      label: 'held back',
      unit: 'ms',
      help: 'Mean time that admitted requests were held back.',
    },
    { id: 'keys', label: 'keys', unit: 'count', help: 'Keys with counts of their own.' },
  ],
  unitNoun: 'replica',
  faults: [
    ...SERVER_FAULTS,
    { ...STORE, id: 'storeDown', label: 'Lose the shared counts', factor: 1, endedBy: 'storeUp' },
    { ...STORE, id: 'storeSlow', label: 'Slow the shared counts ×100', factor: 100, endedBy: 'storeUp' },
    { ...STORE, id: 'storeUp', label: 'Mend the shared counts', factor: 1 },
  ],
  subtitle: (p) => {
    const name = ALGORITHMS.find((a) => a.value === p.algorithm)?.label ?? p.algorithm;
    if (p.algorithm === 'none') return name;
    const windowed = ['fixedWindow', 'slidingLog', 'slidingCounter', 'cycles'].includes(p.algorithm);
    return windowed ? `${p.perWindow} per ${p.windowMs / 1_000} s` : `${p.rateRps}/s · ${name}`;
  },
};
