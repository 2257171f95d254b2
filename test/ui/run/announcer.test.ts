// What is read out: at most one sentence a second, many events as a summary, only failures interrupt.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LogEntry, Severity } from '../../../src/session/protocol.ts';
import { Announcer, QUIET_MS, type Announcement } from '../../../src/ui/run/announcer.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const entry = (text: string, severity: Severity = 'bad'): LogEntry => ({
  id: 1,
  atMs: 0,
  severity,
  topic: 'breaker',
  text,
  subject: null,
});

function heard() {
  const announcer = new Announcer();
  const said: Announcement[] = [];
  announcer.subscribe((announcement) => said.push(announcement));
  return { announcer, said };
}

it('the first is said at once, what follows within a second together', () => {
  const { announcer, said } = heard();
  announcer.add([entry('Breaker opened.')]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([{ text: 'Breaker opened.', urgency: 'assertive' }]);
  announcer.add([entry('api-1 is up.', 'good')]);
  announcer.add([entry('api-2 is up.', 'good')]);
  vi.advanceTimersByTime(QUIET_MS - 10);
  expect(said).toHaveLength(1);
  vi.advanceTimersByTime(20);
  expect(said[1]).toEqual({ text: 'api-1 is up. api-2 is up.', urgency: 'polite' });
});

it('many at once are counted, the last bad one is told', () => {
  const { announcer, said } = heard();
  announcer.add([entry('One.'), entry('Two.'), entry('Three.', 'good')]);
  vi.advanceTimersByTime(1);
  expect(said[0].text).toBe('3 events, 2 of them bad. Last: Two.');
});

it('notes are not read out', () => {
  const { announcer, said } = heard();
  announcer.add([entry('Edited.', 'info')]);
  vi.advanceTimersByTime(QUIET_MS * 2);
  expect(said).toEqual([]);
});
