// The memory of frames: what the page gives back is used again, and what was in it before is never seen.
import { expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../src/model/document.ts';
import { BufferPool, buffersOf } from '../../src/session/buffers.ts';
import type { Frame } from '../../src/session/protocol.ts';
import { Runner } from '../../src/session/runner.ts';

const design: Design = {
  ...emptyDesign('Two tiers'),
  nodes: [
    { id: 'n1', kind: 'client', label: 'Clients', position: { x: 0, y: 0 }, params: { rateRps: 400 } },
    { id: 'n2', kind: 'service', label: 'api', position: { x: 200, y: 0 }, params: { serviceMs: 5 } },
  ],
  links: [{ id: 'l1', from: 'n1', to: 'n2', params: {} }],
};

/** Plays for so many real ms; the page keeps the latest frame and gives back the one before, if it gives back at all. */
function play(realMs: number, givesBack: boolean) {
  let real = 0;
  const next: (() => void)[] = [];
  const received: Frame[] = [];
  const made: number[] = [];
  let shown: Frame | null = null;
  const waiting: Frame[] = [];
  const runner = new Runner({
    now: () => real,
    schedule: (then) => void next.push(then),
    send: (frame) => void waiting.push(frame),
    fail: (problem) => {
      throw problem;
    },
  });
  const deliver = () => {
    for (const sent of waiting.splice(0)) {
      received.push(structuredClone(sent));
      // As a transfer does: the sender's buffers are gone.
      const frame = structuredClone(sent, { transfer: buffersOf(sent) });
      const spent = shown && givesBack ? buffersOf(shown) : [];
      for (const buffer of spent) new Uint8Array(buffer).fill(0xab);
      shown = frame;
      runner.acknowledge(spent);
      made.push(runner.buffers.made);
    }
  };
  runner.load(design);
  deliver();
  runner.play();
  for (; real < realMs; real += 10) {
    next.shift()?.();
    deliver();
  }
  return { received, made };
}

it('a run in its stride allocates no memory for frames', () => {
  const { made } = play(20_000, true);
  expect(made.length).toBeGreaterThan(500);
  expect(made.at(-1)).toBe(made[100]);
  expect(made.at(-1)).toBeLessThan(30);
});

it('without a page that gives back it would: the count can tell', () => {
  const { made } = play(20_000, false);
  expect(made.at(-1)! - made[100]).toBeGreaterThan(2_000);
});

it('nothing of an earlier frame shows in recycled memory', () => {
  const recycled = play(3_000, true).received;
  const fresh = play(3_000, false).received;
  expect(recycled.length).toBeGreaterThan(80);
  expect(recycled).toEqual(fresh);
});

it('takes the smallest buffer that will do, and makes one only when none will', () => {
  const pool = new BufferPool();
  const [small, large] = [pool.take(100), pool.take(5_000)];
  expect([small.byteLength, large.byteLength, pool.made]).toEqual([256, 8_192, 2]);
  pool.giveBack([large, small]);
  expect(pool.take(200)).toBe(small);
  expect(pool.take(200)).toBe(large);
  expect(pool.take(200).byteLength).toBe(256);
  expect(pool.made).toBe(3);
});

it('keeps no more free buffers than frames can need', () => {
  const pool = new BufferPool();
  pool.giveBack(Array.from({ length: 500 }, () => new ArrayBuffer(1_024)));
  for (let i = 0; i < 500; i++) pool.take(1_024);
  expect(pool.made).toBe(500 - 56);
});
