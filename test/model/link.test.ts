// A design fits into a link people can send, and comes out of whatever chat and mail tools make of the link.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '../../src/model/document.ts';
import { decodeLink, encodeLink, type LinkExtras } from '../../src/model/url.ts';
import { withoutViewport } from '../../src/model/canonical.ts';
import type { Vocabulary } from '../../src/model/vocabulary.ts';
import { SHOP_20, SHOP_50, SHOP_8 } from './designs.ts';
import { anyDesign, SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

const encode = (design: Design, extras: LinkExtras = {}): Promise<string> =>
  encodeLink(design, extras, VOCABULARY);
const decode = (text: string) => decodeLink(text, VOCABULARY);

describe('link lengths', () => {
  it.each([
    [SHOP_8, 350],
    [SHOP_20, 750],
    [SHOP_50, 1_300],
  ])('%#: stay far below what chat tools cut', async (design, most) => {
    const link = await encode(design);
    console.log(`${design.nodes.length} nodes, ${design.links.length} links: ${link.length} characters`);
    expect(link.length).toBeLessThan(most);
    expect(link).toMatch(/^a1\.[A-Za-z0-9_-]+$/);
  });

  it('hardly grow by a view, a moment and a drill', async () => {
    const plain = await encode(SHOP_20);
    const full = await encode(SHOP_20, {
      viewport: { x: -120, y: 40, zoom: 0.75 },
      momentMs: 54_200,
      drill: 'd1',
    });
    console.log(`extras cost ${full.length - plain.length} characters`);
    expect(full.length - plain.length).toBeLessThan(50);
  });
});

describe('round trips', () => {
  it('design → link → design is the same design, ids and all, for 500 random designs', async () => {
    await fc.assert(
      fc.asyncProperty(anyDesign, async (design) => {
        expect(await decode(await encode(design))).toEqual({ ok: true, design, extras: {}, problems: [] });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('extras come back as they were given, each alone and all together', async () => {
    const all = { viewport: { x: -120, y: 40, zoom: 0.333 }, momentMs: 0, drill: 'retry-storm' };
    const { viewport, momentMs, drill } = all;
    for (const extras of [
      {},
      { viewport },
      { momentMs },
      { drill },
      { viewport, drill },
      { momentMs, drill },
      all,
    ]) {
      expect(await decode(await encode(SHOP_8, extras))).toEqual({
        ok: true,
        design: SHOP_8,
        extras,
        problems: [],
      });
    }
  });

  it('rounds positions, leaves the view of the design at home, and drops explicit defaults', async () => {
    const [first, ...rest] = SHOP_8.nodes;
    const node = { ...first, position: { x: 20.4, y: 99.5 }, params: { ...first.params, keys: 10_000 } };
    const design = { ...SHOP_8, nodes: [node, ...rest], viewport: { x: 1, y: 2, zoom: 3 } };
    const decoded = await decode(await encode(design));
    expect(decoded).toEqual({ ok: true, design: withoutViewport(SHOP_8), extras: {}, problems: [] });
  });

  it('a kind or param appended to the vocabulary later leaves old links as they were', async () => {
    const { service } = VOCABULARY.kinds;
    const grown: Vocabulary = {
      kinds: {
        queue: { label: 'Queue', params: {} },
        ...VOCABULARY.kinds,
        service: { ...service, params: { ...service.params, startMs: service.params['serviceMs'] } },
      },
      kindOrder: [...VOCABULARY.kindOrder, 'queue'],
      link: VOCABULARY.link,
    };
    const decoded = await decodeLink(await encode(SHOP_20), grown);
    expect(decoded).toMatchObject({ ok: true, design: SHOP_20, problems: [] });
    const queue = { ...SHOP_20.nodes[0], id: 'n21', kind: 'queue', params: {} };
    const service5 = { ...SHOP_20.nodes[4], params: { startMs: 5, workers: 64, queueLimit: 200 } };
    const nodes = [...SHOP_20.nodes.map((n) => (n.id === 'n5' ? service5 : n)), queue];
    const newer = await decode(await encodeLink({ ...SHOP_20, nodes }, {}, grown));
    expect(newer).toMatchObject({ ok: true, design: SHOP_20 });
    expect(newer.ok ? newer.problems.map(({ path, message }) => `${path} ${message}`) : newer).toEqual([
      '$.nodes[4].params["#8"] “#8” is not a parameter of node “api”; it was left out.',
      '$.nodes[20].kind Node “n21” has the unknown kind “#7”; it was left out, with the links to it.',
    ]);
  });
});

const FOREIGN = 'This is not a Loadbearing link: its part after the # does not start with “a1.”.';
const EMPTY = 'This address carries no design: there is nothing after a #.';

describe('what tools make of a link', () => {
  it('is read: addresses, escapes, brackets, wrapping and punctuation', async () => {
    const link = await encode(SHOP_8);
    const address = `https://example.org/loadbearing/?embed=1#${link}`;
    const wrapped = address.replace(/(.{76})/g, '$1\r\n');
    const escaped = [...link].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
    const variants = [
      link,
      `#${link}`,
      address,
      `  ${address}\n`,
      `<${address}>`,
      `<${link}>`,
      `(${address}).`,
      `"${link}"`,
      `[my #1 design](${address})`,
      `**${address}**`,
      `_${address}_`,
      `see ${address}!`,
      `${address}…`,
      address.replace('#', '%23'),
      encodeURIComponent(address),
      encodeURIComponent(encodeURIComponent(address)),
      `#${escaped}`,
      wrapped,
      link.replace(/(.{20})/g, '$1\u200b'),
    ];
    for (const text of variants) expect(await decode(text), text).toMatchObject({ ok: true, design: SHOP_8 });
  });

  it.each([
    ['https://excalidraw.com/#json=5f0,Ab3dE', FOREIGN],
    ['https://example.org/', EMPTY],
    ['', EMPTY],
    ['#', EMPTY],
    ['pako:eNpVj', FOREIGN],
    ['#b1.AAAA', FOREIGN],
    [
      '#a2.AAAA',
      'This link was made by a newer Loadbearing (form a2, this one reads a1); ' +
        'reload the page to get the newest version.',
    ],
    ['#a1.', 'This link was cut off: its first characters are missing; copy it again in full.'],
    ['#a1.AAAAAAAA', 'This link was damaged on its way: its checksum is wrong; copy it again.'],
    ['#a1.AAAAAP__AAAA', 'This link was cut off: 12 of 87388 characters are left; copy it again in full.'],
    ['x'.repeat(200_000), 'This link is too large: 200000 characters, at most 120000 can be read.'],
  ])('is refused with a sentence: %.40s', async (text, reason) => {
    expect(await decode(text)).toEqual({ ok: false, reason });
  });

  it('survives 3,000 arbitrary texts', async () => {
    const garbage = fc.oneof(
      fc.string(),
      fc.webUrl({ withFragments: true }),
      fc.base64String().map((s) => `#a1.${s}`),
    );
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        const decoded = await decode(text);
        expect(decoded).toMatchObject({ ok: false, reason: expect.stringMatching(/^This .*\.$/) as unknown });
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it('a design too large for any link is refused when it is made, with a sentence', async () => {
    const text = (i: number): string =>
      [...Array(150).keys()].map((j) => ((i * 7919 + j * 104729) % 999_983).toString(36)).join(' ');
    const notes = Array.from({ length: 200 }, (_, i) => ({
      id: `t${i + 1}`,
      text: text(i),
      position: { x: 0, y: 0 },
    }));
    await expect(encode({ ...SHOP_8, notes })).rejects.toThrow(
      /^This design is too large for a link; save it as a file/,
    );
  });
});
