/**
 * Every kind at work, one line each: what it says about itself, its guide, and how its station is built. It must not
 * know what any kind does.
 */
import type { Kind } from './contract.ts';
import { balancer } from './balancer/index.ts';
import { cache } from './cache/index.ts';
import { cdn } from './cdn/index.ts';
import { client } from './client/index.ts';
import { database } from './database/index.ts';
import { gateway } from './gateway/index.ts';
import { router } from './router/index.ts';
import { service } from './service/index.ts';
import { shardedDatabase } from './sharded-database/index.ts';

export { VOCABULARY } from './vocabulary.ts';

const CATALOG: readonly Kind[] = [
  client,
  cdn,
  balancer,
  service,
  cache,
  database,
  shardedDatabase,
  gateway,
  router,
];

export const KINDS: Readonly<Record<string, Kind>> = Object.fromEntries(CATALOG.map((k) => [k.spec.kind, k]));
