/**
 * Undo and redo as plain data. It keeps whole designs: edits share all they do not touch, so a step costs
 * little, and undoing cannot go wrong. Where one looks (the viewport) is no step and survives undo.
 */
import type { Design, Viewport } from './document.ts';
import { describeEdit } from './describe.ts';
import { applyEdit } from './edits.ts';
import type { Edit } from './edit-data.ts';

/** A design one can go back or forward to. */
export interface Step {
  readonly design: Design;
  /** What undo takes back, or redo does again: "Move 3 nodes". */
  readonly label: string;
  /** Successive edits with the same key are one step; `null` never joins. */
  readonly coalesce: string | null;
}

export interface History {
  /** Oldest first; each holds the design before its edit. */
  readonly past: readonly Step[];
  readonly present: Design;
  /** Next first; each holds the design after its edit. */
  readonly future: readonly Step[];
}

/** More than anyone goes back by hand; bounds memory in a session that lasts for days. */
export const MAX_UNDO = 500;

export function createHistory(design: Design): History {
  return { past: [], present: design, future: [] };
}

/**
 * Carries out an edit. With the key of the step before (one drag, typing in one field) it joins that step,
 * which keeps its label. An edit that changes nothing gives the very same history.
 */
export function commit(history: History, edit: Edit, options: { readonly coalesce?: string } = {}): History {
  const { past, present, future } = history;
  const design = applyEdit(present, edit);
  if (design === present) return history;
  const coalesce = options.coalesce ?? null;
  const last = past[past.length - 1];
  const joins = coalesce !== null && future.length === 0 && last !== undefined && last.coalesce === coalesce;
  if (joins) return { past, present: design, future };
  const step: Step = { design: present, label: describeEdit(present, edit), coalesce };
  return { past: [...past.slice(-(MAX_UNDO - 1)), step], present: design, future: [] };
}

/** Ends the step that may still be joined: the pointer was released, the field was left. */
export function seal(history: History): History {
  const last = history.past[history.past.length - 1];
  if (last === undefined || last.coalesce === null) return history;
  return { ...history, past: history.past.with(-1, { ...last, coalesce: null }) };
}

/** One step back; the very same history when there is none. */
export function undo(history: History): History {
  const { past, present, future } = history;
  const step = past[past.length - 1];
  if (step === undefined) return history;
  const undone: Step = { design: present, label: step.label, coalesce: null };
  return {
    past: past.slice(0, -1),
    present: withViewport(step.design, present.viewport),
    future: [undone, ...future],
  };
}

/** One step forward; the very same history when there is none. */
export function redo(history: History): History {
  const { past, present, future } = history;
  const step = future[0];
  if (step === undefined) return history;
  const redone: Step = { design: present, label: step.label, coalesce: null };
  return {
    past: [...past, redone],
    present: withViewport(step.design, present.viewport),
    future: future.slice(1),
  };
}

/** So many steps back (below 0) or forward; as far as there are any. */
export function travel(history: History, steps: number): History {
  let at = history;
  for (let i = 0; i < Math.abs(steps); i++) at = steps < 0 ? undo(at) : redo(at);
  return at;
}

/** What undo would take back, or `null` when there is nothing. */
export function undoLabel(history: History): string | null {
  return history.past[history.past.length - 1]?.label ?? null;
}

/** What redo would do again, or `null` when there is nothing. */
export function redoLabel(history: History): string | null {
  return history.future[0]?.label ?? null;
}

/** Looks elsewhere. Saved with the design, but no step: undo leaves the view alone. */
export function setViewport(history: History, viewport: Viewport): History {
  const { x, y, zoom } = history.present.viewport ?? {};
  if (x === viewport.x && y === viewport.y && zoom === viewport.zoom) return history;
  return { ...history, present: withViewport(history.present, viewport) };
}

function withViewport(design: Design, viewport: Viewport | undefined): Design {
  if (design.viewport === viewport) return design;
  const { viewport: _, ...rest } = design;
  return viewport === undefined ? rest : { ...rest, viewport };
}
