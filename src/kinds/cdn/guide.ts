/** Words about the CDN. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'Copies of answers near the users: one point of presence for each region that its callers stand in, each with a store of its own. The hit ratio follows from the keys that are asked for, the room and the time to live.',
  whenToUse:
    'For things many people read and few change. It takes load off the origin and saves a trip, and goes on serving what it holds while the origin is down.',
  whenNot:
    'For answers that differ per person or must be current: a copy is as old as its time to live allows, because nothing purges it here.',
  notModelled: [
    'Purging, stale-while-revalidate and stale-if-error.',
    'A shield between the edges and the origin.',
    'Sizes: room is counted in entries, not bytes.',
    'Moving users to another point of presence when theirs is down.',
  ],
};
