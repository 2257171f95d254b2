/** Words about sharded databases. */
import type { Guide } from '../contract.ts';

export const guide: Guide = {
  whatItIs:
    'Several primaries, each owning part of the keys, by hash slot or by range. Each shard has slots and connections of its own; callers know which shard owns a key.',
  whenToUse: 'When the load or the data outgrows one machine and most requests concern one key.',
  whenNot:
    'By range when new or popular keys are neighbours: they all meet on one shard, and the others idle. No placement spreads a single hot key.',
  notModelled: [
    'Queries over several shards, transactions across shards and secondary indexes.',
    'Moving keys when the number of shards changes: the new owner knows them at once.',
    'Replicas of shards and failover.',
    'Locks, indexes, the buffer pool and the disk: a statement is one piece of work.',
  ],
};
