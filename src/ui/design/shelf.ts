/**
 * Records of one sort in this browser: in IndexedDB, in localStorage where that is refused. It must not know what is
 * in the records.
 */
export interface Shelf<T> {
  put(record: T): Promise<void>;
  get(id: string): Promise<T | null>;
  all(): Promise<readonly T[]>;
  remove(id: string): Promise<void>;
}

/** Storage that does not do what it should; the message is a sentence for people. */
export class StorageProblem extends Error {}

export interface ShelfPlace {
  /** Name of the database, and of the one store in it. */
  readonly database: string;
  readonly store: string;
  /** Before the id, in localStorage. */
  readonly prefix: string;
}

export type Databases = IDBFactory | undefined;

export function openShelf<T extends { readonly id: string }>(
  place: ShelfPlace,
  databases: Databases,
  storage: () => Storage,
): Promise<Shelf<T>> {
  return openDatabase<T>(place, databases).catch(() => localShelf<T>(place.prefix, storage));
}

export function whyRefused(reason: unknown): string {
  const name = reason !== null && typeof reason === 'object' && 'name' in reason ? reason.name : '';
  if (name === 'QuotaExceededError') {
    return 'Not saved: the storage of this browser is full. Save a file, or share a link.';
  }
  return 'Not saved: this browser refuses storage here (private window?). Save a file, or share a link.';
}

function openDatabase<T>({ database, store }: ShelfPlace, databases: Databases): Promise<Shelf<T>> {
  return new Promise((resolve, reject) => {
    if (!databases) throw new Error('no database');
    const request = databases.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' });
    request.onerror = () => reject(request.error ?? new Error('refused'));
    request.onblocked = () => reject(new Error('blocked'));
    request.onsuccess = () => resolve(databaseShelf<T>(request.result, store));
  });
}

function databaseShelf<T>(database: IDBDatabase, name: string): Shelf<T> {
  const ask = <R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>) =>
    new Promise<R>((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = act(transaction.objectStore(name));
      // On completion, not on success: only then it is on the disk.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('refused'));
      transaction.onerror = () => reject(transaction.error ?? new Error('refused'));
    });
  return {
    put: (record) => ask('readwrite', (store) => store.put(record)).then(() => undefined),
    get: (id) => ask<T | undefined>('readonly', (store) => store.get(id)).then((found) => found ?? null),
    all: () => ask<T[]>('readonly', (store) => store.getAll()),
    remove: (id) => ask('readwrite', (store) => store.delete(id)).then(() => undefined),
  };
}

function localShelf<T extends { readonly id: string }>(prefix: string, storage: () => Storage): Shelf<T> {
  const read = (key: string): T | null => {
    try {
      return JSON.parse(storage().getItem(key) ?? 'null') as T | null;
    } catch {
      return null;
    }
  };
  return {
    put: async (record) => storage().setItem(prefix + record.id, JSON.stringify(record)),
    get: async (id) => read(prefix + id),
    all: async () =>
      Object.keys(storage())
        .filter((key) => key.startsWith(prefix))
        .map(read)
        .filter((record) => record !== null),
    remove: async (id) => storage().removeItem(prefix + id),
  };
}
