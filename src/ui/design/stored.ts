/**
 * What people do to designs that are kept but not open: rename, duplicate, delete. Deleting gives a way back. It must
 * not know how they are listed.
 */
import { serialize } from '../../model/canonical.ts';
import { MAX_LABEL } from '../../model/document.ts';
import { applyEdit } from '../../model/edits.ts';
import { cleanLine } from '../../model/labels.ts';
import type { Services } from '../app/context.ts';
import type { StoredDesign } from './library.ts';
import { readText } from './reading.ts';
import { freshDocumentId } from './store.ts';

type Storing = Pick<Services, 'design' | 'files' | 'versions' | 'memory'>;

/** @throws StorageProblem when it is not kept. */
export async function renameStored(storing: Storing, stored: StoredDesign, name: string): Promise<void> {
  const label = cleanLine(name, MAX_LABEL);
  if (storing.design.getState().documentId === stored.id) {
    storing.design.edit({ type: 'rename', id: null, label });
    await storing.files.autosave.flush();
    return;
  }
  await storing.files.library.save({ ...stored, name: label, text: withName(stored.text, label) });
}

/** A copy under a name of its own. @throws StorageProblem when it is not kept. */
export async function duplicateStored(storing: Storing, stored: StoredDesign): Promise<StoredDesign> {
  // What is open may have changes that are not saved yet.
  await storing.files.autosave.flush();
  const newest = (await storing.files.library.load(stored.id)) ?? stored;
  const name = cleanLine(`${newest.name || 'Untitled'} (copy)`, MAX_LABEL);
  const copy = { id: freshDocumentId(), name, savedAt: Date.now(), text: withName(newest.text, name) };
  await storing.files.library.save(copy);
  return copy;
}

/** Deletes it with its versions; the function given back puts all of it back. @throws StorageProblem */
export async function deleteStored(storing: Storing, stored: StoredDesign): Promise<() => Promise<void>> {
  const versions = await storing.versions();
  const kept = await versions.list(stored.id);
  await storing.files.library.remove(stored.id);
  storing.memory.clearJournal(stored.id);
  await versions.remove(kept);
  return async () => {
    await storing.files.library.save(stored);
    await versions.restore(kept);
  };
}

/** A text that cannot be read is kept as it is: only its entry gets the name. */
function withName(text: string, label: string): string {
  const { design } = readText(text, 'It');
  return design ? serialize(applyEdit(design, { type: 'rename', id: null, label })) : text;
}
