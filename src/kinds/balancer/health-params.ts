/** How a balancer finds out which peers are well: active checks, outlier detection, and what it does without any. */
import { defineParams } from '../../model/params.ts';
import { count, duration, share } from '../work-params.ts';

const CHECKED = { param: 'active', is: [true] } as const;
const DETECTED = { param: 'outlier', is: [true] } as const;

export const HEALTH_PARAMS = defineParams({
  active: {
    type: 'flag',
    label: 'Probe peers',
    help: 'Asks every peer regularly whether it is well, with calls that cost what calls cost.',
    group: 'Health',
    default: true,
  },
  checkMs: duration('Between probes', 'Of one peer.', 'Health', 2_000, { min: 10, when: CHECKED }),
  checkFastMs: duration(
    'While in doubt',
    'Between probes after a result unlike the last state.',
    'Health',
    2_000,
    {
      min: 10,
      when: CHECKED,
    },
  ),
  checkTimeoutMs: duration('Probe timeout', 'No answer by then is a failure.', 'Health', 1_000, {
    min: 1,
    when: CHECKED,
  }),
  fall: count('Down after', 'Failed probes in a row.', 'Health', 3, { max: 100, when: CHECKED }),
  rise: count('Up after', 'Good probes in a row.', 'Health', 2, { max: 100, when: CHECKED }),
  depth: {
    type: 'choice',
    label: 'Depth of a probe',
    help: 'Shallow: the process answers. Deep: a read that waits in the queue and calls the dependencies.',
    group: 'Health',
    default: 'shallow',
    options: [
      { value: 'shallow', label: 'shallow' },
      { value: 'deep', label: 'deep' },
    ],
    when: CHECKED,
  },
  outlier: {
    type: 'flag',
    label: 'Detect outliers',
    help: 'Watches real answers as Envoy does: ejects a peer that fails in a row, or far more than the others.',
    group: 'Health',
    default: false,
  },
  outlierFails: count('Failures in a row', 'Eject the peer.', 'Health', 5, { max: 1_000, when: DETECTED }),
  outlierSweepMs: duration('Between sweeps', 'Only then peers come back.', 'Health', 10_000, {
    min: 100,
    when: DETECTED,
  }),
  outlierBaseMs: duration(
    'First ejection',
    'Each further one in a row is longer by as much.',
    'Health',
    30_000,
    {
      min: 1,
      when: DETECTED,
    },
  ),
  outlierMaxShare: {
    ...share('Ejected at most', 'Share of the peers; one always may.', 'Health', 0.1),
    when: DETECTED,
  },
  outlierByRate: {
    type: 'flag',
    label: 'Compare success rates',
    help: 'At each sweep ejects peers below the mean of the success rates less 1.9 standard deviations.',
    group: 'Health',
    default: true,
    when: DETECTED,
  },
  allDown: {
    type: 'choice',
    label: 'When no peer is healthy',
    help: 'Fail requests, use all peers as if they were well, or do so already when too few are (panic).',
    group: 'Health',
    default: 'fail',
    options: [
      { value: 'fail', label: 'fail requests' },
      { value: 'failOpen', label: 'use all (fail open)' },
      { value: 'panic', label: 'panic' },
    ],
  },
  panicShare: {
    ...share('Panic below', 'Share of healthy peers.', 'Health', 0.5),
    when: { param: 'allDown', is: ['panic'] },
  },
  spill: {
    type: 'choice',
    label: 'Higher tiers help',
    help: 'Tiers are set on the links. Only when no lower peer is left, or in proportion as few of them are healthy.',
    group: 'Health',
    default: 'backup',
    options: [
      { value: 'backup', label: 'when none is left' },
      { value: 'share', label: 'by share of healthy ones' },
    ],
  },
});

/** Further ways to learn of peers from what becomes of requests. */
export const LIVE_PARAMS = defineParams({
  observeErrors: count(
    'Failed requests as a probe',
    'So many in a row count as one failed probe. HAProxy takes 10 where it observes.',
    'Health',
    0,
    { min: 0, max: 1_000, zero: 'off', when: CHECKED, after: 'depth' },
  ),
  outlierGateway: count(
    'Gateway errors in a row',
    'Eject the peer too: 502 to 504, resets, timeouts, no connection. Not 500.',
    'Health',
    0,
    { min: 0, max: 1_000, zero: 'off', when: DETECTED, after: 'outlierFails' },
  ),
  outlierByFailures: {
    type: 'flag',
    label: 'Eject for 85 % failures',
    help: 'At each sweep, of 50 requests or more, where five peers had as many.',
    group: 'Health',
    after: 'outlierByRate',
    default: false,
    when: DETECTED,
  },
});
