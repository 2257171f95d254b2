// The panels of the dock by role and label: tabs by keys, the timeline read out, events, traces.
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { showDock } from './shown.tsx';

let shown: Awaited<ReturnType<typeof showDock>>;
const show = async () => (shown = await showDock());
afterEach(() => shown.leave());

it('tabs are moved through with arrow keys', async () => {
  const { user } = await show();
  screen.getByRole('tab', { name: 'Timeline' }).focus();
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tab', { name: /Events/ })).toHaveAttribute('aria-selected', 'true');
  expect(await screen.findByText('Nothing has happened yet. Break something.')).toBeVisible();
});

it('the timeline tells the values at an instant to the keyboard', async () => {
  const { user, advance } = await show();
  await advance(20_000);
  screen.getByRole('group', { name: 'Timeline' }).focus();
  await user.keyboard('{Shift>}{ArrowLeft>5/}{/Shift}');
  const reading = await within(screen.getByRole('tabpanel')).findByText('Offered');
  const readings = reading.closest('dl');
  expect(readings).toHaveTextContent(/Offered[\d,]+\srps/);
  expect(readings).toHaveTextContent(/p99[\d.]+\sms/);
});

it('the timeline is also a table, newest first', async () => {
  const { user, advance } = await show();
  await advance(20_000);
  await user.click(screen.getByRole('button', { name: 'Table' }));
  const rows = within(await screen.findByRole('table')).getAllByRole('row');
  expect(rows[1]).toHaveTextContent(/^00:\d\d\.\d/);
  expect(rows.length).toBeGreaterThan(10);
});

it('events are newest first, can be filtered, and show their subject on the canvas', async () => {
  const { user, advance, picked } = await show();
  await advance(60_000);
  await user.click(screen.getByRole('tab', { name: /Events/ }));
  const list = await screen.findByRole('region', { name: 'Events' });
  await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(4));
  expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent('Breaker opened again');
  expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent(/Trouble/);
  await user.click(screen.getByRole('button', { name: 'Life' }));
  expect(within(list).getAllByRole('listitem')).toHaveLength(1);
  await user.click(within(list).getByRole('button', { name: 'api' }));
  expect(picked).toEqual(['api']);
});

it('traces are listed worst first and open as a waterfall', async () => {
  const { user, advance, picked } = await show();
  await advance(5_000);
  await user.click(screen.getByRole('tab', { name: 'Traces' }));
  const list = await screen.findByRole('region', { name: 'Requests' });
  await waitFor(() => expect(within(list).getAllByRole('button').length).toBeGreaterThan(10));
  expect(within(list).getAllByRole('button')[0]).toHaveTextContent('timed out');
  await user.click(within(list).getAllByRole('button')[0]);
  const trace = await screen.findByRole('article', { name: /^Request \d+$/ });
  const [span] = await within(trace).findAllByRole('button', { name: /orders/ });
  await user.click(span);
  expect(span).toHaveAttribute('aria-expanded', 'true');
  expect(picked).toEqual(['api-orders']);
});

it('a request whose trace is gone says so', async () => {
  const { run, worker } = await show();
  worker().api.fetchTrace = () => null;
  run.openTrace(99);
  expect(await screen.findByText(/Request 99 is no longer kept/)).toBeVisible();
});
