// The written-down shape of the repository: what lies where, what it is called, how long it may be.
import type { Sources } from './tree.ts';

const topLevel = new Set(
  (
    'src public test index.html package.json package-lock.json vite.config.ts tsconfig.json README.md LICENSE ' +
    // Made by the tools and never committed:
    'node_modules dist coverage test-results playwright-report'
  ).split(' '),
);

/** What lies at the top of the repository although the design has no place for it; dotfiles are free. */
export function findStrangersAtTop(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('.') && !topLevel.has(name));
}

/** Files and folders whose names say nothing about what is in them. */
export function findEmptyNames(paths: readonly string[]): string[] {
  const empty = /^(utils?|helpers?|common|misc|types)(\..*)?$/;
  return paths.filter((path) => path.split('/').some((part) => empty.test(part)));
}

/** Files above the wall: 300 lines for sources, 400 for tests; the prose of guides is exempt. */
export function findTooLong(files: Sources): string[] {
  return [...files].flatMap(([path, text]) => {
    const wall = path.startsWith('test/') ? 400 : 300;
    const lines = text.trimEnd().split('\n').length;
    return lines > wall && !path.endsWith('/guide.ts')
      ? [`${path} has ${lines} lines, more than ${wall}`]
      : [];
  });
}

/** Kinds that have a folder but no line in the catalog, and so would never be seen. */
export function findKindsOutsideCatalog(paths: readonly string[], catalog: string): string[] {
  const kinds = paths.flatMap((path) => /^src\/kinds\/([^/]+)\/spec\.ts$/.exec(path)?.[1] ?? []);
  return kinds.filter((kind) => !new RegExp(`^import .*'\\./${kind}/[^']+'`, 'm').test(catalog));
}

/** Notes to do something later: it is done, or it is not in the code. */
export function findPostponed(files: Sources): string[] {
  const postponed = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`);
  return findLines(files, postponed);
}

/** Ways for a design made by somebody else to become markup or code. */
export function findInjectable(files: Sources): string[] {
  return findLines(
    files,
    /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b|\beval\(|\bnew Function\b/,
  );
}

function findLines(files: Sources, pattern: RegExp): string[] {
  return [...files].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}
