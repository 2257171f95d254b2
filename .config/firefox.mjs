// Finds the Firefox whose worker must give the same runs, and installs Debian's where that is possible. Where there is
// none its tests are left out: the page is tested in Chromium in any case.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installFromDebian } from './debian.mjs';

const names = ['firefox', 'firefox-esr'];
const usualPlaces = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  join(process.env.PROGRAMFILES ?? '', 'Mozilla Firefox/firefox.exe'),
];

/** Path of the browser: FIREFOX when set, else the first one found; undefined when there is none. */
export function findFirefox() {
  if (process.env.FIREFOX) return process.env.FIREFOX;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path));
}

/** Installs it on Debian and Ubuntu when run as root. */
export function wantFirefox() {
  if (findFirefox()) return;
  installFromDebian('Firefox', 'firefox-esr');
  if (!findFirefox())
    console.log('No Firefox here: its digests are not compared. Install it, or set FIREFOX.');
}
