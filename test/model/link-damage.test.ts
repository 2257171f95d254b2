// A damaged link is reported, never opened as another design; a hostile one is refused before it can do harm.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import { emptyDesign, type Design } from '../../src/model/document.ts';
import { fromBase64Url, toBase64Url } from '../../src/model/base64url.ts';
import { crc32 } from '../../src/model/checksum.ts';
import { open, seal } from '../../src/model/envelope.ts';
import { decodeLink, encodeLink } from '../../src/model/url.ts';
import { draw, SHOP_20, SHOP_8 } from './designs.ts';
import { SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

const TINY = draw('T', [['service', 'a', 0, 0]], []);
const DESIGNS: readonly Design[] = [emptyDesign(), TINY, SHOP_8, SHOP_20];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** How damaged texts end: refused with which sentence, opened as the same design, or as another. */
async function tally(design: Design, texts: Iterable<string>): Promise<Record<string, number>> {
  const ends: Record<string, number> = { tried: 0, refused: 0, same: 0, different: 0 };
  for (const text of texts) {
    const decoded = await decodeLink(text, VOCABULARY);
    ends['tried']++;
    if (!decoded.ok) ends['refused']++;
    else if (serialize(decoded.design) === serialize(design)) ends['same']++;
    else ends['different']++;
  }
  return ends;
}

function* eachBitOfEachCharacter(link: string): Generator<string> {
  for (let i = 0; i < link.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      yield link.slice(0, i) + String.fromCharCode(link.charCodeAt(i) ^ (1 << bit)) + link.slice(i + 1);
    }
  }
}

function* eachCharacterReplaced(link: string): Generator<string> {
  for (let i = 0; i < link.length; i++) {
    for (const char of ALPHABET) if (char !== link[i]) yield link.slice(0, i) + char + link.slice(i + 1);
  }
}

function* eachCharacterRemovedDoubledOrSwapped(link: string): Generator<string> {
  for (let i = 0; i < link.length; i++) {
    yield link.slice(0, i) + link.slice(i + 1);
    yield link.slice(0, i + 1) + link.slice(i);
    const swapped = link.slice(0, i) + (link[i + 1] ?? '') + link[i] + link.slice(i + 2);
    if (swapped !== link) yield swapped;
  }
}

/** A link with the right checksum around any bytes at all, as an attacker would make it. */
const forge = (packed: Uint8Array): string => `a1.${seal(packed, 'a1')}`;
const pack = (text: string | Uint8Array): Uint8Array => deflateRawSync(text, { level: 9 });

