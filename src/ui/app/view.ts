/**
 * What the screen shows besides the design: selection, open dialogs, notices, a connection being made. Nothing in
 * here is saved or undone. It must not know React or the run.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '../../model/document.ts';
import type { DragShown } from '../canvas/drag-shown.ts';
import type { Mode } from './mode.ts';

/** A connection on its way. */
export interface Linking {
  readonly from: string;
  /** Begun at an inlet: the node chosen will be the caller. */
  readonly isReversed: boolean;
  readonly by: 'pointer' | 'keys';
  readonly verdicts: ReadonlyMap<string, 'legal' | 'illegal'>;
  /** Node under the pointer or chosen by keys. */
  readonly target: string | null;
}

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  /** Second line or tooltip: what it does. */
  readonly help?: string;
  readonly shortcut?: string;
  readonly tone?: 'danger';
  readonly isOn?: boolean;
  run(): void;
}

export interface MenuSection {
  readonly heading?: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuRequest {
  /** In CSS pixels of the window. */
  readonly at: Point;
  readonly label: string;
  readonly sections: readonly MenuSection[];
}

/** A kind is to be chosen, for whatever `pick` does with it. */
export interface KindRequest {
  /** In CSS pixels of the window. */
  readonly at: Point;
  readonly title: string;
  /** What is on offer; `note` stands in the place of what the kind is for. */
  readonly choices: readonly { readonly kind: string; readonly note?: string }[];
  /** Node that has the focus again when nothing is chosen. */
  readonly origin?: string;
  pick(kind: string): void;
}

export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'bad';
  readonly text: string;
  readonly details?: readonly string[];
  readonly actions?: readonly { readonly label: string; run(): void }[];
  /** Goes away by itself: it only answers what was just done. */
  readonly isBrief?: boolean;
}

/** What is shown beside the canvas about the whole design. */
export type Review = 'warnings' | 'cost' | 'history';

export type Dialog = 'help' | 'commands' | 'share' | 'open' | 'gallery' | 'export';

export interface ViewState {
  /** For good: how the page was asked for. */
  readonly mode: Mode;
  readonly selection: ReadonlySet<string>;
  readonly hoveredLink: string | null;
  /** Node whose name is being edited, or `design` for the title. */
  readonly renaming: string | null;
  readonly linking: Linking | null;
  /** What a drag on the canvas would do; null while nothing is dragged. */
  readonly dragged: DragShown | null;
  /** Dragged things come to rest on the grid and flush with neighbours; Ctrl does the other. */
  readonly isSnapping: boolean;
  /** Where things are drawn instead, while an animation lasts. */
  readonly shifted: ReadonlyMap<string, Point> | null;
  readonly isFinding: boolean;
  readonly isMinimap: boolean;
  /** What is not linked with the selection is dimmed. */
  readonly isFocused: boolean;
  /** Only the canvas and the run are shown. */
  readonly isPresenting: boolean;
  readonly menu: MenuRequest | null;
  readonly picking: KindRequest | null;
  readonly dialog: Dialog | null;
  readonly review: Review | null;
  readonly notices: readonly Notice[];
  /** The inspector as a sheet, where there is no room beside the canvas. */
  readonly isInspectorOpen: boolean;
  readonly isPaletteOpen: boolean;
  readonly isWelcome: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

export interface ViewStore extends StoreApi<ViewState> {
  select(ids: Iterable<string>): void;
  /** Shows a notice in the place of an older one of the same id. */
  notify(notice: Notice): void;
  dismiss(id: string): void;
}

export function createView(mode: Mode = 'edit'): ViewStore {
  const store = createStore<ViewState>(() => ({
    mode,
    selection: NOTHING,
    hoveredLink: null,
    renaming: null,
    linking: null,
    dragged: null,
    isSnapping: true,
    shifted: null,
    isFinding: false,
    isMinimap: false,
    isFocused: false,
    isPresenting: false,
    menu: null,
    picking: null,
    dialog: null,
    review: null,
    notices: [],
    isInspectorOpen: false,
    isPaletteOpen: false,
    isWelcome: false,
  }));
  return {
    ...store,
    select(ids) {
      const selection = new Set(ids);
      const { selection: before } = store.getState();
      const isSame = selection.size === before.size && [...selection].every((id) => before.has(id));
      if (!isSame) store.setState({ selection });
    },
    notify: (notice) =>
      store.setState(({ notices }) => ({
        notices: [...notices.filter(({ id }) => id !== notice.id), notice],
      })),
    dismiss: (id) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
}
