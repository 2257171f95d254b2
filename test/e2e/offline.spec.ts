// The second visit needs no network: the app opens, runs and exports from what this browser keeps.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

test('opens, runs and exports without network on the second visit', async ({ page, context }) => {
  await page.goto('/');
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  expect(
    await page.evaluate(() =>
      fetch('screenshot.png').then(
        () => 'online',
        () => 'offline',
      ),
    ),
  ).toBe('offline');

  await expect(page.locator('[data-part="rate"]').first()).toHaveText(/[1-9]/);
  await page.keyboard.press('Control+Shift+E');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as PNG', exact: true }).click();
  expect((await coming).suggestedFilename()).toMatch(/\.png$/);
});

test('a link opens without network, whatever stands in its query', async ({ page, context, baseURL }) => {
  await page.goto('/');
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
  await page.getByRole('button', { name: 'Share' }).click();
  const link = new URL(await page.getByLabel('Link to this design').inputValue());
  await context.setOffline(true);
  const other = await context.newPage();
  await other.goto(`${baseURL}?from=chat${link.hash}`);
  await expect(other.locator('.react-flow__node').first()).toBeVisible();
});

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves the build from a sub-path, as many static hosts do; `release` changes the version of what is kept. */
async function host(): Promise<{ server: Server; address: string; release(): void }> {
  let isNewer = false;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname.replace(/^\/team\/tools\//, '');
    const file = path === '' ? 'index.html' : path;
    readFile(join(import.meta.dirname, '../../dist', file)).then(
      (bytes) => {
        response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
        const isWorker = isNewer && file === 'service-worker.js';
        response.end(isWorker ? bytes.toString().replace('"version":"', '"version":"newer-') : bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/team/tools/`;
  return { server, address, release: () => (isNewer = true) };
}

test('from a sub-path, a newer version is offered in words, taken on request, and the work is still there', async ({
  page,
  context,
}) => {
  // Chromium looks for a newer service worker, and lets it take over, when the older one has been idle for some time.
  test.setTimeout(180_000);
  const patiently = expect.configure({ timeout: 60_000 });
  const { server, address, release } = await host();
  try {
    const keptIn = (tab: Page) => tab.evaluate(() => caches.keys());
    await page.goto(address);
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    const [before] = await keptIn(page);
    expect(before).toContain('/team/tools/');
    release();
    const other = await context.newPage();
    await other.goto(address);
    await page.reload();
    await patiently(page.getByText('A newer Loadbearing is ready.')).toBeVisible();
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('button', { name: /^Add Service/ }).click();
    await page.getByRole('button', { name: 'Reload now' }).click();
    // Asked of the other tab, because this one is being reloaded.
    await patiently.poll(() => keptIn(other)).toEqual([expect.stringContaining(' newer-')]);
    await expect(page.locator('.react-flow__node')).toHaveCount(1);
    await expect(other.getByText('Another tab changed to a newer Loadbearing.')).toBeVisible();
    expect(before).not.toContain('newer-');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
