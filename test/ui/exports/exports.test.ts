// What leaves the page: a flowchart and a picture carry the design, and no name in it can become markup.
import { expect, it } from 'vitest';
import { serialize } from '../../../src/model/canonical.ts';
import { crc32 } from '../../../src/model/checksum.ts';
import type { Design } from '../../../src/model/document.ts';
import { readFileBytes, readFileText } from '../../../src/ui/design/reading.ts';
import { createFlow } from '../../../src/ui/canvas/flow.ts';
import { toMermaid } from '../../../src/ui/exports/mermaid.ts';
import { isPng, textIn, withText } from '../../../src/ui/exports/png-text.ts';
import { drawSvg } from '../../../src/ui/exports/svg.ts';
import { shop } from '../app/editor.tsx';

const nasty = `"]<img onerror=alert(1)> & #quot; \`x\``;
const design: Design = {
  ...shop,
  nodes: shop.nodes.map((node, at) =>
    at === 1 ? { ...node, label: nasty, group: 'r', params: { workers: 7 } } : node,
  ),
  links: [...shop.links, { id: 'l2', from: 'n2', to: 'n3', params: {} }],
  groups: [{ id: 'r', kind: 'region', label: 'EU "west"' }],
};

const svgOf = (live: null = null) =>
  drawSvg({ design, live, ink: (token) => token, fonts: '', measure: () => 0, source: serialize(design) });

it('writes a flowchart that is read back with the same names, kinds, links and regions', async () => {
  const { design: back } = await readFileText(toMermaid(design), 'x', 'Shop');
  const facts = (each: Design) => ({
    nodes: each.nodes.map(({ label, kind }) => [label, kind]),
    links: each.links.map((link) =>
      [link.from, link.to].map((id) => each.nodes.find((node) => node.id === id)!.label),
    ),
    groups: each.groups.map(({ label }) => label),
  });
  const sorted = (each: Design) => ({ ...facts(each), nodes: facts(each).nodes.toSorted() });
  expect(sorted(back!)).toEqual(sorted(design));
});

it('draws a picture that is well-formed, shows each name as text and no number of its own', () => {
  const picture = new DOMParser().parseFromString(svgOf().svg, 'image/svg+xml');
  expect(picture.getElementsByTagName('parsererror')).toHaveLength(0);
  expect(picture.getElementsByTagName('img')).toHaveLength(0);
  const texts = [...picture.getElementsByTagName('text')].map((text) => text.textContent);
  expect(texts).toEqual([
    'EU "west"',
    'Shoppers',
    'steady 1,000 rps',
    nasty,
    '3 × 7 workers',
    'orders',
    expect.stringContaining('16'),
  ]);
});

it('writes the path beside a link that is for one, as the canvas does', () => {
  const routed = { ...design, links: design.links.map((link) => ({ ...link, params: { path: 'b' } })) };
  const { svg } = drawSvg({
    design: routed,
    live: null,
    ink: (token) => token,
    fonts: '',
    measure: () => 0,
    source: '',
  });
  expect(svg.match(/>\/b<\/text>/g)).toHaveLength(design.links.length);
  const edges = createFlow().edges(routed, new Set());
  expect(edges.map(({ ariaLabel }) => ariaLabel)).toEqual([
    `Link from Shoppers to ${nasty}, for /b`,
    `Link from ${nasty} to orders, for /b`,
  ]);
  expect(svgOf().svg).not.toMatch(/>\/b</);
});

it('opens an exported picture as the very same design', async () => {
  const reading = await readFileText(svgOf().svg, 'x', 'x');
  expect(reading.isPartial).toBe(false);
  expect(reading.design).toEqual(design);
});

/** One black pixel, as any PNG encoder writes it. */
const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
);

it('puts the design into a PNG, which stays one, and opens it from there', async () => {
  const named = { ...design, name: 'Größe 🚚' };
  const png = withText(PIXEL, serialize(named));
  expect(isPng(png)).toBe(true);
  expect(png.subarray(0, 33)).toEqual(PIXEL.subarray(0, 33));
  expect(png.subarray(-PIXEL.length + 33)).toEqual(PIXEL.subarray(33));
  // Behind type and data of each chunk stands its checksum: of the header from the encoder, of ours from here.
  const view = new DataView(png.buffer);
  expect(view.getUint32(29)).toBe(crc32(png.subarray(12, 29)));
  const end = 33 + 8 + view.getUint32(33);
  expect(view.getUint32(end)).toBe(crc32(png.subarray(37, end)));
  expect(textIn(png)).toBe(serialize(named));
  expect((await readFileBytes(png, 'x.png', 'x')).design).toEqual(named);
});

it('refuses a PNG without a design, a damaged or a cut one with a sentence', async () => {
  const png = withText(PIXEL, serialize(design));
  const damaged = png.slice();
  damaged[100] ^= 1;
  for (const bytes of [PIXEL, damaged, png.subarray(0, 200), PIXEL.subarray(0, 10)]) {
    const { design: none, problem } = await readFileBytes(bytes, '“x.png”', 'x');
    expect(none).toBeNull();
    expect(problem).toMatch(/^“x\.png” cannot be opened\. There is no design in this picture/);
  }
});
