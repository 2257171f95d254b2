// Two tabs on one document: the later one works on a copy, and says so.
import { expect, it } from 'vitest';
import { createTabs } from '../../../src/ui/design/tabs.ts';

/** Channels that hear each other, as tabs of one browser do. */
function channels(count: number): BroadcastChannel[] {
  const all = Array.from(
    { length: count },
    () => ({ onmessage: null, close() {} }) as unknown as BroadcastChannel,
  );
  for (const channel of all) {
    channel.postMessage = (data: unknown) => {
      for (const other of all) if (other !== channel) other.onmessage?.({ data } as MessageEvent);
    };
  }
  return all;
}

it('tells the later tab, not the earlier one', () => {
  const [a, b] = channels(2);
  const heard: string[] = [];
  createTabs((id) => heard.push(`first: ${id}`), a).show('d1');
  createTabs((id) => heard.push(`second: ${id}`), b).show('d1');
  expect(heard).toEqual(['second: d1']);
});

it('tells nobody of different documents', () => {
  const [a, b] = channels(2);
  const heard: string[] = [];
  createTabs((id) => heard.push(id), a).show('d1');
  createTabs((id) => heard.push(id), b).show('d2');
  expect(heard).toEqual([]);
});
