// Text in a design is plain, short and stays the same however often it is cleaned.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanLines } from '../../src/model/labels.ts';
import { SEED } from './random-designs.ts';

describe('plain text', () => {
  it.each([
    ['  api  ', 'api'],
    ['a\u0000b\u001b[31m\u007f\u009f', 'ab[31m'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['\u202egnp.exe\u2066', 'gnp.exe'],
    ['half \ud83d a pair \ude00', 'half  a pair'],
    [`${'x'.repeat(79)}😀`, 'x'.repeat(79)],
    [`${'x'.repeat(79)} y`, 'x'.repeat(79)],
    ['👩‍🚀 日本 مرحبا', '👩‍🚀 日本 مرحبا'],
  ])('%j on one line of at most 80 is %j', (text, clean) => {
    expect(cleanLine(text, 80)).toBe(clean);
  });

  it('of several lines keeps its line breaks and nothing else below a space', () => {
    expect(cleanLines('\n one\r\n\ttwo\rthree\u0007\u2028 \n', 80)).toBe('one\n two\nthree');
  });

  it('cleaned twice is as cleaned once, and never longer than allowed: 5,000 texts', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\t', '\r\n', ' ', '\ud83d', '\ude00', '😀'),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((parts) => parts.join('')),
        fc.integer({ min: 1, max: 20 }),
        (text, limit) => {
          for (const clean of [cleanLine, cleanLines]) {
            expect(clean(clean(text, limit), limit)).toBe(clean(text, limit));
            expect(clean(text, limit).length).toBeLessThanOrEqual(limit);
          }
        },
      ),
      { seed: SEED, numRuns: 5_000 },
    );
  });
});
