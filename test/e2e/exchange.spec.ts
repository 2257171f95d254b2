// In and out: a file of another tool becomes a design with a report; pictures carry fonts and the design itself.
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';

const COMPOSE = `services:
  web:
    image: nginx
    ports: ["80:80"]
    depends_on: [api]
  api:
    build: .
    depends_on: [db, queue]
  db:
    image: postgres:16
  queue:
    image: rabbitmq:3
`;

async function drop(page: Page, name: string, content: string | Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ({ fileName, base64 }) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], fileName));
      return transfer;
    },
    { fileName: name, base64: Buffer.from(content).toString('base64') },
  );
  const canvas = page.getByRole('main', { name: 'Canvas' });
  await canvas.dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.getByText(/^Drop a design, Mermaid, compose or draw\.io file/)).toBeVisible();
  await canvas.dispatchEvent('drop', { dataTransfer: data });
}

async function save(page: Page, format: string): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save as ${format}`, exact: true }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const cards = (page: Page) => page.locator('.react-flow__node');

test('a compose file dropped on the canvas becomes a design, with what was concluded and what was not understood', async ({
  page,
}) => {
  await page.goto('/');
  await expect(cards(page).first()).toBeVisible();
  await drop(page, 'shop.yml', COMPOSE);
  const report = page.getByRole('status').filter({ hasText: 'Read as a compose file' });
  await expect(report).toContainText('5 components, 4 links.');
  await expect(report).toContainText('“queue” is shown as a service');
  await expect(report).toContainText('Clients are added in front of “web”');
  await expect(cards(page)).toHaveCount(5);
  await expect(page.getByRole('button', { name: 'shop', exact: true })).toBeVisible();
});

test('a file that is nothing of the kind is refused in one sentence, and the design stays', async ({
  page,
}) => {
  await page.goto('/');
  await expect(cards(page).first()).toBeVisible();
  const before = await cards(page).count();
  await drop(page, 'bomb.drawio', '<!DOCTYPE a [<!ENTITY b "b">]><mxfile>&b;</mxfile>');
  await expect(page.getByRole('alert').filter({ hasText: 'bomb' })).toContainText(
    '“bomb.drawio” cannot be opened. It declares a document type or entities, which a diagram never needs.',
  );
  await expect(cards(page)).toHaveCount(before);
});

test('pictures, flowchart and file leave the page, and both pictures open as the same design', async ({
  page,
}) => {
  await page.goto('/');
  await expect(cards(page).first()).toBeVisible();
  const count = await cards(page).count();
  await expect(page.locator('[data-part="rate"]').first()).toHaveText(/\d/);
  await page.keyboard.press('Control+Shift+E');

  const svg = await save(page, 'SVG');
  const text = svg.bytes.toString();
  expect(svg.name).toMatch(/^[\w-]+\.svg$/);
  expect(text).toContain("@font-face{font-family:'Inter Variable'");
  expect(text).toContain("@font-face{font-family:'JetBrains Mono Variable'");
  expect(text).toMatch(/class="n"[^>]*>[\d.,]+k?<\/text>/);
  expect(text.replace(/xmlns="[^"]*"/, '').replace(/<metadata[\s\S]*<\/metadata>/, '')).not.toContain('http');

  const png = await save(page, 'PNG');
  const width = Number(/<svg [^>]*width="(\d+)"/.exec(text)![1]);
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.readUInt32BE(16)).toBe(2 * width);

  await page.getByLabel('Pictures with the live numbers of this moment').uncheck();
  expect((await save(page, 'SVG')).bytes.toString()).not.toContain('class="n"');
  expect((await save(page, 'Mermaid')).bytes.toString()).toMatch(/^flowchart LR\n/);
  const json = JSON.parse((await save(page, 'JSON')).bytes.toString()) as { nodes: unknown[] };
  expect(json.nodes).toHaveLength(count);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(cards(page)).toHaveCount(0);
  await drop(page, 'picture.svg', text);
  await expect(cards(page)).toHaveCount(count);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(cards(page)).toHaveCount(0);
  await drop(page, 'picture.png', png.bytes);
  await expect(cards(page)).toHaveCount(count);
});
