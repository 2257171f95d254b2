// Every change is an edit: named, undoable, and told to whoever follows.
import { expect, it } from 'vitest';
import { emptyDesign } from '../../../src/model/document.ts';
import { createDesignStore } from '../../../src/ui/design/store.ts';

const node = (id: string) => ({ id, kind: 'service', label: id, position: { x: 0, y: 0 }, params: {} });

it('names an edit, undoes and redoes it', () => {
  const store = createDesignStore('d1', { ...emptyDesign(), nodes: [node('a'), node('b')] }, 'own');
  const label = store.edit({ type: 'moveNodes', moves: [{ id: 'a', position: { x: 20, y: 0 } }] });
  expect(label).toBe('Move a');
  expect(store.undo()).toBe('Move a');
  expect(store.getState().design.nodes[0].position.x).toBe(0);
  expect(store.redo()).toBe('Move a');
  expect(store.getState().design.nodes[0].position.x).toBe(20);
  expect(store.redo()).toBeNull();
});

it('tells nobody of an edit that changes nothing', () => {
  const store = createDesignStore('d1', emptyDesign(), 'own');
  const heard: string[] = [];
  store.source.subscribe((change) => heard.push(change));
  expect(store.edit({ type: 'removeElements', ids: ['gone'] })).toBeNull();
  expect(heard).toEqual([]);
  store.source.setSeed(7);
  store.open({ id: 'd2', design: emptyDesign(), origin: 'link' });
  expect(heard).toEqual(['edit', 'open']);
});

it('joins a row of nudges into one step, until it is sealed', () => {
  const store = createDesignStore('d1', { ...emptyDesign(), nodes: [node('a')] }, 'own');
  const nudge = (x: number) =>
    store.edit({ type: 'moveNodes', moves: [{ id: 'a', position: { x, y: 0 } }] }, 'nudge');
  [20, 40, 60].forEach(nudge);
  store.seal();
  nudge(80);
  store.undo();
  expect(store.getState().design.nodes[0].position.x).toBe(60);
  store.undo();
  expect(store.getState().design.nodes[0].position.x).toBe(0);
});

it('starts a history of its own for another document', () => {
  const store = createDesignStore('d1', emptyDesign(), 'own');
  store.edit({ type: 'rename', id: null, label: 'Mine' });
  store.open({ id: 'd2', design: emptyDesign('Theirs'), origin: 'link' });
  expect(store.undo()).toBeNull();
  expect(store.getState()).toMatchObject({ documentId: 'd2', origin: 'link', isChanged: false });
});
