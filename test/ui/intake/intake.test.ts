// Foreign files: what is in them becomes a design, what is not understood is said, and nothing hostile gets through.
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { boxOf } from '../../../src/ui/canvas/flow.ts';
import { overlaps } from '../../../src/ui/canvas/geometry.ts';
import { frames } from '../../../src/ui/exports/svg-frames.ts';
import { readForeign } from '../../../src/ui/intake/read.ts';
import type { Intake } from '../../../src/ui/intake/sketch.ts';

const read = async (text: string): Promise<Intake> => {
  const found = await readForeign(text, 'Shop');
  if (!found || 'refused' in found) throw new Error(found ? found.refused : 'not recognised');
  return found;
};
const refusal = async (text: string) => {
  const found = await readForeign(text, 'Shop');
  return found && 'refused' in found ? found.refused : null;
};
const nodesOf = ({ design }: Intake) => design.nodes.map(({ label, kind }) => `${label}: ${kind}`);
const linksOf = ({ design }: Intake) =>
  design.links.map(({ from, to }) =>
    [from, to].map((id) => design.nodes.find((node) => node.id === id)!.label).join(' → '),
  );

const FLOWCHART = `
%% a shop
flowchart LR
  users([Shoppers &amp; users]) -->|https| lb{{"Load balancer"}}
  subgraph eu [Europe]
    lb --> api1[api one] & api2["api two"]
    api1 & api2 -- reads --> redis[(Redis)]
  end
  api1 -.-> db[(Orders DB)]:::database
  api2 ==> db
  db --> users
  classDef database fill:#f00
  style db stroke:#000
  this is no statement!!
`;

it('reads a Mermaid flowchart: shapes, chains, ampersands, subgraphs, classes', async () => {
  const found = await read(FLOWCHART);
  expect(nodesOf(found)).toEqual([
    'Shoppers & users: client',
    'Load balancer: balancer',
    'api one: service',
    'api two: service',
    'Redis: cache',
    'Orders DB: database',
  ]);
  expect(linksOf(found)).toEqual([
    'Shoppers & users → Load balancer',
    'Load balancer → api one',
    'Load balancer → api two',
    'api one → Redis',
    'api two → Redis',
    'api one → Orders DB',
    'api two → Orders DB',
  ]);
  expect(found.design.groups).toEqual([{ id: 'g1', kind: 'region', label: 'Europe' }]);
  expect(found.summary).toBe('Read as a Mermaid flowchart: 6 components, 7 links, 1 region or zone.');
  expect(found.remarks).toEqual([
    'Not understood and left out: “this is no statement!!”.',
    'The link Orders DB → Shoppers & users is left out. Clients start requests; nothing can call them.',
  ]);
});

const COMPOSE = `
# shop
version: "3.9"
services:
  web:
    image: registry.example.com:5000/nginx:1.27
    ports: ["80:80"]
    depends_on:
      - api
  api:
    build: ./api
    deploy:
      replicas: 4
    environment:
      - DATABASE_URL=postgres://shop@orders:5432/shop
      - CACHE=sessions:6379
    depends_on:
      orders: { condition: service_healthy }
      gone:
        condition: service_started
    volumes:
    - ./api:/src
  orders:
    image: 'postgres:16'
    command: >
      postgres -c max_connections=200
      services: not a key
  sessions:
    image: "redis:7"
  events:
    image: bitnami/kafka@sha256:0123
  __proto__:
    image: constructor
volumes: {}
`;

it('reads a compose file: images, dependencies, addresses in settings, replicas, the published port', async () => {
  const found = await read(COMPOSE);
  expect(nodesOf(found)).toEqual([
    'Clients: client',
    'web: balancer',
    'api: service',
    'orders: database',
    'sessions: cache',
    'events: service',
    '__proto__: service',
  ]);
  expect(found.design.nodes[2].params).toEqual({ instances: 4 });
  expect(linksOf(found)).toEqual(['Clients → web', 'web → api', 'api → orders', 'api → sessions']);
  expect(found.remarks).toEqual([
    '“api” depends on “gone”, which is not in the file.',
    '“api” → “sessions” is concluded from an address in its environment.',
    'Not used, because they say nothing about load: volumes, command.',
    'Clients are added in front of “web”, because only its port is published.',
    '“events” is shown as a service: there is no component like “kafka” here.',
  ]);
});

it('says with its line what it does not read of YAML', async () => {
  const found = await read('services:\n  a: !secret x\n  b: *base\n  c: [[1]]\n');
  expect(found.remarks).toContain('“!secret x” is not read (line 2).');
  expect(found.remarks).toContain('Nothing above is named “base” (line 3).');
  expect(await refusal('services:\n\ta: 1')).toBe(
    'Line 2 is indented with a tab, which YAML does not allow.',
  );
  expect(await refusal('services:\n  a: "open')).toBe('The quoted text in line 2 does not end there.');
  expect(await refusal(`services:\n${deep(40)}`)).toMatch(/^Line \d+ is nested too deeply\.$/);
});

