// The walk through the page: what a visitor does in half a minute, with mouse and wheel. Looks things up with as
// little work in the page as possible, so that what is measured is the page.

const frame = (ms = 16) => new Promise((resolve) => setTimeout(resolve, ms));

/** Gives the steps with the page's time at which each began. */
export async function walk(page) {
  const steps = [];
  const middleOf = (selector) =>
    page.evaluate((found) => {
      const box = document.querySelector(found)?.getBoundingClientRect();
      return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    }, selector);
  const node = (id) => middleOf(`.react-flow__node[data-id="${id}"]`);
  const step = async (name, act) => {
    steps.push({ name, atMs: await page.evaluate(() => performance.now()) });
    await act();
  };
  const click = async (selector, options) => {
    const at = await middleOf(selector);
    if (!at) throw new Error(`Nothing to click: ${selector}`);
    await page.mouse.click(at.x, at.y, options);
  };
  const drag = async (from, ways, button = 'left') => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down({ button });
    for (const [dx, dy] of ways) {
      await page.mouse.move(from.x + dx, from.y + dy);
      await frame();
    }
    await page.mouse.up({ button });
  };
  const circle = (radius, count) =>
    Array.from({ length: count }, (_, i) => {
      const angle = (i / (count - 1)) * 2 * Math.PI;
      return [radius * Math.sin(angle), (radius / 2) * (1 - Math.cos(angle))];
    });
  const empty = async () => {
    const { x, y } = await middleOf('.react-flow');
    return { x, y: y + 180 };
  };

  await step('watch', () => page.waitForTimeout(3_000));
  await step('pause and play', async () => {
    await click('button[aria-label="Pause"]');
    await page.waitForTimeout(400);
    await click('button[aria-label="Play"]');
    await page.waitForTimeout(600);
  });
  await step('select', async () => {
    for (const id of ['n5', 'n7', 'n6', 'n4', 'n3', 'n1', 'n5']) {
      await click(`.react-flow__node[data-id="${id}"]`);
      await page.waitForTimeout(350);
    }
    await click('.react-flow__edge[data-id="l3"] .react-flow__edge-interaction');
    await page.waitForTimeout(500);
  });
  await step('pan', async () => drag(await empty(), circle(160, 90), 'middle'));
  await step('zoom', async () => {
    const at = await node('n5');
    await page.mouse.move(at.x, at.y);
    for (let i = 0; i < 60; i++) {
      await page.mouse.wheel(0, i < 30 ? -60 : 60);
      await frame();
    }
    await page.waitForTimeout(300);
  });
  await step('drag', async () => drag(await node('n5'), circle(90, 110)));
  await step('box', async () => {
    const { x, y } = await empty();
    const ways = Array.from({ length: 40 }, (_, i) => [i * 16, i * -8]);
    await drag({ x: x - 350, y: y + 20 }, ways);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
  });
  await step('fault', async () => {
    await click('.react-flow__node[data-id="n7"]', { button: 'right' });
    await clickEntry(page, 'Crash');
    await page.waitForTimeout(2_500);
    await click('.react-flow__edge[data-id="l6"] .react-flow__edge-interaction');
    await page.waitForTimeout(2_000);
  });
  await step('restore', async () => {
    await click('.react-flow__node[data-id="n7"]', { button: 'right' });
    await clickEntry(page, 'Restore');
    await page.waitForTimeout(4_000);
  });
  for (const tab of ['events', 'traces', 'timeline']) {
    await step(`${tab} tab`, async () => {
      await click(`#dock-tab-${tab}`);
      await page.waitForTimeout(900);
    });
  }
  await step('watch again', () => page.waitForTimeout(3_000));
  return steps;
}

/** The menu is fetched when it is first asked for: waits for the entry, then for its place. */
async function clickEntry(page, label) {
  const find = (text) => {
    const entries = [...document.querySelectorAll('[role="menuitem"]')];
    const entry = entries.find((each) => each.textContent.trim().startsWith(text));
    const box = entry?.getBoundingClientRect();
    return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
  };
  const found = await page.waitForFunction(find, label, { polling: 100, timeout: 5_000 });
  const at = await found.jsonValue();
  await page.mouse.click(at.x, at.y);
}
