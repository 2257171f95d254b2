/** Which kind of ours a foreign thing is, by what it is called: "redis:7" is a cache. It must not know any format. */
import { specOf } from '../canvas/flow.ts';

/** The first row with a matching word decides. */
const WORDS: readonly (readonly [kind: string, words: RegExp])[] = [
  ['cache', /\b(redis|valkey|memcached?|keydb|dragonfly|caches?)\b/],
  [
    'sharded-database',
    /\b(cassandra|scylla(db)?|dynamo(db)?|cockroach(db)?|vitess|citus|elasticsearch|opensearch|shard(s|ed)?|mongos)\b/,
  ],
  [
    'database',
    /\b(postgres(ql)?|postgis|timescale(db)?|mysql|mariadb|percona|mongo(db)?|oracle|mssql|sqlserver|sqlite|db2|rds|aurora|clickhouse|neo4j|influx(db)?|dbs?|databases?|store|warehouse)\b/,
  ],
  ['cdn', /\b(cdn|cloudfront|fastly|akamai|cloudflare|edge)\b/],
  ['router', /\b(dns|gslb|anycast|route ?53|traffic ?manager)\b/],
  ['gateway', /\b(gateways?|kong|apigee|tyk|apisix)\b/],
  ['balancer', /\b(nginx|haproxy|envoy|traefik|caddy|balancers?|lb|alb|elb|nlb|ingress|proxy|router)\b/],
  ['client', /\b(clients?|users?|customers?|browsers?|visitors?|shoppers?|mobile|internet|k6|locust)\b/],
];

/** Well known, but without a kind of their own here. */
const NO_KIND = /\b(kafka|redpanda|rabbitmq|nats|activemq|pulsar|sqs|queues?|topics?|brokers?|s3|minio)\b/;

/** `said`: the kind the file names, believed when it is one of ours. */
export function kindFor(words: string, said?: string): { readonly kind: string; readonly remark?: string } {
  if (said !== undefined && specOf(said)) return { kind: said };
  const plain = words
    .slice(0, MOST_LOOKED_AT)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ');
  const unknown = NO_KIND.exec(plain);
  if (unknown) {
    return {
      kind: 'service',
      remark: `is shown as a service: there is no component like “${unknown[0]}” here.`,
    };
  }
  return { kind: WORDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'service' };
}

const MOST_LOOKED_AT = 400;
