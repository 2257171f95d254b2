// Every command can be found and told apart, and no two answer to the same keys.
import { expect, it } from 'vitest';
import { isSingleKey, listens, matchesKeys, parseKeys, showKeys } from '../../../src/ui/commands/keys.ts';
import type { Services } from '../../../src/ui/app/context.ts';
import { createView } from '../../../src/ui/app/view.ts';
import { COMMANDS, commandById, handleKey, shortcutOf } from '../../../src/ui/commands/registry.ts';

function pressOf(keys: string): KeyboardEvent {
  const { key, mod, shift, alt } = parseKeys(keys);
  const isDigit = /^[0-9]$/.test(key);
  return new KeyboardEvent('keydown', {
    key: key.length === 1 && shift ? key.toUpperCase() : key,
    code: isDigit ? `Digit${key}` : '',
    ctrlKey: mod,
    shiftKey: shift,
    altKey: alt,
  });
}

it('gives every command an id of its own, a label and a group', () => {
  expect(new Set(COMMANDS.map((command) => command.id)).size).toBe(COMMANDS.length);
  expect(new Set(COMMANDS.map((command) => command.label)).size).toBe(COMMANDS.length);
  for (const { label } of COMMANDS) expect(label).toMatch(/^[A-Z]/);
});

it('shares no shortcut between two commands', () => {
  const shortcuts = COMMANDS.flatMap((command) =>
    (command.keys ?? []).map((keys) => ({ id: command.id, keys })),
  );
  for (const { id, keys } of shortcuts) {
    const press = pressOf(keys);
    const answering = shortcuts.filter((other) => matchesKeys(press, other.keys)).map((other) => other.id);
    expect(answering, keys).toEqual([id]);
  }
});

it('leaves the shortcuts of the browser window alone', () => {
  for (const taken of ['Mod+N', 'Mod+T', 'Mod+W', 'Mod+L', 'Mod+R']) {
    const press = pressOf(taken);
    expect(COMMANDS.filter((command) => command.keys?.some((keys) => matchesKeys(press, keys)))).toEqual([]);
  }
});

it('matches letters by what they type and digits by their place', () => {
  expect(
    matchesKeys(new KeyboardEvent('keydown', { key: 'Z', ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z'),
  ).toBe(true);
  expect(matchesKeys(new KeyboardEvent('keydown', { key: 'z', metaKey: true }), 'Mod+Z')).toBe(true);
  expect(
    matchesKeys(new KeyboardEvent('keydown', { key: '!', code: 'Digit1', shiftKey: true }), 'Shift+1'),
  ).toBe(true);
  expect(
    matchesKeys(new KeyboardEvent('keydown', { key: '+', ctrlKey: true, shiftKey: true }), 'Mod++'),
  ).toBe(true);
  expect(matchesKeys(new KeyboardEvent('keydown', { key: '?', shiftKey: true }), '?')).toBe(true);
  expect(matchesKeys(new KeyboardEvent('keydown', { key: 'c', ctrlKey: true }), 'C')).toBe(false);
});

it('shows keys as they are printed', () => {
  expect(showKeys('Mod+Shift+Z')).toBe('Ctrl Shift Z');
  expect(showKeys('Alt+ArrowLeft')).toBe('Alt ←');
  expect(shortcutOf('undo')).toBe('Ctrl Z');
  expect(shortcutOf('new')).toBeUndefined();
  expect(() => commandById('nothing')).toThrow();
});

it('listens only where a shortcut cannot be meant for something else', () => {
  document.body.innerHTML =
    '<input><main data-keys="canvas"><p></p><button></button></main><aside><button></button></aside>';
  const at = (selector: string) => document.querySelector(selector);
  expect(listens('canvas', at('main p'))).toBe(true);
  expect(listens('canvas', document.body)).toBe(true);
  expect(listens('canvas', at('main button'))).toBe(false);
  expect(listens('canvas', at('aside button'))).toBe(false);
  expect(listens('keys', at('aside button'))).toBe(true);
  expect(listens('keys', at('input'))).toBe(false);
  expect(listens('page', at('input'))).toBe(true);
  expect(listens('native', document.body)).toBe(false);
});

it('knows which shortcuts speech could set off by accident', () => {
  expect(['K', '.', '?', '/'].every(isSingleKey)).toBe(true);
  expect(['Delete', 'Mod+K', 'Alt+ArrowLeft', 'F2'].some(isSingleKey)).toBe(false);
});

it('hears the letters that only run or show something on a button too, those that edit on the canvas only', () => {
  const view = createView();
  let played = 0;
  const press = (key: string, place: string) => {
    document.body.innerHTML = '<input><aside><button></button></aside>';
    const event = new KeyboardEvent('keydown', { key, bubbles: true });
    document.querySelector(place)!.dispatchEvent(event);
    return handleKey({ view, run: { toggle: () => played++ } } as unknown as Services, event);
  };
  expect(press('k', 'button')).toBe(true);
  expect(played).toBe(1);
  expect(press('n', 'button')).toBe(false);
  expect(press('k', 'input')).toBe(false);
  expect(played).toBe(1);
});

it('leaves what is typed to a dialog that is still on its way', () => {
  const view = createView();
  const press = () => {
    const event = new KeyboardEvent('keydown', { key: 'm', bubbles: true });
    document.body.dispatchEvent(event);
    return handleKey({ view } as Services, event);
  };
  expect(press()).toBe(true);
  expect(view.getState().isMinimap).toBe(true);
  view.setState({ dialog: 'commands' });
  expect(press()).toBe(false);
  expect(view.getState().isMinimap).toBe(true);
});
