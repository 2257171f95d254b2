// A region is lost when all that can be down in it is down, and cut off when its border is.
import { expect, it } from 'vitest';
import type { Design, DesignNode } from '../../../src/model/document.ts';
import { groupState, groupWords, worstOf } from '../../../src/ui/canvas/group-paint.ts';
import { membersOf } from '../../../src/ui/canvas/grouping.ts';
import type { Live } from '../../../src/ui/run/live.ts';
import { fakeLive } from './fake-live.ts';

const node = (id: string, kind: string, group?: string): DesignNode => ({
  ...{ id, kind, label: id, position: { x: 0, y: 0 }, params: {} },
  ...(group ? { group } : {}),
});
const design: Design = {
  format: 'loadbearing/1',
  name: 'Two regions',
  seed: 1,
  groups: [
    { id: 'g1', kind: 'region', label: 'EU' },
    { id: 'g2', kind: 'zone', label: 'EU a', parent: 'g1' },
  ],
  notes: [],
  drills: [],
  nodes: [
    node('users', 'client', 'g1'),
    node('api', 'service', 'g2'),
    node('db', 'database', 'g1'),
    node('far', 'service'),
  ],
  links: [],
};
const members = membersOf(design, 'g1');
const whole = { members, isCut: false };

/** What is not named here is up; so are clients for ever. */
function live(down: readonly string[]): Live {
  const up = fakeLive({ units: { one: { state: 'up' } } });
  const gone = fakeLive({ units: { one: { state: 'down' } } });
  const of = (id: string) => (down.includes(id) ? gone : up);
  return {
    ...up,
    units: (id) => of(id).units(id),
    unit: (id, index, field) => of(id).unit(id, index, field),
  };
}

const wordsOf = (down: readonly string[], isCut = false) =>
  groupWords(groupState({ members, isCut }, design, live(down)));

it('is lost when everything in it that can be down is down, in its zones too; clients go on asking', () => {
  expect(wordsOf([])).toBe('');
  expect(wordsOf(['api', 'far'])).toBe('');
  expect(wordsOf(['api', 'db'])).toBe('Lost');
});

it('says so when it is cut off, lost or not', () => {
  expect(wordsOf([], true)).toBe('Cut off');
  expect(wordsOf(['api', 'db'], true)).toBe('Lost, cut off');
});

it('collapsed, says that before what is worst of one component in it', () => {
  expect(worstOf(whole, design, live(['db']))).toEqual({ text: 'db: Down', isBad: true });
  expect(worstOf(whole, design, live(['api', 'db']))).toEqual({ text: 'Lost', isBad: true });
});
