/**
 * Keeps the design being edited in the library: shortly after each change, at once when the page goes out of sight,
 * and in the journal before either. It must not know React or how the library stores.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { serialize } from '../../model/canonical.ts';
import type { Library, StoredDesign } from './library.ts';
import type { Memory } from './memory.ts';
import type { DesignStore } from './store.ts';

export interface SaveState {
  /** `unsaved`: nothing to keep yet, such as an example nobody has changed. */
  readonly phase: 'unsaved' | 'saving' | 'saved' | 'refused';
  /** Why it was refused, in a sentence. */
  readonly problem: string | null;
  /** What was kept last. */
  readonly saved: StoredDesign | null;
}

export interface Autosave extends StoreApi<SaveState> {
  /** Saves now what is not saved yet. Resolves when it is kept, or refused. */
  flush(): Promise<void>;
  stop(): void;
}

/** Edits in quick succession become one save. */
const DEBOUNCE_MS = 300;

export function createAutosave(design: DesignStore, library: Library, memory: Memory): Autosave {
  const store = createStore<SaveState>(() => ({ phase: 'unsaved', problem: null, saved: null }));
  let timer: ReturnType<typeof setTimeout> | null = null;
  let pending: StoredDesign | null = null;
  let saving: Promise<void> = Promise.resolve();

  const isShown = (entry: StoredDesign) => design.getState().documentId === entry.id;
  const save = async (entry: StoredDesign) => {
    try {
      await library.save(entry);
      memory.rememberLast(entry.id);
      if (isShown(entry)) memory.rememberTab({ id: entry.id, hash: memory.tab()?.hash ?? '' });
      if (pending?.id !== entry.id) memory.clearJournal(entry.id);
      if (!pending && isShown(entry)) store.setState({ phase: 'saved', problem: null, saved: entry });
    } catch (problem) {
      store.setState({
        phase: 'refused',
        problem: problem instanceof Error ? problem.message : String(problem),
      });
    }
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const entry = pending;
    pending = null;
    if (entry) saving = saving.then(() => save(entry));
    return saving;
  };
  const note = () => {
    const { design: current, documentId } = design.getState();
    pending = { id: documentId, name: current.name, savedAt: Date.now(), text: serialize(current) };
    memory.writeJournal(pending);
    store.setState({ phase: 'saving' });
    timer ??= setTimeout(() => void flush(), DEBOUNCE_MS);
  };
  const leave = design.source.subscribe((change) => {
    if (change === 'edit') return note();
    // What was changed in the document before must not be lost when another takes its place.
    void flush();
    store.setState({ phase: design.getState().origin === 'own' ? 'saved' : 'unsaved', problem: null });
  });
  const onHide = () => void (document.visibilityState === 'hidden' && flush());
  const onLeave = () => void flush();
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onLeave);
  return {
    ...store,
    flush,
    stop() {
      leave();
      void flush();
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', onLeave);
    },
  };
}
