/** A load balancer as data. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { SERVER_FAULTS } from '../faults.ts';
import { count, duration } from '../work-params.ts';
import { HEALTH_PARAMS, LIVE_PARAMS } from './health-params.ts';
import { PRESETS } from './presets.ts';
import { TUNING_PARAMS } from './tuning-params.ts';

const ALGORITHMS = [
  { value: 'roundRobin', label: 'round robin' },
  { value: 'leastConnections', label: 'least connections' },
  { value: 'twoChoices', label: 'two random choices' },
  { value: 'ipHash', label: 'IP hash' },
  { value: 'weightedRandom', label: 'weighted random' },
  { value: 'leastTime', label: 'least time' },
  { value: 'peakEwma', label: 'peak EWMA' },
  { value: 'hash', label: 'hash, modulo' },
  { value: 'ringHash', label: 'ring hash' },
  { value: 'maglev', label: 'Maglev' },
  { value: 'first', label: 'first with room' },
] as const;

const LAYER_7 = { param: 'layer', is: ['l7'] } as const;
const LAYER_4 = { param: 'layer', is: ['l4'] } as const;

const params = defineParams({
  algorithm: {
    type: 'choice',
    label: 'Algorithm',
    help: 'How the next peer is chosen among those it may use.',
    group: 'Balancing',
    default: 'roundRobin',
    options: ALGORITHMS,
  },
  overheadMs: duration('Time per request', 'Work the balancer itself spends on a request.', 'Balancing', 0.3),
  passive: {
    type: 'flag',
    label: 'Eject failing peers',
    help: 'Watches real answers (as nginx does): a peer that fails too often gets no requests for a while.',
    group: 'Health',
    default: true,
  },
  maxFails: count(
    'Failures before ejection',
    'Each no later than the ejection time after the one before.',
    'Health',
    3,
    {
      max: 1_000,
      when: { param: 'passive', is: [true] },
    },
  ),
  failTimeoutMs: duration('Ejection time', 'Afterwards one request probes the peer.', 'Health', 10_000, {
    min: 1,
    when: { param: 'passive', is: [true] },
  }),
  tryNext: {
    type: 'choice',
    label: 'Try the next peer',
    help: 'After which failures a request may be sent to another peer. A write that may have been done is never repeated.',
    group: 'Health',
    default: 'connect',
    options: [
      { value: 'never', label: 'never' },
      { value: 'connect', label: 'connection refused' },
      { value: 'timeout', label: 'refused, reset or timed out' },
      { value: 'errors', label: 'these and 5xx answers' },
    ],
  },
  maxTries: count('Tries in all', 'Peers one request may be sent to.', 'Health', 2, {
    max: 10,
    when: { param: 'tryNext', is: ['connect', 'timeout', 'errors'] },
  }),
  layer: {
    type: 'choice',
    label: 'Layer',
    help: 'Layer 7 chooses a peer for every request; layer 4 once for a connection, which then stays there.',
    group: 'Balancing',
    default: 'l7',
    options: [
      { value: 'l7', label: '7, per request' },
      { value: 'l4', label: '4, per connection' },
    ],
  },
  connections: count(
    'Connections per caller',
    'Each instance that calls keeps so many open and spreads its requests over them.',
    'Connections',
    10,
    { when: LAYER_4 },
  ),
  idleMs: duration('Closed when idle for', 'An unused connection is closed.', 'Connections', 60_000, {
    min: 1,
    when: LAYER_4,
  }),
  maxAgeMs: duration('Longest age', 'Then a connection is opened anew, at any peer.', 'Connections', 0, {
    max: 86_400_000,
    zero: 'none',
    when: LAYER_4,
  }),
  variant: {
    type: 'choice',
    label: 'Rules of',
    help: 'Products differ in the details of an algorithm: ties, what counts as load, slow start.',
    group: 'Balancing',
    default: 'nginx',
    options: [
      { value: 'nginx', label: 'nginx' },
      { value: 'haproxy', label: 'HAProxy' },
      { value: 'envoy', label: 'Envoy' },
    ],
  },
  hashKey: {
    type: 'choice',
    label: 'Hash of',
    help: 'Requests with the same value go to the same peer.',
    group: 'Balancing',
    default: 'clientIp',
    options: [
      { value: 'clientIp', label: 'client address' },
      { value: 'session', label: 'visitor' },
      { value: 'key', label: 'key of the data' },
      { value: 'path', label: 'path' },
      { value: 'header', label: 'header' },
    ],
    when: { param: 'algorithm', is: ['hash', 'ringHash', 'maglev'] },
  },
  boundShare: {
    type: 'number',
    label: 'Bounded load',
    help: 'No peer has more requests open than this many times the mean; what is over goes to the next one.',
    group: 'Balancing',
    unit: 'factor',
    default: 0,
    min: 0,
    max: 3,
    zero: 'no bound',
    when: { param: 'algorithm', is: ['ringHash', 'maglev'] },
  },
  sticky: {
    type: 'flag',
    label: 'Sticky cookie',
    help: 'A visitor comes back to the peer of the last request while it is healthy.',
    group: 'Balancing',
    default: false,
    when: LAYER_7,
  },
  stickyMs: duration('Cookie lives for', 'Since the last request.', 'Balancing', 86_400_000, {
    min: 1,
    max: 604_800_000,
    when: { param: 'sticky', is: [true] },
  }),
  maxPerPeer: count('Open per peer', 'Requests (layer 4: connections) one peer may have open.', 'Limits', 0, {
    min: 0,
    zero: 'no limit',
  }),
  onFull: {
    type: 'choice',
    label: 'When all are full',
    help: 'Requests wait in the balancer, or are refused at once.',
    group: 'Limits',
    default: 'queue',
    options: [
      { value: 'queue', label: 'wait' },
      { value: 'reject', label: 'refuse' },
    ],
    when: LAYER_7,
  },
  queueLimit: count('Waiting at most', 'More are refused.', 'Limits', 100, {
    when: { param: 'onFull', is: ['queue'] },
  }),
  queueMs: duration('Longest wait', 'Then the request ends with 503.', 'Limits', 1_000, {
    min: 1,
    when: { param: 'onFull', is: ['queue'] },
  }),
  slowStartMs: duration(
    'Slow start',
    'A peer that comes up gets its full weight only after this time.',
    'Balancing',
    0,
    { zero: 'off' },
  ),
  ...HEALTH_PARAMS,
  replicas: count('Replicas', 'Of the balancer itself; callers take turns among them.', 'Balancing', 1, {
    max: 16,
  }),
  sharedState: {
    type: 'flag',
    label: 'Replicas share what they know',
    help: 'Otherwise each counts, probes and takes turns for itself.',
    group: 'Balancing',
    default: true,
    when: { param: 'replicas', isNot: [1] },
  },
  zoneAware: {
    type: 'flag',
    label: 'Zone aware',
    help: 'Requests stay in the zone of their caller as far as it has its share of the peers (Envoy; from six on).',
    group: 'Balancing',
    default: false,
  },
  workers: count(
    'Workers',
    'Of each replica. Requests wait for one while all are busy with the time per request (nginx: one a core).',
    'Limits',
    0,
    { min: 0, max: 1_000, zero: 'no limit' },
  ),
  maxConnections: count(
    'Open at most',
    'Requests in each replica; more end with 503. At layer 4 connections; more are not even noticed.',
    'Limits',
    0,
    { min: 0, max: 1_000_000, zero: 'no limit' },
  ),
  directReturn: {
    type: 'flag',
    label: 'Direct server return',
    help: 'Peers answer the caller themselves. The balancer sees no answer: only probes tell it of failures, and it tries no other peer.',
    group: 'Connections',
    default: false,
    when: LAYER_4,
  },
  ...LIVE_PARAMS,
  ...TUNING_PARAMS,
});

export type BalancerParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'balancer',
  label: 'Balancer',
  category: 'compute',
  summary: 'Spreads requests over instances',
  aliases: [
    'load balancer',
    'lb',
    'nginx',
    'haproxy',
    'envoy',
    'traefik',
    'elb',
    'alb',
    'nlb',
    'reverse proxy',
    'gateway',
    'ingress',
  ],
  icon: ['M10 2l8 8-8 8-8-8z', 'M6 10h3M9 10l4-3M9 10l4 3'],
  role: 'proxy',
  calls: 'many',
  params,
  gauges: [
    { id: 'healthy', label: 'healthy', unit: 'share', help: 'Share of peers that get requests.' },
    {
      id: 'imbalance',
      label: 'imbalance',
      unit: 'factor',
      help: 'Busiest peer’s picks ÷ mean, over the last window.',
      warnAbove: 2,
    },
    { id: 'retried', label: 'next peer', unit: 'rps', help: 'Requests per second sent on to another peer.' },
    {
      id: 'waiting',
      label: 'waiting',
      unit: 'count',
      help: 'Requests that wait because all peers are full.',
    },
  ],
  unitNoun: 'replica',
  presets: PRESETS,
  faults: SERVER_FAULTS,
  subtitle: (p) => ALGORITHMS.find((a) => a.value === p.algorithm)?.label ?? p.algorithm,
};
