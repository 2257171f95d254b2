// Adding without the palette: a few letters and Enter, each addition one undo step with a name, said aloud.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openContinuation } from '../../../src/ui/adding/open.ts';
import { node, showEditor, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(() => {
  editor = showEditor();
});
afterEach(() => editor.leave());

const said = (text: RegExp) =>
  waitFor(() => expect(screen.getByTestId('polite')).toHaveTextContent(text), { timeout: 3_000 });
const picker = (name: string) => screen.findByRole('combobox', { name });

it('“/”, “redis”, Enter: a cache beside the selected service, linked, one undo step', async () => {
  (await node(/^api, service/)).focus();
  editor.services.view.select(['n2']);
  await editor.user.keyboard('/');
  await editor.user.type(await picker('Add a component next to api'), 'redis{Enter}');
  expect(editor.design().nodes.at(-1)).toMatchObject({ kind: 'cache', label: 'Cache' });
  expect(editor.design().links.at(-1)).toMatchObject({ from: 'n2', to: editor.design().nodes.at(-1)?.id });
  await said(/Cache added, linked with api/);
  expect(screen.getByRole('button', { name: 'Undo' })).toHaveAttribute('title', 'Undo: Add Cache');
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect([editor.design().nodes.length, editor.design().links.length]).toEqual([3, 1]);
});

it('opens at a double click on empty canvas, and puts the component there, unlinked', async () => {
  await node(/^api, service/);
  fireEvent.doubleClick(document.querySelector('.react-flow__pane')!, { clientX: 10, clientY: 10 });
  const field = await picker('Add a component');
  expect(field).toHaveFocus();
  await editor.user.type(field, 'postgres');
  expect(screen.getByRole('option', { name: /^Database postgres\b/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await editor.user.keyboard('{Enter}');
  expect(editor.design().nodes.at(-1)?.kind).toBe('database');
  expect(editor.design().links).toHaveLength(1);
});

it('Esc leaves the design alone and gives the focus back', async () => {
  (await node(/^api, service/)).focus();
  editor.services.view.select(['n2']);
  await editor.user.keyboard('a');
  await editor.user.type(await picker('Add a component next to api'), 'red{Escape}');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(editor.design().nodes).toHaveLength(3);
  expect(await node(/^api, service/)).toHaveFocus();
});

it('offers after a link into the open only what can follow, and links it there', async () => {
  await node(/^Shoppers, clients/);
  openContinuation(editor.services, 'n2', false, { x: 0, y: 0 });
  const field = await picker('Add what api calls');
  const offered = within(screen.getByRole('listbox', { name: 'Found' })).getAllByRole('option');
  expect(offered.map((option) => option.querySelector('b')?.textContent)).not.toContain('Clients');
  await editor.user.type(field, 'db{Enter}');
  expect(editor.design().links.at(-1)).toMatchObject({ from: 'n2', to: editor.design().nodes.at(-1)?.id });
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect([editor.design().nodes.length, editor.design().links.length]).toEqual([3, 1]);
});

it('says why nothing can follow a database', async () => {
  await node(/^orders, database/);
  openContinuation(editor.services, 'n3', false, { x: 0, y: 0 });
  expect(await screen.findByText('A database calls nobody.')).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('adds a connected component with Ctrl and an arrow', async () => {
  (await node(/^api, service/)).focus();
  editor.services.view.select(['n2']);
  await editor.user.keyboard('{Control>}{ArrowRight}{/Control}');
  await editor.user.type(await picker('Add what api calls'), 'mysql{Enter}');
  const added = editor.design().nodes.at(-1)!;
  expect(added.kind).toBe('database');
  expect(added.position.x).toBeGreaterThan(360);
  expect(editor.design().links.at(-1)).toMatchObject({ from: 'n2', to: added.id });
});
