// The simulation worker in a real Chromium: its frames come in memory that is used again, and whatever ends it, the page
// says what happened, keeps the drawing and starts again.
import { expect, test, type Page } from '@playwright/test';
import { encodeLink } from '../../src/model/url.ts';
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import type { Design } from '../../src/model/document.ts';
import { expectNothingFoundInAnyTheme } from './axe.ts';

/** Users without thinking time, next door to their server: when it refuses them, they ask again and no time passes. */
const endless: Design = {
  format: 'loadbearing/1',
  name: 'No time passes',
  seed: 11,
  groups: [],
  notes: [],
  drills: [],
  nodes: [
    {
      id: 'n1',
      kind: 'client',
      label: 'Clients',
      position: { x: 0, y: 0 },
      params: { load: 'users', users: 2, thinkMs: 0 },
    },
    { id: 'n2', kind: 'service', label: 'api', position: { x: 260, y: 0 }, params: {} },
  ],
  links: [{ id: 'l1', from: 'n1', to: 'n2', params: { latencyMs: 0 } }],
};

const clock = (page: Page) => page.getByRole('timer', { name: 'Simulated time' });
const failure = (page: Page) =>
  page.getByRole('alert').filter({ hasText: /^The simulation (stopped|did not start)/ });
const simulation = async (page: Page) => {
  for (;;) {
    const found = page.workers().find((worker) => /\/worker-[\w-]+\.js$/.test(worker.url()));
    if (found) return found;
    await page.waitForEvent('worker');
  }
};

test('a run in its stride makes no buffer for its frames', async ({ page }) => {
  await page.goto('/');
  await expect(clock(page)).toHaveText(/^00:0[3-9]/);
  const worker = await simulation(page);
  await worker.evaluate(() => {
    const counted = { made: 0 };
    const Plain = ArrayBuffer;
    Object.assign(globalThis, {
      counted,
      ArrayBuffer: class extends Plain {
        constructor(bytes: number) {
          super(bytes);
          counted.made++;
        }
      },
    });
  });
  await expect(clock(page)).toHaveText(/^00:(0[89]|1)/);
  const made = await worker.evaluate(
    () => (globalThis as unknown as { counted: { made: number } }).counted.made,
  );
  // About thirty frames of up to seven buffers in each second; a few more are made while traffic still grows.
  expect(made).toBeLessThan(10);
});

test('a run that cannot go on says where and when, can be reported and starts again', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/#${await encodeLink(endless, {}, VOCABULARY)}`);
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(clock(page)).not.toHaveText(/^00:00\.0/);
  await page.locator('.react-flow__node[data-id="n2"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Crash', exact: true }).click();
  await expect(failure(page)).toContainText(/again and again .* without any time passing\. Give a link/);
  await expect(failure(page)).toContainText('Your drawing is safe.');
  await page.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('Seed: 11');
  expect(report).toContain('"name":"No time passes"');
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(failure(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
});

test('a worker that cannot be fetched is told in a sentence, and can be started once it can', async ({
  page,
}) => {
  await page.route(/\/worker-[\w-]+\.js$/, (route) => route.abort());
  await page.goto('/');
  await expect(failure(page)).toContainText(
    /did not start.*could not be started.*Check the connection and start again/,
  );
  await expect(page.locator('.react-flow__node')).not.toHaveCount(0);
  await expectNothingFoundInAnyTheme(page, 'a simulation that did not start');
  await page.unroute(/\/worker-[\w-]+\.js$/);
  await page.getByRole('button', { name: 'Start again' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(clock(page)).not.toHaveText(/^00:00\.0/);
});

test('a part of the page that cannot be fetched does not take the rest with it', async ({ page }) => {
  await page.route(/\/EventList-[\w-]+\.js$/, (route) => route.abort());
  await page.goto('/');
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This tab could not be shown' })).toBeVisible();
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('group', { name: 'Timeline' })).toBeVisible();
});
