/** Clients as data: how many requests they start, for which keys, and how the form shows it. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { HEADERS, PATHS } from '../routes.ts';
import { CALM, TRAFFIC } from '../faults.ts';
import { count, duration, share } from '../work-params.ts';

const params = defineParams({
  load: {
    type: 'choice',
    label: 'Load',
    help: 'Open-loop patterns start requests whatever happens; users wait for their answer before they go on.',
    group: 'Load',
    default: 'poisson',
    options: [
      { value: 'poisson', label: 'steady, random (Poisson)' },
      { value: 'constant', label: 'steady, evenly spaced' },
      { value: 'ramp', label: 'ramp' },
      { value: 'spike', label: 'spike' },
      { value: 'sine', label: 'waves' },
      { value: 'users', label: 'users who wait (closed loop)' },
      { value: 'bursts', label: 'random bursts' },
      { value: 'replay', label: 'replay of recorded times' },
    ],
  },
  rateRps: {
    type: 'number',
    label: 'Rate',
    help: 'Requests started per second; for a ramp or spike the rate before it.',
    group: 'Load',
    unit: 'rps',
    default: 1_000,
    min: 0,
    max: 1_000_000,
    when: { param: 'load', is: ['poisson', 'constant', 'ramp', 'spike', 'sine', 'bursts'] },
  },
  peakRps: {
    type: 'number',
    label: 'Peak rate',
    help: 'Rate at the end of the ramp, during a spike or burst, or at the crest of the wave.',
    group: 'Load',
    unit: 'rps',
    default: 3_000,
    min: 0,
    max: 1_000_000,
    when: { param: 'load', is: ['ramp', 'spike', 'sine', 'bursts'] },
  },
  startMs: duration('Starts at', 'Simulated time at which the ramp or spike begins.', 'Load', 10_000, {
    max: 86_400_000,
    when: { param: 'load', is: ['ramp', 'spike'] },
  }),
  lengthMs: duration('Lasts', 'Length of the ramp or spike; for waves the period.', 'Load', 20_000, {
    min: 1,
    max: 86_400_000,
    when: { param: 'load', is: ['ramp', 'spike', 'sine'] },
  }),
  users: count('Users', 'Each has at most one request open.', 'Load', 100, {
    max: 100_000,
    when: { param: 'load', is: ['users'] },
  }),
  thinkMs: duration('Think time', 'Mean pause between answer and next request; exponential.', 'Load', 1_000, {
    when: { param: 'load', is: ['users'] },
  }),
  readShare: share('Reads', 'Share of requests that only read; the others write their key.', 'Data', 0.9),
  keys: count('Keys', 'Number of different things asked for.', 'Data', 10_000, { max: 1_000_000 }),
  popularity: {
    type: 'choice',
    label: 'Popularity',
    help: 'How unevenly requests fall on the keys. Hit ratios and hot shards come from this, never from a slider.',
    group: 'Data',
    default: 'zipf',
    options: [
      { value: 'zipf', label: 'few are popular (Zipf)' },
      { value: 'uniform', label: 'all alike' },
      { value: 'hot', label: 'one hot key' },
    ],
  },
  zipfExponent: {
    type: 'number',
    label: 'Zipf exponent',
    help: 'Steepness: 0.95 over 10,000 keys sends 80 % of the requests to 20 % of them.',
    group: 'Data',
    unit: 'factor',
    default: 0.95,
    min: 0,
    max: 3,
    when: { param: 'popularity', is: ['zipf'] },
  },
  hotShare: {
    ...share('Hot key share', 'Share of the requests that go to the one hot key.', 'Data', 0.3),
    when: { param: 'popularity', is: ['hot'] },
  },
  keyOrder: {
    type: 'choice',
    label: 'Popular keys are',
    help: 'Scattered over the key space, or next to each other as recent ids are.',
    group: 'Data',
    default: 'scattered',
    options: [
      { value: 'scattered', label: 'scattered' },
      { value: 'adjacent', label: 'next to each other' },
    ],
  },
  sessions: count(
    'Visitors',
    'Different people (addresses) behind the requests; IP hash spreads by these.',
    'Data',
    10_000,
    {
      max: 10_000_000,
    },
  ),
  writeKeys: {
    type: 'choice',
    label: 'Writes go to',
    help: 'The popular keys, as reads do, or any key alike: everybody reads the bestsellers, but writes to a cart of one’s own.',
    group: 'Data',
    default: 'popular',
    options: [
      { value: 'popular', label: 'the popular keys' },
      { value: 'any', label: 'any key alike' },
    ],
  },
  calmMs: duration('Calm lasts', 'Mean time between two bursts; exponential.', 'Load', 5_000, {
    min: 1,
    when: { param: 'load', is: ['bursts'] },
  }),
  burstMs: duration('Burst lasts', 'Mean length of a burst; exponential.', 'Load', 1_000, {
    min: 1,
    when: { param: 'load', is: ['bursts'] },
  }),
  batch: count('Requests at once', 'Requests that start together; the rate stays what it is.', 'Load', 1, {
    when: { param: 'load', is: ['poisson', 'constant', 'ramp', 'spike', 'sine', 'bursts'] },
  }),
  times: {
    type: 'series',
    label: 'Recorded times',
    help: 'When requests start, in ms from the start of the run: a column of a CSV file.',
    group: 'Load',
    unit: 'ms',
    default: '',
    min: 0,
    max: 86_400_000,
    when: { param: 'load', is: ['replay'] },
  },
  priority: count(
    'Class',
    'How important its requests are: 0 most, 3 least. Services may shed or serve by it.',
    'Load',
    0,
    {
      min: 0,
      max: 3,
      zero: 'most important',
    },
  ),
  path: {
    type: 'choice',
    label: 'Asks for',
    help: 'The path of its requests, by which a balancer may send them to different peers.',
    group: 'Load',
    default: 'any',
    options: PATHS,
  },
  header: {
    type: 'choice',
    label: 'Header',
    help: 'Its requests say a group in a header, x-group, for routes and hashes: a canary, a tenant.',
    group: 'Load',
    default: 'any',
    options: [{ value: 'any', label: 'none' }, ...HEADERS.slice(1)],
  },
});

export type ClientParams = ParamValues<typeof params>;

const compact = (n: number) => n.toLocaleString('en-US');

export const spec: KindSpec<typeof params> = {
  kind: 'client',
  label: 'Clients',
  category: 'traffic',
  summary: 'People or programs that send requests',
  aliases: [
    'user',
    'users',
    'browser',
    'mobile',
    'load',
    'traffic',
    'k6',
    'wrk',
    'locust',
    'gatling',
    'load generator',
  ],
  icon: ['M3 16.5V6.5A1.5 1.5 0 0 1 4.5 5h11A1.5 1.5 0 0 1 17 6.5v10M1.5 16.5h17'],
  role: 'source',
  calls: 'one',
  params,
  gauges: [
    {
      id: 'failed',
      label: 'failed',
      unit: 'share',
      help: 'Share of requests that ended badly.',
      warnAbove: 0.01,
    },
    {
      id: 'stale',
      label: 'stale',
      unit: 'share',
      help: 'Share of reads whose answer misses a write that was acknowledged before the read began.',
      warnAbove: 0.05,
    },
  ],
  unitNoun: null,
  faults: [TRAFFIC, CALM],
  subtitle(p) {
    switch (p.load) {
      case 'users':
        return `${compact(p.users)} users`;
      case 'ramp':
        return `ramp to ${compact(p.peakRps)} rps`;
      case 'spike':
        return `spike to ${compact(p.peakRps)} rps`;
      case 'bursts':
        return `bursts to ${compact(p.peakRps)} rps`;
      case 'replay':
        return 'recorded times';
      case 'sine':
        return `waves to ${compact(p.peakRps)} rps`;
      default:
        return `steady ${compact(p.rateRps)} rps`;
    }
  },
};
