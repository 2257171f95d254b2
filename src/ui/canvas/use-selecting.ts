/**
 * Selection as React Flow reports it: single clicks as they are; a box selects nodes only, and with Shift adds to
 * what was selected. It must not know the document.
 */
import { useState } from 'react';
import { useServices } from '../app/context.ts';
import type { ViewStore } from '../app/view.ts';

export function useSelecting(): Selecting {
  const { view } = useServices();
  const [selecting] = useState(() => createSelecting(view));
  return selecting;
}

type Changes = ReadonlyMap<string, boolean>;

export interface Selecting {
  /** A button went down on the canvas; React Flow forgets the selection before it reports a box. */
  press(event: { readonly shiftKey: boolean }): void;
  begin(): void;
  end(): void;
  nodes(changes: Changes): void;
  edges(changes: Changes): void;
  /** What a box reaches, where React Flow cannot tell. */
  box(ids: readonly string[]): void;
  /** What was pressed without being an element; null is the empty canvas. */
  pick(id: string | null): void;
  /** What goes along when this is dragged: all that was selected, if it was; else it alone. */
  grab(id: string): readonly string[];
}

const NOTHING: ReadonlySet<string> = new Set();

export function createSelecting(view: Pick<ViewStore, 'getState' | 'select'>): Selecting {
  let isBox = false;
  /** Selected before the box, when Shift was held. */
  let kept = NOTHING;
  /** Selected when the button went down. */
  let before = NOTHING;
  let isAdding = false;
  const apply = (changes: Changes) => {
    if (changes.size === 0) return;
    const next = new Set(view.getState().selection);
    for (const [id, isSelected] of changes) {
      if (isSelected || (isBox && kept.has(id))) next.add(id);
      else next.delete(id);
    }
    view.select(next);
  };
  return {
    press(event) {
      before = view.getState().selection;
      isAdding = event.shiftKey;
      kept = isAdding ? before : NOTHING;
      isBox = false;
    },
    begin() {
      isBox = true;
      view.select(kept);
    },
    end() {
      isBox = false;
      kept = NOTHING;
    },
    nodes: apply,
    // A box takes links along only through their nodes.
    edges: (changes) => !isBox && apply(changes),
    box: (ids) => view.select([...kept, ...ids]),
    pick(id) {
      const next = new Set(isAdding ? before : NOTHING);
      if (id !== null && !next.delete(id)) next.add(id);
      view.select(next);
    },
    grab(id) {
      if (before.has(id)) return [...before];
      if (!isAdding) view.select([id]);
      return [...view.getState().selection];
    },
  };
}
