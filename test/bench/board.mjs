// How the drawing board feels with 1,000 components, live numbers on: `npm run -s bench:board` after a build.
// Prints figures beside what is wanted and asserts none. It must not import the page's sources.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findChromium, launchArguments } from '../../.config/chromium.mjs';
import { root } from '../../.config/install.mjs';

const NODES = 1_000;
const PASTED = 200;
/** Pictures are counted for as long as the pointer moves. */
const MOVES = 40;

const server = await preview({
  root,
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'silent',
  preview: { host: '127.0.0.1', port: 0 },
  plugins: [{ name: 'large-example', configurePreviewServer: serveLargeExample }],
});
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: findChromium(), args: launchArguments });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.on('pageerror', (error) => console.error(error.message));
console.log(`load before: ${loadavg()[0].toFixed(1)}; ${NODES} components, ${NODES - NODES / 10} links`);
await page.goto(address);
await page.waitForSelector('.react-flow__node');
await page.getByRole('button', { name: 'Dismiss' }).click();
const middle = { x: 640, y: 320 };

/** `--close` leaves out the views of everything at once, which take minutes where nothing draws but the processor. */
const views = [
  ['fitted', []],
  ['at 100 %', ['Shift+0']],
].slice(process.argv.includes('--close') ? 1 : 0);
for (const [words, zoomKeys] of views) {
  for (const keys of zoomKeys) await page.keyboard.press(keys);
  await page.waitForTimeout(1_000);
  report(`idle, ${words}`, await pictures(() => page.waitForTimeout(2_500)), 20);
  report(`pan, ${words}`, await pictures(() => drag(middle, 'middle')), 20);
  const place = await someCard();
  report(`drag one, ${words}`, await pictures(() => drag(place, 'left')), 20);
  await page.keyboard.press('Control+z');
}
await page.keyboard.press('Escape');
await page.waitForSelector('[data-selected="true"]', { state: 'detached' });
const card = await someCard();
tell(
  'selection answers',
  await reactionMs(() => page.mouse.click(card.x, card.y), '[data-selected="true"]'),
  50,
);
tell(`paste of ${PASTED}`, await pasteMs(), 200);
await browser.close();
await server.close();

/** Ten services in a row for each client, each client a slow walker: what is measured is drawing, not simulating. */
function serveLargeExample({ middlewares }) {
  const design = largeDesign(NODES);
  middlewares.use((request, response, next) => {
    if (!request.url.endsWith('/examples/checkout.json')) return next();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(design));
  });
}

function largeDesign(count) {
  const { format } = JSON.parse(readFileSync(join(root, 'dist/examples/checkout.json'), 'utf8'));
  const nodes = [];
  const links = [];
  for (let index = 0; index < count; index++) {
    const [row, column] = [Math.floor(index / 10), index % 10];
    const kind = column === 0 ? 'client' : column === 9 ? 'database' : 'service';
    const position = { x: column * 240 + (row % 4) * 2_500, y: Math.floor(row / 4) * 160 };
    nodes.push({
      id: `n${index}`,
      kind,
      label: `${kind} ${row}`,
      position,
      params: kind === 'client' ? { rateRps: 2 } : {},
    });
    if (column > 0) links.push({ id: `l${index}`, from: `n${index - 1}`, to: `n${index}`, params: {} });
  }
  return { format, name: 'Large', seed: 42, nodes, links };
}

/** Time between pictures while something goes on, in ms. */
async function pictures(during) {
  await page.evaluate(() => {
    const seen = (window.seen = []);
    const look = (now) => {
      seen.push(now);
      if (window.seen === seen) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await during();
  const times = await page.evaluate(() => {
    const { seen } = window;
    window.seen = null;
    return seen;
  });
  return times.slice(1).map((time, index) => time - times[index]);
}

async function drag(from, button) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  for (let step = 1; step <= MOVES; step++) {
    await page.mouse.move(from.x + 120 * Math.sin(step / 12), from.y + 60 * Math.sin(step / 9));
    await page.waitForTimeout(12);
  }
  await page.mouse.up({ button });
}

/** Where a component lies in view: what is painted becomes an element under the pointer. */
async function someCard() {
  for (let y = 200; y < 480; y += 12) {
    for (let x = 440; x < 900; x += 12) {
      await page.mouse.move(x, y);
      const isOver = await page.evaluate(
        (at) => document.elementFromPoint(at.x, at.y)?.closest('.react-flow__node-card') != null,
        { x, y },
      );
      if (isOver) return { x, y };
    }
  }
  throw new Error('There is no component in view.');
}

/** From the press to the first picture that shows it. */
async function reactionMs(act, selector) {
  await page.evaluate((wanted) => {
    window.answered = new Promise((resolve) => {
      window.addEventListener(
        'pointerdown',
        ({ timeStamp }) => {
          // The picture after the one whose script finds it: only then has it been seen.
          const seen = () => requestAnimationFrame(() => resolve(performance.now() - timeStamp));
          const look = () => (document.querySelector(wanted) ? seen() : requestAnimationFrame(look));
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    });
  }, selector);
  await act();
  return page.evaluate(() => window.answered);
}

/** Into the large design, from the event to the first picture after the edit. */
async function pasteMs() {
  const part = largeDesign(PASTED);
  return page.evaluate(async (text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const undo = () => document.querySelector('button[title^="Undo: Paste"]');
    const begin = performance.now();
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
    return new Promise((resolve) => {
      const seen = () => requestAnimationFrame(() => resolve(performance.now() - begin));
      const look = () => (undo() ? seen() : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  }, JSON.stringify(part));
}

function report(what, intervals, wanted) {
  const sorted = [...intervals].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  console.log(
    `${what.padEnd(22)} median ${at(0.5)} ms, p95 ${at(0.95)} ms (wanted ${wanted}), longest ${at(1)} ms, ${sorted.length} pictures`,
  );
}

function tell(what, ms, wanted) {
  console.log(`${what.padEnd(22)} ${ms.toFixed(0)} ms (wanted ${wanted})`);
}
