// Nothing is lost: every change is kept a moment later, read back, and survives a crash; refusals are said in words.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDesign } from '../../../src/model/document.ts';
import { createAutosave, type Autosave } from '../../../src/ui/design/autosave.ts';
import { createLibrary, MOST_KEPT, type Library } from '../../../src/ui/design/library.ts';
import { StorageProblem } from '../../../src/ui/design/shelf.ts';
import { createMemory } from '../../../src/ui/design/memory.ts';
import { createDesignStore, type DesignStore } from '../../../src/ui/design/store.ts';

let design: DesignStore;
let library: Library;
let autosave: Autosave;
const memory = createMemory();

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  design = createDesignStore('d1', emptyDesign('Shop'), 'example');
  library = createLibrary(undefined);
  autosave = createAutosave(design, library, memory);
});
afterEach(() => {
  autosave.stop();
  vi.useRealTimers();
});

const rename = (label: string) => design.edit({ type: 'rename', id: null, label });

it('keeps an example only once it is changed', async () => {
  expect(autosave.getState().phase).toBe('unsaved');
  expect(await library.list()).toEqual([]);
  rename('Mine');
  expect(autosave.getState().phase).toBe('saving');
  await vi.advanceTimersByTimeAsync(400);
  expect(autosave.getState().phase).toBe('saved');
  expect((await library.list()).map(({ id, name }) => ({ id, name }))).toEqual([{ id: 'd1', name: 'Mine' }]);
  expect(memory.last()).toBe('d1');
});

it('writes the journal at once, and clears it once the design is kept', async () => {
  rename('Mine');
  expect(memory.journal('d1')?.name).toBe('Mine');
  await vi.advanceTimersByTimeAsync(400);
  expect(memory.journal('d1')).toBeNull();
});

it('saves at once when the page goes out of sight', async () => {
  rename('Mine');
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect((await library.load('d1'))?.name).toBe('Mine');
});

it('saves what was changed before another document takes its place', async () => {
  rename('Mine');
  design.open({ id: 'd2', design: emptyDesign('Theirs'), origin: 'link' });
  await vi.advanceTimersByTimeAsync(0);
  expect((await library.load('d1'))?.name).toBe('Mine');
  expect(await library.load('d2')).toBeNull();
  expect(autosave.getState().phase).toBe('unsaved');
});

it('says in words when storage is refused, and the editor goes on', async () => {
  autosave.stop();
  const refused = createLibrary(undefined, () => {
    throw new DOMException('denied', 'SecurityError');
  });
  autosave = createAutosave(design, refused, memory);
  rename('Mine');
  await vi.advanceTimersByTimeAsync(400);
  expect(autosave.getState()).toMatchObject({
    phase: 'refused',
    problem: 'Not saved: this browser refuses storage here (private window?). Save a file, or share a link.',
  });
  expect(design.getState().design.name).toBe('Mine');
});

it('says when storage is full, and when it does not give back what it was given', async () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  } as unknown as Storage;
  const stored = { id: 'x', name: 'x', savedAt: 1, text: '{}' };
  await expect(createLibrary(undefined, () => full).save(stored)).rejects.toThrow(
    /storage of this browser is full/,
  );
  full.setItem = () => {};
  await expect(createLibrary(undefined, () => full).save(stored)).rejects.toThrow(StorageProblem);
});

it('lists the newest first and lets go of the oldest', async () => {
  for (let i = 1; i <= MOST_KEPT + 5; i++)
    await library.save({ id: `d${i}`, name: `d${i}`, savedAt: i, text: '{}' });
  const list = await library.list();
  expect(list).toHaveLength(MOST_KEPT);
  expect(list[0].id).toBe(`d${MOST_KEPT + 5}`);
});
