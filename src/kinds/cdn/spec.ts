/** A content delivery network as data. */
import { defineParams, type ParamValues } from '../../model/params.ts';
import type { KindSpec } from '../contract.ts';
import { FLUSH, SERVER_FAULTS } from '../faults.ts';
import { count, duration, share } from '../work-params.ts';

const params = defineParams({
  ttlMs: duration(
    'Time to live',
    'How long an edge serves a copy before it asks the origin again.',
    'Store',
    60_000,
    {
      max: 86_400_000,
      zero: 'for ever',
    },
  ),
  capacityEntries: count(
    'Entries per PoP',
    'Copies one point of presence can hold; the least recently used go.',
    'Store',
    5_000,
    {
      max: 1_000_000,
    },
  ),
  cacheableShare: share(
    'Cacheable keys',
    'Share of the keys that may be cached at all. A given key always is, or never.',
    'Store',
    0.8,
  ),
  collapse: {
    type: 'flag',
    label: 'Collapse misses',
    help: 'While one request fetches a key, others for it wait for that answer instead of going to the origin.',
    group: 'Store',
    default: true,
  },
  edgeMs: duration('Edge time', 'Processing of one request at the edge.', 'Work', 2),
});

export type CdnParams = ParamValues<typeof params>;

export const spec: KindSpec<typeof params> = {
  kind: 'cdn',
  label: 'CDN',
  category: 'traffic',
  summary: 'Answers near the user from copies',
  aliases: [
    'cloudfront',
    'cloudflare',
    'fastly',
    'akamai',
    'edge',
    'pop',
    'edge cache',
    'varnish',
    'content delivery',
  ],
  icon: ['M10 2l7 4v8l-7 4-7-4V6z', 'M10 6v8M6.5 8v4M13.5 8v4'],
  role: 'proxy',
  presence: 'edge',
  calls: 'one',
  params,
  gauges: [
    {
      id: 'hits',
      label: 'hits',
      unit: 'share',
      help: 'Share of reads answered from a copy, over the last window.',
    },
    { id: 'entries', label: 'entries', unit: 'count', help: 'Copies held now, over all PoPs.' },
    {
      id: 'stale',
      label: 'stale',
      unit: 'share',
      help: 'Share of hits older than the newest committed write.',
      warnAbove: 0.05,
    },
    {
      id: 'collapsed',
      label: 'collapsed',
      unit: 'rps',
      help: 'Requests per second that waited for another one’s fetch.',
    },
  ],
  unitNoun: 'PoP',
  faults: [...SERVER_FAULTS, FLUSH],
  subtitle: (p) => (p.ttlMs === 0 ? 'keeps for ever' : `keeps for ${p.ttlMs / 1000} s`),
};
