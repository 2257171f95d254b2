// Writes into dist/service-worker.js which files it keeps, and a version that changes with any of them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

const script = 'service-worker.js';
/** Published beside the app, but no part of it. */
const left = new Set([script, 'screenshot.png']);

export function keepOffline(): Plugin {
  let folder = '';
  return {
    name: 'keep-offline',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
    },
    // After everything is written, files of public/ included.
    closeBundle: () => {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((file) => !left.has(file) && !file.startsWith('schema/'))
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
      const precache = { version: hash.digest('hex').slice(0, 16), files: files.map((file) => `./${file}`) };
      const path = join(folder, script);
      const code = readFileSync(path, 'utf8');
      writeFileSync(path, `self.precache = ${JSON.stringify(precache)};\n${code}`);
    },
  };
}
