// What axe finds in every state of the page, light and dark, on a desk, a tablet and a phone: nothing.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectNothingFoundInAnyTheme } from './axe.ts';

interface State {
  readonly name: string;
  enter(page: Page): Promise<unknown>;
  /** What is there once it is reached. */
  shows(page: Page): Locator;
  /** Back to where the next one can be entered; Escape unless said otherwise. */
  leave?(page: Page): Promise<unknown>;
}

const card = (page: Page, name: RegExp) =>
  page.locator('.react-flow__node').and(page.getByRole('group', { name }));
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });
const linkTo = (page: Page, from: string, to: string) =>
  page.getByRole('group', { name: `Link from ${from} to ${to}`, exact: true });
const title = (page: Page, region: string) =>
  page
    .getByRole('region', { name: `region ${region}` })
    .getByRole('button')
    .first();

const press = (keys: string) => async (page: Page) => {
  await card(page, /^orders, sharded/).click();
  await page.keyboard.press(keys);
};
const command = (name: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command or component' }).fill(name);
  await page.keyboard.press('Enter');
};
const stay = async () => {};
const dialog =
  (name: string | RegExp): State['shows'] =>
  (page) =>
    page.getByRole('dialog', { name });
const menu =
  (name: string | RegExp): State['shows'] =>
  (page) =>
    page.getByRole('menu', { name });
const panel =
  (name: string | RegExp): State['shows'] =>
  (page) =>
    page.getByRole('tabpanel', { name });

/** What lies over the canvas. */
const OVER: readonly State[] = [
  {
    name: 'first visit',
    enter: stay,
    shows: (page) => page.getByRole('region', { name: 'Welcome' }),
    leave: stay,
  },
  { name: 'command palette', enter: press('Control+k'), shows: dialog('Find or run') },
  { name: 'quick add', enter: press('/'), shows: dialog(/^Add a component/) },
  { name: 'replace', enter: press('r'), shows: dialog(/^Replace/) },
  { name: 'find', enter: press('Control+f'), shows: dialog('Find on the canvas') },
  { name: 'help', enter: press('?'), shows: dialog('Help and shortcuts') },
  { name: 'share', enter: (page) => button(page, 'Share').click(), shows: dialog(/Share/) },
  { name: 'open', enter: (page) => button(page, 'Open…').click(), shows: dialog(/Open/) },
  { name: 'export', enter: press('Control+Shift+e'), shows: dialog('Export') },
  {
    name: 'gallery',
    enter: command('start from an example'),
    shows: (page) => page.getByRole('button', { name: /components.*Retry storm/ }),
  },
];

const INSPECTED: readonly State[] = [
  ...(['Live', 'Settings', 'About'] as const).map((name) => ({
    name: `inspector of a component, ${name}`,
    async enter(page: Page) {
      await card(page, /^Front door, balancer/).click();
      await tab(page, name).click();
    },
    shows: panel(name),
  })),
  ...(['Live', 'Policy', 'Network', 'About'] as const).map((name) => ({
    name: `inspector of a link, ${name}`,
    async enter(page: Page) {
      await linkTo(page, 'api', 'orders').click({ force: true });
      await tab(page, name).click();
    },
    shows: panel(name),
  })),
  {
    name: 'inspector of a link, what it repeats',
    async enter(page) {
      await linkTo(page, 'api', 'orders').click({ force: true });
      await tab(page, 'Policy').click();
      await page.getByLabel('Retries after').selectOption('what is listed');
    },
    shows: (page) => page.getByRole('group', { name: 'Repeated after' }),
  },
  {
    name: 'several selected',
    enter: press('Control+a'),
    shows: (page) => page.getByRole('heading', { name: /components/ }),
  },
  {
    name: 'nothing selected',
    enter: (page) => page.keyboard.press('Escape'),
    shows: (page) => page.getByRole('heading', { name: 'Regions' }),
  },
  ...(['Warnings', 'Cost', 'History'] as const).map((name) => ({
    name: `review, ${name}`,
    async enter(page: Page) {
      if (!(await tab(page, name).isVisible()))
        await page.getByRole('button', { name: /design warning/ }).click();
      await tab(page, name).click();
    },
    shows: panel(name),
    leave: stay,
  })),
];

const DRAWN: readonly State[] = [
  { name: 'menu of a component', enter: press('Shift+F10'), shows: menu('orders') },
  {
    name: 'menu of a link',
    enter: (page) => linkTo(page, 'api', 'orders').click({ button: 'right', force: true }),
    shows: menu(/api/),
  },
  {
    name: 'menu of a region',
    enter: (page) => title(page, 'eu-west').click({ button: 'right' }),
    shows: menu('eu-west'),
  },
  {
    name: 'menu of the canvas',
    enter: (page) =>
      page.locator('.react-flow__pane').click({ button: 'right', position: { x: 300, y: 20 } }),
    shows: menu(/canvas/i),
  },
  {
    name: 'linking by keys',
    async enter(page) {
      await card(page, /^Front door, balancer/).click();
      await page.keyboard.press('c');
    },
    shows: (page) => page.locator('[data-target="illegal"]').first(),
  },
  {
    name: 'renaming',
    enter: press('F2'),
    shows: (page) => page.getByRole('textbox', { name: /^Name of/ }),
  },
  {
    name: 'minimap and focus',
    async enter(page) {
      await press('m')(page);
      await page.keyboard.press('Shift+F');
    },
    shows: (page) => page.getByRole('img', { name: /^Minimap/ }),
    async leave(page) {
      await page.keyboard.press('m');
      await page.keyboard.press('Shift+F');
    },
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
    name: 'presentation',
    enter: command('present'),
    shows: (page) => page.getByRole('button', { name: /^End presentation/ }),
  },
  {
    name: 'empty design',
    enter: (page) => button(page, 'New').click(),
    shows: (page) => page.getByRole('region', { name: 'How to begin' }),
    leave: stay,
  },
  {
    name: 'hints',
    enter: (page) => button(page, 'Add clients').click(),
    shows: (page) => page.getByRole('region', { name: 'Next step' }),
  },
];

