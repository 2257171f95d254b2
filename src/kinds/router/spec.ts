/** A global router as data: DNS that answers by region, or one address announced from every region. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { FaultSpec, KindSpec } from '../contract.ts';
import { count, duration, share } from '../work-params.ts';

const DNS = { param: 'routing', is: ['dns'] } as const;
const ANYCAST = { param: 'routing', is: ['anycast'] } as const;
const CHECKED = { param: 'check', is: [true] } as const;

const POLICIES = [
  { value: 'latency', label: 'by latency' },
  { value: 'geo', label: 'by geography' },
  { value: 'weighted', label: 'weighted' },
  { value: 'failover', label: 'failover' },
  { value: 'multivalue', label: 'several addresses' },
] as const;

const params = defineParams({
  routing: {
    type: 'choice',
    label: 'Kind',
    help: 'DNS: a name with an answer that is cached. Anycast: one address, and the network finds the nearest region.',
    group: 'Routing',
    default: 'dns',
    options: [
      { value: 'dns', label: 'DNS' },
      { value: 'anycast', label: 'anycast' },
    ],
  },
  policy: {
    type: 'choice',
    label: 'Answer',
    help: 'Which healthy region a resolver is told. Weights and tiers (failover order) are set on the links.',
    group: 'Routing',
    default: 'latency',
    options: POLICIES,
    when: DNS,
  },
  ttlMs: duration('Time to live', 'How long a resolver keeps an answer.', 'Routing', 60_000, {
    max: 86_400_000,
    zero: 'asks every time',
    when: DNS,
  }),
  lookupMs: duration('Lookup', 'What a request waits for when its resolver has to ask.', 'Routing', 20, {
    when: DNS,
  }),
  check: {
    type: 'flag',
    label: 'Probe regions',
    help: 'Asks the front door of every region regularly, with calls that cost what calls cost.',
    group: 'Health',
    default: true,
  },
  checkMs: duration('Between probes', 'Of one region.', 'Health', 30_000, { min: 100, when: CHECKED }),
  checkFails: count(
    'Results that decide',
    'In a row: failures take it out, successes bring it back.',
    'Health',
    3,
    {
      max: 20,
      when: CHECKED,
    },
  ),
  checkTimeoutMs: duration('Probe timeout', 'No answer by then is a failure.', 'Health', 4_000, {
    min: 1,
    when: CHECKED,
  }),
  depth: {
    type: 'choice',
    label: 'Depth of a probe',
    help: 'Deep: a read through everything behind the front door. Shallow: the front door’s process answers.',
    group: 'Health',
    default: 'deep',
    options: [
      { value: 'shallow', label: 'shallow' },
      { value: 'deep', label: 'deep' },
    ],
    when: CHECKED,
  },
  lateShare: {
    ...share('Clients that keep it longer', 'Runtimes with a cache of their own.', 'Clients', 0.1),
    when: DNS,
  },
  lateMs: duration('Longer by', 'Beyond the time to live.', 'Clients', 30_000, { when: DNS }),
  pinnedShare: {
    ...share('Clients that pin it', 'Keep an address until a connection to it fails.', 'Clients', 0.05),
    when: DNS,
  },
  resolvers: count('Resolvers', 'In each region; clients behind one move together.', 'Clients', 50, {
    max: 5_000,
    when: DNS,
  }),
  resolverSkew: {
    type: 'number',
    label: 'Skew of resolvers',
    help: 'Zipf exponent of how many clients each has; 0: all alike.',
    group: 'Clients',
    unit: 'factor',
    default: 1,
    min: 0,
    max: 3,
    when: DNS,
  },
  keepAliveMs: duration(
    'Connections kept',
    'While requests follow each other this closely, a client stays without asking again.',
    'Clients',
    0,
    { zero: 'not kept', when: DNS },
  ),
  spill: {
    type: 'flag',
    label: 'Spill over',
    help: 'What is above the fill of a region goes to the next nearest; capacities are set on the links.',
    group: 'Capacity',
    default: true,
    when: { param: 'policy', is: ['latency', 'geo'] },
  },
  fillShare: {
    ...share('Fill to', 'Of the capacity of a region.', 'Capacity', 0.8),
    when: { param: 'policy', is: ['latency', 'geo'] },
  },
  convergeMinMs: duration(
    'Convergence from',
    'Until the network sends a region’s clients elsewhere.',
    'Routing',
    1_000,
    {
      when: ANYCAST,
    },
  ),
  convergeMaxMs: duration('Convergence to', 'Drawn for each region of clients.', 'Routing', 30_000, {
    when: ANYCAST,
  }),
});

export type RouterParams = ParamValues<typeof params>;

const OUTAGE: FaultSpec = {
  id: 'outage',
  label: 'Stop answering lookups',
  help: 'Name servers are silent: what resolvers remember lasts until its time to live is over.',
  scope: 'node',
  factor: 1,
  endedBy: 'lookups',
};

const ANSWER: FaultSpec = {
  id: 'lookups',
  label: 'Answer lookups again',
  help: 'Ends the silence of the name servers.',
  scope: 'node',
  factor: 0,
};

const FREEZE: FaultSpec = {
  id: 'freeze',
  label: 'Freeze what it knows',
  help: 'Name servers for this region hear no more of health: they answer by what they knew (split view).',
  scope: 'unit',
  factor: 1,
  endedBy: 'thaw',
};

const THAW: FaultSpec = {
  id: 'thaw',
  label: 'Let it hear again',
  help: 'Its name servers know of health again what the others know.',
  scope: 'unit',
  factor: 0,
};

export const spec: KindSpec<typeof params> = {
  kind: 'router',
  label: 'Global router',
  category: 'compute',
  summary: 'Tells clients which region to go to',
  aliases: [
    'dns',
    'gslb',
    'anycast',
    'route 53',
    'traffic manager',
    'geo routing',
    'global balancer',
    'router',
  ],
  icon: ['M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16z', 'M2 10h16', 'M10 2c-5 5-5 11 0 16M10 2c5 5 5 11 0 16'],
  role: 'proxy',
  presence: 'signpost',
  calls: 'many',
  params,
  gauges: [
    {
      id: 'stale',
      label: 'stale',
      unit: 'share',
      help: 'Share of requests that follow an answer which would not be given any more.',
      warnAbove: 0.01,
    },
    {
      id: 'far',
      label: 'not nearest',
      unit: 'share',
      help: 'Share of requests that go past a nearer region.',
    },
    { id: 'lookups', label: 'lookups', unit: 'rps', help: 'Times per second a resolver asked.' },
    { id: 'healthy', label: 'healthy', unit: 'share', help: 'Share of regions that pass their probes.' },
  ],
  unitNoun: 'view',
  faults: [OUTAGE, ANSWER, FREEZE, THAW],
  subtitle: (p) =>
    p.routing === 'anycast'
      ? 'anycast'
      : `DNS, ${POLICIES.find((policy) => policy.value === p.policy)?.label ?? p.policy}`,
};
