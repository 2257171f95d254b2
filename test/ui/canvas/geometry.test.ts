// Links and dots take the same curve, and every unchanged element keeps its object.
import { expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../src/model/document.ts';
import { applyEdit } from '../../../src/model/edits.ts';
import { createFlow } from '../../../src/ui/canvas/flow.ts';
import { createGeometry } from '../../../src/ui/canvas/geometry-store.ts';
import { ARROW, boundsOf, curvePath, linkCurve, nodeSize, pointAt } from '../../../src/ui/canvas/geometry.ts';

const design: Design = {
  ...emptyDesign(),
  nodes: [
    { id: 'a', kind: 'client', label: 'a', position: { x: 0, y: 0 }, params: {} },
    { id: 'b', kind: 'service', label: 'b', position: { x: 300, y: 100 }, params: {} },
  ],
  links: [{ id: 'ab', from: 'a', to: 'b', params: {} }],
};
const nothing = new Set<string>();
const still = new Map();

it('begins at the right edge of the caller and ends in front of the callee', () => {
  const curve = linkCurve(
    { x: 0, y: 0, width: 160, height: 90 },
    { x: 300, y: 100, width: 160, height: 110 },
  );
  expect(curve.start).toEqual({ x: 160, y: 45 });
  expect(curve.end).toEqual({ x: 300 - ARROW, y: 155 });
  expect(pointAt(curve, 0)).toEqual(curve.start);
  expect(pointAt(curve, 1)).toEqual(curve.end);
  expect(curvePath(curve)).toMatch(/^M160 45C/);
});

it('gives kinds with units room for their pips', () => {
  expect(nodeSize({ unitNoun: null }).height).toBeLessThan(nodeSize({ unitNoun: 'instance' }).height);
});

it('knows where links are while a node is dragged', () => {
  const geometry = createGeometry();
  const flow = createFlow();
  geometry.show(flow.nodes(design, nothing, still), design);
  const before = geometry.curve('ab');
  geometry.show(flow.nodes(design, nothing, new Map([['a', { x: 0, y: 50 }]])), design);
  expect(geometry.curve('ab')?.start.y).toBe((before?.start.y ?? 0) + 50);
  expect(geometry.curve('gone')).toBeNull();
});

it('keeps the objects of what did not change', () => {
  const flow = createFlow();
  const before = flow.nodes(design, nothing, still);
  const edges = flow.edges(design, nothing);
  const moved = applyEdit(design, { type: 'moveNodes', moves: [{ id: 'a', position: { x: 20, y: 0 } }] });
  const after = flow.nodes(moved, nothing, still);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  expect(flow.edges(moved, nothing)[0]).toBe(edges[0]);
  expect(flow.edges(moved, new Set(['ab']))[0]).not.toBe(edges[0]);
});

it('makes those anew that are drawn elsewhere, selected, renamed or dimmed, and no others', () => {
  const flow = createFlow();
  const others = (next: ReturnType<typeof flow.nodes>) => next.filter((node) => !shown.includes(node));
  let shown = flow.nodes(design, nothing, still);
  const changed = (next: ReturnType<typeof flow.nodes>) => {
    const fresh = others(next).map(({ id }) => id);
    shown = next;
    return fresh;
  };
  expect(changed(flow.nodes(design, nothing, new Map([['a', { x: 0, y: 50 }]])))).toEqual(['a']);
  expect(changed(flow.nodes(design, nothing, still))).toEqual(['a']);
  expect(changed(flow.nodes(design, new Set(['b']), still))).toEqual(['b']);
  expect(changed(flow.nodes(design, new Set(['b']), still, new Set(['b'])))).toEqual(['a']);
  expect(changed(flow.nodes(design, new Set(['b']), still))).toEqual(['a']);
  const renamed = applyEdit(design, { type: 'rename', id: 'a', label: 'other' });
  expect(changed(flow.nodes(renamed, new Set(['b']), still))).toEqual(['a']);
});

it('gives React Flow sizes and handles up front, on the very ends of the curve', () => {
  const [card] = createFlow().nodes(design, nothing, still);
  expect(card.measured).toEqual(nodeSize({ unitNoun: null }));
  expect(card.handles?.map(({ x, y, width }) => ({ x, y, width }))).toEqual([
    { x: 0, y: 45, width: 0 },
    { x: 160, y: 45, width: 0 },
  ]);
});

it('frames boxes with a margin, and nothing with nothing', () => {
  const boxes = [
    { x: 0, y: 0, width: 10, height: 10 },
    { x: 40, y: 20, width: 10, height: 10 },
  ];
  expect(boundsOf(boxes, 5)).toEqual({ x: -5, y: -5, width: 60, height: 40 });
  expect(boundsOf([])).toBeNull();
});
