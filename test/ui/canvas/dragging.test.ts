// One drag from the first move to the drop: where it comes to rest, what it does besides moving, and that it is one
// undo step.
import { beforeEach, expect, it } from 'vitest';
import type { Design } from '../../../src/model/document.ts';
import { beginDrag, type DragKeys } from '../../../src/ui/canvas/dragging.ts';
import { boxOf } from '../../../src/ui/canvas/flow.ts';
import { createServices, shop } from '../app/editor.tsx';

const FREE: DragKeys = { altKey: false, ctrlKey: true, metaKey: false };
const PLAIN: DragKeys = { ...FREE, ctrlKey: false };
const COPY: DragKeys = { ...PLAIN, altKey: true };

const town: Design = {
  ...shop,
  nodes: [
    { id: 'n1', kind: 'client', label: 'Shoppers', position: { x: 0, y: 0 }, params: {} },
    { id: 'n2', kind: 'service', label: 'api', position: { x: 600, y: 0 }, params: {}, group: 'g1' },
    { id: 'n3', kind: 'service', label: 'stock', position: { x: 600, y: 400 }, params: {}, group: 'g1' },
    { id: 'n4', kind: 'balancer', label: 'Front door', position: { x: 300, y: 300 }, params: {} },
  ],
  groups: [{ id: 'g1', kind: 'region', label: 'eu-west' }],
};

let services: ReturnType<typeof createServices>['services'];
beforeEach(() => {
  services = createServices(town).services;
});

const design = () => services.design.getState().design;
const at = (id: string) => design().nodes.find((node) => node.id === id)?.position;
function drag(ids: readonly string[], delta: { x: number; y: number }, keys = PLAIN) {
  const boxes = new Map(design().nodes.map((node) => [node.id, boxOf(node)]));
  const begun = beginDrag(services, { boxes: () => boxes, zoom: 1 }, ids);
  const drawn = begun.move(delta, keys);
  return { drawn, shown: services.view.getState().dragged!, drop: () => begun.drop() };
}

it('rests on the grid of 20, and with Ctrl anywhere', () => {
  drag(['n4'], { x: 9, y: 412 }).drop();
  expect(at('n4')).toEqual({ x: 300, y: 720 });
  drag(['n4'], { x: -7, y: 3 }, FREE).drop();
  expect(at('n4')).toEqual({ x: 293, y: 723 });
});

it('is drawn flush with a neighbour 5 px away, with the line that shows it', () => {
  const { drawn, shown } = drag(['n4'], { x: -295, y: 300 });
  expect(drawn.get('n4')?.x).toBe(0);
  expect(shown.guides.some(({ from, to }) => from.x === 0 && to.x === 0)).toBe(true);
});

it('dropped on a link goes in between, as one step', () => {
  const { shown, drop } = drag(['n4'], { x: 0, y: -300 });
  expect(shown.words).toBe('Put Front door into Shoppers → api');
  drop();
  const ends = design().links.map(({ id, from, to }) => [id, from, to]);
  expect(ends).toEqual([
    ['l1', 'n1', 'n4'],
    ['l2', 'n4', 'n2'],
  ]);
  expect(services.design.undo()).toBe('Put Front door into Shoppers → api');
  expect(design()).toEqual(town);
});

it('enters the region it is dropped in and leaves the one it was dragged out of, each one step', () => {
  const { shown, drop } = drag(['n4'], { x: 300, y: -100 });
  expect(shown).toMatchObject({ into: 'g1', words: 'Into eu-west' });
  drop();
  expect(design().nodes[3].group).toBe('g1');
  const out = drag(['n4'], { x: -500, y: 0 });
  expect(out.shown.words).toBe('Out of its region');
  out.drop();
  expect(design().nodes[3].group).toBeUndefined();
  services.design.undo();
  services.design.undo();
  expect(design()).toEqual(town);
});

it('moves a whole region by its members without taking any out', () => {
  drag(['n2', 'n3'], { x: 2_000, y: 0 }).drop();
  expect(design().nodes.map((node) => node.group)).toEqual([undefined, 'g1', 'g1', undefined]);
});

it('with Alt leaves the original and drops a copy, selected', () => {
  const { drawn, shown, drop } = drag(['n4'], { x: 0, y: 400 }, COPY);
  expect(drawn.size).toBe(0);
  expect(shown.copies).toHaveLength(1);
  drop();
  expect(at('n4')).toEqual({ x: 300, y: 300 });
  expect(design().nodes.at(-1)).toMatchObject({ kind: 'balancer', position: { x: 300, y: 700 } });
  expect([...services.view.getState().selection]).toEqual([design().nodes.at(-1)?.id]);
});

it('takes what a collapsed group hides along', () => {
  services.design.edit({ type: 'setCollapsed', id: 'g1', collapsed: true });
  drag(['g1'], { x: 0, y: 600 }).drop();
  expect([at('n2'), at('n3')]).toEqual([
    { x: 600, y: 600 },
    { x: 600, y: 1_000 },
  ]);
});
