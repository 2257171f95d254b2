// Small live pictures: several designs run side by side, rest when nobody looks, and begin again after their drill.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VOCABULARY } from '../../src/kinds/vocabulary.ts';
import type { Design } from '../../src/model/document.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { Previews, PREVIEW_MS } from '../../src/session/previews.ts';
import { HOP_FIELDS } from '../../src/session/protocol.ts';

function example(file: string): Design {
  return parseDesignText(readFileSync(`public/examples/${file}`, 'utf8'), VOCABULARY).design!;
}

/** Real time passes only when asked to; every frame is acknowledged. */
function side() {
  let now = 0;
  let waiting: { next: () => void; at: number }[] = [];
  const seen: { id: string; simMs: number; requests: number; hops: number; hasLayout: boolean }[] = [];
  const previews: Previews = new Previews({
    now: () => now,
    wait: (next, ms) => void waiting.push({ next, at: now + ms }),
    send(id, frame, layout) {
      const hops = frame.hops.length / HOP_FIELDS.length;
      seen.push({ id, simMs: frame.simMs, requests: frame.requests, hops, hasLayout: layout !== null });
      queueMicrotask(() => previews.seen(id, []));
    },
  });
  const pass = async (ms: number, step = 60) => {
    for (const end = now + ms; now < end; now += step) {
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { next } of due) next();
      await Promise.resolve();
    }
  };
  return { previews, pass, seen, of: (id: string) => seen.filter((each) => each.id === id) };
}

it('runs the real traffic of each at the pace of the clock, and keeps still what nobody sees', async () => {
  const { previews, pass, of } = side();
  previews.play('a', example('retry-storm.json'));
  previews.play('b', example('slow-database.json'));
  await pass(3_000);
  for (const id of ['a', 'b']) {
    const last = of(id).at(-1)!;
    expect(last.simMs).toBeGreaterThan(2_500);
    expect(last.simMs).toBeLessThanOrEqual(3_000);
    expect(last.requests).toBeGreaterThan(100);
    expect(of(id).reduce((sum, { hops }) => sum + hops, 0)).toBeGreaterThan(100);
    expect(of(id)[0].hasLayout).toBe(true);
  }
  previews.rest('a');
  const [rested, count] = [of('a').at(-1)!.simMs, of('a').length];
  await pass(1_000);
  expect(of('a')).toHaveLength(count);
  expect(of('b').at(-1)!.simMs).toBeGreaterThan(3_400);
  previews.play('a', example('retry-storm.json'));
  await pass(500);
  expect(of('a').at(-1)!.simMs).toBeGreaterThan(rested + 200);
});

it('begins again once the drills have had their time', async () => {
  const { previews, pass, of } = side();
  const quiet = example('retry-storm.json');
  previews.play('a', quiet);
  await pass(PREVIEW_MS + 3_000, 240);
  const times = of('a').map(({ simMs }) => simMs);
  expect(Math.max(...times)).toBeGreaterThanOrEqual(PREVIEW_MS);
  expect(times.at(-1)).toBeLessThan(5_000);
});
