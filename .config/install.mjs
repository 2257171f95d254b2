// Makes sure that Node is new enough and that the packages of the lock file are there. Needs no package itself.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Ends the program with one sentence on a Node that is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Loadbearing needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Runs `npm ci` when node_modules is absent or older than the lock file. Everything npm says goes to standard
 * error, so that standard output stays the program's own. Ends the program when the installation fails.
 */
export function installPackages() {
  const installed = modifiedAt('node_modules/.package-lock.json');
  if (installed >= modifiedAt('package-lock.json')) return;
  console.error('Installing packages …');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const { status } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...flags], options)
    : spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error('The packages could not be installed: `npm ci` failed, see above.');
  process.exit(1);
}

function modifiedAt(path) {
  return statSync(new URL(`../${path}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
