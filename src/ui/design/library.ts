/**
 * One's own designs in this browser. Every save is read back and compared. It must not know the editor; it keeps
 * texts.
 */
import { openShelf, StorageProblem, whyRefused, type Databases, type Shelf } from './shelf.ts';

export interface StoredDesign {
  readonly id: string;
  readonly name: string;
  /** Real time of the save, ms since 1970. */
  readonly savedAt: number;
  /** The design as `serialize` writes it. */
  readonly text: string;
}

export interface Library {
  /** @throws StorageProblem when it is not kept. */
  save(design: StoredDesign): Promise<void>;
  load(id: string): Promise<StoredDesign | null>;
  /** Newest first. */
  list(): Promise<readonly StoredDesign[]>;
  /** @throws StorageProblem when it is still there. */
  remove(id: string): Promise<void>;
}

/** Older ones are let go: nobody goes back further, and storage is not endless. */
export const MOST_KEPT = 200;

export function createLibrary(
  databases: Databases = globalThis.indexedDB,
  storage: () => Storage = () => localStorage,
): Library {
  const place = { database: 'loadbearing', store: 'designs', prefix: 'loadbearing/design/' };
  let shelf: Promise<Shelf<StoredDesign>> | null = null;
  const open = () => (shelf ??= openShelf<StoredDesign>(place, databases, storage));
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
    async remove(id) {
      try {
        await (await open()).remove(id);
      } catch {
        throw new StorageProblem('Not deleted: this browser refuses to change its storage.');
      }
    },
  };
}

async function prune(shelf: Shelf<StoredDesign>): Promise<void> {
  const all = await shelf.all();
  if (all.length <= MOST_KEPT) return;
  const old = [...all].sort((a, b) => b.savedAt - a.savedAt).slice(MOST_KEPT);
  for (const { id } of old) await shelf.remove(id);
}
