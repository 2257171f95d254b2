/**
 * Every kind there is, one line each. The order is permanent: a kind's place in it is its name in shared links, so
 * new kinds go to the end. It must not know what any kind does.
 */
import type { Kind } from './contract.ts';
import { balancer } from './balancer/index.ts';
import { cache } from './cache/index.ts';
import { cdn } from './cdn/index.ts';
import { client } from './client/index.ts';
import { database } from './database/index.ts';
import { service } from './service/index.ts';
import { shardedDatabase } from './sharded-database/index.ts';
import { LINK_PARAMS } from './link.ts';

const CATALOG: readonly Kind[] = [client, cdn, balancer, service, cache, database, shardedDatabase];

export const KINDS: Readonly<Record<string, Kind>> = Object.fromEntries(CATALOG.map((k) => [k.spec.kind, k]));

/** The catalog as the model wants it: names and parameter tables. */
export const VOCABULARY = {
  kinds: Object.fromEntries(
    CATALOG.map((k) => [k.spec.kind, { label: k.spec.label, params: k.spec.params }]),
  ),
  kindOrder: CATALOG.map((k) => k.spec.kind),
  link: LINK_PARAMS,
};
