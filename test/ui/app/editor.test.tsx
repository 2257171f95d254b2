// What people do in the editor, by role and label: add, link, change, break, undo, each with the keyboard too.
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inspector, node, showEditor, type Editor } from './editor.tsx';

let editor: Editor;
beforeEach(() => {
  editor = showEditor();
});
afterEach(() => editor.leave());

const select = (id: string) => editor.services.view.select([id]);
const said = (text: RegExp) =>
  waitFor(() => expect(screen.getByTestId('polite')).toHaveTextContent(text), { timeout: 3_000 });

it('shows every component and link by name', async () => {
  expect(await node(/^Shoppers, clients/)).toBeInTheDocument();
  expect(await node(/^api, service/)).toBeInTheDocument();
  expect(await node(/^Link from Shoppers to api/)).toBeInTheDocument();
});

it('adds a component next to the selected one, linked, as one undo step', async () => {
  select('n2');
  await editor.user.click(screen.getByRole('button', { name: /^Add Cache/ }));
  expect(editor.design().nodes.at(-1)).toMatchObject({ kind: 'cache', label: 'Cache' });
  expect(editor.design().links.at(-1)).toMatchObject({ from: 'n2', to: editor.design().nodes.at(-1)?.id });
  await said(/Cache added, linked with api/);
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(editor.design().nodes).toHaveLength(3);
  expect(editor.design().links).toHaveLength(1);
});

it('finds a component by a few letters in the palette and adds it with Enter', async () => {
  await editor.user.type(screen.getByRole('searchbox', { name: 'Find a component to add' }), 'nginx{Enter}');
  expect(editor.design().nodes.at(-1)?.kind).toBe('balancer');
});

it('links by keyboard, and says what is possible', async () => {
  (await node(/^api, service/)).focus();
  select('n2');
  await editor.user.keyboard('c');
  await said(/Link from api\. 1 possible.*orders/);
  await editor.user.keyboard('{Enter}');
  expect(editor.design().links.at(-1)).toMatchObject({ from: 'n2', to: 'n3' });
});

it('says of an illegal target why not, and links nothing', async () => {
  (await node(/^api, service/)).focus();
  select('n2');
  await editor.user.keyboard('c{ArrowLeft}');
  await said(/Shoppers: not possible\. Clients start requests; nothing can call them\./);
  await editor.user.keyboard('{Enter}');
  expect(editor.design().links).toHaveLength(1);
  expect(screen.getByText('Clients start requests; nothing can call them.')).toBeInTheDocument();
});

it('moves by arrows through the undo history, several presses as one step', async () => {
  (await node(/^api, service/)).focus();
  select('n2');
  await editor.user.keyboard(
    '{ArrowRight}{ArrowRight}{Control>}{Shift>}{ArrowDown}{/Shift}{/Control}{Shift>}{ArrowDown}{/Shift}',
  );
  expect(editor.design().nodes[1].position).toEqual({ x: 240, y: 101 });
  await editor.user.keyboard('{Control>}z{/Control}');
  expect(editor.design().nodes[1].position).toEqual({ x: 200, y: 0 });
});

it('renames with F2 and takes it back with Esc', async () => {
  (await node(/^api, service/)).focus();
  select('n2');
  await editor.user.keyboard('{F2}');
  await editor.user.keyboard('orders-api{Enter}');
  expect(editor.design().nodes[1].label).toBe('orders-api');
  select('n2');
  (await node(/^orders-api, service/)).focus();
  await editor.user.keyboard('{F2}other{Escape}');
  expect(editor.design().nodes[1].label).toBe('orders-api');
});

it('deletes, duplicates and selects all from the keyboard', async () => {
  (await node(/^api, service/)).focus();
  await editor.user.keyboard('{Control>}a{/Control}{Control>}d{/Control}');
  expect(editor.design().nodes).toHaveLength(6);
  expect(editor.design().links).toHaveLength(2);
  await editor.user.keyboard('{Delete}');
  expect(editor.design().nodes).toHaveLength(3);
});

it('leaves letters alone while somebody types', async () => {
  select('n2');
  await editor.user.click(screen.getByRole('searchbox', { name: 'Find a component to add' }));
  await editor.user.keyboard('ck');
  expect(editor.services.view.getState().linking).toBeNull();
  expect(editor.services.run.state.getState().play).not.toBe('playing');
});

it('opens the menu of the selection with Shift F10 and breaks what it says', async () => {
  (await node(/^orders, database/)).focus();
  select('n3');
  await editor.user.keyboard('{Shift>}{F10}{/Shift}');
  const menu = await screen.findByRole('menu', { name: 'orders' });
  await editor.user.click(within(menu).getByRole('menuitem', { name: 'Crash' }));
  await waitFor(() => expect(editor.api.calls).toContain('inject crash'));
});

it('finds and runs a command', async () => {
  await editor.user.keyboard('{Control>}k{/Control}');
  await editor.user.type(
    await screen.findByRole('combobox', { name: 'Find a command or component' }),
    'select all{Enter}',
  );
  await waitFor(() => expect(editor.services.view.getState().selection.size).toBe(3));
});

it('lists every shortcut in help, and finds one', async () => {
  await editor.user.keyboard('?');
  const help = await screen.findByRole('dialog', { name: 'Help and shortcuts' });
  expect(within(help).getByText('Duplicate')).toBeInTheDocument();
  await editor.user.type(within(help).getByRole('searchbox', { name: 'Search shortcuts' }), 'faster');
  expect(within(help).queryByText('Duplicate')).not.toBeInTheDocument();
  expect(within(help).getByText('Faster')).toBeInTheDocument();
});

it('offers the design itself when nothing is selected', () => {
  expect(within(inspector()).getByRole('heading', { name: 'Shop' })).toBeInTheDocument();
  expect(within(inspector()).getByLabelText('Seed')).toHaveValue('42');
});
