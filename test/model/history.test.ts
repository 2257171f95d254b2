// Undo for everything: back to the very start, forward to the very end, one gesture at a time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalDesigns, serialize } from '../../src/model/canonical.ts';
import type { Edit } from '../../src/model/edit-data.ts';
import { applyEdit } from '../../src/model/edits.ts';
import {
  commit,
  createHistory,
  MAX_UNDO,
  redo,
  redoLabel,
  seal,
  setViewport,
  undo,
  undoLabel,
  type History,
} from '../../src/model/history.ts';
import { SHOP_8 } from './designs.ts';
import { anyDesign, anyEdit, SEED } from './random-designs.ts';

const moveTo = (x: number): Edit => ({ type: 'moveNodes', moves: [{ id: 'n5', position: { x, y: 0 } }] });
const start = createHistory(SHOP_8);

describe('history', () => {
  it('undoing all gives the first design, redoing all the last, for 600 random sessions', () => {
    const action = fc.record({
      edit: anyEdit,
      key: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    });
    let steps = 0;
    fc.assert(
      fc.property(anyDesign, fc.array(action, { maxLength: 25 }), (design, actions) => {
        const before = serialize(design);
        let history: History = createHistory(design);
        for (const { edit, key } of actions) {
          history = commit(history, edit, key === undefined ? {} : { coalesce: key });
        }
        const last = actions.reduce((at, { edit }) => applyEdit(at, edit), design);
        expect(serialize(history.present)).toBe(serialize(last));
        let back = history;
        while (undoLabel(back) !== null) back = undo(back);
        expect(back.present).toBe(design);
        expect(serialize(back.present)).toBe(before);
        steps += back.future.length;
        let forth = back;
        while (redoLabel(forth) !== null) forth = redo(forth);
        expect(forth.present).toBe(history.present);
        expect(forth.past.map((step) => step.label)).toEqual(history.past.map((step) => step.label));
      }),
      { seed: SEED, numRuns: 600 },
    );
    console.log(`${steps} steps undone and redone`);
    expect(steps).toBeGreaterThan(500);
  });

  it('a drag of 60 moves with one key is one step; the next drag is another', () => {
    let history = start;
    for (let x = 1; x <= 60; x++) history = commit(history, moveTo(x), { coalesce: 'drag 1' });
    for (let x = 61; x <= 90; x++) history = commit(history, moveTo(x), { coalesce: 'drag 2' });
    expect(history.past.map((step) => step.label)).toEqual(['Move api', 'Move api']);
    expect(undo(history).present.nodes[4].position.x).toBe(60);
    expect(undo(undo(history)).present).toBe(SHOP_8);
  });

  it('a step that was sealed, undone or followed by another is joined no more', () => {
    const typed = commit(start, { type: 'setSeed', seed: 1 }, { coalesce: 'seed' });
    const again: Edit = { type: 'setSeed', seed: 12 };
    expect(commit(typed, again, { coalesce: 'seed' }).past).toHaveLength(1);
    expect(commit(seal(typed), again, { coalesce: 'seed' }).past).toHaveLength(2);
    expect(commit(redo(undo(typed)), again, { coalesce: 'seed' }).past).toHaveLength(2);
    const between = undo(commit(typed, moveTo(5)));
    const after = commit(between, again, { coalesce: 'seed' });
    expect([after.past.length, after.future.length]).toEqual([2, 0]);
    expect(seal(start)).toBe(start);
  });

  it('labels say what undo takes back and redo does again', () => {
    const history = undo(commit(commit(start, { type: 'rename', id: 'n5', label: 'shop api' }), moveTo(7)));
    expect([undoLabel(history), redoLabel(history)]).toEqual(['Rename api', 'Move shop api']);
    expect([undoLabel(start), redoLabel(start)]).toEqual([null, null]);
    expect([undo(start), redo(start), commit(start, { type: 'setSeed', seed: 42 })]).toEqual([
      start,
      start,
      start,
    ]);
    expect(commit(start, { type: 'setSeed', seed: 42 })).toBe(start);
  });

  it('a new edit after undo drops what could have been redone', () => {
    const history = commit(undo(commit(start, moveTo(7))), { type: 'setSeed', seed: 7 });
    expect([history.past.length, history.future.length]).toEqual([1, 0]);
    expect(history.present.nodes).toBe(SHOP_8.nodes);
  });

  it('looking elsewhere is no step, and undo does not move the view', () => {
    const view = { x: 10, y: 20, zoom: 0.5 };
    const looked = setViewport(commit(start, moveTo(7)), view);
    expect(looked.past).toHaveLength(1);
    expect(undo(looked).present).toEqual({ ...SHOP_8, viewport: view });
    expect(equalDesigns(undo(looked).present, SHOP_8)).toBe(true);
    expect(redo(undo(looked)).present.viewport).toEqual(view);
    expect(setViewport(looked, { ...view })).toBe(looked);
  });

  it(`keeps the newest ${MAX_UNDO} of 700 steps`, () => {
    let history = start;
    for (let x = 1; x <= 700; x++) history = commit(history, moveTo(x));
    expect(history.past).toHaveLength(MAX_UNDO);
    for (let i = 0; i < 1_000; i++) history = undo(history);
    expect(history.present.nodes[4].position.x).toBe(700 - MAX_UNDO);
    expect(history.future).toHaveLength(MAX_UNDO);
  });

  it('is plain data: a copy through JSON goes on as the original does', () => {
    const history = undo(commit(commit(start, moveTo(7)), moveTo(8), { coalesce: 'drag' }));
    const copy = JSON.parse(JSON.stringify(history)) as History;
    expect(redo(copy)).toEqual(redo(history));
    expect(undo(copy).present).toEqual(SHOP_8);
  });
});
