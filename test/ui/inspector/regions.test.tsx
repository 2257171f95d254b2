// Regions get a place in the inspector, their round trips a table there; their menu breaks all that is in them.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inspector, node, showEditor, shop, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(async () => {
  const [users, api, orders] = shop.nodes;
  editor = showEditor({
    ...shop,
    nodes: [
      { ...users, group: 'g1' },
      { ...api, group: 'g1' },
      { ...orders, group: 'g2' },
    ],
    links: [...shop.links, { id: 'l2', from: 'n2', to: 'n3', params: {} }],
    groups: [
      { id: 'g1', kind: 'region', label: 'Home' },
      { id: 'g2', kind: 'region', label: 'Away' },
    ],
  });
  await node(/^api, service/);
});
afterEach(() => editor.leave());

const panel = () => within(inspector());
const choose = async (region: string, place: string) =>
  editor.user.selectOptions(await panel().findByRole('combobox', { name: `Place of ${region}` }), place);

it('a place for each region makes links between them as long as the table says, and the table can be edited', async () => {
  await choose('Home', 'us-east');
  await choose('Away', 'eu-west');
  expect(editor.design().groups.map(({ place }) => place)).toEqual(['us-east', 'eu-west']);
  const field = await panel().findByRole('textbox', { name: 'eu-west – us-east' });
  expect(field).toHaveValue('75 ms');
  await editor.user.clear(field);
  await editor.user.type(field, '82.5{Enter}');
  expect(editor.design().network).toEqual({
    params: {},
    roundTrips: [{ from: 'eu-west', to: 'us-east', rttMs: 82.5 }],
  });
  editor.services.view.select(['l2']);
  expect(await screen.findByText(/· 82.5 ms round trip: us-east to eu-west/)).toBeVisible();
  editor.services.view.select([]);
  await editor.user.click(await panel().findByRole('button', { name: 'Reset eu-west – us-east to 75 ms' }));
  expect(editor.design().network).toBeUndefined();
});

it('a place of one’s own is tidied, and what can be no name of a place is said to be none', async () => {
  await choose('Home', ' other');
  await editor.user.keyboard('Moon base!{Enter}');
  expect(await panel().findByRole('alert')).toHaveTextContent('small letters');
  await choose('Home', ' other');
  await editor.user.keyboard('Moon base{Enter}');
  expect(editor.design().groups[0].place).toBe('moon-base');
  await choose('Home', ' none');
  expect(editor.design().groups[0]).not.toHaveProperty('place');
});

it('the menu of a region loses all of it, and cuts it off', async () => {
  fireEvent.click(await panel().findByRole('button', { name: 'Faults and more for Home' }));
  const inject = vi.spyOn(editor.services.run, 'inject');
  const menu = await screen.findByRole('menu');
  expect(within(menu).getByRole('menuitem', { name: /Cut it off/ })).toBeVisible();
  await editor.user.click(within(menu).getByRole('menuitem', { name: /Lose all of it/ }));
  await waitFor(() =>
    expect(inject).toHaveBeenCalledWith({ target: 'g1', unit: null, fault: 'crash', factor: 1 }),
  );
});
