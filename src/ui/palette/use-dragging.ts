/**
 * A component dragged out of the palette with pointer events: mouse, pen and touch alike. Esc cancels; a press that
 * does not move stays a click. It must not know what the ghost looks like.
 */
import { useCallback, useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import type { KindSpec } from '../../kinds/contract.ts';
import type { Point } from '../../model/document.ts';
import { useServices, type Services } from '../app/context.ts';
import type { Split } from '../canvas/splitting.ts';
import { addComponent, draftNode } from '../design/actions.ts';

export interface Ghost {
  readonly spec: KindSpec;
  /** In CSS pixels of the window. */
  readonly at: Point;
  readonly isOverCanvas: boolean;
  /** What a drop here does to the link under it, in words. */
  readonly words: string | null;
}

/** Part of no first picture; asked for when a drag begins. */
const splitting = () => import('../canvas/splitting.ts');

/** A shorter way is a click with an unsteady hand. */
const THRESHOLD = 5;

export function useDragging() {
  const services = useServices();
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const press = useCallback(
    (event: ReactPointerEvent<HTMLElement>, spec: KindSpec) => {
      if (event.button !== 0 || !event.isPrimary) return;
      stop.current?.();
      const tile = event.currentTarget;
      const start = { x: event.clientX, y: event.clientY };
      let isDragging = false;
      let splits: Awaited<ReturnType<typeof splitting>> | null = null;
      void splitting().then((loaded) => (splits = loaded));
      const splitAt = (at: Point): Split | null => {
        const point = isOverCanvas(at) ? services.canvas.pointAt(at) : null;
        const { design } = services.design.getState();
        return (point && splits?.findSplit(design, draftNode(design, spec), point)) ?? null;
      };
      const move = (next: PointerEvent) => {
        const at = { x: next.clientX, y: next.clientY };
        isDragging ||= Math.hypot(at.x - start.x, at.y - start.y) > THRESHOLD;
        if (!isDragging) return;
        const split = splitAt(at);
        showSplit(services, split);
        setGhost({ spec, at, isOverCanvas: isOverCanvas(at), words: split?.words ?? null });
      };
      const end = () => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', drop);
        window.removeEventListener('pointercancel', end);
        window.removeEventListener('keydown', onKey, { capture: true });
        stop.current = null;
        setGhost(null);
        showSplit(services, null);
        if (!isDragging) return;
        // The click that follows a drag is not one.
        const swallow = (click: Event) => click.stopPropagation();
        tile.addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => tile.removeEventListener('click', swallow, { capture: true }), 0);
      };
      const drop = (last: PointerEvent) => {
        const at = { x: last.clientX, y: last.clientY };
        const wasDragging = isDragging;
        const split = splitAt(at);
        end();
        const point = wasDragging && isOverCanvas(at) ? services.canvas.pointAt(at) : null;
        if (!point) return;
        const id = addComponent(services, spec.kind, { at: point, split });
        if (id) requestAnimationFrame(() => services.canvas.focus(id));
      };
      const onKey = (key: KeyboardEvent) => {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        end();
      };
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', drop);
      window.addEventListener('pointercancel', end);
      window.addEventListener('keydown', onKey, { capture: true });
      stop.current = end;
    },
    [services],
  );
  return { ghost, press };
}

/** Not over a panel or sheet that lies above the canvas. */
function isOverCanvas({ x, y }: Point): boolean {
  return document.elementFromPoint?.(x, y)?.closest('[data-keys="canvas"]') != null;
}

/** Lights the link that would be split, as a drag on the canvas does. */
function showSplit({ view }: Services, split: Split | null): void {
  if (view.getState().dragged?.split?.linkId === split?.linkId) return;
  const none = { guides: [], copies: [], frames: null, into: null, words: null, at: null };
  view.setState({ dragged: split && { ...none, split } });
}
