// Several designs of one's own: kept over a reload, renamed, duplicated, deleted and brought back; two tabs and a link
// never overwrite each other's work.
import { expect, type Locator, type Page, test } from '@playwright/test';

const cards = (page: Page) => page.locator('.react-flow__node');

async function add(page: Page, component: RegExp): Promise<void> {
  await page.getByRole('button', { name: component }).click();
}

async function openDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Open…' }).click();
  return page.getByRole('dialog', { name: 'Open' });
}

async function begin(page: Page): Promise<void> {
  await page.goto('/');
  await expect(cards(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await add(page, /^Add Clients/);
  await add(page, /^Add Service/);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

test('own designs are renamed, duplicated, deleted and brought back', async ({ page }) => {
  await begin(page);
  await page.reload();
  await expect(cards(page)).toHaveCount(2);
  const dialog = await openDialog(page);
  await dialog.getByRole('button', { name: 'Duplicate Untitled' }).click();
  await dialog.getByRole('button', { name: 'Rename Untitled (copy)' }).click();
  await dialog.getByRole('textbox', { name: 'Name of Untitled (copy)' }).fill('Second');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Delete Second' }).click();
  await expect(dialog.getByRole('button', { name: /^Second/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByRole('button', { name: /^Second/ }).click();
  await expect(page.getByRole('button', { name: 'Second', exact: true })).toBeVisible();
  await expect(cards(page)).toHaveCount(2);
});

test('a second tab of the same design works on a copy, and neither loses anything', async ({
  page,
  context,
}) => {
  await begin(page);
  const other = await context.newPage();
  await other.goto('/');
  await expect(other.getByText(/also open in another tab/)).toBeVisible();
  await add(other, /^Add Database/);
  await expect(cards(other)).toHaveCount(3);
  await expect(other.getByText('Saved', { exact: true })).toBeVisible();
  await add(page, /^Add Cache/);
  await add(page, /^Add Database/);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(cards(page)).toHaveCount(4);
  await other.reload();
  await expect(cards(other)).toHaveCount(3);
});

test('where storage is refused it says so in words, and the work goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    IDBFactory.prototype.open = refuse;
    Storage.prototype.setItem = refuse;
  });
  await page.goto('/');
  await expect(cards(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await add(page, /^Add Service/);
  await expect(
    page.getByText('Not saved: the storage of this browser is full. Save a file, or share a link.'),
  ).toBeVisible();
  await add(page, /^Add Database/);
  await expect(cards(page)).toHaveCount(2);
});

test('the pictures of the examples run while they are in view, and stand still when told to', async ({
  page,
}) => {
  await page.goto('/');
  await expect(cards(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('button', { name: 'Start from an example' }).click();
  const gallery = page.getByRole('dialog', { name: 'Examples' });
  const picture = gallery.getByRole('button', { name: /Retry storm/ }).locator('canvas');
  const requests = async () => Number(await picture.getAttribute('data-requests'));
  await expect.poll(requests).toBeGreaterThan(100);
  const isInked = () =>
    picture.evaluate((canvas: HTMLCanvasElement) =>
      canvas
        .getContext('2d')!
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0),
    );
  await expect.poll(isInked).toBe(true);
  await gallery.getByRole('checkbox', { name: 'Live pictures' }).uncheck();
  await expect(gallery.locator('canvas')).toHaveCount(0);
  await expect(gallery.getByRole('img').first()).toBeVisible();
});
