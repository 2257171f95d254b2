// A vocabulary of the size of the real one: seven kinds, and the real table of links. Its own copy, so that a
// new parameter in the catalog does not move the numbers these tests show.
import { LINK_PARAMS } from '../../src/kinds/link.ts';
import type { ChoiceParam, FlagParam, NumberParam, ParamTable } from '../../src/model/params.ts';
import type { Vocabulary } from '../../src/model/vocabulary.ts';

function number(
  label: string,
  unit: NumberParam['unit'],
  value: number,
  min: number,
  max: number,
): NumberParam {
  const integer = unit === 'count' || unit === 'bytes';
  return { type: 'number', label, help: `${label}.`, group: 'All', unit, default: value, min, max, integer };
}

function choice(label: string, ...options: string[]): ChoiceParam {
  const described = options.map((value) => ({ value, label: value }));
  return { type: 'choice', label, help: `${label}.`, group: 'All', default: options[0], options: described };
}

function flag(label: string, value: boolean): FlagParam {
  return { type: 'flag', label, help: `${label}.`, group: 'All', default: value };
}

const WORK = {
  serviceMs: number('Service time', 'ms', 20, 0, 600_000),
  distribution: choice('Distribution', 'lognormal', 'constant', 'exponential', 'pareto'),
  cv: number('Variation', 'factor', 1, 0, 20),
};

const CLIENT: ParamTable = {
  load: choice('Load', 'poisson', 'constant', 'ramp', 'spike', 'sine', 'users'),
  rateRps: number('Rate', 'rps', 100, 0, 1_000_000),
  peakRps: number('Peak', 'rps', 500, 0, 1_000_000),
  rampSeconds: number('Ramp', 'seconds', 30, 0, 86_400),
  users: number('Users', 'count', 100, 1, 1_000_000),
  thinkMs: number('Think time', 'ms', 1_000, 0, 600_000),
  writeShare: number('Writes', 'share', 0.1, 0, 1),
  keys: number('Keys', 'count', 10_000, 1, 10_000_000),
  popularity: choice('Popularity', 'zipf', 'uniform', 'hot'),
  skew: number('Skew', 'factor', 0.99, 0, 5),
  timeoutMs: number('Timeout', 'ms', 0, 0, 600_000),
};

const CDN: ParamTable = {
  pops: number('PoPs', 'count', 4, 1, 100),
  ttlMs: number('Time to live', 'ms', 60_000, 0, 86_400_000),
  cacheableShare: number('Cacheable keys', 'share', 0.8, 0, 1),
  capacityBytes: number('Capacity', 'bytes', 268_435_456, 0, 1_000_000_000_000),
  shield: flag('Origin shield', false),
  coalesce: flag('Collapse misses', true),
};

const BALANCER: ParamTable = {
  algorithm: choice('Algorithm', 'roundRobin', 'leastConnections', 'powerOfTwo', 'ewma', 'hash', 'random'),
  maxFails: number('Failures to eject', 'count', 1, 0, 100),
  failTimeoutMs: number('Ejected for', 'ms', 10_000, 0, 600_000),
  health: flag('Health checks', true),
  intervalMs: number('Check every', 'ms', 5_000, 10, 600_000),
};

const SERVICE: ParamTable = {
  instances: number('Instances', 'count', 3, 1, 200),
  workers: number('Workers', 'count', 16, 1, 10_000),
  queueLimit: number('Queue limit', 'count', 100, 0, 1_000_000),
  waiting: choice('While it waits', 'blocks', 'async'),
  ...WORK,
  errorShare: number('Errors', 'share', 0, 0, 1),
};

const CACHE: ParamTable = {
  capacityBytes: number('Memory', 'bytes', 268_435_456, 0, 1_000_000_000_000),
  policy: choice('Eviction', 'lru', 'lfu', 'fifo', 'sieve', 's3fifo', 'none'),
  ttlMs: number('Time to live', 'ms', 60_000, 0, 86_400_000),
  jitterShare: number('Jitter', 'share', 0.1, 0, 1),
  guard: choice('Stampede guard', 'singleFlight', 'none', 'lock', 'lease'),
};

const SHARDED: ParamTable = {
  shards: number('Shards', 'count', 4, 1, 64),
  replicas: number('Replicas', 'count', 0, 0, 5),
  strategy: choice('Strategy', 'slots', 'modulo', 'ring', 'range'),
  connections: number('Connections', 'count', 100, 1, 10_000),
  ...WORK,
};

export const VOCABULARY: Vocabulary = {
  kinds: {
    client: { label: 'Clients', params: CLIENT },
    cdn: { label: 'CDN', params: CDN },
    balancer: { label: 'Balancer', params: BALANCER },
    service: { label: 'Service', params: SERVICE },
    cache: { label: 'Cache', params: CACHE },
    database: { label: 'Database', params: { ...WORK, connections: SHARDED.connections } },
    shardedDatabase: { label: 'Sharded DB', params: SHARDED },
  },
  kindOrder: ['client', 'cdn', 'balancer', 'service', 'cache', 'database', 'shardedDatabase'],
  link: LINK_PARAMS,
};
