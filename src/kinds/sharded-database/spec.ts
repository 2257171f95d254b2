/** A sharded database as data: several primaries, each owning part of the keys. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { SERVER_FAULTS } from '../faults.ts';
import { count, duration, SHAPE_PARAMS, TAIL_PARAMS } from '../work-params.ts';

const params = defineParams({
  shards: count('Shards', 'Nodes that each own a part of the keys.', 'Sharding', 4, { max: 256 }),
  rule: {
    type: 'choice',
    label: 'Keys are placed by',
    help: 'Hash spreads neighbours apart; ranges keep them together, so recent ids all meet on one shard.',
    group: 'Sharding',
    default: 'hash',
    options: [
      { value: 'hash', label: 'hash of the key' },
      { value: 'range', label: 'range of keys' },
    ],
  },
  keySpace: count(
    'Key space',
    'Keys are divided into equal ranges up to this one; larger ones go to the last.',
    'Sharding',
    10_000,
    {
      max: 1_000_000,
      when: { param: 'rule', is: ['range'] },
    },
  ),
  slots: count('Slots per shard', 'Statements one shard works on at the same time.', 'Capacity', 8),
  maxConnections: count(
    'Connections per shard',
    'Statements a shard admits at all, working or waiting; one more is refused at once.',
    'Capacity',
    100,
  ),
  readMs: duration('Read', 'Mean time of a read.', 'Work', 3),
  writeMs: duration('Write', 'Mean time of a write, until it is durable.', 'Work', 5),
  ...SHAPE_PARAMS,
  startMs: duration('Start-up time', 'Recovery of a shard after a restart, until it answers.', 'Life', 5_000),
  ...TAIL_PARAMS,
});

export type ShardedDatabaseParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'sharded-database',
  label: 'Sharded DB',
  category: 'state',
  summary: 'Spreads keys over several primaries',
  aliases: [
    'shard',
    'shards',
    'sharding',
    'partitioned database',
    'mongodb',
    'mongo',
    'cassandra',
    'scylla',
    'dynamodb',
    'cockroachdb',
    'vitess',
    'citus',
    'spanner',
    'nosql',
    'partition',
  ],
  icon: [
    'M2 6c0-3 7-3 7 0v8c0 3-7 3-7 0zM11 6c0-3 7-3 7 0v8c0 3-7 3-7 0z',
    'M2 6c0 3 7 3 7 0M11 6c0 3 7 3 7 0',
  ],
  role: 'store',
  calls: 'none',
  params,
  gauges: [
    {
      id: 'hot',
      label: 'hot',
      unit: 'factor',
      help: 'Busiest shard’s rate ÷ mean rate, over the last window.',
      warnAbove: 1.5,
    },
    { id: 'connections', label: 'conns', unit: 'count', help: 'Connections in use now, over all shards.' },
    { id: 'writes', label: 'writes', unit: 'rps', help: 'Writes committed per second.' },
    {
      id: 'refused',
      label: 'refused',
      unit: 'rps',
      help: 'Statements per second refused for lack of a connection.',
      warnAbove: 0.5,
    },
  ],
  unitNoun: 'shard',
  faults: SERVER_FAULTS,
  subtitle: (p) => `${p.shards} shards by ${p.rule}`,
};
