/**
 * Key combinations: whether an event is one, how one is shown, and where the focus must be for it. Letters are matched
 * by what they type, digits by their place on the keyboard. It must not know any command.
 */
import type { Command } from './command.ts';

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

interface Combination {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export function parseKeys(keys: string): Combination {
  // The plus sign separates, and is itself a key: `Mod++`.
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  return { key, mod: modifiers.has('Mod'), shift: modifiers.has('Shift'), alt: modifiers.has('Alt') };
}

export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const { key, mod, shift, alt } = parseKeys(keys);
  if ((event.ctrlKey || event.metaKey) !== mod || event.altKey !== alt) return false;
  if (/^[0-9]$/.test(key)) {
    return event.shiftKey === shift && (event.code === `Digit${key}` || event.code === `Numpad${key}`);
  }
  if (key === '+') return event.key === '+' || event.key === '=';
  // Which symbols need Shift depends on the keyboard, so Shift is not asked about.
  if (key.length === 1 && !/[a-z]/i.test(key)) return event.key === key;
  if (event.shiftKey !== shift) return false;
  return key.length === 1 ? event.key.toLowerCase() === key.toLowerCase() : event.key === key;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** "⌘Z" or "Ctrl Z". */
export function showKeys(keys: string): string {
  const { key, mod, shift, alt } = parseKeys(keys);
  const last = SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  if (isApple) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${last}`;
  return [mod && 'Ctrl', alt && 'Alt', shift && 'Shift', last].filter(Boolean).join(' ');
}

/** Whether the focus is where a command of this kind listens. */
export function listens(where: Command['where'], target: EventTarget | null): boolean {
  if (where === 'page') return true;
  if (where === 'native' || !(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"], [role="dialog"]'))
    return false;
  if (where === 'keys') return true;
  // Enter and Delete on a button mean the button.
  return (
    target === document.body || (target.closest('[data-keys="canvas"]') !== null && !target.closest('button'))
  );
}

const SINGLE_KEYS = 'loadbearing/single-keys';

/** Whether shortcuts without Ctrl or Alt are on; people who speak to their computer turn them off. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(SINGLE_KEYS);
    else localStorage.setItem(SINGLE_KEYS, 'off');
  } catch {
    // Refused storage: it stays on.
  }
}

/** A shortcut of one printable key: these can be turned off. */
export function isSingleKey(keys: string): boolean {
  const { key, mod, alt } = parseKeys(keys);
  return key.length === 1 && !mod && !alt;
}