describe('a damaged link', () => {
  it('with any single bit of any character flipped never gives a different design', async () => {
    for (const design of DESIGNS) {
      const link = await encodeLink(design, {}, VOCABULARY);
      const ends = await tally(design, eachBitOfEachCharacter(link));
      console.log(`${link.length} characters, every bit flipped:`, JSON.stringify(ends));
      expect(ends).toMatchObject({ tried: link.length * 8, different: 0, same: 0 });
    }
  });

  it('with any character replaced by any other never opens at all', async () => {
    for (const design of DESIGNS.slice(0, 3)) {
      const link = await encodeLink(design, {}, VOCABULARY);
      const ends = await tally(design, eachCharacterReplaced(link));
      console.log(`${link.length} characters, every replacement:`, JSON.stringify(ends));
      expect(ends).toMatchObject({ different: 0, same: 0 });
    }
  });

  it('with any character removed, doubled or swapped never gives a different design', async () => {
    for (const design of DESIGNS) {
      const link = await encodeLink(design, {}, VOCABULARY);
      const ends = await tally(design, eachCharacterRemovedDoubledOrSwapped(link));
      console.log(`${link.length} characters, removed, doubled, swapped:`, JSON.stringify(ends));
      // A doubled last "-" or "_" is forgiven as punctuation; the design is checked and the same.
      expect(ends['different']).toBe(0);
      expect(ends['same']).toBeLessThanOrEqual(1);
    }
  });

  it('cut at any length is refused, and from its ninth character on said to be cut off', async () => {
    const link = await encodeLink(SHOP_20, {}, VOCABULARY);
    for (let length = 0; length < link.length; length++) {
      const decoded = await decodeLink(link.slice(0, length), VOCABULARY);
      expect(decoded.ok).toBe(false);
      if (length >= 3 && !decoded.ok) expect(decoded.reason).toMatch(/^This link was cut off: /);
    }
    const half = await decodeLink(link.slice(0, 303), VOCABULARY);
    const expected = `300 of ${link.length - 3} characters are left`;
    expect(half).toEqual({ ok: false, reason: `This link was cut off: ${expected}; copy it again in full.` });
  });

  it('changed at random in many places never gives a different design: 3,000 tries', async () => {
    const link = await encodeLink(SHOP_8, {}, VOCABULARY);
    const places = fc.array(fc.tuple(fc.nat(link.length - 4), fc.constantFrom(...ALPHABET)), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(places, async (changes) => {
        const chars = [...link];
        for (const [at, char] of changes) chars[at + 3] = char;
        const { different } = await tally(SHOP_8, [chars.join('')]);
        expect(different).toBe(0);
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it('made for another form is refused even where only the form differs', async () => {
    const link = await encodeLink(SHOP_8, {}, VOCABULARY);
    expect(open(link.slice(3), 'a1')).toHaveProperty('data');
    expect(open(link.slice(3), 'a3')).toEqual({
      reason: 'This link was damaged on its way: its checksum is wrong; copy it again.',
    });
  });
});

describe('a hostile link', () => {
  it('that would unpack to 64 MB of zeros is refused while it unpacks', async () => {
    const bomb = pack(new Uint8Array(64_000_000));
    const small = pack(new Uint8Array(8_000_001));
    for (const packed of [bomb, small]) {
      const began = performance.now();
      const decoded = await decodeLink(forge(packed), VOCABULARY);
      console.log(`bomb of ${packed.length} bytes refused in ${(performance.now() - began).toFixed(0)} ms`);
      expect(decoded).toEqual({ ok: false, reason: 'This link is too large: it unpacks to more than 8 MB.' });
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });

  it('with bytes after the end of the deflate stream is refused', async () => {
    const packed = pack('["x",1]');
    expect(await decodeLink(forge(packed), VOCABULARY)).toMatchObject({
      ok: true,
      design: { name: 'x', seed: 1 },
    });
    for (const extra of [[0], [1, 2, 3], [...packed]]) {
      expect(await decodeLink(forge(Uint8Array.of(...packed, ...extra)), VOCABULARY)).toMatchObject({
        ok: false,
      });
    }
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['no deflate stream', Uint8Array.of(255, 255, 255)],
    ['no JSON', pack('[1,2')],
    ['no list', pack('{"format":"loadbearing/1"}')],
    ['a list of something else', pack('[1,2,3]')],
    ['lists in lists', pack(`${'['.repeat(1e4)}${']'.repeat(1e4)}`)],
    ['an empty list', pack('[]')],
    ['no UTF-8', pack(Uint8Array.of(0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d))],
    ['a million brackets', pack('['.repeat(1e6))],
  ])('with %s behind a right checksum is refused', async (_, packed) => {
    const reason = 'This link holds no readable design; ask for a new one.';
    expect(await decodeLink(forge(packed), VOCABULARY)).toEqual({ ok: false, reason });
  });

  it('with arbitrary columns gives a design that holds together, or a sentence: 3,000 tries', async () => {
    const cell = fc.oneof(
      fc.integer({ min: -3, max: 30 }),
      fc.double(),
      fc.string(),
      fc.constant(null),
      fc.constant({}),
    );
    const column = fc.oneof(cell, fc.array(fc.oneof(cell, fc.array(fc.oneof(cell, fc.array(cell))))));
    await fc.assert(
      fc.asyncProperty(fc.array(column, { maxLength: 20 }), async (columns) => {
        const decoded = await decodeLink(forge(pack(JSON.stringify(columns))), VOCABULARY);
        if (!decoded.ok) return;
        const again = await decodeLink(
          await encodeLink(decoded.design, decoded.extras, VOCABULARY),
          VOCABULARY,
        );
        expect(again).toMatchObject({ ok: true, design: decoded.design, problems: [] });
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it('with a million nodes opens with the first 2,000 and says so', async () => {
    const columns = ['x', 1, Array(1_000_000).fill(3), [], 0, []];
    const decoded = await decodeLink(forge(pack(JSON.stringify(columns))), VOCABULARY);
    expect(decoded.ok ? [decoded.design.nodes.length, decoded.problems[0].message] : decoded).toEqual([
      2_000,
      'There are more than 2000 nodes; only the first 2000 were kept.',
    ]);
  });
});

describe('the parts of a link', () => {
  it('base64url agrees with Node and accepts nothing but what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 12 }), (bytes, text) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
        const decoded = fromBase64Url(text);
        if (decoded !== null) expect(toBase64Url(decoded)).toBe(text);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
    expect([fromBase64Url('AB'), fromBase64Url('A'), fromBase64Url('AA=='), fromBase64Url('AA')]).toEqual([
      null,
      null,
      null,
      Uint8Array.of(0),
    ]);
  });

  it('the checksum is CRC-32: of "123456789" it is cbf43926', () => {
    expect(crc32(new TextEncoder().encode('123456789')).toString(16)).toBe('cbf43926');
  });
});
