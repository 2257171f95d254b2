// The repository as text, for rules about its shape. Knows nothing of what the rules are.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path from the repository's root, with forward slashes, to the file's text. */
export type Sources = ReadonlyMap<string, string>;

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Paths of all files below a folder of the repository. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Text of all files below a folder whose names end in one of the given endings. */
export function readSources(folder: string, ending = /\.tsx?$/): Sources {
  const paths = filesBelow(folder).filter((path) => ending.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** For planting: a tree made of literals. */
export function sources(files: Record<string, string>): Sources {
  return new Map(Object.entries(files));
}
