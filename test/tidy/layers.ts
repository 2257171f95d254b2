// Which layer may import which, decided from the text of the files alone.
import { posix } from 'node:path';
import ts from 'typescript';
import type { Sources } from './tree.ts';

const mayImport: Record<string, readonly string[]> = {
  model: [],
  engine: [],
  kinds: ['model', 'engine'],
  drills: ['model', 'engine', 'kinds'],
  session: ['model', 'engine', 'kinds', 'drills'],
  cli: ['model', 'engine', 'kinds', 'drills', 'session'],
  ui: ['model', 'kinds', 'drills', 'session'],
};

const mayUse: Record<string, RegExp> = {
  model: /^$/,
  engine: /^xstate$/,
  kinds: /^$/,
  drills: /^$/,
  session: /^(xstate|comlink)(\/|$)/,
  cli: /^node:/,
  ui: /^(?!node:|comlink)/,
};

/** One sentence for each import that goes against the arrows; empty when all is well. */
export function findLayerViolations(files: Sources): string[] {
  return [...files].flatMap(([path, text]) => {
    const layer = layerOf(path);
    if (layer === 'main.tsx') return [];
    if (!(layer in mayImport)) return [`${path} is in no layer`];
    return importsOf(text).flatMap((specifier) => {
      if (!specifier.startsWith('.')) {
        return mayUse[layer]!.test(specifier) ? [] : [`${path} uses ${specifier}, which ${layer} may not`];
      }
      const target = posix.join(posix.dirname(path), specifier);
      const reached = layerOf(target);
      const isAllowed = reached === layer || mayImport[layer]!.includes(reached);
      return isAllowed ? [] : [`${path} imports ${target}, but ${layer} may not import ${reached}`];
    });
  });
}

/** `src/kinds/cache/spec.ts` is in `kinds`; `src/main.tsx` stands for itself. */
function layerOf(path: string): string {
  return path.startsWith('src/') ? path.split('/')[1]! : path;
}

function importsOf(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const byAddress = text.matchAll(/new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g);
  return [...importedFiles.map((file) => file.fileName), ...[...byAddress].map((match) => match[1]!)];
}
