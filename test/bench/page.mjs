// How smooth the built page is under the first-visit example at 5,000 requests per second: `npm run -s bench:page`.
// Prints figures and asserts none. It must not import the page's sources: it measures what visitors get.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findChromium, launchArguments } from '../../.config/chromium.mjs';
import { root } from '../../.config/install.mjs';
import { observe } from './page-observer.mjs';
import { median, quantile } from './page-figures.mjs';
import { walk } from './page-walk.mjs';
import { MARK, mainThreadTasks } from './page-trace.mjs';

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    throttle: { type: 'string', default: '1' },
    rate: { type: 'string', default: '5000' },
    theme: { type: 'string', default: 'light' },
    save: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const EMPTY_PAGE = 'empty.html';
/** How long the empty page is looked at before each visit. */
const REFERENCE_MS = 6_000;
/** Long tasks listed for a visit. */
const MOST_TOLD = 10;

const server = await preview({
  root,
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'silent',
  preview: { host: '127.0.0.1', port: 0 },
  plugins: [{ name: 'busy-example', configurePreviewServer: serveBusyExample }],
});
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: findChromium(), args: launchArguments });
const results = [];
for (let run = 1; run <= Number(asked.runs); run++) results.push(await measure(run));
await browser.close();
await server.close();
if (asked.json) console.log(JSON.stringify(results, null, 2));
else report(results);

/** An empty page; and the example as shipped, its steady load raised so that both clients together ask `rate` from the start. */
function serveBusyExample({ middlewares }) {
  const design = JSON.parse(readFileSync(join(root, 'dist/examples/checkout.json'), 'utf8'));
  const clients = design.nodes.filter(({ kind }) => kind === 'client');
  for (const { params } of clients) {
    for (const name of ['load', 'peakRps', 'startMs', 'lengthMs']) delete params[name];
    params.rateRps = Number(asked.rate) / clients.length;
  }
  middlewares.use((request, response, next) => {
    if (request.url.endsWith(EMPTY_PAGE)) {
      response.setHeader('content-type', 'text/html');
      return response.end('<!doctype html><title>Empty</title>');
    }
    if (!request.url.endsWith('/examples/checkout.json')) return next();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(design));
  });
}

/**
 * The same browser looking at a page that holds nothing and does nothing but count its pictures, for as long as a walk
 * takes a part of: what of the figures is the machine's doing.
 */
async function measureReference() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(observe);
  await page.goto(new URL(EMPTY_PAGE, address).href);
  await page.evaluate(() => window.observed.countPictures());
  const fromMs = await page.evaluate(() => performance.now());
  await page.waitForTimeout(REFERENCE_MS);
  const { tasks, pictures } = await page.evaluate(() => window.observed.read());
  await context.close();
  return { tasks: tasks.filter(({ start }) => start >= fromMs), pictures };
}

/** One first visit: opened, walked through for half a minute, closed. */
async function measure(run) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: asked.theme,
  });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(asked.throttle) });
  await page.addInitScript(observe);
  const before = loadavg()[0];
  const reference = await measureReference();
  const categories = ['toplevel', 'devtools.timeline', 'blink.user_timing'];
  await browser.startTracing(page, { categories });
  await page.goto(address);
  await page.waitForFunction(() => window.observed.movingMs > 0);
  await page.waitForTimeout(1_000);
  const fromMs = await page.evaluate((mark) => performance.mark(mark).startTime, MARK);
  const { layoutShift, scripts } = await page.evaluate(() => window.observed.read());
  await page.evaluate(() => window.observed.countPictures());
  if (asked.save) await startProfile(devtools);
  const steps = await walk(page);
  if (asked.save) await saveProfile(devtools, `${asked.save}.${run}.cpuprofile`);
  const seen = await page.evaluate(() => window.observed.read());
  const trace = await browser.stopTracing();
  if (asked.save) writeFileSync(`${asked.save}.${run}.trace.json`, trace);
  const tasks = mainThreadTasks(trace.toString(), fromMs);
  await context.close();
  const isRunning = ({ start }) => start >= fromMs;
  return {
    ...{ run, load: before, problems, steps, reference },
    firstPictureMs: seen.firstPictureMs,
    firstDotMs: seen.firstDotMs,
    movingMs: seen.movingMs,
    layoutShift,
    scriptKBPicture: compressedKB(scripts, seen.firstPictureMs),
    scriptKBDot: compressedKB(scripts, seen.movingMs),
    longTasks: seen.tasks.filter(isRunning).map((task) => ({
      ...task,
      during: stepAt(steps, task.start),
      cpu: tasks.find(({ start, length }) => Math.abs(start - task.start) < 2 && length > 49)?.cpu ?? NaN,
    })),
    longWhileLoading: seen.tasks.filter((task) => !isRunning(task)),
    busyShare: busyShare(tasks, steps),
    mostWorkMs: mostWork(tasks, steps),
    pictures: seen.pictures.length,
    intervalMedianMs: median(seen.pictures),
    intervalP95Ms: quantile(seen.pictures, 0.95),
    intervalMaxMs: Math.max(...seen.pictures),
    simulatedMs: seen.clock,
    slow: seen.slow,
  };
}

