// Finds the Chromium (or Chrome) that the end-to-end tests drive, and installs Debian's where that is possible.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installFromDebian } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((variable) =>
    join(process.env[variable] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ),
];

/** Quiet and self-contained: no sandbox (which root cannot have), no graphics card, no calls to anyone's servers. */
export const launchArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the browser: CHROMIUM when set, else the first one found; undefined when there is none. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path));
}

/** Like findChromium, but installs it on Debian and Ubuntu when run as root; elsewhere says what to install. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  installFromDebian('Chromium', 'chromium', 'fonts-liberation');
  const installed = findChromium();
  if (!installed) {
    console.error(
      'No browser for the end-to-end tests: install Chromium or Chrome, or set CHROMIUM to its path.',
    );
  }
  return installed;
}
