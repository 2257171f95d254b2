// Nothing that a checker of accessibility finds: the ways in and out, read-only and embedded views, on a desk and a tablet.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

async function expectNothingFound(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
  expect(found, where).toEqual([]);
}

for (const [colorScheme, viewport] of [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 768, height: 1024 }],
] as const) {
  test.describe(`${colorScheme}, ${viewport.width} px`, () => {
    test.use({ colorScheme, viewport });

    test('dialogs, panels, read-only and embedded views can be used by everyone', async ({ page }) => {
      await page.goto('/');
      const cards = page.locator('.react-flow__node');
      await expect(cards.first()).toBeVisible();
      await expectNothingFound(page, 'editor');
      await page.keyboard.press('Control+Shift+E');
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
      await expectNothingFound(page, 'export');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+O');
      await expect(page.getByRole('dialog', { name: 'Open' })).toBeVisible();
      await expectNothingFound(page, 'open');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /design warning/ }).click();
      for (const tab of ['Warnings', 'Cost', 'History']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
        await expectNothingFound(page, tab);
      }
      await page.getByRole('button', { name: 'Share' }).click();
      const link = await page.getByLabel('Link to this design').inputValue();
      await expectNothingFound(page, 'share');
      for (const mode of ['view', 'embed']) {
        await page.goto('about:blank');
        await page.goto(link.replace('#', `?${mode}#`));
        await expect(cards.first()).toBeVisible();
        await expectNothingFound(page, mode);
      }
    });
  });
}
