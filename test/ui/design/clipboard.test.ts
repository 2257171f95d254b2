// Copy and paste as text: between tabs, through an issue tracker, and what is said of text that is none of ours.
import { beforeEach, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../src/model/document.ts';
import { selectionText } from '../../../src/ui/design/clipboard-text.ts';
import { paste } from '../../../src/ui/design/pasting.ts';
import { createServices, shop } from '../app/editor.tsx';

const zoned: Design = {
  ...shop,
  nodes: shop.nodes.map((node) => (node.kind === 'client' ? node : { ...node, group: 'g1' })),
  groups: [{ id: 'g1', kind: 'region', label: 'eu-west' }],
  notes: [{ id: 't1', text: 'Watch this', position: { x: 0, y: 400 } }],
};

type Services = ReturnType<typeof createServices>['services'];
let here: Services;
let there: Services;
beforeEach(() => {
  here = createServices(zoned).services;
  there = createServices(emptyDesign('Elsewhere')).services;
});

const copied = (...ids: string[]) => {
  here.view.select(ids);
  return selectionText(here)!;
};
const design = (services: Services) => services.design.getState().design;
const notices = (services: Services) => services.view.getState().notices.map(({ text }) => text);

it('puts copied components with the links among them and the notes into another design, as one step', async () => {
  await paste(there, copied('n1', 'n2', 't1'));
  const { nodes, links, notes } = design(there);
  expect(nodes.map(({ label }) => label)).toEqual(['Shoppers', 'api']);
  expect(links).toMatchObject([{ from: nodes[0].id, to: nodes[1].id }]);
  expect(notes.map(({ text }) => text)).toEqual(['Watch this']);
  expect(there.view.getState().selection.size).toBe(3);
  there.design.undo();
  expect(design(there)).toEqual(emptyDesign('Elsewhere'));
});

it('takes a region along when all that stands in it is copied, and else leaves it behind without complaint', async () => {
  await paste(there, copied('n2', 'n3'));
  expect(design(there).groups).toMatchObject([{ label: 'eu-west' }]);
  there.design.undo();
  await paste(there, copied('n2'));
  expect(design(there).groups).toEqual([]);
  expect(design(there).nodes).toMatchObject([{ label: 'api' }]);
  expect(notices(there)).toEqual([]);
});

it('what is put down inside a region stands in it', async () => {
  const text = copied('n1');
  // Half way between api and orders, 600 below it.
  here.design.edit({ type: 'moveNodes', moves: [{ id: 'n3', position: { x: 200, y: 600 } }] });
  await paste(here, text, { x: 280, y: 355 });
  expect(design(here).nodes.at(-1)).toMatchObject({ label: 'Shoppers', group: 'g1' });
});

it('says of foreign text what it is not, quotes it, and offers to keep it as a note', async () => {
  await paste(there, 'kubectl get pods --all-namespaces --watch --output wide');
  expect(notices(there)).toEqual([
    'The clipboard holds “kubectl get pods --all-namespaces --watc…”, which is neither a Loadbearing link nor components copied here.',
  ]);
  there.view.getState().notices[0].actions![0].run();
  expect(design(there).notes.map(({ text }) => text)).toEqual([
    'kubectl get pods --all-namespaces --watch --output wide',
  ]);
  await paste(there, '');
  expect(notices(there)).toEqual(['The clipboard holds no text, so there is nothing to paste.']);
});

it('says of a damaged link why it cannot be opened, and changes nothing', async () => {
  const before = design(here);
  await paste(here, 'https://example.org/#a1.thisisnotalink');
  expect(notices(here)[0]).toMatch(/^This link cannot be opened\. /);
  expect(design(here)).toBe(before);
});

it('pastes 200 nodes whole', async () => {
  const many: Design = {
    ...emptyDesign(),
    nodes: Array.from({ length: 200 }, (_, index) => ({
      id: `n${index}`,
      kind: 'service',
      label: `s${index}`,
      position: { x: (index % 20) * 220, y: Math.floor(index / 20) * 160 },
      params: {},
    })),
  };
  const source = createServices(many).services;
  source.view.select(many.nodes.map(({ id }) => id));
  await paste(there, selectionText(source)!);
  expect(design(there).nodes).toHaveLength(200);
});
