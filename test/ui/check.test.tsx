// The model check as a reader meets it: cases, verdicts in words, another seed, what to take along, and the way back.
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expose, type Endpoint } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KINDS } from '../../src/kinds/catalog.ts';
import { type CheckApi, type CheckEntry, type CheckResult, RUNS } from '../../src/session/check/protocol.ts';
import { type CheckWorker, startCheck } from '../../src/session/check/remote.ts';
import { CheckGate } from '../../src/ui/check/CheckGate.tsx';
import CheckPage from '../../src/ui/check/CheckPage.tsx';

const ENTRIES: readonly CheckEntry[] = [
  entry('mm1', 'One server', 'ms', 25),
  entry('loss', 'No queue', 'share', 0.12166),
];

function entry(id: string, name: string, unit: CheckEntry['unit'], theory: number): CheckEntry {
  return {
    id,
    name,
    what: `${name} in words.`,
    quantity: 'Measured',
    source: 'Erlang',
    unit,
    theory,
    link: `a1.${id}`,
  };
}

function result(id: string, simulated: number, error: number, runs = RUNS): CheckResult {
  return { id, runs, requests: 660_000, simulated, standardError: 0.3, error, passed: Math.abs(error) <= 4 };
}

interface FakeCheck {
  readonly seed: number;
  tell(result: CheckResult): void;
  end(): void;
}

/** Workers without threads, one for each check that was begun. */
let checks: FakeCheck[] = [];
let terminated = 0;
let crash: (message: string) => void = () => {};

function spawn(): CheckWorker {
  const { port1, port2 } = new MessageChannel();
  const api: CheckApi = {
    cases: () => Promise.resolve(ENTRIES),
    run: (seed, tell) => new Promise((end) => checks.push({ seed, tell, end })),
  };
  expose(api, port2 as unknown as Endpoint);
  port1.start();
  return {
    postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
    addEventListener(type, listener, options) {
      if (type === 'error') {
        crash = (message) => (listener as EventListener)(Object.assign(new Event('error'), { message }));
      } else port1.addEventListener(type, listener as EventListener, options);
    },
    removeEventListener: (type, listener) => port1.removeEventListener(type, listener as EventListener),
    terminate() {
      terminated++;
      port1.close();
      port2.close();
    },
  };
}

const begin = () => startCheck(spawn);

async function show() {
  const user = userEvent.setup();
  render(<CheckPage begin={begin} />);
  await waitFor(() => expect(checks).toHaveLength(1));
  return user;
}

const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });

beforeEach(() => {
  checks = [];
  terminated = 0;
  location.hash = '#check';
});
afterEach(() => {
  location.hash = '';
  vi.unstubAllGlobals();
});

it('names every case with its theory before anything ran', async () => {
  await show();
  expect(screen.getByRole('heading', { level: 1, name: 'Model check' })).toHaveFocus();
  expect(screen.getByRole('table', { name: /Simulation against theory/ })).toBeVisible();
  expect(row('One server')).toHaveTextContent('25.00');
  expect(row('One server')).toHaveTextContent('running');
  expect(row('No queue')).toHaveTextContent('12.17');
  expect(row('No queue')).toHaveTextContent('waiting');
});

it('says of each case how far it is off and what that means, and sums it up in words', async () => {
  await show();
  checks[0].tell(result('mm1', 25.35, 1.14, 8));
  await waitFor(() => expect(row('One server')).toHaveTextContent(/25\.35.*\+1\.1.*running/));
  checks[0].tell(result('mm1', 24.9, -0.34));
  await waitFor(() => expect(row('One server')).toHaveTextContent(/24\.90.*−0\.3.*pass.*660,000/));
  expect(screen.getByText('1 of 2 cases done, seed 7.')).toHaveAttribute('role', 'status');
  expect(screen.getByRole('progressbar', { name: 'Model check' })).toHaveAttribute('value', String(RUNS));
  checks[0].tell(result('loss', 0.12, 0.02));
  checks[0].end();
  const words = '2 of 2 agree within 4 standard errors, seed 7: chance alone fails one in 1,400 runs.';
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.queryByRole('progressbar')).toBeNull();
});

