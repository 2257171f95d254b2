// The inspector is made from the tables of parameters: units, bounds, defaults, several things at once.
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inspector, showEditor, shop, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(() => {
  editor = showEditor({
    ...shop,
    nodes: [...shop.nodes, { ...shop.nodes[1], id: 'n4', label: 'web', params: { workers: 64 } }],
  });
});
afterEach(() => editor.leave());

const open = async (ids: string[], tab?: string) => {
  editor.services.view.select(ids);
  if (tab) await editor.user.click(await within(inspector()).findByRole('tab', { name: tab }));
  return within(inspector());
};
const params = (id: string) => editor.design().nodes.find((node) => node.id === id)?.params;

it('changes a value in the unit people use', async () => {
  const panel = await open(['n2'], 'Settings');
  const field = panel.getByLabelText('Service time');
  expect(field).toHaveValue('20 ms');
  await editor.user.clear(field);
  await editor.user.type(field, '1.5 s{Enter}');
  expect(params('n2')).toEqual({ serviceMs: 1_500 });
  expect(field).toHaveValue('1.5 s');
});

it('keeps a bad text and says at the field what would be right', async () => {
  const panel = await open(['n2'], 'Settings');
  const field = panel.getByLabelText('Errors');
  await editor.user.clear(field);
  await editor.user.type(field, '150 %{Enter}');
  expect(field).toHaveValue('150 %');
  expect(field).toBeInvalid();
  expect(panel.getByRole('alert')).toHaveTextContent('Errors must be between 0 % and 100 %.');
  expect(params('n2')).toEqual({});
  await editor.user.keyboard('{Escape}');
  expect(field).toHaveValue('0 %');
  expect(panel.queryByRole('alert')).not.toBeInTheDocument();
});

it('marks what was changed and resets it', async () => {
  const panel = await open(['n4'], 'Settings');
  expect(panel.getByLabelText('Workers')).toHaveValue('64');
  await editor.user.click(panel.getByRole('button', { name: 'Reset Workers to 16' }));
  expect(params('n4')).toEqual({});
  expect(panel.getByLabelText('Workers')).toHaveValue('16');
  expect(panel.queryByRole('button', { name: /^Reset/ })).not.toBeInTheDocument();
});

it('stores no value that equals the default', async () => {
  const panel = await open(['n4'], 'Settings');
  const field = panel.getByLabelText('Workers');
  await editor.user.clear(field);
  await editor.user.type(field, '16{Enter}');
  expect(params('n4')).toEqual({});
});

it('shows a setting only while it applies', async () => {
  const panel = await open(['n2'], 'Settings');
  expect(panel.getByLabelText('Variation')).toBeInTheDocument();
  await editor.user.selectOptions(panel.getByLabelText('Distribution'), 'constant');
  expect(panel.queryByLabelText('Variation')).not.toBeInTheDocument();
});

it('says what a setting does, and what 0 means', async () => {
  const panel = await open(['n2'], 'Settings');
  const field = panel.getByLabelText(/^Queue limit/);
  expect(field).toHaveAccessibleDescription(/more are refused with 503/);
  expect(panel.getByText('0 = no waiting')).toBeInTheDocument();
});

it('steps with the arrow keys as one undo step', async () => {
  const panel = await open(['n2'], 'Settings');
  await editor.user.click(panel.getByLabelText('Instances'));
  await editor.user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
  expect(params('n2')).toEqual({ instances: 6 });
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(params('n2')).toEqual({});
});

it('changes several components at once and shows where they differ', async () => {
  const panel = await open(['n2', 'n4']);
  const field = await panel.findByLabelText('Workers');
  expect(field).toHaveAttribute('placeholder', 'mixed');
  await editor.user.type(field, '32{Enter}');
  expect([params('n2'), params('n4')]).toEqual([{ workers: 32 }, { workers: 32 }]);
});

it('puts a component into a new region', async () => {
  const panel = await open(['n2'], 'Settings');
  await editor.user.selectOptions(panel.getByLabelText('Region'), 'New region');
  expect(editor.design().groups).toEqual([{ id: 'g1', kind: 'region', label: 'Region 1' }]);
  expect(editor.design().nodes[1].group).toBe('g1');
  expect(screen.getByRole('region', { name: 'region Region 1' })).toBeInTheDocument();
});

it('splits the settings of a link into policy and network', async () => {
  const panel = await open(['l1'], 'Policy');
  await editor.user.selectOptions(panel.getByLabelText('Circuit breaker'), 'on');
  expect(panel.getByLabelText('Opens at failures')).toHaveValue('50 %');
  expect(panel.queryByLabelText('Jitter')).not.toBeInTheDocument();
  await editor.user.click(panel.getByRole('tab', { name: 'Network' }));
  expect(panel.getByLabelText('Jitter')).toHaveValue('0 %');
});

it('refuses a seed that is none', async () => {
  const panel = await open([]);
  const field = panel.getByLabelText('Seed');
  await editor.user.clear(field);
  await editor.user.type(field, '-1{Enter}');
  expect(panel.getByRole('alert')).toHaveTextContent('The seed must be a whole number from 0 to 4294967295.');
  expect(editor.design().seed).toBe(42);
});
