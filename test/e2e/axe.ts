// What a checker of accessibility finds on the page as it stands: nothing. No test of its own; the page has no frames.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Rules whose answer depends on the theme; all others look at what there is and what it is called. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** `inOtherTheme`: the same things were looked at before, so only their colours are judged. */
export async function expectNothingFound(page: Page, where: string, inOtherTheme = false): Promise<void> {
  // The other mode opens a second page for each look, to put together what was found in frames.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  if (inOtherTheme) axe.withRules(RULES_OF_COLOUR);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect.soft(found, where).toEqual([]);
}

/** In both themes. Without transitions, so that no colour is judged half-way. */
export async function expectNothingFoundInAnyTheme(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectNothingFound(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectNothingFound(page, `${where}, dark`, true);
}
