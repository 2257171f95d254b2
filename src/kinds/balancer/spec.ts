/** A layer 7 load balancer as data. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { SERVER_FAULTS } from '../faults.ts';
import { count, duration } from '../work-params.ts';

const ALGORITHMS = [
  { value: 'roundRobin', label: 'round robin' },
  { value: 'leastConnections', label: 'least connections' },
  { value: 'twoChoices', label: 'two random choices' },
  { value: 'ipHash', label: 'IP hash' },
] as const;

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
    'router',
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
  ],
  unitNoun: null,
  faults: SERVER_FAULTS,
  subtitle: (p) => ALGORITHMS.find((a) => a.value === p.algorithm)?.label ?? p.algorithm,
};
