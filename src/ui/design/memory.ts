/**
 * The small things this browser remembers: which design this tab shows, which was worked on last, and the journal of
 * a design that is not saved yet. Refused storage counts as empty. It must not know the editor.
 */
import type { StoredDesign } from './library.ts';

export interface TabMemory {
  /** Document this tab shows. */
  readonly id: string;
  /** Fragment of the address this tab's document came from or was shared as; '' without one. */
  readonly hash: string;
}

export interface Memory {
  tab(): TabMemory | null;
  rememberTab(tab: TabMemory): void;
  /** Document worked on last, in any tab. */
  last(): string | null;
  rememberLast(id: string): void;
  /** What was changed but perhaps not saved when the tab ended. */
  journal(id: string): StoredDesign | null;
  writeJournal(design: StoredDesign): void;
  clearJournal(id: string): void;
}

const TAB = 'loadbearing/tab';
const LAST = 'loadbearing/last';
const JOURNAL = 'loadbearing/journal/';
/** A longer text takes too long to write at every edit; it is saved a moment later anyway. */
const MAX_JOURNAL = 1_000_000;

export function createMemory(
  local: () => Storage = () => localStorage,
  session: () => Storage = () => sessionStorage,
): Memory {
  const read = <T>(storage: () => Storage, key: string): T | null => {
    try {
      return JSON.parse(storage().getItem(key) ?? 'null') as T | null;
    } catch {
      return null;
    }
  };
  const write = (storage: () => Storage, key: string, value: unknown) => {
    try {
      storage().setItem(key, JSON.stringify(value));
    } catch {
      // Refused or full: the save itself says so in words.
    }
  };
  return {
    tab: () => read<TabMemory>(session, TAB),
    rememberTab: (tab) => write(session, TAB, tab),
    last: () => read<string>(local, LAST),
    rememberLast: (id) => write(local, LAST, id),
    journal: (id) => read<StoredDesign>(local, JOURNAL + id),
    writeJournal: (design) => {
      if (design.text.length <= MAX_JOURNAL) write(local, JOURNAL + design.id, design);
    },
    clearJournal: (id) => {
      try {
        local().removeItem(JOURNAL + id);
      } catch {
        // Nothing is there to clear.
      }
    },
  };
}
