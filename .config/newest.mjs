// When a file or folder was last changed, looking into folders: tells whether something built is out of date.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** Latest change in milliseconds below the given paths of the repository; 0 where there is nothing. */
export function newest(...paths) {
  return Math.max(0, ...paths.map((path) => newestBelow(join(root, path))));
}

/** Whether dist is missing or older than anything that goes into it. */
export function isBuildStale() {
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
  return newest('dist/index.html') < newest(...sources);
}

function newestBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time counts too: it is what changes when a file is deleted or renamed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestBelow(join(path, name))));
}
