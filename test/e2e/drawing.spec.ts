// Drawing with a mouse, with the keyboard alone and with fingers, in the production build.
import { expect, type Locator, type Page, test } from '@playwright/test';

const card = (page: Page, name: RegExp) =>
  page.locator('.react-flow__node').and(page.getByRole('group', { name }));
const link = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const undo = (page: Page, what: string) => page.getByTitle(`Undo: ${what}`);

async function middle(locator: Locator) {
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where a component stands in the document, whatever the view: React Flow writes it into the transform. */
const placeOf = (locator: Locator) =>
  locator.evaluate((element) => {
    const { e, f } = new DOMMatrix((element as HTMLElement).style.transform);
    return { x: e, y: f };
  });

async function dragBy(page: Page, locator: Locator, dx: number, dy: number): Promise<void> {
  const { x, y } = await middle(locator);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
}

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(card(page, /^orders, sharded/)).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
});

test('mouse: drag out of a region, put it back with Ctrl Z, cancel a drag with Esc', async ({ page }) => {
  const orders = card(page, /^orders, sharded/);
  const before = await placeOf(orders);
  await dragBy(page, orders, 30, 160);
  await expect(page.getByText('Out of its region', { exact: true }).first()).toBeVisible();
  await page.mouse.up();
  await expect(undo(page, 'Move orders out of its region')).toBeEnabled();
  await page.keyboard.press('Control+z');
  expect(await placeOf(orders)).toEqual(before);
  await dragBy(page, orders, -20, 90);
  await expect.poll(() => placeOf(orders)).not.toEqual(before);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await placeOf(orders)).toEqual(before);
});

test('mouse: a component dropped on a link goes in between, Alt-drag leaves a copy', async ({ page }) => {
  const line = await page
    .getByRole('group', { name: 'Link from Front door to api', exact: true })
    .locator('path')
    .first()
    .evaluate((path: SVGPathElement) => {
      const at = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM()!);
      return { x: at.x, y: at.y };
    });
  await page.getByRole('button', { name: /^Add Gateway/ }).hover();
  await page.mouse.down();
  await page.mouse.move(line.x - 60, line.y - 40, { steps: 5 });
  await page.mouse.move(line.x, line.y, { steps: 5 });
  await expect(page.getByText('Put Gateway into Front door → api')).toBeVisible();
  await page.mouse.up();
  await expect(link(page, 'Link from Front door to Gateway')).toHaveCount(1);
  await expect(link(page, 'Link from Gateway to api')).toHaveCount(1);
  await expect(link(page, 'Link from Front door to api')).toHaveCount(0);

  await page.keyboard.down('Alt');
  await dragBy(page, card(page, /^carts, cache/), 0, -90);
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(card(page, /^carts, cache/)).toHaveCount(2);
});

test('mouse: why two things cannot be linked stands where the pointer came to rest', async ({ page }) => {
  const outlet = await middle(card(page, /^api, service/).locator('.react-flow__handle.source'));
  const target = await middle(card(page, /^Shoppers EU/));
  await page.mouse.move(outlet.x, outlet.y);
  await page.mouse.down();
  await page.mouse.move(target.x, target.y, { steps: 4 });
  const reason = page.locator('main').getByText('Clients start requests; nothing can call them.');
  await expect.poll(async () => (await reason.boundingBox())?.x).toBeCloseTo(target.x + 16, -1);
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge')).toHaveCount(6);
});

test('keyboard alone: add, link, replace, group, collapse, note, arrange, find, undo all', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  await expect(page.getByRole('main', { name: 'Canvas' })).toBeFocused();
  const pick = async (keys: string, text: string) => {
    await page.keyboard.press(keys);
    await expect(page.getByRole('combobox', { name: /Add|Replace/ })).toBeFocused();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await pick('/', 'clients');
  await expect(card(page, /^Clients/)).toBeFocused();
  await pick('Control+ArrowRight', 'service');
  await expect(card(page, /^Service/)).toBeFocused();
  await pick('Control+ArrowRight', 'postgres');
  await expect(card(page, /^Database/)).toBeFocused();
  await expect(link(page, 'Link from Service to Database')).toHaveCount(1);

  await pick('r', 'sharded');
  await expect(card(page, /^Sharded DB/)).toBeFocused();
  await page.keyboard.press('Control+g');
  await page.keyboard.type('eu-west');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'region eu-west' })).toBeVisible();
  await card(page, /^Sharded DB/).focus();
  await page.keyboard.press('e');
  await expect(card(page, /^eu-west, collapsed region, 1 component/)).toBeVisible();
  await page.getByRole('main', { name: 'Canvas' }).focus();
  await page.keyboard.press('e');
  await expect(card(page, /^Sharded DB/)).toBeVisible();

  await page.keyboard.press('n');
  await page.keyboard.type('Watch this');
  await page.keyboard.press('Control+Enter');
  await expect(card(page, /^Note: Watch this/)).toBeVisible();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+L');
  await expect(undo(page, 'Arrange everything')).toBeEnabled();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('combobox', { name: 'Find on the canvas' })).toBeFocused();
  await page.keyboard.type('service');
  await page.keyboard.press('Enter');
  await expect(card(page, /^Service/)).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(card(page, /^Sharded DB/)).toBeFocused();

  await expect
    .poll(
      async () => {
        await page.keyboard.press('Control+z');
        return page.getByTitle('Nothing to undo').count();
      },
      { intervals: [100] },
    )
    .toBe(1);
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
});

test('copies between two tabs as text, and answers foreign text', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL! });
  await card(page, /^api, service/).click();
  await card(page, /^carts, cache/).click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  const other = await context.newPage();
  await other.goto('/');
  await expect(card(other, /^orders, sharded/)).toBeVisible();
  await other.getByRole('button', { name: 'New', exact: true }).click();
  await other.getByRole('main', { name: 'Canvas' }).focus();
  await other.keyboard.press('Control+v');
  await expect(link(other, 'Link from api to carts')).toHaveCount(1);
  await other.evaluate(() => navigator.clipboard.writeText('select * from orders'));
  await other.keyboard.press('Control+v');
  await expect(other.getByRole('status').filter({ hasText: 'neither a Loadbearing link' })).toContainText(
    'The clipboard holds “select * from orders”',
  );
  await other.getByRole('button', { name: 'Paste it as a note' }).click();
  await expect(card(other, /^Note: select \* from orders/)).toBeVisible();
});

test('D puts the measurements away; presenting shows only the canvas and the run, until F or Escape', async ({
  page,
}) => {
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
  await page.keyboard.press('d');
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveCount(0);
  await expect(page.getByRole('timer', { name: 'Simulated time' })).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeHidden();
  await expect(page.getByRole('timer', { name: 'Simulated time' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner')).toBeVisible();
});