function stepAt(steps, ms) {
  return steps.findLast((step) => step.atMs <= ms)?.name ?? 'idle';
}

/** Processor time of the main thread per time passed, for each step of the walk; NaN where the trace was full before. */
function busyShare(tasks, steps) {
  return Object.fromEntries(
    steps.slice(0, -1).map(({ name, atMs }, index) => {
      const endMs = steps[index + 1].atMs;
      if (!tasks.some(({ start }) => start >= endMs)) return [name, NaN];
      const within = tasks.filter(({ start }) => start >= atMs && start < endMs);
      return [name, within.reduce((sum, { cpu }) => sum + cpu, 0) / (endMs - atMs)];
    }),
  );
}

/** The task of the walk that the processor really worked on for longest, ms: a busy machine does not change it much. */
function mostWork(tasks, steps) {
  // The first and the last are of the tracing itself.
  const [first, last] = [steps[1].atMs, steps[steps.length - 1].atMs];
  return Math.max(...tasks.filter(({ start }) => start >= first && start < last).map(({ cpu }) => cpu));
}

/** Scripts of the page (not of its workers) that had arrived by then, compressed as a static host would. */
function compressedKB(scripts, byMs) {
  const arrived = scripts.filter(({ endMs }) => endMs <= byMs);
  const sizes = arrived.map(
    ({ path }) => gzipSync(readFileSync(join(root, 'dist', path)), { level: 9 }).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

async function startProfile(devtools) {
  await devtools.send('Profiler.enable');
  await devtools.send('Profiler.setSamplingInterval', { interval: 500 });
  await devtools.send('Profiler.start');
}

async function saveProfile(devtools, file) {
  const { profile } = await devtools.send('Profiler.stop');
  writeFileSync(file, JSON.stringify(profile));
}

function report(all) {
  const line = (name, unit, read) => {
    const figures = all.map(read);
    const digits = figures.every(Number.isInteger) ? 0 : unit === '' ? 3 : 1;
    const told = [Math.min(...figures), median(figures), Math.max(...figures)].map((figure) =>
      `${figure.toFixed(digits)} ${unit}`.trim().padStart(10),
    );
    console.log(`${name.padEnd(46)} best ${told[0]}   median ${told[1]}   worst ${told[2]}`);
  };
  console.log(
    `${all.length} visits, ${asked.rate} rps, throttled ${asked.throttle} x, ${cpus().length} cores, ` +
      `load before ${all.map(({ load }) => load.toFixed(1)).join(', ')}`,
  );
  line('First picture', 'ms', (each) => each.firstPictureMs);
  line('First dot drawn', 'ms', (each) => each.firstDotMs);
  line('First dot moved', 'ms', (each) => each.movingMs);
  line('JavaScript arrived by the first picture, gzip', 'kB', (each) => each.scriptKBPicture);
  line('JavaScript arrived by the first move, gzip', 'kB', (each) => each.scriptKBDot);
  line('Layout shift while loading', '', (each) => each.layoutShift);
  line('Interval of pictures, median', 'ms', (each) => each.intervalMedianMs);
  line('Interval of pictures, p95', 'ms', (each) => each.intervalP95Ms);
  line('Interval of pictures, longest', 'ms', (each) => each.intervalMaxMs);
  line('The same of an empty page, p95', 'ms', (each) => quantile(each.reference.pictures, 0.95));
  line('The same of an empty page, longest', 'ms', (each) => Math.max(...each.reference.pictures));
  line('Tasks over 50 ms while running', '', (each) => each.longTasks.length);
  line('Longest of them', 'ms', (each) => Math.max(0, ...each.longTasks.map(({ length }) => length)));
  line('Most processor time of one task', 'ms', (each) => each.mostWorkMs);
  line('Tasks over 50 ms of an empty page', '', (each) => each.reference.tasks.length);
  line('Tasks over 50 ms while loading', '', (each) => each.longWhileLoading.length);
  line('Longest of them', 'ms', (each) => Math.max(0, ...each.longWhileLoading.map(({ length }) => length)));
  const share = (part) => (Number.isNaN(part) ? '?' : Math.round(part * 100));
  const shares = (name) => all.map((each) => share(each.busyShare[name]));
  for (const name of Object.keys(all[0].busyShare)) {
    console.log(`Main thread busy, ${name.padEnd(27)} ${shares(name).join(', ')} %`);
  }
  for (const each of all) {
    const longest = each.longTasks.toSorted((a, b) => b.length - a.length).slice(0, MOST_TOLD);
    for (const { length, start, during, cpu } of longest) {
      const used = Number.isNaN(cpu) ? '' : `, the processor worked ${cpu.toFixed(0)} ms of them`;
      console.log(
        `  visit ${each.run}: ${length.toFixed(0)} ms at ${start.toFixed(0)} ms (${during})${used}`,
      );
    }
    for (const problem of each.problems) console.log(`  visit ${each.run}: ${problem}`);
    if (each.slow) console.log(`  visit ${each.run}: the page said "${each.slow}"`);
  }
}
