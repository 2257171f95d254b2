// The whole story as a newcomer lives it: build with mouse, run, break, watch the breaker, repair, send the link. The
// link gives the same run elsewhere, and the command line agrees.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';

const node = (page: Page, name: RegExp) =>
  page.locator('.react-flow__node').and(page.getByRole('group', { name }));
const link = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

/** Drags a component from the palette to a place on the canvas, in px from the canvas's corner. */
async function drag(page: Page, component: RegExp, x: number, y: number): Promise<void> {
  const canvas = (await page.getByRole('main', { name: 'Canvas' }).boundingBox())!;
  await page.getByRole('button', { name: component }).hover();
  await page.mouse.down();
  await page.mouse.move(canvas.x + x - 60, canvas.y + y - 30, { steps: 5 });
  await page.mouse.move(canvas.x + x, canvas.y + y, { steps: 5 });
  await page.mouse.up();
}

/** Drags from the outlet of one node onto another. */
async function connect(page: Page, from: Locator, to: Locator): Promise<void> {
  const outlet = (await from.locator('.react-flow__handle.source').boundingBox())!;
  const target = (await to.boundingBox())!;
  await page.mouse.move(outlet.x + outlet.width / 2, outlet.y + outlet.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + 20, target.y + target.height / 2, { steps: 8 });
  await page.mouse.up();
}

async function set(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByRole('complementary', { name: 'Inspector' }).getByLabel(label, { exact: true });
  await field.fill(value);
  await field.press('Enter');
}

async function chooseFault(page: Page, target: Locator, fault: string): Promise<void> {
  await target.click({ button: 'right' });
  await page.getByRole('menuitem', { name: fault, exact: true }).click();
}

/** Runs from the start to 30 simulated seconds as fast as possible and reads the digest there. */
async function digestAt30s(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  const speed = page.getByRole('slider', { name: 'Speed' });
  await speed.focus();
  await speed.press('End');
  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.isVisible()) await play.click();
  await page.getByRole('button', { name: /^run / }).click();
  const mark = page.locator('code[data-at-ms="30000"]');
  await expect(mark).toBeVisible({ timeout: 30_000 });
  const digest = (await mark.textContent())!.trim();
  await page.keyboard.press('Escape');
  return digest;
}

test('draw, run, break, watch, repair, share: the link gives the same run', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(120_000);
  await page.goto('/');
  await expect(node(page, /^api, service/)).toBeVisible();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.locator('.react-flow__node')).toHaveCount(0);

  await drag(page, /^Add Clients/, 120, 200);
  await drag(page, /^Add Service/, 420, 200);
  await drag(page, /^Add Database/, 720, 200);
  const clients = node(page, /^Clients, clients/);
  const service = node(page, /^Service, service/);
  const database = node(page, /^Database, database/);
  await expect(page.locator('.react-flow__node')).toHaveCount(3);
  await connect(page, clients, service);
  await connect(page, service, database);
  await expect(link(page, 'Link from Clients to Service')).toHaveCount(1);
  await expect(link(page, 'Link from Service to Database')).toHaveCount(1);

  await link(page, 'Link from Service to Database').click({ force: true });
  await page.getByRole('tab', { name: 'Policy' }).click();
  await page
    .getByRole('complementary', { name: 'Inspector' })
    .getByLabel('Circuit breaker')
    .selectOption('on');
  await clients.click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await set(page, 'Rate', '600');

  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.isVisible()) await play.click();
  await expect(database.getByRole('definition').first()).toHaveText(/^[56]\d\d$/);

  await page.getByRole('tab', { name: 'Events' }).click();
  const events = page.getByRole('region', { name: 'Events' });
  await chooseFault(page, database, 'Crash');
  await expect(events).toContainText(
    /Breaker Service-\d → Database opened: \d+ of the last \d+ calls failed/,
  );
  const breaker = link(page, 'Link from Service to Database').locator('[data-breaker]');
  await expect(breaker).toHaveAttribute('data-breaker', 'open');
  await chooseFault(page, database, 'Restore');
  await expect(events).toContainText(/Breaker Service-\d → Database is half-open/, { timeout: 30_000 });
  await expect(events).toContainText(/Breaker Service-\d → Database closed/, { timeout: 30_000 });
  await expect(breaker).toHaveAttribute('data-breaker', 'closed');

  await page.getByRole('button', { name: 'Share' }).click();
  const shared = await page.getByLabel('Link to this design').inputValue();
  expect(shared).toMatch(/#a1\.[\w-]+$/);
  expect(shared.length).toBeLessThan(400);
  await page.keyboard.press('Escape');

  const digest = await digestAt30s(page);
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(shared);
  await expect(node(elsewhere, /^Database, database/)).toBeVisible();
  expect(await digestAt30s(elsewhere)).toBe(digest);
  await elsewhere.close();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const file = info.outputPath('design.json');
  await (await download).saveAs(file);
  const saved = JSON.parse(readFileSync(file, 'utf8')) as { format: string; $schema: string };
  expect(saved.format).toBe('loadbearing/1');
  const schema = await page.request.get(saved.$schema);
  expect((await schema.json()).title).toBe('Loadbearing design');
  const sim = execFileSync(process.execPath, [
    '.config/sim.mjs',
    'src/cli/main.ts',
    'run',
    file,
    '--for',
    '30s',
    '--json',
  ]);
  expect(JSON.parse(sim.toString()).digest).toBe(digest);

  await page.reload();
  await expect(node(page, /^Database, database/)).toBeVisible();
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
});

test('the first visit runs an example, and one click trips its breaker', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('timer', { name: 'Simulated time' })).not.toHaveText(/^00:00\.0/);
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByRole('button', { name: /^Crash orders/ }).click();
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText(/Breaker api-\d → orders opened/);
  await expect(events).toContainText('orders crashed');
  const welcome = page.getByRole('region', { name: 'Welcome' });
  await welcome.getByRole('button', { name: 'Restore orders' }).click();
  await expect(events).toContainText(/orders.* restart/);
  await welcome.getByRole('button', { name: 'Send this one' }).click();
  await expect(page.getByLabel('Link to this design')).toHaveValue(/#a1\./);
});

test('a damaged link is refused in one sentence, on the first visit too, and leaves everything as it was', async ({
  page,
}) => {
  const said = page.getByRole('alert').filter({ hasText: /^This link cannot be opened\. / });
  await page.goto('/#a1.thisisnotalink');
  await expect(page.getByRole('region', { name: 'Welcome' })).toBeVisible();
  await expect(said).toBeVisible();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('button', { name: /^Add Service/ }).click();
  await said.getByRole('button', { name: 'Dismiss' }).click();
  await page.goto('/#a1.norisitthis');
  await expect(said).toBeVisible();
  await expect(page.locator('.react-flow__node')).toHaveCount(1);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.locator('.react-flow__node')).toHaveCount(1);
  await expect(said).toBeHidden();
});
