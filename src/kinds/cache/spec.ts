/** A cache beside the store (cache-aside) as data. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { FLUSH, SERVER_FAULTS } from '../faults.ts';
import { count, duration, share } from '../work-params.ts';

const params = defineParams({
  capacityEntries: count(
    'Entries',
    'What it can hold; the least recently used goes first.',
    'Store',
    10_000,
    {
      max: 1_000_000,
    },
  ),
  ttlMs: duration('Time to live', 'An entry older than this is a miss.', 'Store', 60_000, {
    max: 86_400_000,
    zero: 'for ever',
  }),
  ttlJitterShare: share(
    'Spread of the time to live',
    'Keeps entries made together from expiring together.',
    'Store',
    0.1,
  ),
  fill: {
    type: 'choice',
    label: 'Filling after a miss',
    help: 'Whether the request waits until the value is stored, or answers at once.',
    group: 'Pattern',
    default: 'async',
    options: [
      { value: 'async', label: 'answers at once' },
      { value: 'sync', label: 'waits for it' },
    ],
  },
  onWrite: {
    type: 'choice',
    label: 'After a write',
    help: 'What the writer does to the entry once the store has committed.',
    group: 'Pattern',
    default: 'delete',
    options: [
      { value: 'delete', label: 'deletes it' },
      { value: 'update', label: 'updates it' },
      { value: 'nothing', label: 'nothing (stale until it expires)' },
    ],
  },
  commandMs: duration('Time per command', 'Work of the cache for one get, set or delete.', 'Work', 0.01),
  threads: count('Threads', 'Commands worked on at the same time; Redis has one.', 'Work', 1, {
    min: 0,
    max: 1_024,
    zero: 'no limit',
  }),
  startMs: duration('Start-up time', 'From restart until it answers; it comes back empty.', 'Life', 10_000),
});

export type CacheParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'cache',
  label: 'Cache',
  category: 'state',
  summary: 'Remembers answers in memory',
  aliases: [
    'redis',
    'memcached',
    'memcache',
    'valkey',
    'elasticache',
    'dragonfly',
    'key value',
    'kv',
    'in-memory',
    'lru',
  ],
  icon: ['M4 6c0-4 12-4 12 0v8c0 4-12 4-12 0z', 'M11 7l-3 4h4l-3 4'],
  role: 'lookaside',
  calls: 'none',
  params,
  gauges: [
    {
      id: 'hits',
      label: 'hits',
      unit: 'share',
      help: 'Share of gets that found a fresh entry, over the last window.',
    },
    { id: 'entries', label: 'entries', unit: 'count', help: 'Entries held now.' },
    {
      id: 'stale',
      label: 'stale',
      unit: 'share',
      help: 'Share of hits older than the newest committed write.',
      warnAbove: 0.05,
    },
    { id: 'evicted', label: 'evicted', unit: 'rps', help: 'Entries per second pushed out by newer ones.' },
  ],
  unitNoun: null,
  faults: [...SERVER_FAULTS, FLUSH],
  subtitle: (p) => `${p.capacityEntries.toLocaleString('en-US')} entries, LRU`,
};
