// Warnings, cost and history beside the canvas: found by command, acted on, and every change can be undone.
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRates } from '../../../src/ui/review/rates.ts';
import { shop, showEditor, type Editor } from '../app/editor.tsx';

let editor: Editor;
const risky = {
  ...shop,
  links: [
    { id: 'l1', from: 'n1', to: 'n2', params: {} },
    { id: 'l2', from: 'n2', to: 'n3', params: { attempts: 3, retryBudgetShare: 0 } },
  ],
};
beforeEach(() => {
  editor = showEditor(risky);
});
afterEach(() => editor.leave());

const review = () => screen.findByRole('region', { name: 'Review of the design' });
const open = async (tab: string) => {
  editor.services.view.setState({ review: 'warnings' });
  const panel = within(await review());
  await editor.user.click(panel.getByRole('tab', { name: tab }));
  return panel;
};
const said = (text: RegExp) =>
  waitFor(() => expect(screen.getByTestId('polite')).toHaveTextContent(text), { timeout: 3_000 });

it('counts warnings and notes in the header as the panel lists them, and says each with its subject and a fix that undo takes back', async () => {
  const button = await screen.findByRole('button', { name: '2 design warnings, 1 note' });
  await editor.user.click(button);
  const panel = within(await review());
  expect(panel.getByRole('heading', { name: 'Warnings: will hurt 2' })).toBeInTheDocument();
  expect(panel.getByRole('heading', { name: 'Notes: worth knowing 1' })).toBeInTheDocument();
  expect(panel.getByText('api tries orders up to 3 times without a retry budget.')).toBeInTheDocument();
  await editor.user.click(panel.getByRole('button', { name: 'Allow 20 % retries (api → orders)' }));
  expect(editor.design().links[1].params).toEqual({ attempts: 3 });
  await said(/Allow 20 % retries: done/);
  expect(await screen.findByRole('button', { name: '1 design warning, 1 note' })).toBeInTheDocument();
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(editor.design().links[1].params).toEqual({ attempts: 3, retryBudgetShare: 0 });
  expect(await screen.findByRole('button', { name: '2 design warnings, 1 note' })).toBeInTheDocument();
});

it('jumps to what a warning is about', async () => {
  const panel = await open('Warnings');
  const [show] = panel.getAllByRole('button', { name: 'Show api → orders' });
  await editor.user.click(show);
  expect([...editor.services.view.getState().selection]).toEqual(['l2']);
});

it('is reached by keyboard alone, and Esc gives the focus back', async () => {
  const button = await screen.findByRole('button', { name: '2 design warnings, 1 note' });
  button.focus();
  await editor.user.keyboard('{Enter}');
  const panel = within(await review());
  expect(panel.getByRole('tab', { name: 'Warnings' })).toHaveFocus();
  await editor.user.keyboard('{ArrowRight}');
  expect(panel.getByRole('tab', { name: 'Cost' })).toHaveFocus();
  expect(panel.getByText(/An estimate, not an offer/)).toBeInTheDocument();
  await editor.user.keyboard('{Escape}');
  expect(screen.queryByRole('region', { name: 'Review of the design' })).not.toBeInTheDocument();
  expect(button).toHaveFocus();
});

it('estimates as you draw, with prices that can be edited and are kept', async () => {
  const panel = await open('Cost');
  // api: 3 instances × 2 vCPU at 30; orders: 4 vCPU at 75; answers out: 7,884 GB at 0.06.
  expect(panel.getByText('≈ 950 USD')).toBeInTheDocument();
  await editor.user.click(panel.getByText('Prices'));
  const compute = panel.getByRole('textbox', { name: /^Compute/ });
  await editor.user.clear(compute);
  await editor.user.type(compute, '130{Enter}');
  expect(panel.getByText('≈ 1,600 USD')).toBeInTheDocument();
  expect(panel.getByText(/prices you changed on \d{4}-\d\d-\d\d/)).toBeInTheDocument();
  expect(readRates().prices.vcpu).toBe(130);
  editor.services.design.edit({ type: 'setParam', ids: ['n2'], name: 'instances', value: 6 });
  expect(await panel.findByText('≈ 2,300 USD')).toBeInTheDocument();
  await editor.user.click(panel.getByRole('button', { name: 'Back to the defaults' }));
  expect(await panel.findByText('≈ 1,100 USD')).toBeInTheDocument();
});

it('takes no price that is no number, and says so', async () => {
  const panel = await open('Cost');
  await editor.user.click(panel.getByText('Prices'));
  const compute = panel.getByRole('textbox', { name: /^Compute/ });
  await editor.user.clear(compute);
  await editor.user.type(compute, '-3{Enter}');
  expect(panel.getByRole('alert')).toHaveTextContent('Compute must be a number from 0 to 1,000,000.');
  expect(panel.getByText('≈ 950 USD')).toBeInTheDocument();
});

it('lists the steps by name, and goes back and forward to any of them', async () => {
  const { design } = editor.services;
  design.edit({ type: 'rename', id: 'n2', label: 'shop-api' });
  design.edit({ type: 'removeElements', ids: ['n3'] });
  design.edit({ type: 'rename', id: null, label: 'Mine' });
  const panel = await open('History');
  await editor.user.click(panel.getByRole('button', { name: 'Rename api' }));
  expect(editor.design()).toMatchObject({ name: 'Shop', nodes: [{}, { label: 'shop-api' }, {}] });
  await editor.user.click(panel.getByRole('button', { name: /^Rename the design/ }));
  expect(editor.design().name).toBe('Mine');
  expect(editor.design().nodes).toHaveLength(2);
  await editor.user.click(panel.getByRole('button', { name: /^Opened/ }));
  expect(editor.design()).toEqual(risky);
});

it('keeps a named version, and going back to it can be undone', async () => {
  const panel = await open('History');
  await editor.user.type(
    panel.getByRole('textbox', { name: 'Name for the present version' }),
    'Before{Enter}',
  );
  const version = await panel.findByRole('button', { name: /^Before/ });
  editor.services.design.edit({ type: 'removeElements', ids: ['n3'] });
  await editor.user.click(version);
  expect(editor.design()).toEqual(risky);
  await said(/Go back to Before: done/);
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(editor.design().nodes).toHaveLength(2);
});