it('reads named parts of a compose file where they stand again, and merged ones under what is said there', async () => {
  const found = await read(`x-service: &service
  image: node
  depends_on: &stores [db]
  deploy: { replicas: 2 }
x-more: &more
  image: golang
services:
  api:
    <<: *service
    deploy:
      replicas: 5
  worker:
    <<: [*more, *service]
    depends_on: *stores
  db: &db
    image: postgres:16
  audit: *db
`);
  const instances = found.design.nodes.map(({ label, kind, params }) => [label, kind, params.instances]);
  expect(instances).toEqual([
    ['api', 'service', 5],
    ['worker', 'service', 2],
    ['db', 'database', undefined],
    ['audit', 'database', undefined],
  ]);
  expect(linksOf(found)).toEqual(['api → db', 'worker → db']);
  expect(found.remarks.filter((remark) => /line \d/.test(remark))).toEqual([]);
});

it('refuses named parts that would unfold into millions, at once', async () => {
  const laughs = Array.from(
    { length: 30 },
    (_, at) => `x-${at + 1}: &n${at + 1} [*n${at}, *n${at}, *n${at}]`,
  );
  const text = ['x-0: &n0 [a, b]', ...laughs, 'services:', '  a:', '    depends_on: *n30'].join('\n');
  expect(await refusal(text)).toMatch(/would be far larger than the file/);
});

const deep = (levels: number) =>
  Array.from({ length: levels }, (_, at) => `${' '.repeat(at + 1)}k${at}:`).join('\n');

const GRAPH = `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
  <mxCell id="eu" value="Europe" style="swimlane" vertex="1" parent="1"><mxGeometry x="300" y="100" width="500" height="300"/></mxCell>
  <mxCell id="u" value="Users" vertex="1" parent="1"><mxGeometry x="0" y="100" width="120" height="60"/></mxCell>
  <mxCell id="a" value="&lt;b&gt;api&lt;/b&gt;&lt;br&gt;v2&lt;img src=x onerror=alert(1)&gt;" vertex="1" parent="eu"><mxGeometry x="20" y="40" width="120" height="60"/></mxCell>
  <object id="d" label="Orders"><mxCell style="shape=cylinder3" vertex="1" parent="eu"><mxGeometry x="300" y="40" width="60" height="80"/></mxCell></object>
  <mxCell id="e1" edge="1" source="u" target="a" parent="1"/><mxCell id="e2" edge="1" source="a" target="d" parent="1"/>
  <mxCell id="e3" edge="1" source="a" parent="1"/><mxCell id="t" value="note" style="text;html=1" vertex="1" parent="1"/>
</root></mxGraphModel>`;

it('reads a draw.io diagram: boxes, wrapped ones, containers, places; markup in labels is text', async () => {
  const found = await read(`<mxfile><diagram name="Page-1">${GRAPH}</diagram></mxfile>`);
  expect(nodesOf(found)).toEqual(['Users: client', 'api v2: service', 'Orders: database']);
  expect(linksOf(found)).toEqual(['Users → api v2', 'api v2 → Orders']);
  expect(found.design.nodes.map(({ position, group }) => [position, group])).toEqual([
    [{ x: 0, y: 150 }, undefined],
    [{ x: 480, y: 210 }, 'g1'],
    [{ x: 900, y: 210 }, 'g1'],
  ]);
  expect(found.remarks).toEqual([
    '1 arrow is left out: not both ends are at a component.',
    '1 text is left out.',
  ]);
});

const packed = (text: string) =>
  `<mxfile><diagram id="p">${deflateRawSync(text).toString('base64')}</diagram></mxfile>`;

it('reads the compressed form of draw.io as the plain one', async () => {
  const found = await read(packed(encodeURIComponent(GRAPH)));
  expect(found.design).toEqual((await read(GRAPH)).design);
});

it('refuses XML bombs, packed bombs and damage with one sentence', async () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><mxfile>&b;</mxfile>';
  expect(await refusal(bomb)).toMatch(/declares a document type or entities/);
  expect(await refusal(packed(' '.repeat(9_000_000)))).toMatch(/Unpacked it would be far larger/);
  expect(await refusal('<mxfile><diagram>AAAA</diagram></mxfile>')).toMatch(/damaged/);
  expect(await refusal('<mxGraphModel><root>')).toBe('Its XML is damaged or incomplete.');
  expect(await refusal(`flowchart LR\n${'a --> b\n'.repeat(600_000)}`)).toMatch(/^It is too large/);
  expect(await refusal('flowchart LR')).toBe('No component was found in a Mermaid flowchart.');
  const many = Array.from({ length: 2_001 }, (_, at) => `n${at}`).join('\n');
  expect(await refusal(`flowchart LR\n${many}`)).toMatch(/more than 2000 components/);
});

