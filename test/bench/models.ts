/** The two reference models as ordinary designs: an M/M/1 queue, and a web topology of scale k. */
import type { Design, DesignLink, DesignNode } from '../../src/model/document.ts';
import type { ParamOverrides } from '../../src/model/params.ts';

const node = (id: string, kind: string, params: ParamOverrides): DesignNode => ({
  id,
  kind,
  label: id,
  position: { x: 0, y: 0 },
  params,
});

const link = (id: string, from: string, to: string, params: ParamOverrides): DesignLink => ({
  id,
  from,
  to,
  params,
});

const design = (name: string, nodes: DesignNode[], links: DesignLink[]): Design => ({
  format: 'loadbearing/1',
  name,
  seed: 1,
  nodes,
  links,
  groups: [],
  notes: [],
  drills: [],
});

const UNHURRIED: ParamOverrides = { attemptTimeoutMs: 0, totalTimeoutMs: 0 };

/** M/M/1: 0.9 arrivals per mean service time of 1 ms, no network. */
export function modelA(): Design {
  const params = {
    instances: 1,
    workers: 1,
    queueLimit: 1_000_000,
    serviceMs: 1,
    distribution: 'exponential',
  };
  return design(
    'M/M/1',
    [
      node('clients', 'client', { rateRps: 900, readShare: 1, keys: 1, popularity: 'uniform' }),
      node('server', 'service', params),
    ],
    [link('l1', 'clients', 'server', { ...UNHURRIED, latencyMs: 0 })],
  );
}

/** Clients, balancer, 4k services of 8 workers, cache of 10,000 of 100,000 keys, database of 16k slots; 5,000k rps. */
export function modelB(k: number): Design {
  const client = { rateRps: 5_000 * k, keys: 100_000, zipfExponent: 0.99, readShare: 1 };
  const app = {
    instances: 4 * k,
    workers: 8,
    queueLimit: 1_000_000,
    waiting: 'async',
    serviceMs: 4,
    distribution: 'exponential',
  };
  return design(
    'Web topology',
    [
      node('clients', 'client', client),
      node('lb', 'balancer', { overheadMs: 0, active: false }),
      node('app', 'service', app),
      node('cache', 'cache', { capacityEntries: 10_000, ttlMs: 0, commandMs: 0.2, threads: 0 }),
      node('db', 'database', {
        slots: 16 * k,
        maxConnections: 10_000,
        readMs: 3,
        distribution: 'exponential',
      }),
    ],
    [
      link('l1', 'clients', 'lb', UNHURRIED),
      link('l2', 'lb', 'app', UNHURRIED),
      link('l3', 'app', 'cache', UNHURRIED),
      link('l4', 'app', 'db', UNHURRIED),
    ],
  );
}
