// A drill of the first example, carried out in the page: what it is in the middle of, what it expected, what was measured.
import { expect, test } from '@playwright/test';

test('the drill of the first example goes its course, and all that it expects holds', async ({ page }) => {
  await page.goto('/');
  const dock = page.getByRole('region', { name: 'Run and measurements' });
  const speed = page.getByRole('slider', { name: 'Speed' });
  const welcome = page.getByRole('region', { name: 'Welcome' });
  await expect(welcome).toBeVisible();
  await dock.getByLabel('Drill').selectOption({ label: 'Orders database dies' });
  await expect(
    dock.getByRole('status').filter({ hasText: 'Before the first fault · 3 expected' }),
  ).toBeVisible();
  // It would only cover what happens now.
  await expect(welcome).toHaveCount(0);
  await speed.focus();
  await speed.press('End');
  await expect(dock.getByRole('status').filter({ hasText: 'Held · 3 of 3 held' })).toBeVisible({
    timeout: 40_000,
  });
  await page.getByRole('tab', { name: 'Events' }).click();
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText('orders crashed');
  await expect(events).toContainText(/Breaker api-\d → orders opened/);
  await dock.getByLabel('Drill').selectOption({ label: 'none' });
  await expect(dock.getByRole('status').filter({ hasText: 'held' })).toHaveCount(0);
});
