// Work that shares cores ends in the order of its ends, at equal ends of its beginnings, also when some is broken off.
import { expect, it } from 'vitest';
import { Calls, NONE, READ } from '../../src/engine/calls/calls.ts';
import { createStream } from '../../src/engine/chance/random.ts';
import { WorkHeap } from '../../src/engine/station/workheap.ts';

it('gives back what a sorted list gives, over 5,000 random steps with many equal ends', () => {
  const stream = createStream(1, 'heap', 'steps');
  const calls = new Calls();
  const heap = new WorkHeap(calls);
  const list: { c: number; end: number }[] = [];
  for (let step = 0; step < 5_000; step++) {
    if (stream.chance(step < 2_500 ? 0.6 : 0.4)) {
      const c = calls.take(0, NONE, READ, 1, 0);
      heap.entering[0] = stream.below(40) + step / 100;
      list.splice(list.filter(({ end }) => end <= heap.entering[0]).length, 0, {
        c,
        end: heap.entering[0],
      });
      heap.push(c);
    } else if (list.length > 0) {
      const isBrokenOff = stream.chance(0.3);
      const place = isBrokenOff ? stream.below(list.length) : 0;
      const [{ c, end }] = list.splice(place, 1);
      if (place === 0) expect(heap.topEnd).toBe(end);
      if (isBrokenOff) heap.remove(c);
      else expect(heap.pop()).toBe(c);
      expect(heap.has(c)).toBe(false);
      calls.free(c);
    }
    expect(heap.size).toBe(list.length);
  }
  expect(list.every(({ c }) => heap.has(c))).toBe(true);
});