it('reads 7,990 links, and as many that would be loops, without going around once for each', async () => {
  const pairs = Array.from({ length: 7_990 }, (_, at) => [
    at % 1_990,
    (at % 1_990) + 1 + Math.floor(at / 1_990),
  ]);
  const drawn = (way: (pair: number[]) => string) => read(`flowchart LR\n${pairs.map(way).join('\n')}`);
  expect((await drawn(([a, b]) => `n${a} --> n${b}`)).design.links).toHaveLength(7_990);
  const half = pairs.slice(0, 3_980).map(([a, b]) => `n${a} --> n${b}\nn${b} --> n${a}`);
  const { design, remarks } = await read(`flowchart LR\n${half.join('\n')}`);
  expect(design.links).toHaveLength(3_980);
  expect(remarks).toHaveLength(101);
  expect(remarks[0]).toBe('The link n1 → n0 is left out. That would make a loop: n1 → n0 → n1.');
  expect(remarks.at(-1)).toBe('And 3880 further remarks of the same sorts.');
});

it('refuses one line that means a million links, and is not held up by runs of blanks', async () => {
  const list = (letter: string) => Array.from({ length: 1_000 }, (_, at) => letter + at).join(' & ');
  expect(await refusal(`flowchart LR\n${list('a')} --> ${list('b')}`)).toBe('It has more than 8,000 links.');
  const blanks = ' '.repeat(300_000);
  expect(nodesOf(await read(`flowchart LR\na${blanks}-->${blanks}b\nclass a${blanks}!`))).toHaveLength(2);
  expect(nodesOf(await read(`services:\n  a:\n    image: b${blanks}x\n  c${blanks}: {}`))).toEqual([
    'a: service',
    'c: service',
  ]);
  const many = Array.from({ length: 2_001 }, (_, at) => `  s${at}: {}`).join('\n');
  expect(await refusal(`services:\n${many}`)).toBe('It has more than 2000 services.');
});

it('takes a gateway that calls several things for a balancer, and says so', async () => {
  const found = await read('graph LR\n u[Users] --> gw[API Gateway] --> a & b');
  expect(nodesOf(found)).toEqual(['Users: client', 'API Gateway: balancer', 'a: service', 'b: service']);
  expect(found.remarks).toEqual([
    '“API Gateway” is shown as a balancer, because it calls 2 things; each request goes to one.',
  ]);
  expect(nodesOf(await read('graph LR\n gw[API Gateway] --> a'))[0]).toBe('API Gateway: gateway');
});

it('names of prototypes are names like any other', async () => {
  const found = await read('graph TD\n constructor --> __proto__ --> toString');
  expect(linksOf(found)).toEqual(['constructor → __proto__', '__proto__ → toString']);
});

it('keeps regions apart, with what is in none beside them', async () => {
  const { design } = await read(`flowchart LR
    users --> lb
    subgraph eu
      lb --> a & b
      subgraph z1
        a --> d1[(db one)]
      end
      subgraph z2
        b --> d2[(db two)]
      end
    end
    subgraph us
      a --> pay --> ledger[(ledger db)]
    end`);
  const boxes = new Map(design.nodes.map((node) => [node.id, boxOf(node)]));
  const frameOf = new Map(frames(design, boxes).map(({ label, box }) => [label, box]));
  expect([...frameOf.keys()].toSorted()).toEqual(['eu', 'us', 'z1', 'z2']);
  expect(overlaps(frameOf.get('eu')!, frameOf.get('us')!)).toBe(false);
  expect(overlaps(frameOf.get('z1')!, frameOf.get('z2')!)).toBe(false);
  for (const node of design.nodes) {
    if (['lb', 'a', 'b', 'db one', 'db two'].includes(node.label)) continue;
    expect(overlaps(boxOf(node), frameOf.get('eu')!), node.label).toBe(false);
  }
});

it('opens a drawing that breaks rules of its own: two shapes of one name, regions inside each other', async () => {
  const box = (id: string, parent: string) =>
    `<mxCell id="${id}" value="box" style="rounded=0" vertex="1" parent="${parent}"/>`;
  const found = await read(
    `<mxGraphModel><root>${box('a', '1')}${box('a', '1')}${box('g', 'h')}${box('h', 'g')}${box('x', 'g')}</root></mxGraphModel>`,
  );
  const ids = found.design.nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(found.design.nodes.every(({ position }) => Number.isFinite(position.y))).toBe(true);
  expect(found.remarks).not.toEqual([]);
});

it('puts what has no place into columns that do not overlap', async () => {
  const { design } = await read(FLOWCHART);
  const places = new Set(design.nodes.map(({ position }) => `${position.x},${position.y}`));
  expect(places.size).toBe(6);
  const x = (label: string) => design.nodes.find((node) => node.label === label)!.position.x;
  expect([x('Shoppers & users'), x('Load balancer'), x('api one'), x('Redis')]).toEqual([0, 280, 560, 840]);
  const middle = (label: string) => {
    const { y, height } = boxOf(design.nodes.find((node) => node.label === label)!);
    return y + height / 2;
  };
  expect(middle('Shoppers & users')).toBe(middle('Load balancer'));
});
