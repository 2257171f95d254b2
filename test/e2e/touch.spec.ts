// With fingers: everything on a tablet of 768 px; looking, running, breaking and sharing on a phone of 390 px.
import { expect, type CDPSession, type Locator, type Page, test } from '@playwright/test';

interface Finger {
  readonly x: number;
  readonly y: number;
}

const card = (page: Page, name: RegExp) =>
  page.locator('.react-flow__node').and(page.getByRole('group', { name }));

async function middle(locator: Locator): Promise<Finger> {
  const box = (await locator.boundingBox())!;
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}

/** Fingers go down at the first places, move through the others and are lifted at the last. */
async function swipe(touch: CDPSession, ...places: readonly Finger[][]): Promise<void> {
  const [first, ...rest] = places;
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Finger[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', first);
  for (const fingers of rest) await send('touchMove', fingers);
  await send('touchEnd', []);
}

const between = (from: Finger, to: Finger, steps = 8): Finger[][] =>
  Array.from({ length: steps + 1 }, (_, step) => [
    { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps },
  ]);

async function longPress(page: Page, touch: CDPSession, target: Locator, menu: string): Promise<void> {
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [await middle(target)] });
  await expect(page.getByRole('menu', { name: menu })).toBeVisible();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

const zoomOf = (page: Page) =>
  page.locator('.react-flow__viewport').evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);

test.describe('tablet', () => {
  test.use({ viewport: { width: 768, height: 1024 }, hasTouch: true });

  test('one finger drags a component and pans, two zoom, a long press opens the menu', async ({ page }) => {
    await page.goto('/');
    await expect(card(page, /^orders, sharded/)).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).tap();
    const touch = await page.context().newCDPSession(page);

    const orders = card(page, /^orders, sharded/);
    const from = await middle(orders);
    await swipe(touch, ...between(from, { x: from.x - 10, y: from.y + 120 }));
    await expect(page.getByTitle(/^Undo: Move orders/)).toBeEnabled();
    expect((await middle(orders)).y - from.y).toBeGreaterThan(80);

    const api = card(page, /^api, service/);
    const before = await middle(api);
    await swipe(touch, ...between({ x: 400, y: 640 }, { x: 340, y: 560 }));
    await expect.poll(async () => (await middle(api)).y).toBeLessThan(before.y - 40);

    const zoom = await zoomOf(page);
    const pinch = [20, 40, 60, 80, 100, 120].map((apart) => [
      { x: 400 - apart, y: 600 },
      { x: 400 + apart, y: 600 },
    ]);
    await swipe(touch, ...pinch);
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(zoom * 1.5);

    await page.keyboard.press('Shift+Digit1');
    await expect.poll(() => zoomOf(page)).toBeLessThan(zoom * 1.2);
    await longPress(page, touch, orders, 'orders');
    await page.getByRole('menuitem', { name: 'Crash', exact: true }).tap();
    await page.getByRole('tab', { name: 'Events' }).tap();
    await expect(page.getByRole('region', { name: 'Events' })).toContainText('orders crashed');
  });

  test('draws a design without any drag: taps add and link, and each can be undone', async ({ page }) => {
    await page.goto('/');
    await expect(card(page, /^orders, sharded/)).toBeVisible();
    await page.getByRole('button', { name: 'New', exact: true }).tap();
    await page.getByRole('button', { name: 'Add clients', exact: true }).tap();
    await page.getByRole('button', { name: /^Add Service/ }).tap();
    await page.getByRole('button', { name: /^Add Database/ }).tap();
    await expect(page.getByRole('group', { name: 'Link from Service to Database', exact: true })).toHaveCount(
      1,
    );
    await page.getByRole('button', { name: 'Undo', exact: true }).tap();
    await expect(page.locator('.react-flow__node')).toHaveCount(2);
  });

  test('a finger draws a link from the edge of a component to another, and is told why it cannot', async ({
    page,
  }) => {
    await page.goto('/');
    await expect(card(page, /^orders, sharded/)).toBeVisible();
    await page.getByRole('button', { name: 'New', exact: true }).tap();
    for (const name of [/^Add Service/, /^Add Database/]) {
      await page.getByRole('button', { name }).tap();
      // Only what stands beside a selection is linked at once.
      await page.keyboard.press('Escape');
    }
    const link = page.getByRole('group', { name: 'Link from Service to Database', exact: true });
    const touch = await page.context().newCDPSession(page);
    const outlet = async (): Promise<Finger> => {
      const box = (await card(page, /^Service, service/).boundingBox())!;
      return { x: box.x + box.width, y: box.y + box.height / 2 };
    };
    await expect(link).toHaveCount(0);
    const database = await middle(card(page, /^Database, database/));
    await swipe(touch, ...between(await outlet(), database));
    await expect(link).toHaveCount(1);
    const service = await middle(card(page, /^Service, service/));
    await swipe(touch, ...between(await outlet(), database));
    await expect(
      page
        .getByRole('status')
        .filter({ hasText: /already/ })
        .first(),
    ).toBeVisible();
    expect(service).toEqual(await middle(card(page, /^Service, service/)));
    await expect(link).toHaveCount(1);
  });
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('looks, runs, breaks and shares; nothing is wider than the screen', async ({ page }) => {
    await page.goto('/');
    const orders = card(page, /^orders, sharded/);
    await expect(orders).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).tap();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Pause', exact: true }).tap();
    await page.getByRole('button', { name: 'Play', exact: true }).tap();
    const touch = await page.context().newCDPSession(page);
    await longPress(page, touch, orders, 'orders');
    await page.getByRole('menuitem', { name: 'Crash', exact: true }).tap();
    // The canvas has the screen until the measurements are asked for: a swipe, or a tap on the arrow.
    const height = async () => (await page.getByRole('main', { name: 'Canvas' }).boundingBox())!.height;
    expect(await height()).toBeGreaterThan(0.8 * 844);
    await expect(page.getByRole('tab', { name: 'Events' })).toHaveCount(0);
    const bar = await middle(page.getByRole('group', { name: 'Run', exact: true }));
    await swipe(touch, ...between(bar, { x: bar.x, y: bar.y - 80 }));
    const events = page.getByRole('region', { name: 'Events' });
    // Chromium makes no click of a tap within a third of a second after a swipe; a finger would tap again.
    await expect(async () => {
      await page.getByRole('tab', { name: 'Events' }).tap();
      await expect(events).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(events).toContainText('orders crashed');
    await page.getByRole('button', { name: 'Measurements' }).tap();
    await expect.poll(height).toBeGreaterThan(0.8 * 844);
    await page.getByRole('button', { name: 'Share' }).tap();
    await expect(page.getByLabel('Link to this design')).toHaveValue(/#a1\./);
  });
});