/** Everything that live numbers can turn red, and what tells about it below. */
const BROKEN: readonly State[] = [
  {
    name: 'a breaker open',
    async enter(page) {
      await button(page, 'Play').click();
      await page.getByRole('button', { name: /^Crash orders/ }).click();
      await expect(linkTo(page, 'api', 'orders').locator('[data-breaker="open"]')).toBeAttached();
      await button(page, 'Pause').click();
    },
    shows: (page) => card(page, /^orders.*down/),
  },
  {
    name: 'restored again',
    enter: (page) => button(page, 'Restore orders').click(),
    shows: (page) => button(page, 'Draw your own'),
  },
  { name: 'events', enter: (page) => tab(page, 'Events').click(), shows: panel(/^Events/) },
  {
    name: 'a trace',
    async enter(page) {
      await tab(page, 'Traces').click();
      await page.getByRole('region', { name: 'Requests' }).getByRole('button').first().click();
    },
    shows: (page) => page.getByRole('article', { name: /^Request/ }),
  },
  {
    name: 'timeline as a table',
    async enter(page) {
      await tab(page, 'Timeline').click();
      await button(page, 'Table').click();
    },
    shows: (page) => page.getByRole('region', { name: 'Timeline as a table' }),
  },
  {
    name: 'a drill under way, and a notice',
    async enter(page) {
      await page.getByLabel('Drill').selectOption({ label: 'Orders database dies' });
      await page.evaluate(() => (location.hash = 'a1.nolink'));
      await expect(page.getByRole('status').filter({ hasText: 'Before the first fault' })).toBeVisible();
    },
    shows: (page) => page.getByRole('alert').filter({ hasText: /link/i }),
  },
];

async function visit(page: Page, states: readonly State[]): Promise<void> {
  for (const { name, enter, shows, leave } of states) {
    await test.step(name, async () => {
      await enter(page);
      await expect(shows(page), name).toBeVisible();
      await expectNothingFoundInAnyTheme(page, name);
      await (leave ? leave(page) : page.keyboard.press('Escape'));
    });
  }
}

for (const [what, states] of Object.entries({ OVER, INSPECTED, DRAWN, BROKEN })) {
  test(`axe finds nothing: ${states.map(({ name }) => name).join('; ')}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(card(page, /^orders, sharded/), what).toBeVisible();
    // Standing still: what is looked at must not change meanwhile.
    await button(page, 'Pause').click();
    await visit(page, states);
  });
}

test.describe('without room beside the canvas', () => {
  test.use({ viewport: { width: 768, height: 1024 }, hasTouch: true });

  test('axe finds nothing: tablet, its sheet, and what a link shows', async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(card(page, /^orders, sharded/)).toBeVisible();
    await button(page, 'Pause').tap();
    await expectNothingFoundInAnyTheme(page, 'tablet');
    await card(page, /^api, service/).tap();
    await page
      .getByRole('button', { name: /inspector/i })
      .first()
      .tap();
    await expect(button(page, 'Close inspector')).toBeVisible();
    await expectNothingFoundInAnyTheme(page, 'inspector as a sheet');
    await button(page, 'Close inspector').tap();
    await button(page, 'Share').tap();
    const link = await page.getByLabel('Link to this design').inputValue();
    for (const mode of ['view', 'embed']) {
      await page.goto('about:blank');
      await page.goto(link.replace('#', `?${mode}#`));
      await expect(page.locator('.react-flow__node').first()).toBeVisible();
      // The bar with the name comes a little after the drawing.
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNothingFoundInAnyTheme(page, mode);
    }
  });
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('axe finds nothing: phone, its measurements, a menu and share', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(card(page, /^orders, sharded/)).toBeVisible();
    await button(page, 'Pause').tap();
    await visit(page, [
      { name: 'phone, first visit', enter: stay, shows: (at) => at.getByRole('timer') },
      {
        name: 'phone, measurements',
        enter: (at) => at.getByRole('button', { name: 'Measurements' }).tap(),
        shows: panel('Timeline'),
        leave: (at) => at.getByRole('button', { name: 'Measurements' }).tap(),
      },
      { name: 'phone, menu', enter: press('Shift+F10'), shows: menu('orders') },
      { name: 'phone, share', enter: (at) => button(at, 'Share').tap(), shows: dialog(/Share/) },
    ]);
  });
});

test('in forced colours what is chosen stands out, and what measures keeps its colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto('/');
  await expect(card(page, /^orders, sharded/)).toBeVisible();
  await page.getByRole('button', { name: /^Crash orders/ }).click();
  const groundOf = (locator: Locator) =>
    locator.evaluate((element) => getComputedStyle(element).backgroundColor);
  const badge = card(page, /^orders, sharded/).locator('[data-part="badge"]');
  await expect(badge).toHaveText('All 4 down');
  expect(await groundOf(badge)).toBe('rgb(196, 40, 40)');
  const [chosen, other] = [tab(page, 'Timeline'), tab(page, 'Traces')];
  await expect(chosen).toHaveAttribute('aria-selected', 'true');
  expect(await groundOf(chosen)).not.toBe(await groundOf(other));
});
