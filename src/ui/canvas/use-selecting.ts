/**
 * Selection as React Flow reports it: single clicks as they are; a box selects nodes only, and with Shift adds to
 * what was selected. Reaching a node or link by keyboard selects it. It must not know the document.
 */
import { useMemo, useState } from 'react';
import { useServices } from '../app/context.ts';

interface Box {
  isOn: boolean;
  /** Selected before the button went down, when Shift was held. */
  kept: ReadonlySet<string>;
}

export function useSelecting() {
  const { view } = useServices();
  const [box] = useState<Box>(() => ({ isOn: false, kept: new Set() }));
  return useMemo(() => {
    const apply = (changes: ReadonlyMap<string, boolean>) => {
      if (changes.size === 0) return;
      const next = new Set(view.getState().selection);
      for (const [id, isSelected] of changes) {
        if (isSelected || box.kept.has(id)) next.add(id);
        else next.delete(id);
      }
      view.select(next);
    };
    return {
      press(event: { readonly shiftKey: boolean }) {
        box.kept = event.shiftKey ? view.getState().selection : new Set();
        box.isOn = false;
      },
      begin() {
        box.isOn = true;
        view.select(box.kept);
      },
      end() {
        box.isOn = false;
        box.kept = new Set();
      },
      nodes: (changes: ReadonlyMap<string, boolean>) => {
        // A click on a selected node with Shift takes it out: only a box keeps what was.
        if (!box.isOn) box.kept = new Set();
        apply(changes);
      },
      edges: (changes: ReadonlyMap<string, boolean>) => {
        if (!box.isOn) apply(changes);
      },
    };
  }, [view, box]);
}
