// Text that is no JSON is refused with line and column, in the same words in every browser.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import { findJsonFault } from '../../src/model/json.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { SHOP_8 } from './designs.ts';
import { SEED } from './random-designs.ts';
import { VOCABULARY } from './vocabulary.ts';

describe('text that is no JSON', () => {
  it.each([
    ['', 'This text is empty; a design is a JSON object of format “loadbearing/1”.'],
    [
      '{"format": "loadbearing/1",}',
      'This is not valid JSON: a name in double quotes is expected at line 1, column 28.',
    ],
    ['{\n  "name": Shop\n}', 'This is not valid JSON: a value is expected at line 2, column 11.'],
    [
      '{\r\n"a": 1\r\n"b": 2}',
      'This is not valid JSON: a comma or a closing bracket is expected at line 3, column 1.',
    ],
    ['{"a" 1}', 'This is not valid JSON: a colon is expected at line 1, column 6.'],
    [
      '{"a": [1, 2',
      'This JSON ends too early, at line 1, column 12: a comma or a closing bracket is missing.',
    ],
    [
      '{"a": "x\ny"}',
      'This is not valid JSON: a closing quote or a valid character is expected at line 1, column 9.',
    ],
    ['{} {}', 'This is not valid JSON: the end of the text is expected at line 1, column 4.'],
    ['[1, 01]', 'This is not valid JSON: a comma or a closing bracket is expected at line 1, column 6.'],
  ])('%j', (text, message) => {
    expect(parseDesignText(text, VOCABULARY)).toEqual({
      design: null,
      problems: [{ path: '$', message, severity: 'error' }],
    });
  });

  it('a byte order mark before a good document does no harm', () => {
    expect(parseDesignText(`\ufeff${serialize(SHOP_8)}`, VOCABULARY).problems).toEqual([]);
  });

  it('a million opening brackets and 17 million spaces are refused, not run out of memory', () => {
    expect(parseDesignText('['.repeat(1e6), VOCABULARY).problems[0].message).toMatch(
      /^This JSON ends too early/,
    );
    expect(parseDesignText(' '.repeat(17e6), VOCABULARY).problems[0].message).toMatch(/too large/);
  });

  it('the finder of faults agrees with JSON.parse on 20,000 broken and whole texts', () => {
    let broken = 0;
    const pieces = fc.constantFrom(
      ...'{}[]:," \n'.split(''),
      '"a"',
      '1',
      '-0.5e3',
      '01',
      'true',
      'nul',
      '\\u00e9',
      '"\\x"',
    );
    const random = fc.array(pieces, { maxLength: 7 }).map((parts) => parts.join(''));
    const cut = fc.tuple(fc.json(), fc.nat(), fc.nat(2), pieces).map(([text, at, drop, piece]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place + drop);
    });
    fc.assert(
      fc.property(fc.oneof(random, cut, fc.json()), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
          broken++;
        }
        expect(findJsonFault(text) === null).toBe(valid);
      }),
      { seed: SEED, numRuns: 20_000 },
    );
    console.log(`${broken} of 20,000 texts were broken`);
    expect(broken).toBeGreaterThan(5_000);
  });
});
