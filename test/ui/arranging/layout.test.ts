// Automatic arrangement, lining up and spreading: what they promise, and that each is one undo step.
import { expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../src/model/document.ts';
import { align, distribute } from '../../../src/ui/arranging/align.ts';
import { placeInLayers } from '../../../src/ui/arranging/layers.ts';
import { layOut } from '../../../src/ui/arranging/layout.ts';
import { boxOf } from '../../../src/ui/canvas/flow.ts';
import { overlaps } from '../../../src/ui/canvas/geometry.ts';
import { createServices } from '../app/editor.tsx';

/** Two chains of client, service, database drawn as one heap; the chain “b” lies above “a”. */
const heap: Design = {
  ...emptyDesign('Heap'),
  nodes: ['a', 'b'].flatMap((chain, row) =>
    ['client', 'service', 'database'].map((kind, column) => ({
      id: `${chain}${column}`,
      kind,
      label: `${chain}${column}`,
      position: { x: 100 - column * 10, y: 200 - row * 60 + column * 3 },
      params: {},
      ...(column === 2 ? { group: 'g1' } : {}),
    })),
  ),
  links: ['a', 'b'].flatMap((chain) => [
    { id: `${chain}l0`, from: `${chain}0`, to: `${chain}1`, params: {} },
    { id: `${chain}l1`, from: `${chain}1`, to: `${chain}2`, params: {} },
  ]),
  groups: [{ id: 'g1', kind: 'region', label: 'eu' }],
  notes: [{ id: 't1', text: 'by b0', position: { x: 90, y: 100 } }],
};

function start() {
  const { services } = createServices(heap);
  const now = () => services.design.getState().design;
  const boxes = () => now().nodes.map((node) => boxOf(node));
  const place = (id: string) => now().nodes.find((node) => node.id === id)!.position;
  return { services, now, boxes, place };
}
const inPlace = (request: Parameters<typeof placeInLayers>[0]) => Promise.resolve(placeInLayers(request));

it('puts callers left of what they call, covers nothing, and leaves above what was above', async () => {
  const { services, boxes, place, now } = start();
  await layOut(services, inPlace);
  const all = boxes();
  for (const [i, box] of all.entries())
    for (const other of all.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
  for (const chain of ['a', 'b']) {
    expect(place(`${chain}0`).x + 160).toBeLessThan(place(`${chain}1`).x);
    expect(place(`${chain}1`).x + 160).toBeLessThan(place(`${chain}2`).x);
  }
  for (const column of [0, 1, 2]) expect(place(`b${column}`).y).toBeLessThan(place(`a${column}`).y);
  expect(services.design.undo()).toBe('Arrange everything');
  expect(now()).toEqual(heap);
});

it.each([
  ['EU', 'US'],
  ['US', 'EU'],
])('keeps %s above %s where both call the same', (upper, lower) => {
  const size = { width: 160, height: 90 };
  const placed = placeInLayers({
    boxes: [
      { id: 'edge', x: 300, y: 0, ...size },
      { id: lower, x: 0, y: 200, ...size, parent: `${lower}-region` },
      { id: upper, x: 0, y: -200, ...size, parent: `${upper}-region` },
    ],
    groups: [{ id: 'EU-region' }, { id: 'US-region' }],
    links: [
      { from: 'EU', to: 'edge' },
      { from: 'US', to: 'edge' },
    ],
  });
  const y = (id: string) => placed.find((each) => each.id === id)!.y;
  expect(y(upper)).toBeLessThan(y(lower));
});

it('gives the same places for the same design, and has nothing to do the second time', async () => {
  const first = start();
  const second = start();
  await layOut(first.services, inPlace);
  await layOut(second.services, inPlace);
  expect(first.now()).toEqual(second.now());
  const arranged = first.now();
  await layOut(first.services, inPlace);
  expect(first.now()).toBe(arranged);
});

it('arranges only the selection when several are selected', async () => {
  const { services, place } = start();
  services.view.select(['a0', 'a1', 'a2']);
  await layOut(services, inPlace);
  expect(place('b0')).toEqual(heap.nodes[3].position);
  expect(place('a0').x + 160).toBeLessThan(place('a1').x);
});

it('does not arrange what was edited while it was thinking', async () => {
  const { services, place } = start();
  let answer: (placed: ReturnType<typeof placeInLayers>) => void = () => {};
  const done = layOut(services, () => new Promise((resolve) => (answer = resolve)));
  services.design.edit({ type: 'moveNodes', moves: [{ id: 'a0', position: { x: 7, y: 7 } }] });
  answer([{ id: 'a0', x: 900, y: 900 }]);
  await done;
  expect(place('a0')).toEqual({ x: 7, y: 7 });
});

it('lines up left edges and middles, and spreads with equal gaps, each one step', () => {
  const { services, place, boxes } = start();
  services.view.select(['a0', 'a1', 'a2']);
  align(services, 'left');
  expect(['a0', 'a1', 'a2'].map((id) => place(id).x)).toEqual([80, 80, 80]);
  services.design.undo();
  align(services, 'middle');
  const middles = boxes()
    .slice(0, 3)
    .map(({ y, height }) => y + height / 2);
  expect(Math.max(...middles) - Math.min(...middles)).toBeLessThanOrEqual(1);
  services.design.edit({
    type: 'moveNodes',
    moves: [
      { id: 'a0', position: { x: 0, y: 0 } },
      { id: 'a1', position: { x: 170, y: 0 } },
      { id: 'a2', position: { x: 1_000, y: 0 } },
    ],
  });
  distribute(services, 'horizontally');
  expect(['a0', 'a1', 'a2'].map((id) => place(id).x)).toEqual([0, 500, 1_000]);
});
