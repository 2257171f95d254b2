// A link has room in a chat: at most 1,000 characters for 20 components, 2,000 for 50, with names as people give them.
import { expect, it } from 'vitest';
import { VOCABULARY } from '../../src/kinds/vocabulary.ts';
import { emptyDesign, type Design, type DesignLink, type DesignNode } from '../../src/model/document.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { decodeLink, encodeLink } from '../../src/model/url.ts';

const ADDRESS = 'https://loadbearing.example.org/#';
const TEAMS =
  'checkout payments inventory search catalog pricing shipping accounts reviews recommendations notifications fraud'.split(
    ' ',
  );
const SETTINGS: Readonly<Record<string, readonly ParamOverrides[]>> = {
  client: [{ rateRps: 1_200, readShare: 0.85 }],
  service: [{ instances: 4, workers: 32, serviceMs: 12 }, { instances: 6 }, { serviceMs: 35, workers: 24 }],
  cache: [{ capacityEntries: 5_000 }],
  database: [{ slots: 32, maxConnections: 200 }, {}],
};
const POLICIES: readonly ParamOverrides[] = [
  {},
  { attemptTimeoutMs: 800 },
  { attemptTimeoutMs: 500, breaker: 'on' },
  {},
  { latencyMs: 2 },
];

/** Clients, CDN and balancer, then per team a service with a cache or a database, placed by hand on the grid. */
function platform(size: number): Design {
  const nodes: DesignNode[] = [];
  const links: DesignLink[] = [];
  const add = (kind: string, label: string, from?: string): string => {
    const at = nodes.length;
    const choices = SETTINGS[kind] ?? [{}];
    const position = { x: 20 * ((at * 37) % 90), y: 20 * ((at * 53) % 60) };
    nodes.push({ id: `n${at + 1}`, kind, label, position, params: choices[at % choices.length] });
    if (from) {
      const params = POLICIES[links.length % POLICIES.length];
      links.push({ id: `l${links.length + 1}`, from, to: `n${at + 1}`, params });
    }
    return `n${at + 1}`;
  };
  const edge = add(
    'balancer',
    'Public load balancer',
    add('cdn', 'Edge CDN', add('client', 'Mobile and web users')),
  );
  for (let round = 0; nodes.length < size; round++) {
    const team = TEAMS[round % TEAMS.length] + (round < TEAMS.length ? '' : ' EU');
    const service = add('service', `${team} service`, edge);
    if (nodes.length < size) add('database', `${team} database`, service);
    if (nodes.length < size && round % 2 === 0) add('cache', `${team} cache`, service);
  }
  return { ...emptyDesign('Online shop, all regions'), nodes, links };
}

it.each([
  [20, 1_000],
  [50, 2_000],
])('%i components fit in %i characters, address included, and come back the same', async (size, most) => {
  const design = platform(size);
  expect(design.nodes).toHaveLength(size);
  const link = await encodeLink(design, {}, VOCABULARY);
  const length = ADDRESS.length + link.length;
  expect(length).toBeLessThanOrEqual(most);
  const back = await decodeLink(`#${link}`, VOCABULARY);
  expect(back.ok && { ...back.design, viewport: undefined }).toEqual({ ...design, viewport: undefined });
});
