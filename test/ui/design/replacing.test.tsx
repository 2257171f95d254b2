// Another kind in the place of a component: links stay, a given name stays, one undo step.
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inspector, node, showEditor, type Editor, shop } from '../app/editor.tsx';

let editor: Editor;
afterEach(() => editor.leave());

async function begin(id: string, name: RegExp) {
  (await node(name)).focus();
  editor.services.view.select([id]);
}

beforeEach(() => {
  editor = showEditor({
    ...shop,
    nodes: shop.nodes.map((each) =>
      each.id === 'n2' ? { ...each, params: { instances: 7, workers: 9 } } : each,
    ),
    links: [...shop.links, { id: 'l2', from: 'n2', to: 'n3', params: { attemptTimeoutMs: 900 } }],
  });
});

it('R, “sharded”, Enter: orders is a sharded database with its name and the link to it', async () => {
  await begin('n3', /^orders, database/);
  await editor.user.keyboard('r');
  const field = await screen.findByRole('combobox', { name: 'Replace orders by' });
  await editor.user.type(field, 'sharded{Enter}');
  expect(editor.design().nodes[2]).toMatchObject({ id: 'n3', kind: 'sharded-database', label: 'orders' });
  expect(editor.design().links[1]).toMatchObject({ from: 'n2', to: 'n3', params: { attemptTimeoutMs: 900 } });
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(editor.design().nodes[2].kind).toBe('database');
});

it('offers only kinds that keep every link', async () => {
  await begin('n2', /^api, service/);
  await editor.user.keyboard('r');
  await screen.findByRole('combobox', { name: 'Replace api by' });
  const offered = within(screen.getByRole('listbox', { name: 'Found' })).getAllByRole('option');
  const names = offered.map((option) => option.querySelector('b')?.textContent);
  expect(names).toContain('Balancer');
  expect(names).not.toContain('Database');
  expect(names).not.toContain('Clients');
});

it('sets a balancer up as a product in one step, and calls it custom when a value differs', async () => {
  await begin('n2', /^api, service/);
  await editor.user.keyboard('r');
  await editor.user.type(await screen.findByRole('combobox', { name: 'Replace api by' }), 'balancer{Enter}');
  await editor.user.click(await within(inspector()).findByRole('tab', { name: 'Settings' }));
  const preset = () => within(inspector()).getByLabelText<HTMLSelectElement>('Preset');
  const other = [...preset().options].find((option) => !option.selected && option.value !== '')!;
  const before = editor.design().nodes[1].params;
  await editor.user.selectOptions(preset(), other.value);
  expect(preset().selectedOptions[0]).toHaveTextContent(other.text);
  expect(editor.design().nodes[1].params).not.toEqual(before);
  await editor.user.selectOptions(within(inspector()).getByLabelText('Algorithm'), 'maglev');
  expect(preset().selectedOptions[0]).toHaveTextContent('custom');
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(editor.design().nodes[1].params).toEqual(before);
});

it('shows weight and tier of a link only where the caller chooses among its callees', async () => {
  editor.services.view.select(['l2']);
  await editor.user.click(await within(inspector()).findByRole('tab', { name: 'Policy' }));
  expect(within(inspector()).queryByLabelText(/^Weight/)).not.toBeInTheDocument();
  editor.services.design.edit({
    type: 'replaceNode',
    node: { ...editor.design().nodes[1], kind: 'balancer', params: {} },
  });
  expect(await within(inspector()).findByLabelText(/^Weight/)).toBeInTheDocument();
});