it('a case outside the limit fails in words, and the reader is told what to do', async () => {
  await show();
  checks[0].tell(result('mm1', 25.1, 0.4));
  checks[0].tell(result('loss', 0.14, 5.2));
  checks[0].end();
  await waitFor(() => expect(row('No queue')).toHaveTextContent(/\+5\.2.*fail/));
  expect(screen.getByText(/^1 of 2 agree .* try another seed/)).toBeVisible();
});

it('another seed is run by Enter, in a worker of its own; the one before is ended', async () => {
  const user = await show();
  checks[0].tell(result('mm1', 25.1, 0.4));
  await waitFor(() => expect(row('One server')).toHaveTextContent('pass'));
  const field = screen.getByRole('textbox', { name: 'Seed' });
  await user.clear(field);
  await user.type(field, '8{Enter}');
  await waitFor(() => expect(checks).toHaveLength(2));
  expect(checks.map(({ seed }) => seed)).toEqual([7, 8]);
  expect(terminated).toBe(1);
  expect(row('One server')).not.toHaveTextContent('pass');
  await user.click(screen.getByRole('button', { name: 'Run again' }));
  await waitFor(() => expect(checks).toHaveLength(3));
  expect(checks[2].seed).toBe(8);
  await user.click(screen.getByRole('button', { name: 'New seed' }));
  await waitFor(() => expect(checks).toHaveLength(4));
  expect(field).toHaveValue(String(checks[3].seed));
});

it('what is no seed is not run', async () => {
  const user = await show();
  const field = screen.getByRole('textbox', { name: 'Seed' });
  await user.clear(field);
  await user.type(field, '1.5{Enter}');
  expect(field).toBeInvalid();
  expect(field).toHaveAccessibleDescription('A whole number from 0 to 999,999.');
  expect(screen.getByRole('button', { name: 'Run again' })).toBeDisabled();
  expect(checks).toHaveLength(1);
});

it('the result can be taken along as text', async () => {
  const user = await show();
  checks[0].tell(result('mm1', 25.35, 1.14));
  checks[0].tell(result('loss', 0.14, 5.2));
  checks[0].end();
  await user.click(await screen.findByRole('button', { name: 'Copy as text' }));
  const text = (await navigator.clipboard.readText()).replaceAll('\u00a0', ' ');
  expect(text).toContain('1 of 2 agree within 4 standard errors, seed 7');
  expect(text).toContain(
    'pass  One server. Measured: simulated 25.35 ms ± 0.30 ms, theory 25.00 ms (Erlang), +1.1 standard errors',
  );
  expect(text).toContain('FAIL  No queue.');
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
});

it('a worker that dies is told in a sentence', async () => {
  await show();
  crash('Uncaught RangeError: boom');
  expect(await screen.findByText('The check stopped, seed 7: Uncaught RangeError: boom')).toBeVisible();
});

it('a worker that cannot be started is told in a sentence', async () => {
  const refuse = () => {
    throw new Error('Workers are refused here.');
  };
  render(<CheckPage begin={refuse} />);
  expect(await screen.findByText('The check stopped, seed 7: Workers are refused here.')).toBeVisible();
});

it('every kind says what is not modelled', async () => {
  await show();
  for (const { spec, guide } of Object.values(KINDS)) {
    const section = screen.getByRole('region', { name: spec.label });
    expect(
      within(section)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(guide.notModelled);
  }
});

it('the canvas is not built before it is wanted, and is kept below when the check is looked at', async () => {
  vi.stubGlobal('Worker', function () {
    return spawn();
  });
  render(
    <CheckGate>
      <input aria-label="Canvas" />
    </CheckGate>,
  );
  expect(screen.queryByLabelText('Canvas')).toBeNull();
  location.hash = '#a1.mine';
  const canvas = await screen.findByLabelText<HTMLInputElement>('Canvas');
  canvas.value = 'edited';
  location.hash = '#check';
  await waitFor(() => expect(canvas.parentElement).toHaveAttribute('inert'));
  expect(canvas).toHaveValue('edited');
  expect(await screen.findByRole('link', { name: 'Back to the canvas' })).toHaveAttribute('href', '#a1.mine');
});
