// The gallery of shipped examples, the empty state and the hints: each leads on and none stays in the way.
import { readFileSync } from 'node:fs';
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDesign } from '../../../src/model/document.ts';
import { showEditor, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(() => {
  editor = showEditor(emptyDesign());
  vi.stubGlobal('fetch', (path: string) =>
    Promise.resolve(new Response(readFileSync(`public/${decodeURIComponent(path)}`, 'utf8'))),
  );
});
afterEach(() => editor.leave());

const shipped = (JSON.parse(readFileSync('public/examples/index.json', 'utf8')) as { name: string }[]).map(
  ({ name }) => name,
);

async function openGallery() {
  await editor.user.click(await screen.findByRole('button', { name: 'Start from an example' }));
  return screen.findByRole('dialog', { name: 'Examples' });
}

it('shows every shipped example, drawn from the design itself', async () => {
  const gallery = await openGallery();
  for (const name of shipped) {
    const card = await within(gallery).findByRole('button', { name: new RegExp(name) });
    expect(within(card).getByRole('img', { name: /^\d+ components, \d+ links$/ })).toBeInTheDocument();
  }
});

it('finds examples by a product that is in them, and says when there is none', async () => {
  const gallery = await openGallery();
  await within(gallery).findByRole('button', { name: new RegExp(shipped[0]) });
  const field = within(gallery).getByRole('searchbox', { name: 'Search examples' });
  await editor.user.type(field, 'cloudfront');
  expect(within(gallery).getByRole('button', { name: new RegExp(shipped[0]) })).toBeInTheDocument();
  expect(within(gallery).queryByRole('button', { name: /^.*Retry storm/ })).not.toBeInTheDocument();
  await editor.user.clear(field);
  await editor.user.type(field, 'zebra');
  expect(within(gallery).getByText(/^No example is about that/)).toBeInTheDocument();
});

it('opens an example, running, and names the tab after it', async () => {
  const gallery = await openGallery();
  expect(document.title).toBe(`${emptyDesign().name} – Loadbearing`);
  await editor.user.click(await within(gallery).findByRole('button', { name: new RegExp(shipped[1]) }));
  await waitFor(() => expect(editor.design().name).toBe(shipped[1]));
  await waitFor(() => expect(document.title).toBe(`${shipped[1]} – Loadbearing`));
  await waitFor(() => expect(editor.services.run.state.getState().play).toBe('playing'));
});

it('opens an example from the palette of commands, by a few letters of its name', async () => {
  await editor.user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: 'Find a command or component' });
  await editor.user.type(field, 'retry storm');
  await screen.findByRole('option', { name: /^Open the example “Retry storm”/, selected: true });
  await editor.user.keyboard('{Enter}');
  await waitFor(() => expect(editor.design().name).toBe('Retry storm'));
  await waitFor(() => expect(editor.services.run.state.getState().play).toBe('playing'));
});

it('an empty canvas asks where the load comes from; hints lead on step by step and go when put away', async () => {
  await editor.user.click(await screen.findByRole('button', { name: 'Add clients' }));
  expect(editor.design().nodes).toMatchObject([{ kind: 'client' }]);
  expect(screen.queryByRole('region', { name: 'How to begin' })).not.toBeInTheDocument();
  const hint = () => within(screen.getByRole('region', { name: 'Next step' })).getByRole('status');
  expect(hint()).toHaveTextContent(/^Drag from the dot/);
  await editor.user.click(screen.getByRole('button', { name: /^Add Service/ }));
  expect(editor.design().links).toHaveLength(1);
  expect(hint()).toHaveTextContent(/^Press K/);
  await editor.user.click(screen.getByRole('button', { name: 'Play' }));
  await waitFor(() => expect(hint()).toHaveTextContent(/^Right-click/));
  await editor.user.click(screen.getByRole('button', { name: 'No more hints' }));
  expect(screen.queryByRole('region', { name: 'Next step' })).not.toBeInTheDocument();
  expect(localStorage.getItem('loadbearing/hints')).toBe('away');
});
