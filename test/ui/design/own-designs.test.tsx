// The library: designs kept in this browser are renamed, duplicated, deleted, and deleting is taken back.
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serialize } from '../../../src/model/canonical.ts';
import { showEditor, shop, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(async () => {
  editor = showEditor();
  const { library } = editor.services.files;
  await library.save({ id: 'a', name: 'Alpha', savedAt: 1, text: serialize({ ...shop, name: 'Alpha' }) });
  await (await editor.services.versions()).keep('a', 'earlier');
});
afterEach(() => editor.leave());

const open = async () => {
  editor.services.view.setState({ dialog: 'open' });
  const dialog = within(await screen.findByRole('dialog', { name: 'Open' }));
  await dialog.findByRole('button', { name: /^Alpha/ });
  return dialog;
};
const names = async () => (await editor.services.files.list()).map(({ name }) => name).sort();

it('renames a design that is not open, in its text too', async () => {
  const dialog = await open();
  await editor.user.click(dialog.getByRole('button', { name: 'Rename Alpha' }));
  await editor.user.clear(dialog.getByRole('textbox', { name: 'Name of Alpha' }));
  await editor.user.keyboard('Beta{Enter}');
  await editor.user.click(await dialog.findByRole('button', { name: /^Beta/ }));
  await screen.findByRole('button', { name: 'Beta' });
  expect(editor.design()).toEqual({ ...shop, name: 'Beta' });
});

it('duplicates a design under a name of its own', async () => {
  const dialog = await open();
  await editor.user.click(dialog.getByRole('button', { name: 'Duplicate Alpha' }));
  await dialog.findByRole('button', { name: 'Rename Alpha (copy)' });
  expect(await names()).toEqual(['Alpha', 'Alpha (copy)']);
});

it('deletes a design with its versions, and Undo brings both back', async () => {
  const versions = await editor.services.versions();
  const dialog = await open();
  await editor.user.click(dialog.getByRole('button', { name: 'Delete Alpha' }));
  expect(await dialog.findByText(/“Alpha” is deleted/)).toBeInTheDocument();
  expect(await names()).toEqual([]);
  expect(await versions.list('a')).toEqual([]);
  await editor.user.click(dialog.getByRole('button', { name: 'Undo' }));
  await dialog.findByRole('button', { name: 'Delete Alpha' });
  expect(await names()).toEqual(['Alpha']);
  expect(await versions.list('a')).toHaveLength(1);
});

it('does not offer to delete what is open', async () => {
  editor.services.design.edit({ type: 'rename', id: null, label: 'Open one' });
  await editor.services.files.autosave.flush();
  const dialog = await open();
  expect(
    await dialog.findByRole('button', { name: 'Open one is open and cannot be deleted' }),
  ).toBeDisabled();
});
