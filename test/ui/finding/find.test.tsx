// Find on the canvas: by name, kind, setting and state; walking through the hits shows them, Esc goes back.
import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findOnCanvas } from '../../../src/ui/finding/find.ts';
import { node, shop, showEditor, type Editor } from '../app/editor.tsx';

const LISTED = { retryOn: 'listed', retryOutcomes: 'connect,503' };

let editor: Editor;
beforeEach(async () => {
  editor = showEditor({
    ...shop,
    links: [{ id: 'l1', from: 'n1', to: 'n2', params: { attemptTimeoutMs: 900, breaker: 'on', ...LISTED } }],
    groups: [{ id: 'g1', kind: 'region', label: 'eu-west' }],
    notes: [{ id: 't1', text: 'Watch the breaker', position: { x: 0, y: 300 } }],
  });
  await node(/^api, service/);
});
afterEach(() => editor.leave());

const found = (query: string) => findOnCanvas(editor.design(), editor.services.run.live, query);

it.each([
  ['orders', ['n3']],
  ['database', ['n3']],
  ['timeout 900', ['l1']],
  ['eu-west', ['g1']],
  ['watch', ['t1']],
  ['breaker', ['l1', 't1']],
  ['api nothing', []],
  ['', []],
])('“%s” finds %j', (query, ids) => {
  expect(new Set(found(query).map(({ id }) => id))).toEqual(new Set(ids));
});

it('says what fitted where the name did not', () => {
  expect(found('900')[0]).toMatchObject({ name: 'Shoppers → api', why: 'Attempt timeout 900 ms' });
  expect(found('503')[0]).toMatchObject({ why: 'Repeated after no connection, 503' });
});

it('Ctrl F, “ord”: orders is selected at once; Enter stays, Esc goes back to what was selected', async () => {
  editor.services.view.select(['n2']);
  (await node(/^api, service/)).focus();
  await editor.user.keyboard('{Control>}f{/Control}');
  await editor.user.type(await screen.findByRole('combobox', { name: 'Find on the canvas' }), 'ord');
  expect([...editor.services.view.getState().selection]).toEqual(['n3']);
  await editor.user.keyboard('{Escape}');
  expect([...editor.services.view.getState().selection]).toEqual(['n2']);
  await editor.user.keyboard('{Control>}f{/Control}');
  await editor.user.type(await screen.findByRole('combobox', { name: 'Find on the canvas' }), 'ord{Enter}');
  expect([...editor.services.view.getState().selection]).toEqual(['n3']);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});
