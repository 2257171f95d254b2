// A large design is painted from afar: what is painted can be found under the pointer, read, and told apart without colour.
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../src/model/document.ts';
import { createGeometry } from '../../../src/ui/canvas/geometry-store.ts';
import { createFlow } from '../../../src/ui/canvas/flow.ts';
import { linkUnder, nodeUnder } from '../../../src/ui/overview/under-point.ts';
// Otherwise fetched when a design is large: here it has to be there at once.
import '../../../src/ui/overview/Overview.tsx';
import { breakName } from '../../../src/ui/overview/looks.ts';
import { paintCards } from '../../../src/ui/overview/paint-cards.ts';
import type { PaintedCard } from '../../../src/ui/overview/painted-card.ts';
import { keyOf, paintLinks } from '../../../src/ui/overview/paint-links.ts';
import { batchAfter, nextInView } from '../../../src/ui/overview/use-growing.ts';
import { showEditor } from '../app/editor.tsx';

const pair: Design = {
  ...emptyDesign('Pair'),
  nodes: [
    { id: 'a', kind: 'service', label: 'a', position: { x: 0, y: 0 }, params: {} },
    { id: 'b', kind: 'service', label: 'b', position: { x: 400, y: 200 }, params: {} },
  ],
  links: [{ id: 'l', from: 'a', to: 'b', params: {} }],
};

function drawn(design: Design) {
  const geometry = createGeometry();
  geometry.show(createFlow().nodes(design, new Set(), new Map()), design);
  return geometry;
}

it('finds the component under a point, the one drawn last where two overlap', () => {
  const over = { ...pair, nodes: [...pair.nodes, { ...pair.nodes[0], id: 'c', position: { x: 80, y: 0 } }] };
  const geometry = drawn(over);
  expect(nodeUnder(geometry, { x: 40, y: 50 })).toBe('a');
  expect(nodeUnder(geometry, { x: 100, y: 50 })).toBe('c');
  expect(nodeUnder(geometry, { x: 300, y: 50 })).toBe(null);
});

it('finds a link within reach of its curve, also where that bends', () => {
  const geometry = drawn(pair);
  const { start, control1, control2, end } = geometry.curve('l')!;
  // A cubic at one quarter: 27/64, 27/64, 9/64, 1/64 of its points.
  const quarter = {
    x: (27 * start.x + 27 * control1.x + 9 * control2.x + end.x) / 64,
    y: (27 * start.y + 27 * control1.y + 9 * control2.y + end.y) / 64,
  };
  expect(linkUnder(pair, geometry, quarter, 2)).toBe('l');
  expect(linkUnder(pair, geometry, { x: quarter.x + 30, y: quarter.y - 30 }, 10)).toBe(null);
});

it('closer to, becomes elements from the middle outwards, links once both ends are there, and nothing out of view', () => {
  const geometry = drawn(pair);
  const view = { x: 300, y: 100, width: 400, height: 300 };
  const next = (grown: string[], from = view) => nextInView(pair, geometry, from, new Set(grown));
  expect(next([])).toEqual(['b']);
  const wide = { x: -100, y: -100, width: 900, height: 700 };
  expect(next([], wide)).toEqual(['b', 'a']);
  expect(next([], { ...wide, x: -400 })).toEqual(['a', 'b']);
  expect(next(['a', 'b'], wide)).toEqual(['l']);
  expect(next(['a', 'b', 'l'], wide)).toEqual([]);
});

it('makes as many at a time as 30 ms allow, more only where a picture takes longer anyway', () => {
  expect(batchAfter(40, 20, 10)).toBe(60);
  expect(batchAfter(40, 60, 10)).toBe(24);
  expect(batchAfter(40, 60, 120)).toBe(80);
  expect(batchAfter(160, 1, 0)).toBe(160);
});

it('breaks a name into two lines, and says where it leaves something out', () => {
  const measure = (text: string) => 10 * [...text].length;
  expect(breakName('api', 100, measure)).toEqual(['api']);
  expect(breakName('payment gateway', 100, measure)).toEqual(['payment', 'gateway']);
  expect(breakName('order-service', 100, measure)).toEqual(['order-', 'service']);
  expect(breakName('one two three four five', 100, measure)).toEqual(['one two', 'three fou…']);
  expect(breakName('incomprehensible', 100, measure)).toEqual(['incompreh…']);
});

