// The second visit needs no network: the app opens, runs and exports from what this browser keeps.
import { expect, test } from '@playwright/test';

test('opens, runs and exports without network on the second visit', async ({ page, context }) => {
  await page.goto('/');
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  expect(
    await page.evaluate(() =>
      fetch('screenshot.png').then(
        () => 'online',
        () => 'offline',
      ),
    ),
  ).toBe('offline');

  await expect(page.locator('[data-part="rate"]').first()).toHaveText(/[1-9]/);
  await page.keyboard.press('Control+Shift+E');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as PNG', exact: true }).click();
  expect((await coming).suggestedFilename()).toMatch(/\.png$/);
});

test('a link opens without network, whatever stands in its query', async ({ page, context, baseURL }) => {
  await page.goto('/');
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  await page.getByRole('button', { name: 'Share' }).click();
  const link = new URL(await page.getByLabel('Link to this design').inputValue());
  await context.setOffline(true);
  const other = await context.newPage();
  await other.goto(`${baseURL}?from=chat${link.hash}`);
  await expect(other.locator('.react-flow__node').first()).toBeVisible();
});
