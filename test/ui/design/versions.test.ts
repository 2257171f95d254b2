// Versions of a design: one a minute, named ones beside, equal ones once, the oldest let go, each read back.
import { beforeEach, expect, it } from 'vitest';
import { StorageProblem } from '../../../src/ui/design/shelf.ts';
import {
  createVersions,
  MOST_AUTOMATIC,
  MOST_NAMED,
  type Versions,
} from '../../../src/ui/design/versions.ts';

let now = 1_000;
let versions: Versions;
beforeEach(() => {
  localStorage.clear();
  now = 1_000;
  versions = createVersions(undefined, undefined, () => now);
});
const texts = async (id = 'd1') => (await versions.list(id)).map(({ text }) => text);

it('joins the changes of one minute, and begins another version after it', async () => {
  await versions.keep('d1', 'a');
  now += 30_000;
  await versions.keep('d1', 'b');
  expect(await texts()).toEqual(['b']);
  now += 31_000;
  await versions.keep('d1', 'c');
  expect(await texts()).toEqual(['c', 'b']);
});

it('keeps what is equal once, but gives it a name when asked', async () => {
  expect(await versions.keep('d1', 'a')).toBe(true);
  now += 600_000;
  expect(await versions.keep('d1', 'a')).toBe(false);
  expect(await versions.keep('d1', 'a', 'Good')).toBe(true);
  expect((await versions.list('d1')).map(({ name }) => name)).toEqual(['Good', null]);
});

it('never overwrites a named version', async () => {
  await versions.keep('d1', 'a', 'Good');
  now += 10;
  await versions.keep('d1', 'b');
  expect(await texts()).toEqual(['b', 'a']);
});

it('lets go of the oldest of each sort, and of no other design', async () => {
  await versions.keep('d2', 'other');
  for (let i = 0; i < MOST_AUTOMATIC + 4; i++) {
    now += 61_000;
    await versions.keep('d1', `auto ${i}`);
    await versions.keep('d1', `auto ${i}`, `name ${i}`);
  }
  const list = await versions.list('d1');
  expect(list.filter(({ name }) => name === null)).toHaveLength(MOST_AUTOMATIC);
  expect(list.filter(({ name }) => name !== null)).toHaveLength(MOST_NAMED);
  expect(list[0].text).toBe(`auto ${MOST_AUTOMATIC + 3}`);
  expect(await texts('d2')).toEqual(['other']);
});

it('puts back what was removed', async () => {
  await versions.keep('d1', 'a');
  const gone = await versions.list('d1');
  await versions.remove(gone);
  expect(await texts()).toEqual([]);
  await versions.restore(gone);
  expect(await texts()).toEqual(['a']);
});

it('says when storage does not give back what it was given', async () => {
  const forgetful = { getItem: () => null, setItem: () => {}, removeItem: () => {} } as unknown as Storage;
  await expect(createVersions(undefined, () => forgetful).keep('d1', 'a')).rejects.toThrow(StorageProblem);
});