/** A context that notes what it is told. */
function sheetAt(zoom: number) {
  const told: string[] = [];
  const context = new Proxy({ canvas: document.createElement('canvas') } as Record<string, unknown>, {
    get: (target, name: string) =>
      target[name] ??
      ((...values: unknown[]) => {
        told.push(`${name} ${values.join(' ')}`);
        return { width: 50 };
      }),
    set(target, name: string, value) {
      target[name] = value;
      told.push(`${name}=${String(value)}`);
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
  return { sheet: { context, zoom, ink: (token: string) => token, font: 'sans' }, told };
}

const card = (severity: 'warn' | 'bad'): PaintedCard => ({
  box: { x: 0, y: 0, width: 160, height: 90 },
  look: { icon: null, name: ['orders'], badge: { text: 'Down', severity }, load: 'bad', share: 1 },
  isSelected: false,
  isDimmed: false,
  verdict: null,
  isChosen: false,
});

it('says what is wrong in words, and where those cannot be read with a sign of another shape each', () => {
  const near = sheetAt(0.49);
  paintCards(near.sheet, [card('bad')]);
  expect(near.told.some((each) => each.startsWith('fillText Down'))).toBe(true);
  const signs = (['warn', 'bad'] as const).map((severity) => {
    const far = sheetAt(0.1);
    paintCards(far.sheet, [card(severity)]);
    expect(far.told.join('\n')).not.toContain('fillText');
    const from = far.told.lastIndexOf(`fillStyle=${severity}-ink`);
    return far.told.slice(from).map((each) => each.split(/[ =]/)[0]);
  });
  expect(signs[0]).toContain('lineTo');
  expect(signs[1]).toContain('fillRect');
});

it('draws an open breaker as an open switch on a broken line, in red', () => {
  const { sheet, told } = sheetAt(0.3);
  const curve = drawn(pair).curve('l')!;
  const look = { width: 2, retries: 0, isFailing: false, breaker: 'open' as const, isCut: false };
  paintLinks(sheet, [{ curve, look, isSelected: false, isHovered: false, isDimmed: false }]);
  expect(told).toContain('strokeStyle=bad');
  expect(told).toContain('setLineDash 2,6');
  expect(told.some((each) => each.startsWith('rotate -0.66'))).toBe(true);
});

it('paints links again only when they would look different', () => {
  const curve = drawn(pair).curve('l')!;
  const look = { width: 1.5, retries: 0, isFailing: false, breaker: null, isCut: false };
  const link = { curve, look, isSelected: false, isHovered: false, isDimmed: false };
  const key = (change: Partial<typeof look>, zoom = 0.1) =>
    keyOf([{ ...link, look: { ...look, ...change } }], zoom);
  expect(key({ width: 1.9 })).toBe(key({}));
  expect(key({ width: 3 }, 0.4)).not.toBe(key({}, 0.4));
  expect(key({ isFailing: true })).not.toBe(key({}));
  expect(keyOf([{ ...link, isSelected: true }], 0.1)).not.toBe(key({}));
});

it('keeps a name and a place in the order of Tab for all it paints, and an element only for what is touched', async () => {
  const many: Design = {
    ...emptyDesign('Many'),
    nodes: Array.from({ length: 260 }, (_, at) => ({
      id: `n${at}`,
      kind: 'service',
      label: `api ${at}`,
      position: { x: (at % 20) * 200, y: Math.floor(at / 20) * 150 },
      params: {},
    })),
  };
  const editor = showEditor(many);
  try {
    await screen.findByLabelText(/^api 0, service/);
    act(() => editor.services.canvas.zoomTo(0.3));
    // By role would compute the names of all of them, many times.
    const last = await screen.findByLabelText(/^api 259, service/);
    expect(last).toHaveAttribute('role', 'group');
    expect(last.tabIndex).toBe(0);
    expect(document.querySelectorAll('.react-flow__node')).toHaveLength(0);
    act(() => editor.services.view.select(['n3']));
    await waitFor(() => expect(document.querySelectorAll('.react-flow__node')).toHaveLength(1));
    act(() => editor.services.canvas.focus('n259'));
    expect(document.activeElement).toBe(last);
    fireEvent.keyDown(last, { key: 'Escape' });
  } finally {
    editor.leave();
  }
});
