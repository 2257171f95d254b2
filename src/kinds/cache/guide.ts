/** Words about caches. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'Memory beside a store. The service asks it first; on a miss it asks the store and puts the answer here; after a write it deletes the entry. Entries are real keys with versions: the hit ratio and stale answers come from the traffic.',
  whenToUse:
    'In front of a store that is read far more than written, with popular keys: then little room holds most of what is asked for.',
  whenNot:
    'As the only thing between the traffic and a store that could not bear it alone: after a flush or a restart every read is a miss.',
  notModelled: [
    'Protection against stampedes: two misses of one key at once are two reads of the store.',
    'Replication and sharding of the cache itself.',
    'Sizes: room is counted in entries, not bytes.',
    'Eviction policies other than least recently used.',
  ],
};
