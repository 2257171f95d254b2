// The shape of the repository. Each rule is shown to hold, and to notice when it does not.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as rule from './structure.ts';
import { filesBelow, readSources, root, sources } from './tree.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const src = readSources('src', /\.(tsx?|css)$/);
const tests = readSources('test', /\.tsx?$/);

describe('top level', () => {
  test('only what the design names lies at the top', () => {
    expect(rule.findStrangersAtTop(readdirSync(root))).toEqual([]);
  });

  test('a stranger is noticed', () => {
    expect(rule.findStrangersAtTop(['src', '.ci', 'scripts', 'notes.md'])).toEqual(['scripts', 'notes.md']);
  });
});

describe('names', () => {
  test('every file and folder says what is in it', () => {
    expect(rule.findEmptyNames([...filesBelow('src'), ...filesBelow('test')])).toEqual([]);
  });

  test('an empty name is noticed', () => {
    const planted = [
      'src/ui/utils/a.ts',
      'src/engine/types.ts',
      'src/model/helper.ts',
      'src/ui/prototypes.ts',
    ];
    expect(rule.findEmptyNames(planted)).toEqual(planted.slice(0, 3));
  });
});

describe('length', () => {
  test('no file is above the wall', () => {
    expect(rule.findTooLong(new Map([...src, ...tests]))).toEqual([]);
  });

  test('a file above the wall is noticed', () => {
    const lines = (count: number) => 'x;\n'.repeat(count);
    const planted = sources({
      'src/a.ts': lines(300),
      'src/b.ts': lines(301),
      'test/c.test.ts': lines(400),
      'test/d.test.ts': lines(401),
      'src/kinds/cache/guide.ts': lines(500),
    });
    expect(rule.findTooLong(planted)).toEqual([
      'src/b.ts has 301 lines, more than 300',
      'test/d.test.ts has 401 lines, more than 400',
    ]);
  });
});

describe('kinds', () => {
  test('every kind is in the catalog', () => {
    const catalog = existsSync(join(root, 'src/kinds/catalog.ts')) ? read('src/kinds/catalog.ts') : '';
    expect(rule.findKindsOutsideCatalog([...src.keys()], catalog)).toEqual([]);
  });

  test('a kind that is not in the catalog is noticed', () => {
    const paths = ['src/kinds/cache/spec.ts', 'src/kinds/queue/spec.ts', 'src/kinds/contract.ts'];
    const catalog = "import { cache } from './cache/index.ts';\n// './queue/index.ts'";
    expect(rule.findKindsOutsideCatalog(paths, catalog)).toEqual(['queue']);
  });
});

describe('text', () => {
  test('nothing is postponed in a comment', () => {
    expect(rule.findPostponed(new Map([...src, ...tests]))).toEqual([]);
  });

  test('nothing turns text into markup or code', () => {
    expect(rule.findInjectable(src)).toEqual([]);
  });

  test('both are noticed', () => {
    const later = '// TO' + 'DO: later';
    expect(rule.findPostponed(sources({ 'src/a.ts': `ok\n${later}` }))).toEqual(['src/a.ts:2']);
    const planted = {
      'src/a.tsx': 'el.innerHTML = text;',
      'src/b.ts': 'eval(text)',
      'src/c.ts': 'retrieval(text)',
    };
    expect(rule.findInjectable(sources(planted))).toEqual(['src/a.tsx:1', 'src/b.ts:1']);
  });
});

describe('packages', () => {
  test('the lock file names no download address', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  test('every version is pinned exactly', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^(npm:[a-z]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
