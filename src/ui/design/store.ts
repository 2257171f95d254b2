/**
 * The one design being edited, with its undo history. Every change, whatever the device, goes through `edit`. It must
 * not know React, storage or the run.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Design } from '../../model/document.ts';
import { describeEdit } from '../../model/describe.ts';
import type { Edit } from '../../model/edit-data.ts';
import * as steps from '../../model/history.ts';
import type { DesignChange, DesignSource } from '../run/design-source.ts';

/** Where a document came from; `own` ones are saved from the start, others once they are changed. */
export type Origin = 'own' | 'link' | 'file' | 'example';

export interface DesignState {
  /** Names the document in this browser's storage. */
  readonly documentId: string;
  readonly design: Design;
  readonly history: steps.History;
  readonly origin: Origin;
  /** Edited since it was opened. */
  readonly isChanged: boolean;
}

export interface DesignStore extends StoreApi<DesignState> {
  /** Carries out an edit. Gives its name for announcements, or null when it changed nothing. */
  edit(edit: Edit, coalesce?: string): string | null;
  /** Ends a row of edits that were to be one step. */
  seal(): void;
  /** What was undone or redone, or null. */
  undo(): string | null;
  redo(): string | null;
  /** Goes so many steps back (below 0) or forward. True when that changed anything. */
  travel(steps: number): boolean;
  /** Another document takes the place of this one, with a history of its own. */
  open(document: { readonly id: string; readonly design: Design; readonly origin: Origin }): void;
  /** From now on it is a document of its own, and what it was stays as it was. */
  becomeCopy(id: string): void;
  readonly source: DesignSource;
}

/** With `refuse` the design is read-only: edits are not carried out, and `refuse` says so. */
export function createDesignStore(
  id: string,
  design: Design,
  origin: Origin,
  refuse: (() => void) | null = null,
): DesignStore {
  const store = createStore<DesignState>(() => openState(id, design, origin));
  const listeners = new Set<(change: DesignChange) => void>();
  const tell = (change: DesignChange) => {
    for (const listener of listeners) listener(change);
  };
  const step = (history: steps.History): boolean => {
    if (history === store.getState().history) return false;
    const isEdit = history.present !== store.getState().design;
    store.setState({ history, design: history.present, ...(isEdit ? { isChanged: true } : {}) });
    if (isEdit) tell('edit');
    return isEdit;
  };
  const edit = (change: Edit, coalesce?: string): string | null => {
    if (refuse) {
      refuse();
      return null;
    }
    const { history } = store.getState();
    const label = describeEdit(history.present, change);
    return step(steps.commit(history, change, coalesce === undefined ? {} : { coalesce })) ? label : null;
  };
  return {
    ...store,
    edit,
    seal: () => void step(steps.seal(store.getState().history)),
    undo() {
      const { history } = store.getState();
      const label = steps.undoLabel(history);
      return step(steps.undo(history)) ? label : null;
    },
    redo() {
      const { history } = store.getState();
      const label = steps.redoLabel(history);
      return step(steps.redo(history)) ? label : null;
    },
    travel: (count) => step(steps.travel(store.getState().history, count)),
    open(document) {
      store.setState(openState(document.id, document.design, document.origin));
      tell('open');
    },
    becomeCopy: (documentId) => store.setState({ documentId }),
    source: {
      get: () => store.getState().design,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      setSeed: (seed) => void edit({ type: 'setSeed', seed }),
    },
  };
}

function openState(documentId: string, design: Design, origin: Origin): DesignState {
  return { documentId, design, history: steps.createHistory(design), origin, isChanged: false };
}

/** A name for a document that no other tab or browser gives. */
export function freshDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return [...bytes].map((byte) => byte.toString(36).padStart(2, '0')).join('');
}
