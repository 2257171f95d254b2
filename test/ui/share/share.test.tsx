// Sharing makes a link of the design, copies it, and says how long it is; without a clipboard it is still there.
import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { VOCABULARY } from '../../../src/kinds/catalog.ts';
import { decodeLink } from '../../../src/model/url.ts';
import { judgeLength } from '../../../src/ui/share/length.ts';
import { showEditor, type Editor } from '../app/editor.tsx';

let editor: Editor;
beforeEach(() => {
  editor = showEditor();
});
afterEach(() => {
  editor.leave();
  history.replaceState(null, '', '/');
});

const share = async () => {
  await editor.user.click(screen.getByRole('button', { name: 'Share' }));
  return (await screen.findByLabelText<HTMLTextAreaElement>('Link to this design')).value;
};

it('copies a link that opens as the same design', async () => {
  const address = await share();
  expect(await navigator.clipboard.readText()).toBe(address);
  expect(location.href).toBe(address);
  expect(screen.getByText(/The link is copied\./)).toHaveTextContent(/fits in any chat \(\d+ characters\)/);
  const opened = await decodeLink(address, VOCABULARY);
  expect(opened.ok && opened.design.nodes).toEqual(editor.design().nodes);
});

it('leaves the link selected in a field when the clipboard is refused', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
  const address = await share();
  expect(screen.getByText(/copy the link below/)).toBeInTheDocument();
  const field = screen.getByLabelText<HTMLTextAreaElement>('Link to this design');
  expect(field.selectionEnd - field.selectionStart).toBe(address.length);
});

it('touches the address only when asked to share', () => {
  editor.services.design.edit({ type: 'rename', id: null, label: 'Other' });
  expect(location.hash).toBe('');
});

it('judges lengths by what cuts links off', () => {
  expect([844, 1_999, 2_000, 8_000].map((length) => judgeLength(length).tone)).toEqual([
    'good',
    'good',
    'warning',
    'bad',
  ]);
});
