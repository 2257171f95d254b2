// Holds the JavaScript that a visitor waits for before the first picture to its budget: the scripts named in
// dist/index.html and everything they import statically, compressed as a static host would.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

const budget = 200_000;
const dist = join(root, 'dist');
if (!existsSync(join(dist, 'index.html'))) {
  console.error('There is no dist/index.html to measure: the build is missing.');
  process.exit(1);
}

const page = readFileSync(join(dist, 'index.html'), 'utf8');
const waiting = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1]);
const sizes = new Map();
while (waiting.length > 0) {
  const file = waiting.pop();
  if (sizes.has(file)) continue;
  const code = readFileSync(join(dist, file));
  sizes.set(file, gzipSync(code, { level: 9 }).length);
  // `import"./a.js"`, `import{b}from"./c.js"`, `export{d}from"./e.js"`; not `import("./later.js")`.
  for (const match of code.toString().matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
    waiting.push(posix.join(posix.dirname(file), match[1]));
  }
}

const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
for (const [file, size] of sizes) console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`);
console.log(
  `${(total / 1000).toFixed(1).padStart(7)} kB gzip before the first picture, of ${budget / 1000} kB`,
);
if (sizes.size === 0) console.error('No script was found in dist/index.html.');
process.exitCode = sizes.size > 0 && total <= budget ? 0 : 1;
