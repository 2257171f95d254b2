// What axe finds in every state of the page, light and dark: nothing.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const card = (page: Page, name: RegExp) =>
  page.locator('.react-flow__node').and(page.getByRole('group', { name }));

const press = (keys: string) => async (page: Page) => {
  await card(page, /^orders, sharded/).click();
  await page.keyboard.press(keys);
};
const command = (name: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command or component' }).fill(name);
  await page.keyboard.press('Enter');
};

/** How to come to each state from the first example, and what is there then. */
const STATES: readonly {
  name: string;
  enter(page: Page): Promise<void>;
  shows(page: Page): ReturnType<Page['locator']>;
}[] = [
  {
    name: 'first visit',
    enter: async () => {},
    shows: (page) => page.getByRole('region', { name: 'Welcome' }),
  },
  {
    name: 'command palette',
    enter: press('Control+k'),
    shows: (page) => page.getByRole('dialog', { name: 'Find or run' }),
  },
  {
    name: 'quick add',
    enter: press('/'),
    shows: (page) => page.getByRole('dialog', { name: /^Add a component/ }),
  },
  {
    name: 'find',
    enter: press('Control+f'),
    shows: (page) => page.getByRole('dialog', { name: 'Find on the canvas' }),
  },
  {
    name: 'node menu',
    enter: press('Shift+F10'),
    shows: (page) => page.getByRole('menu', { name: 'orders' }),
  },
  {
    name: 'help',
    enter: press('?'),
    shows: (page) => page.getByRole('dialog', { name: 'Help and shortcuts' }),
  },
  {
    name: 'a collapsed region and a note',
    async enter(page) {
      await press('e')(page);
      await page.keyboard.press('n');
      await page.keyboard.type('Watch this');
      await page.keyboard.press('Control+Enter');
    },
    shows: (page) => card(page, /^Note: Watch this/),
  },
  {
    name: 'several selected',
    async enter(page) {
      await press('Control+a')(page);
    },
    shows: (page) => page.getByRole('heading', { name: /components/ }),
  },
  ...(['Live', 'Settings', 'About'] as const).map((tab) => ({
    name: `inspector of a component, ${tab}`,
    async enter(page: Page) {
      await card(page, /^Front door, balancer/).click();
      await page.getByRole('tab', { name: tab }).click();
    },
    shows: (page: Page) => page.getByRole('tabpanel', { name: tab }),
  })),
  ...(['Policy', 'Network'] as const).map((tab) => ({
    name: `inspector of a link, ${tab}`,
    async enter(page: Page) {
      await page.getByRole('group', { name: 'Link from api to orders', exact: true }).click({ force: true });
      await page.getByRole('tab', { name: tab }).click();
    },
    shows: (page: Page) => page.getByRole('tabpanel', { name: tab }),
  })),
  ...(['Events', 'Traces'] as const).map((tab) => ({
    name: `dock, ${tab}`,
    enter: (page: Page) => page.getByRole('tab', { name: tab }).click(),
    shows: (page: Page) => page.getByRole('tabpanel', { name: tab }),
  })),
  {
    name: 'share',
    enter: (page) => page.getByRole('button', { name: 'Share' }).click(),
    shows: (page) => page.getByRole('dialog', { name: /Share/ }),
  },
  {
    name: 'open',
    enter: (page) => page.getByRole('button', { name: 'Open…' }).click(),
    shows: (page) => page.getByRole('dialog', { name: /Open/ }),
  },
  {
    name: 'gallery',
    enter: command('start from an example'),
    shows: (page) => page.getByRole('button', { name: /components.*Retry storm/ }),
  },
  {
    name: 'hints',
    async enter(page) {
      await page.getByRole('button', { name: 'New', exact: true }).click();
      await page.getByRole('button', { name: 'Add clients', exact: true }).click();
    },
    shows: (page) => page.getByRole('region', { name: 'Next step' }),
  },
  {
    name: 'export',
    enter: press('Control+Shift+e'),
    shows: (page) => page.getByRole('dialog', { name: 'Export' }),
  },
  {
    name: 'minimap and focus',
    async enter(page) {
      await press('m')(page);
      await page.keyboard.press('Shift+F');
    },
    shows: (page) => page.getByRole('img', { name: /^Minimap/ }),
  },
  {
    name: 'presentation',
    enter: command('present'),
    shows: (page) => page.getByRole('button', { name: /^End presentation/ }),
  },
  {
    name: 'empty design',
    enter: (page) => page.getByRole('button', { name: 'New', exact: true }).click(),
    shows: (page) => page.getByRole('button', { name: 'New', exact: true }),
  },
];

test('in forced colours what is chosen stands out, and what measures keeps its colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(card(page, /^orders, sharded/)).toBeVisible();
  await page.getByRole('button', { name: /^Crash orders/ }).click();
  const groundOf = (locator: ReturnType<Page['locator']>) =>
    locator.evaluate((element) => getComputedStyle(element).backgroundColor);
  const badge = card(page, /^orders, sharded/).locator('[data-part="badge"]');
  await expect(badge).toHaveText('All 4 down');
  expect(await groundOf(badge)).toBe('rgb(196, 40, 40)');
  const [chosen, other] = [
    page.getByRole('tab', { name: 'Timeline' }),
    page.getByRole('tab', { name: 'Traces' }),
  ];
  await expect(chosen).toHaveAttribute('aria-selected', 'true');
  expect(await groundOf(chosen)).not.toBe(await groundOf(other));
});

for (const theme of ['light', 'dark'] as const) {
  for (const { name, enter, shows } of STATES) {
    test(`axe finds nothing: ${name}, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.goto('/');
      await expect(card(page, /^orders, sharded/)).toBeVisible();
      // Standing still: what is looked at must not change meanwhile.
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await enter(page);
      await expect(shows(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect(found).toEqual([]);
    });
  }
}
