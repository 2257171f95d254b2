// A part of the page that cannot be shown says so, in its own place; everything else goes on.
import { render, screen } from '@testing-library/react';
import { lazy, Suspense } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Boundary } from '../../../src/ui/app/Boundary.tsx';

// React tells the console of every caught exception.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const NeverArrives = lazy(() => Promise.reject(new TypeError('Failed to fetch')));

const page = (tab: string) => (
  <>
    <p>the canvas</p>
    <Boundary part="This tab" content={tab}>
      <Suspense fallback={null}>{tab === 'events' ? <NeverArrives /> : <p>the timeline</p>}</Suspense>
    </Boundary>
  </>
);

it('a script that does not arrive is told in a sentence; the rest of the page stays', async () => {
  render(page('events'));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    /^This tab could not be shown: a part of the page did not arrive\. Your design is saved; reload the page to go on\./,
  );
  expect(screen.getByText('the canvas')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Reload' })).toBeVisible();
});

it('another content in the same place is tried', async () => {
  const shown = render(page('events'));
  await screen.findByRole('alert');
  shown.rerender(page('timeline'));
  expect(screen.getByText('the timeline')).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('an exception while drawing is told in its own words', async () => {
  const Broken = () => {
    throw new RangeError('Nothing to draw');
  };
  render(
    <Boundary part="The inspector">
      <Broken />
    </Boundary>,
  );
  expect(await screen.findByRole('alert')).toHaveTextContent(
    /^The inspector could not be shown: Nothing to draw\. Your/,
  );
});
