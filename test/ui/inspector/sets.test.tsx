// Several of a list as check boxes on the form: by mouse, by keyboard, for several links, back to the default.
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LINK_PARAMS } from '../../../src/kinds/link.ts';
import { inspector, showEditor, shop, type Editor } from '../app/editor.tsx';

const NAME = 'Repeated after';
const USUAL = ['no connection', 'reset', 'timeout', '429', '502', '503', '504'];

let editor: Editor;
beforeEach(() => {
  const listed = { retryOn: 'listed' };
  editor = showEditor({
    ...shop,
    links: [
      { id: 'l1', from: 'n1', to: 'n2', params: listed },
      { id: 'l2', from: 'n2', to: 'n3', params: { ...listed, retryOutcomes: 'connect' } },
    ],
  });
});
afterEach(() => editor.leave());

const policy = async (id: string) => {
  editor.services.view.select([id]);
  await editor.user.click(await within(inspector()).findByRole('tab', { name: 'Policy' }));
};
const set = () => within(inspector()).getByRole('group', { name: NAME });
const box = (name: string) => within(set()).getByRole<HTMLInputElement>('checkbox', { name });
const ticked = () => {
  const boxes = within(set()).getAllByRole<HTMLInputElement>('checkbox');
  return boxes.filter(({ checked }) => checked).map(({ labels }) => labels![0].textContent);
};
const params = (id: string) => editor.design().links.find((link) => link.id === id)!.params;

it('is there only where the link lists what it repeats, and says what the boxes mean', async () => {
  await policy('l1');
  expect(set()).toHaveAccessibleDescription(LINK_PARAMS.retryOutcomes.help);
  expect(ticked()).toEqual(USUAL);
  await editor.user.selectOptions(within(inspector()).getByLabelText('Retries after'), 'what is safe');
  expect(within(inspector()).queryByRole('group', { name: NAME })).not.toBeInTheDocument();
});

it('ticks and unticks one at a time, in the order of the list, down to none', async () => {
  await policy('l2');
  await editor.user.click(box('503'));
  await editor.user.click(box('reset'));
  expect(params('l2')).toEqual({ retryOn: 'listed', retryOutcomes: 'connect,reset,503' });
  for (const name of ['no connection', 'reset', '503']) await editor.user.click(box(name));
  expect(params('l2')).toEqual({ retryOn: 'listed', retryOutcomes: '' });
  expect(ticked()).toEqual([]);
});

it('works by keyboard: Tab from box to box, Space ticks', async () => {
  await policy('l1');
  box('429').focus();
  await editor.user.tab();
  expect(box('500')).toHaveFocus();
  await editor.user.keyboard(' ');
  expect(ticked()).toEqual([...USUAL.slice(0, 4), '500', ...USUAL.slice(4)]);
  await editor.user.keyboard(' ');
  // The default again, and so nothing in the document.
  expect(params('l1')).toEqual({ retryOn: 'listed' });
});

it('names the default on the way back to it, and is undone as it was done', async () => {
  await policy('l2');
  await editor.user.click(
    within(inspector()).getByRole('button', { name: `Reset ${NAME} to ${USUAL.join(', ')}` }),
  );
  expect(params('l2')).toEqual({ retryOn: 'listed' });
  expect(ticked()).toEqual(USUAL);
  await editor.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(params('l2')).toEqual({ retryOn: 'listed', retryOutcomes: 'connect' });
});

it('of links that differ shows no box as ticked or not; the first tick makes them alike', async () => {
  editor.services.view.select(['l1', 'l2']);
  await within(inspector()).findByRole('group', { name: NAME });
  expect(box('reset')).toBePartiallyChecked();
  await editor.user.click(box('reset'));
  expect([params('l1'), params('l2')].map(({ retryOutcomes }) => retryOutcomes)).toEqual(['reset', 'reset']);
  expect(box('503')).not.toBePartiallyChecked();
  expect(ticked()).toEqual(['reset']);
});
