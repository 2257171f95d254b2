// The model check on the production build: opened by its address, run to the end in a real worker, and left again.
import { expect, type Page, test } from '@playwright/test';
import { expectNothingFoundInAnyTheme } from './axe.ts';

/** All cases take some ten seconds of one core; a busy machine may need several times that. */
const RUN = { timeout: 240_000 };

const standing = (page: Page) => page.getByRole('region', { name: 'Result' });
const cell = (page: Page, id: string, column: string) =>
  page.locator(`tr[data-case="${id}"] [data-column="${column}"]`);

test('every case agrees with theory, for one seed to the end and with other numbers for another', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.goto('/#check');
  await expect(page.getByRole('heading', { level: 1, name: 'Model check' })).toBeFocused();
  await expect(standing(page)).toHaveAttribute('data-phase', 'done', RUN);
  const cases = await page.locator('tbody tr').count();
  expect(cases).toBeGreaterThanOrEqual(12);
  await expect(page.locator('tr[data-state="pass"]')).toHaveCount(cases);
  await expect(standing(page)).toContainText(`${cases} of ${cases} agree within 4 standard errors, seed 7`);

  await expectNothingFoundInAnyTheme(page, 'model check');

  const before = await cell(page, 'mm1', 'simulated').textContent();
  await page.getByRole('textbox', { name: 'Seed' }).fill('8');
  await page.getByRole('textbox', { name: 'Seed' }).press('Enter');
  await expect(standing(page)).toHaveAttribute('data-phase', 'running');
  await expect(standing(page)).toContainText('seed 8');
  await expect(page.locator('tr[data-case="mm1"]')).toHaveAttribute('data-state', 'pass', RUN);
  expect(await cell(page, 'mm1', 'simulated').textContent()).not.toBe(before);
});

const title = (page: Page) => page.getByTitle('Rename', { exact: true });

async function rename(page: Page, name: string) {
  await title(page).click();
  await page.getByRole('textbox', { name: 'Name of the design' }).fill(name);
  await page.keyboard.press('Enter');
}

async function findCheck(page: Page) {
  await page.keyboard.press('Control+k');
  const query = page.getByRole('combobox', { name: 'Find a command or component' });
  await query.fill('model check');
  await query.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Model check' })).toBeFocused();
}

test('it is found from the canvas, leaves the design alone, and leads back to it', async ({ page }) => {
  await page.goto('/');
  await expect(title(page)).toHaveText('Checkout on Black Friday');
  await rename(page, 'Mine');
  await findCheck(page);
  await page.getByRole('link', { name: 'Back to the canvas' }).click();
  await expect(page.getByRole('heading', { name: 'Model check' })).toHaveCount(0);
  await expect(title(page)).toHaveText('Mine');
});

test('the design of a case opens on the canvas as a copy, and coming back keeps what was edited', async ({
  page,
}) => {
  await page.goto('/#check');
  await page.getByRole('link', { name: 'Open the design of “Ten workers, one queue” on the canvas' }).click();
  await expect(title(page)).toHaveText('Ten workers, one queue');
  await rename(page, 'Eleven workers');
  await findCheck(page);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Model check' })).toHaveCount(0);
  await expect(title(page)).toHaveText('Eleven workers');
});
