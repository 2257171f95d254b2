// A link shows its rate, its failures and its breaker, for the eye and in words.
import { expect, it } from 'vitest';
import { linkSentence, paintLink, strandWidth } from '../../../src/ui/canvas/link-paint.ts';
import { fakeLive } from './fake-live.ts';

function painted(numbers: Parameters<typeof fakeLive>[0]) {
  const edge = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  edge.append(group);
  paintLink(group, 'l1', fakeLive(numbers));
  return { data: { ...group.dataset }, words: edge.getAttribute('aria-description'), style: group.style };
}

it('is drawn wider the more calls it carries', () => {
  const widths = [NaN, 0, 10, 100, 1_000, 1e12].map(strandWidth);
  expect(widths).toEqual([...widths].sort((a, b) => a - b));
  expect(widths[0]).toBe(1.5);
  expect(widths.at(-1)).toBe(7);
});

it('says an open breaker in a sign and in words', () => {
  const { data, words } = painted({ link: { rateRps: 600, failedShare: 0.5 }, breaker: 'open' });
  expect(data).toMatchObject({ breaker: 'open', failing: 'yes' });
  expect(words).toBe('breaker open');
});

it('shows a cut', () => {
  const { data, words } = painted({ link: { cut: 1 } });
  expect(data.cut).toBe('yes');
  expect(words).toBe('cut');
});

it('draws retries as a second strand once there are some', () => {
  expect(painted({ link: { rateRps: 100, retryShare: 0.01 } }).style.getPropertyValue('--retries')).toBe('0');
  expect(
    Number(painted({ link: { rateRps: 100, retryShare: 0.5 } }).style.getPropertyValue('--retries')),
  ).toBeGreaterThan(1);
});

it('has its numbers in one line', () => {
  const live = fakeLive({
    link: { rateRps: 612, p95Ms: 1_900, failedShare: 0.31, retryShare: 0.1 },
    breaker: 'halfOpen',
  });
  expect(linkSentence(live, 'l1').replaceAll('\u00a0', ' ')).toBe(
    '612 rps · p95 1.90 s · 31.0 % failed · 10.0 % retries · breaker half-open',
  );
});
