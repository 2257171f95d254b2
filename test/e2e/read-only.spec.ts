// A design to look at: inside another page or by a read-only link it runs and breaks, but cannot be changed; a copy can.
import { expect, type Page, test } from '@playwright/test';

async function sharedLink(page: Page): Promise<string> {
  await page.goto('/');
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  return page.getByLabel('Link to this design').inputValue();
}

test('the copied code embeds a design that runs, takes faults and cannot be changed', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sharedLink(page);
  await page.getByRole('button', { name: 'Copy embed code' }).click();
  await expect(
    page.getByRole('dialog').getByText(/^The code for a page is copied \(\d+ characters\)\.$/),
  ).toBeVisible();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toMatch(/^<iframe src="[^"]+\?embed#a1\.[\w-]+" title="[^"]+"[^>]*><\/iframe>$/);

  const host = await context.newPage();
  await host.setContent(code);
  const frame = host.frameLocator('iframe');
  const cards = frame.locator('.react-flow__node');
  await expect(cards).toHaveCount(7);
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Checkout on Black Friday');
  await frame.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(frame.locator('[data-part="rate"]').first()).toHaveText(/[1-9]/);

  await cards.filter({ hasText: 'orders' }).click({ button: 'right' });
  await expect(frame.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await frame.getByRole('menuitem', { name: 'Crash', exact: true }).click();
  await expect(cards.filter({ hasText: 'orders' })).toContainText(/down/i);
  await cards.filter({ hasText: 'api' }).click();
  await host.keyboard.press('Delete');
  await expect(cards).toHaveCount(7);

  const opening = context.waitForEvent('page');
  await frame.getByRole('link', { name: 'Edit a copy' }).click();
  const copy = await opening;
  await expect(copy.getByRole('button', { name: 'Share' })).toBeVisible();
  await expect(copy.locator('.react-flow__node')).toHaveCount(7);
});

test('a read-only view says so where a setting is changed, and its copy can be changed', async ({ page }) => {
  const link = (await sharedLink(page)).replace('#', '?view#');
  await page.goto(link);
  const api = page.locator('.react-flow__node').filter({ hasText: 'api' });
  await api.click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await page.getByRole('tab', { name: 'Settings' }).click();
  const workers = inspector.getByLabel('Workers', { exact: true });
  await workers.fill('7');
  await workers.press('Enter');
  await expect(page.getByText(/This view is read-only\./)).toBeVisible();
  await expect(api).toContainText('3 × 64 workers');

  await page.getByRole('link', { name: 'Edit a copy' }).click();
  await api.click();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await workers.fill('7');
  await workers.press('Enter');
  await expect(api).toContainText('3 × 7 workers');
});

test('an embedded design leaves nothing behind in the storage of the browser', async ({
  page,
  browser,
  baseURL,
}) => {
  const link = (await sharedLink(page)).replace('#', '?embed#');
  const visitor = await browser.newContext({ baseURL: baseURL! });
  const other = await visitor.newPage();
  await other.goto(link);
  await other.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(other.locator('[data-part="rate"]').first()).toHaveText(/[1-9]/);
  const kept = await other.evaluate(async () => [
    ...Object.keys(sessionStorage),
    ...Object.keys(localStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...(await caches.keys()),
  ]);
  expect(kept).toEqual([]);
  await visitor.close();
});
