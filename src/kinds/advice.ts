/** What every kind knows of designs at rest, one line each. Kinds without advice are judged by the rules for all. */
import type { Advice } from './contract.ts';
import { advice as balancer } from './balancer/advice.ts';
import { advice as cache } from './cache/advice.ts';
import { advice as cdn } from './cdn/advice.ts';
import { advice as client } from './client/advice.ts';
import { advice as database } from './database/advice.ts';
import { advice as gateway } from './gateway/advice.ts';
import { advice as router } from './router/advice.ts';
import { advice as service } from './service/advice.ts';
import { advice as shardedDatabase } from './sharded-database/advice.ts';

export const ADVICE: Readonly<Record<string, Advice>> = {
  client,
  cdn,
  balancer,
  service,
  cache,
  database,
  'sharded-database': shardedDatabase,
  gateway,
  router,
};
