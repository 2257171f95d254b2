// A region is lost or cut off with one choice of its menu: its frame says so in words, and it is restored as a whole.
import { expect, test } from '@playwright/test';
import { expectNothingFoundInAnyTheme } from './axe.ts';

test('losing a region takes all in it down, and its menu brings it back', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Region loss and DNS TTL' }).click();
  const title = page.getByRole('button', { name: /^EU/, description: /Drag to move/ });
  await title.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Lose all of it' }).click();
  for (const name of ['front EU', 'api EU', 'orders EU']) {
    const card = page
      .locator('.react-flow__node')
      .and(page.getByRole('group', { name: new RegExp(`^${name}`) }));
    await expect(card).toContainText(/down/i);
  }
  const frame = page.getByRole('region', { name: 'region EU' });
  await expect(frame).toHaveAttribute('data-state', 'lost');
  await expect(frame).toContainText('Lost');
  await expectNothingFoundInAnyTheme(page, 'a lost region');
  await page.getByRole('tab', { name: /^Events/ }).click();
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText('EU: 3 components crashed');
  await title.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Restore all of it' }).click();
  await expect(events).toContainText('EU: 3 components restarting');
  await title.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Cut it off' }).click();
  await expect(frame).toContainText('Cut off');
});
