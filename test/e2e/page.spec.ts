// The production build as a visitor meets it: it starts cleanly and talks to nobody but its own server.
import { expect, test } from '@playwright/test';

test('the page loads without an error and without asking any other server', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    const url = request.url();
    const isLocal = url.startsWith('data:') || url.startsWith('blob:') || url.startsWith(baseURL!);
    if (!isLocal) foreign.push(url);
  });

  await page.goto('/');
  await expect(page.getByRole('heading').first()).toBeAttached();
  await page.waitForLoadState('networkidle');

  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

test('every style sheet opens with the same order of layers, so that it matters not which comes first', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.getByRole('region', { name: 'Events' })).toBeVisible();
  const orders = await page.evaluate(() =>
    [...document.styleSheets].map(({ cssRules }) =>
      cssRules[0] instanceof CSSLayerStatementRule ? cssRules[0].nameList.join(' ') : 'none stated',
    ),
  );
  expect(orders.length).toBeGreaterThan(2);
  expect(new Set(orders)).toEqual(new Set(['reset tokens vendor base components states']));
});

test('the theme is set before the first paint', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.evaluate(() => localStorage.setItem('loadbearing/theme', 'light'));
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});
