// The same design gives the same run in Node and in a browser's worker: digests of every shipped example after ten simulated
// seconds, on the production build. A browser that is not installed is left out, and that is said.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import puppeteer, { type Browser, type ElementHandle, type LaunchOptions, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import type { Design } from '../../src/model/document.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { encodeLink } from '../../src/model/url.ts';
import { runHeadless } from '../../src/session/headless.ts';

const VITE = 'node_modules/vite/bin/vite.js';
const FOLDER = 'public/examples';
/** The first whole mark at which the page notes a digest. */
const AT_MS = 10_000;
const PATIENCE_MS = 40_000;

const examples = readdirSync(FOLDER).filter((file) => file !== 'index.json');

function example(file: string): Design {
  return parseDesignText(readFileSync(`${FOLDER}/${file}`, 'utf8'), VOCABULARY).design!;
}

let server: ChildProcess;
let address: string;

async function serve(): Promise<void> {
  server = spawn(process.execPath, [VITE, 'preview', '--host', '127.0.0.1', '--port', '4173'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  // It takes the next free port and says which.
  address = await new Promise((resolve) => {
    let said = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    });
  });
}

/** Asked for again and again from here: the page's policy forbids the code that the library would watch it with. */
function find(page: Page, selector: string): Promise<ElementHandle> {
  const look = async () => (await page.$(selector)) ?? Promise.reject(new Error(`no ${selector} yet`));
  return vi.waitFor(look, { timeout: PATIENCE_MS, interval: 200 });
}

/** Runs the design of a link from the start as fast as the browser can, and reads the digest at the mark. */
async function digestIn(page: Page, link: string): Promise<string> {
  await page.goto(`${address}#${link}`);
  // Until the link is read the empty design could be played as well.
  await find(page, '.react-flow__node');
  const speed = await find(page, 'input[type="range"][aria-label="Speed"]');
  await speed.focus();
  await page.keyboard.press('End');
  // A design from a link waits to be played.
  const play = await find(page, 'button[aria-label="Play"]');
  await play.click();
  const mark = await find(page, `code[data-at-ms="${AT_MS}"]`);
  return mark.evaluate((element) => (element.textContent ?? '').trim());
}

/** The tests of one browser: a file of their own for each, so that two run at the same time. */
export function expectSameDigests(name: string, options: LaunchOptions): void {
  if (!options.executablePath) console.log(`${name} is not installed here, so its digests are not compared.`);
  describe.skipIf(!options.executablePath)(`${name}'s worker (rule 4)`, () => {
    let running: Browser;

    beforeAll(async () => {
      await serve();
      running = await puppeteer.launch({ ...options, headless: true });
    }, 2 * PATIENCE_MS);
    afterAll(async () => {
      await running.close();
      server.kill();
    });

    it.each(examples)(
      '%s gives the digest it gives in Node',
      async (file) => {
        const design = example(file);
        const page = await running.newPage();
        const found = await digestIn(page, await encodeLink(design, {}, VOCABULARY));
        await page.close();
        expect(found).toBe(runHeadless(design, { forMs: AT_MS }).digest);
      },
      PATIENCE_MS,
    );
  });
}
