// The transport by role and label: play, clock, speed, seed, digests, pause at, and what a crash looks like.
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { SPEEDS } from '../../../src/ui/run/speed.ts';
import { untilPlay } from '../run/started.ts';
import { showDock } from './shown.tsx';

let shown: Awaited<ReturnType<typeof showDock>>;
const show = async () => (shown = await showDock());
afterEach(() => shown.leave());

it('one button plays and pauses, and says which it will do', async () => {
  const { user, run } = await show();
  await user.click(screen.getByRole('button', { name: 'Play' }));
  await untilPlay(run, 'playing');
  await user.click(await screen.findByRole('button', { name: 'Pause' }));
  expect(await screen.findByRole('button', { name: 'Play' })).toBeEnabled();
});

it('a run that starts anew while it plays goes on saying Pause; pressed before it is loaded, it stays paused', async () => {
  const { user, run } = await show();
  run.play();
  await untilPlay(run, 'playing');
  const said: string[] = [];
  const leave = run.state.subscribe(({ play, willPlay }) =>
    said.push(`${play} ${willPlay ? 'Pause' : 'Play'}`),
  );
  run.restart();
  await untilPlay(run, 'playing');
  leave();
  expect(said).toContain('loading Pause');
  // Between the two orders `load` and `play` of one call nothing is drawn.
  expect(said.slice(said.indexOf('loading Pause')).join()).not.toContain('Play');
  run.restart();
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  await untilPlay(run, 'paused');
  expect(screen.getByRole('button', { name: 'Play' })).toBeEnabled();
});

it('the clock shows simulated time, with more digits in slow motion', async () => {
  const { advance, run } = await show();
  await advance(54_240);
  await waitFor(() => expect(screen.getByRole('timer')).toHaveTextContent('00:54.2'));
  run.setSpeed(1 / 100);
  await waitFor(() => expect(screen.getByRole('timer')).toHaveTextContent('00:54.240'));
});

it('the speed can be set by keys and is called by its name', async () => {
  const { run, worker } = await show();
  const slider = screen.getByRole('slider', { name: 'Speed' });
  expect(slider).toHaveAttribute('aria-valuetext', '1×');
  expect(slider).toHaveAttribute('max', String(SPEEDS.length - 1));
  run.faster();
  await waitFor(() => expect(slider).toHaveAttribute('aria-valuetext', '2×'));
  await waitFor(() => expect(worker().api.calls).toContain('speed 2'));
  run.setSpeed(Infinity);
  await waitFor(() => expect(slider).toHaveAttribute('aria-valuetext', 'max'));
});

it('says when the asked speed is not reached', async () => {
  const { run, worker, advance } = await show();
  run.setSpeed(100);
  await waitFor(() => expect(worker().api.calls).toContain('speed 100'));
  run.play();
  await waitFor(() => expect(worker().api.calls).toContain('play'));
  await advance(2_000);
  expect(await screen.findByText('asked 100×, reaching 62×', {}, { timeout: 2_000 })).toBeVisible();
});

it('steps by the size that is chosen', async () => {
  const { user, worker } = await show();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Step by' }), 'one second');
  await user.click(screen.getByRole('button', { name: 'Step' }));
  await waitFor(() => expect(worker().api.calls).toContain('step second'));
});

it('the seed is typed in place; a bad one is not taken', async () => {
  const { user, run } = await show();
  await user.click(screen.getByRole('button', { name: 'seed 42' }));
  const field = screen.getByRole('textbox', { name: 'Seed' });
  await user.clear(field);
  await user.type(field, 'seven{Enter}');
  expect(field).toBeInvalid();
  await user.clear(field);
  await user.type(field, '7{Enter}');
  expect(run.source.get().seed).toBe(7);
  expect(screen.getByRole('button', { name: 'seed 7' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'New seed' }));
  expect(run.source.get().seed).not.toBe(7);
});

it('digests stand in a list, each with its time, and the chip shows the last', async () => {
  const { advance, run } = await show();
  await advance(20_500);
  const list = await screen.findByRole('list', { name: 'Digest marks', hidden: true });
  const rows = within(list).getAllByRole('listitem', { hidden: true });
  expect(rows).toHaveLength(2);
  const last = list.querySelector('[data-at-ms="20000"]');
  expect(last).toHaveTextContent(run.state.getState().marks[1].digest);
  const chip = screen.getByRole('button', { name: /^run [0-9a-f]{4}·[0-9a-f]{4}$/ });
  expect(chip).toHaveTextContent(run.state.getState().marks[1].digest.slice(0, 4));
});

it('a run that was changed on its way says that the link alone gives another', async () => {
  const { advance, run } = await show();
  await advance(1_000);
  expect(screen.queryByText(/changed on its way/)).toBeNull();
  await run.inject({ target: 'api', unit: null, fault: 'crash', factor: 1 });
  expect(await screen.findByText(/changed on its way \(one edit or fault\)/)).toBeInTheDocument();
});

it('"pause at" takes seconds or minutes and sends simulated time', async () => {
  const { user, run } = await show();
  const field = screen.getByRole('textbox', { name: 'Pause at' });
  await user.type(field, '1:30{Enter}');
  expect(run.state.getState().stopAtMs).toBe(90_000);
  expect(field).toHaveValue('90 s');
  await user.clear(field);
  await user.type(field, 'soon{Enter}');
  expect(field).toBeInvalid();
  await user.clear(field);
  await user.type(field, '{Enter}');
  expect(run.state.getState().stopAtMs).toBeNull();
});

it('shows goodput of offered load, p99 and errors of the last second', async () => {
  const { advance } = await show();
  await advance(60_000);
  const outcome = screen.getByLabelText('Over the last second');
  await waitFor(() => expect(outcome).toHaveTextContent(/Offered[\d,]+ rpsGoodput[\d,]+/));
  await waitFor(() => expect(outcome).toHaveTextContent(/Errors\d+\.\d\s%/));
});

it('a crash is told in a sentence, can be copied, and started again with the design as it was', async () => {
  const { user, worker, workers, run, advance } = await show();
  const design = run.source.get();
  await advance(54_200);
  worker().crash('Uncaught RangeError: boom');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    /The simulation stopped at 54\.2 s, seed 42\. Uncaught RangeError: boom\. Your drawing is safe\./,
  );
  await user.click(screen.getByRole('button', { name: 'Copy report' }));
  expect(await navigator.clipboard.readText()).toContain('Uncaught RangeError: boom');
  await user.click(screen.getByRole('button', { name: 'Start again' }));
  await untilPlay(run, 'paused');
  expect(workers).toHaveLength(2);
  expect(run.source.get()).toBe(design);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});
