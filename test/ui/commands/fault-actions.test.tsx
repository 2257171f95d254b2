// Whatever can be broken can be broken by name, and what is broken is mended the same way.
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { LINK_FAULTS } from '../../../src/kinds/faults.ts';
import { faultActions } from '../../../src/ui/commands/fault-actions.ts';
import { shop, showEditor } from '../app/editor.tsx';

const units: Readonly<Record<string, readonly string[]>> = {
  n2: ['api-1', 'api-2'],
  n3: ['shard 1', 'shard 2'],
};
const live = { units: (id: string) => units[id] ?? [] };
const labels = (active: Parameters<typeof faultActions>[2] = () => []) =>
  faultActions(shop, live, active).map(({ label }) => label);

it('names the whole, each unit, and the ends of a link', () => {
  expect(labels()).toEqual(
    expect.arrayContaining([
      'Crash all 2 instances of api',
      'Crash api-2',
      'Slow down ×10: api-2',
      'Crash shard 1 of orders',
      'Traffic ×10: Shoppers',
      'Cut the link Shoppers → api',
    ]),
  );
  expect(new Set(labels()).size).toBe(labels().length);
});

it('names what is done to a region as a whole, and its end', () => {
  const design = { ...shop, groups: [{ id: 'g1', kind: 'region' as const, label: 'EU' }] };
  const offered = (fault: string | null) =>
    faultActions(design, live, (id) => (id === 'g1' && fault ? [{ fault, unit: -1, factor: 1 }] : []))
      .filter(({ target }) => target === 'g1')
      .map(({ label }) => label);
  expect(offered(null)).toEqual(['Lose all of EU', 'Cut EU off']);
  expect(offered('crash')).toEqual(['Restore all of EU', 'Cut EU off']);
  expect(offered('partition')).toEqual(['Lose all of EU', 'Reconnect EU']);
});

it('offers the end of what is active instead', () => {
  const active = labels((id) => (id === 'n2' ? [{ fault: 'crash', unit: 1, factor: 1 }] : []));
  expect(active).toContain('Restore api-2');
  expect(active).not.toContain('Crash api-2');
  expect(active).toContain('Crash api-1');
  const cut = labels((id) => (id === 'l1' ? [{ fault: LINK_FAULTS[0].id, unit: -1, factor: 1 }] : []));
  expect(cut).toContain('Mend the link Shoppers → api');
  expect(cut).not.toContain('Cut the link Shoppers → api');
});

it('is found and carried out from the palette with a few letters and Enter', async () => {
  const editor = showEditor();
  try {
    await screen.findByRole('group', { name: /^api, service/ });
    await editor.user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('combobox', { name: 'Find a command or component' });
    expect(screen.queryByRole('option', { name: /^Cut the link/ })).not.toBeInTheDocument();
    await editor.user.type(field, 'cut shoppers');
    expect(await screen.findByRole('option', { name: /^Cut the link Shoppers → api/ })).toBeVisible();
    await editor.user.keyboard('{Enter}');
    await waitFor(() => expect(editor.api.calls).toContain('inject partition'));
  } finally {
    editor.leave();
  }
});
