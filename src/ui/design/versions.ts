/**
 * Earlier states of each design, to go back to: one for each minute of work, and those somebody gave a name. Equal ones
 * are kept once, the oldest are let go. It must not know the editor; it keeps texts.
 */
import { openShelf, StorageProblem, whyRefused, type Databases, type Shelf } from './shelf.ts';

export interface Version {
  readonly id: string;
  readonly documentId: string;
  /** What somebody called it; null for those kept by themselves. */
  readonly name: string | null;
  /** Real time of its last change, ms since 1970. */
  readonly savedAt: number;
  readonly text: string;
}

export interface Versions {
  /**
   * Keeps a state. Without a name it joins the version begun less than a minute ago. False when the newest version
   * says the same already. @throws StorageProblem when it is not kept.
   */
  keep(documentId: string, text: string, name?: string | null): Promise<boolean>;
  /** Newest first. */
  list(documentId: string): Promise<readonly Version[]>;
  remove(versions: readonly Version[]): Promise<void>;
  /** Puts removed ones back. */
  restore(versions: readonly Version[]): Promise<void>;
}

/** Changes within this time are one version. */
export const SLOT_MS = 60_000;
/** Of each design; names are given on purpose and stay longer. */
export const MOST_AUTOMATIC = 30;
export const MOST_NAMED = 30;

export function createVersions(
  databases: Databases = globalThis.indexedDB,
  storage: () => Storage = () => localStorage,
  now: () => number = Date.now,
): Versions {
  const place = { database: 'loadbearing-versions', store: 'versions', prefix: 'loadbearing/version/' };
  let shelf: Promise<Shelf<Version>> | null = null;
  const open = () => (shelf ??= openShelf<Version>(place, databases, storage));
  const list = async (documentId: string): Promise<readonly Version[]> => {
    const all = await (await open()).all().catch(() => []);
    return all.filter((each) => each.documentId === documentId).sort((a, b) => b.savedAt - a.savedAt);
  };
  return {
    list,
    async keep(documentId, text, name = null) {
      try {
        const kept = await open();
        const before = await list(documentId);
        const newest = before[0];
        if (newest?.text === text && (name === null || newest.name === name)) return false;
        const version =
          name === null ? automatic(documentId, text, newest, now()) : named(documentId, text, name, now());
        await kept.put(version);
        if ((await kept.get(version.id))?.text !== text) throw new Error('differs');
        await letGo(kept, [version, ...before.filter(({ id }) => id !== version.id)]);
        return true;
      } catch (reason) {
        throw new StorageProblem(whyRefused(reason));
      }
    },
    async remove(versions) {
      const kept = await open();
      for (const { id } of versions) await kept.remove(id);
    },
    async restore(versions) {
      const kept = await open();
      for (const version of versions) await kept.put(version);
    },
  };
}

/** The id tells when its minute began. */
function automatic(documentId: string, text: string, newest: Version | undefined, at: number): Version {
  const begun = newest?.name === null ? Number(newest.id.split('/').at(-1)) : NaN;
  const isOpen = at - begun >= 0 && at - begun < SLOT_MS;
  const id = isOpen && newest ? newest.id : `${documentId}/${at}`;
  return { id, documentId, name: null, savedAt: at, text };
}

function named(documentId: string, text: string, name: string, at: number): Version {
  return { id: `${documentId}/named/${at}`, documentId, name, savedAt: at, text };
}

async function letGo(shelf: Shelf<Version>, versions: readonly Version[]): Promise<void> {
  const old = [
    ...versions.filter(({ name }) => name === null).slice(MOST_AUTOMATIC),
    ...versions.filter(({ name }) => name !== null).slice(MOST_NAMED),
  ];
  for (const { id } of old) await shelf.remove(id);
}
