/**
 * One's own designs in this browser: kept in IndexedDB, in localStorage where that is refused. Every save is read
 * back and compared. It must not know the editor; it keeps texts.
 */
export interface StoredDesign {
  readonly id: string;
  readonly name: string;
  /** Real time of the save, ms since 1970. */
  readonly savedAt: number;
  /** The design as `serialize` writes it. */
  readonly text: string;
}

/** Storage that does not do what it should; the message is a sentence for people. */
export class StorageProblem extends Error {}

export interface Library {
  /** @throws StorageProblem when it is not kept. */
  save(design: StoredDesign): Promise<void>;
  load(id: string): Promise<StoredDesign | null>;
  /** Newest first. */
  list(): Promise<readonly StoredDesign[]>;
}

interface Shelf {
  put(design: StoredDesign): Promise<void>;
  get(id: string): Promise<StoredDesign | null>;
  all(): Promise<readonly StoredDesign[]>;
  remove(id: string): Promise<void>;
}

/** Older ones are let go: nobody goes back further, and storage is not endless. */
const MOST_KEPT = 40;
const PREFIX = 'loadbearing/design/';

export function createLibrary(
  databases: IDBFactory | undefined = globalThis.indexedDB,
  storage: () => Storage = () => localStorage,
): Library {
  let shelf: Promise<Shelf> | null = null;
  const open = () => (shelf ??= openDatabase(databases).catch(() => localShelf(storage)));
  return {
    async save(design) {
      try {
        const kept = await open();
        await kept.put(design);
        if ((await kept.get(design.id))?.text !== design.text) throw new Error('differs');
        await prune(kept);
      } catch (reason) {
        throw new StorageProblem(whyRefused(reason));
      }
    },
    async load(id) {
      return (await open()).get(id).catch(() => null);
    },
    async list() {
      const all = await (await open()).all().catch(() => []);
      return [...all].sort((a, b) => b.savedAt - a.savedAt);
    },
  };
}

async function prune(shelf: Shelf): Promise<void> {
  const all = await shelf.all();
  if (all.length <= MOST_KEPT) return;
  const old = [...all].sort((a, b) => b.savedAt - a.savedAt).slice(MOST_KEPT);
  for (const { id } of old) await shelf.remove(id);
}

function whyRefused(reason: unknown): string {
  const name = reason !== null && typeof reason === 'object' && 'name' in reason ? reason.name : '';
  if (name === 'QuotaExceededError') {
    return 'Not saved: the storage of this browser is full. Save a file, or share a link.';
  }
  return 'Not saved: this browser refuses storage here (private window?). Save a file, or share a link.';
}

function openDatabase(databases: IDBFactory | undefined): Promise<Shelf> {
  return new Promise((resolve, reject) => {
    if (!databases) throw new Error('no database');
    const request = databases.open('loadbearing', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('designs', { keyPath: 'id' });
    request.onerror = () => reject(request.error ?? new Error('refused'));
    request.onblocked = () => reject(new Error('blocked'));
    request.onsuccess = () => resolve(databaseShelf(request.result));
  });
}

function databaseShelf(database: IDBDatabase): Shelf {
  const ask = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('designs', mode);
      const request = act(transaction.objectStore('designs'));
      // On completion, not on success: only then it is on the disk.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('refused'));
      transaction.onerror = () => reject(transaction.error ?? new Error('refused'));
    });
  return {
    put: (design) => ask('readwrite', (store) => store.put(design)).then(() => undefined),
    get: (id) =>
      ask<StoredDesign | undefined>('readonly', (store) => store.get(id)).then((found) => found ?? null),
    all: () => ask<StoredDesign[]>('readonly', (store) => store.getAll()),
    remove: (id) => ask('readwrite', (store) => store.delete(id)).then(() => undefined),
  };
}

function localShelf(storage: () => Storage): Shelf {
  const read = (key: string): StoredDesign | null => {
    try {
      return JSON.parse(storage().getItem(key) ?? 'null') as StoredDesign | null;
    } catch {
      return null;
    }
  };
  return {
    put: async (design) => storage().setItem(PREFIX + design.id, JSON.stringify(design)),
    get: async (id) => read(PREFIX + id),
    all: async () =>
      Object.keys(storage())
        .filter((key) => key.startsWith(PREFIX))
        .map(read)
        .filter((design) => design !== null),
    remove: async (id) => storage().removeItem(PREFIX + id),
  };
}
