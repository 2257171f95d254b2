// Regions, zones and notes by keyboard, menu and inspector; deleting a frame never deletes what stands in it.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { node, showEditor, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(async () => {
  editor = showEditor();
  (await node(/^api, service/)).focus();
});
afterEach(() => editor.leave());

const groupsOf = () => editor.design().nodes.map((each) => each.group);

/** Puts api and orders into a region of this name. */
async function makeRegion(name: string) {
  editor.services.view.select(['n2', 'n3']);
  await editor.user.keyboard('{Control>}g{/Control}');
  await editor.user.keyboard(`${name}{Enter}`);
}

it('Ctrl G makes a region of the selection and asks for its name; undo takes both back', async () => {
  await makeRegion('eu-west');
  expect(editor.design().groups).toEqual([{ id: 'g1', kind: 'region', label: 'eu-west' }]);
  expect(groupsOf()).toEqual([undefined, 'g1', 'g1']);
  await editor.user.keyboard('{Control>}zz{/Control}');
  expect(editor.design().groups).toEqual([]);
  expect(groupsOf()).toEqual([undefined, undefined, undefined]);
});

it('a zone made of nodes of one region stands in that region', async () => {
  await makeRegion('eu-west');
  editor.services.view.select(['n3']);
  await editor.user.keyboard('{Control>}{Alt>}g{/Alt}{/Control}{Enter}');
  expect(editor.design().groups[1]).toEqual({ id: 'g2', kind: 'zone', label: 'Zone 1', parent: 'g1' });
});

it('collapses to one card that says how many it hides, and expands again', async () => {
  await makeRegion('eu-west');
  await editor.user.click(screen.getByRole('button', { name: 'Collapse eu-west' }));
  expect(await screen.findByRole('group', { name: 'eu-west, collapsed region, 2 components' })).toBeVisible();
  expect(screen.queryByRole('group', { name: /^api, service/ })).not.toBeInTheDocument();
  await editor.user.click(screen.getByRole('button', { name: 'Expand eu-west' }));
  expect(await node(/^api, service/)).toBeVisible();
});

it('dissolving keeps what stood in it; deleting with its contents does not', async () => {
  await makeRegion('eu-west');
  const title = () => screen.getByRole('button', { name: 'eu-west', description: /Drag to move/ });
  fireEvent.contextMenu(title());
  await editor.user.click(await screen.findByRole('menuitem', { name: 'Dissolve' }));
  await waitFor(() => expect(editor.design().groups).toEqual([]));
  expect(editor.design().nodes).toHaveLength(3);
  await editor.user.keyboard('{Control>}z{/Control}');
  fireEvent.contextMenu(title());
  await editor.user.click(await screen.findByRole('menuitem', { name: 'Delete with what is in it' }));
  await waitFor(() => expect(editor.design().nodes.map(({ id }) => id)).toEqual(['n1']));
});

it('N writes a note, plain text whatever it holds; an empty one goes', async () => {
  editor.services.view.select([]);
  await editor.user.keyboard('n');
  await editor.user.type(await screen.findByLabelText('Text of the note'), '<b>Watch</b>{Enter}this');
  await editor.user.keyboard('{Control>}{Enter}{/Control}');
  expect(editor.design().notes).toMatchObject([{ text: '<b>Watch</b>\nthis' }]);
  const note = await screen.findByRole('group', { name: /^Note: <b>Watch/ });
  expect(within(note).getByText(/<b>Watch<\/b>/)).toBeInTheDocument();
  await editor.user.keyboard('{F2}');
  await editor.user.clear(await screen.findByLabelText('Text of the note'));
  await editor.user.keyboard('{Control>}{Enter}{/Control}');
  expect(editor.design().notes).toEqual([]);
});
