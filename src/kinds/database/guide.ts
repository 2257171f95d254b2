/** Words about databases. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'One node that keeps the truth. A few statements are worked on at the same time, the others wait, and beyond the connection limit they are refused at once. Every write makes a new version of its key.',
  whenToUse: 'As long as one machine is enough: nothing is simpler to reason about.',
  whenNot: 'When the load needs more than one machine, or its loss must not stop everything.',
  notModelled: [
    'Replicas, failover and replication lag.',
    'Locks, transactions, indexes, the buffer pool and the disk: a statement is one piece of work.',
    'Connections as things of their own: a statement holds one exactly while it is inside.',
    'Loss of data in a crash: what was committed is there again after the restart.',
  ],
};
