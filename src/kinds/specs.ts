/**
 * What every kind says about itself, one line each, without what it does: the page shows kinds and need not carry the
 * simulator. The order is permanent: a kind's place in it is its name in shared links, so new kinds go to the end.
 */
import type { KindSpec } from './contract.ts';
import { spec as balancer } from './balancer/spec.ts';
import { spec as cache } from './cache/spec.ts';
import { spec as cdn } from './cdn/spec.ts';
import { spec as client } from './client/spec.ts';
import { spec as database } from './database/spec.ts';
import { spec as gateway } from './gateway/spec.ts';
import { spec as router } from './router/spec.ts';
import { spec as service } from './service/spec.ts';
import { spec as shardedDatabase } from './sharded-database/spec.ts';

const ALL = [
  client,
  cdn,
  balancer,
  service,
  cache,
  database,
  shardedDatabase,
  gateway,
  router,
] as unknown as readonly KindSpec[];

export const SPECS: Readonly<Record<string, KindSpec>> = Object.fromEntries(
  ALL.map((spec) => [spec.kind, spec]),
);
