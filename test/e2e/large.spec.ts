// A design too large for one element each is painted from afar, and can be used as any other: mouse, keys, screen reader.
import { expect, type Page, test } from '@playwright/test';
import { expectNothingFound } from './axe.ts';

const CHAINS = 60;

/** Chains of clients, service and database, two side by side. */
function chains(count: number): string {
  const nodes = [];
  const links = [];
  for (let chain = 0; chain < count; chain++) {
    const at = (column: number) => ({
      x: column * 260 + (chain % 3) * 1_000,
      y: Math.floor(chain / 3) * 180,
    });
    nodes.push(
      {
        id: `c${chain}`,
        kind: 'client',
        label: `Shoppers ${chain}`,
        position: at(0),
        params: { rateRps: 1 },
      },
      { id: `s${chain}`, kind: 'service', label: `api ${chain}`, position: at(1), params: {} },
      { id: `d${chain}`, kind: 'database', label: `orders ${chain}`, position: at(2), params: {} },
    );
    links.push(
      { id: `a${chain}`, from: `c${chain}`, to: `s${chain}`, params: {} },
      { id: `b${chain}`, from: `s${chain}`, to: `d${chain}`, params: {} },
    );
  }
  return JSON.stringify({ format: 'loadbearing/1', name: 'Many', seed: 1, nodes, links });
}

async function open(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.route('**/examples/checkout.json', (route) =>
    route.fulfill({ contentType: 'application/json', body: chains(CHAINS) }),
  );
  await page.goto('/');
  await expect(page.getByRole('group', { name: /^api 0, service/ })).toBeAttached();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('main', { name: 'Canvas' }).locator('canvas')).not.toHaveCount(0);
  await expect(cards(page)).toHaveCount(0);
}

const cards = (page: Page) => page.locator('.react-flow__node-card');

/** Where a point of the board is on the screen. */
async function placeOf(page: Page, x: number, y: number) {
  return page.locator('.react-flow__viewport').evaluate(
    (view, at) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(view).transform);
      const { left, top } = view.parentElement!.getBoundingClientRect();
      return { x: left + e + at.x * a, y: top + f + at.y * a };
    },
    { x, y },
  );
}

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name, level: 2 });

test('a painted board is selected from, dragged on and broken with the mouse', async ({ page }) => {
  await open(page);
  const api = await placeOf(page, 260 + 80, 3 * 180 + 55);
  await page.mouse.move(api.x, api.y);
  await expect(cards(page)).toHaveCount(1);
  await page.mouse.click(api.x, api.y);
  await expect(heading(page, 'api 9')).toBeVisible();

  await page.mouse.move(api.x, api.y);
  await page.mouse.down();
  await page.mouse.move(api.x + 8, api.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTitle(/^Undo: Move api 9/)).toBeEnabled();

  const link = await placeOf(page, 260 - 50, 180 + 45 + 5);
  await page.mouse.click(link.x, link.y);
  await expect(heading(page, /Shoppers 3.*api 3/)).toBeVisible();
  await page.mouse.click(link.x, link.y, { button: 'right' });
  await page.getByRole('menuitem', { name: /^Cut/ }).click();

  const from = await placeOf(page, -60, 5 * 180 - 30);
  const to = await placeOf(page, 600, 7 * 180 + 60);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
  await expect(heading(page, '9 components')).toBeVisible();
  const one = await placeOf(page, 260 + 80, 6 * 180 + 55);
  await page.mouse.move(one.x, one.y);
  await page.mouse.down();
  await page.mouse.move(one.x, one.y + 30, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByTitle(/^Undo: Move 9 nodes/)).toBeEnabled();

  // Closer to, all that is in view becomes elements, and none of it is painted any more.
  await page.keyboard.press('Control+0');
  await expect(page.locator('.react-flow__edge').first()).toBeVisible();
  await expect(page.getByRole('main', { name: 'Canvas' }).locator('canvas')).toHaveCount(0);
  expect(await cards(page).count()).toBeGreaterThan(4);
});

test('a painted board is walked by keys, has a name for everything, and axe finds nothing', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('group', { name: /^Shoppers 7, clients/ }).focus();
  await page.keyboard.press('Tab');
  await expect(heading(page, 'api 7')).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading(page, 'orders 7')).toBeVisible();
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', /^orders 7, database/);
  await page.keyboard.press('Delete');
  await expect(page.getByTitle(/^Undo: Delete orders 7/)).toBeEnabled();
  await expect(page.getByRole('group', { name: /^orders 7, database/ })).toHaveCount(0);
  await expectNothingFound(page, 'a painted board');
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });

  test('a tap finds what is painted, and the ground between', async ({ page }) => {
    await open(page);
    const tap = async (x: number, y: number) => {
      const at = await placeOf(page, x, y);
      await page.touchscreen.tap(at.x, at.y);
    };
    await tap(260 + 80, 3 * 180 + 55);
    await expect(heading(page, 'api 9')).toBeVisible();
    await tap(260 - 50, 9 * 180 + 50);
    await expect(heading(page, /Shoppers 27.*api 27/)).toBeVisible();
    await tap(840, 9 * 180 + 130);
    await expect(heading(page, 'Many')).toBeVisible();
  });
});
