// The overview of the theory cases names every file of them, once, and no other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, root } from './tree.ts';

const FOLDER = 'test/theory';
const rows = readFileSync(join(root, FOLDER, 'README.md'), 'utf8').matchAll(
  /^\| `(.+?\.test\.ts)` \|(.+)\|$/gm,
);
const table = new Map([...rows].map(([, file, cells]) => [file, cells.split(' | ')]));

describe('the overview of test/theory', () => {
  it('has a row for every file of cases', () => {
    const files = filesBelow(FOLDER).filter((path) => path.endsWith('.test.ts'));
    expect([...table.keys()]).toEqual(files.map((path) => path.slice(FOLDER.length + 1)).sort());
  });

  it('says in each what is compared, with which formula, how closely, and what that notices', () => {
    for (const [file, cells] of table)
      expect(
        cells.filter((cell) => cell.trim() !== ''),
        file,
      ).toHaveLength(4);
  });
});
