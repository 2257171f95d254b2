/**
 * Pointer, wheel and keys on the timeline: hover moves the crosshair, the wheel zooms, a drag brushes a stretch, keys
 * do all of it too. It must not know what is drawn.
 */
import { useEffect, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import type { TimelineDrawing } from './timeline-drawing.ts';
import { panTime, showStretch, zoomTime, type TimeWindow } from './time-window.ts';

/** A drag shorter than this was meant as a click. */
const BRUSH_PX = 5;
const WHEEL_STEP = 0.0016;
export const ZOOM_STEP = 1.5;
const KEY_PX = 8;

/** Where the crosshair stands, in CSS pixels from the left edge; `byKey` when keys put it there. */
export interface Hover {
  readonly x: number;
  readonly byKey: boolean;
}

export interface Brush {
  readonly from: number;
  readonly to: number;
}

export type ChangeWindow = (change: (window: TimeWindow, nowMs: number) => TimeWindow) => void;

export function useTimelinePointer(
  plot: RefObject<HTMLElement | null>,
  drawing: TimelineDrawing | null,
  changeWindow: ChangeWindow,
  onPick: (subject: string) => void,
) {
  const [hover, setHover] = useState<Hover | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  useWheel(plot, drawing, changeWindow);
  const placeOf = (event: PointerEvent) => event.nativeEvent.offsetX;

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setBrush({ from: placeOf(event), to: placeOf(event) });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    setHover({ x: placeOf(event), byKey: false });
    if (brush) setBrush({ from: brush.from, to: placeOf(event) });
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (!brush || !drawing) return;
    setBrush(null);
    if (Math.abs(brush.to - brush.from) >= BRUSH_PX) {
      const [a, b] = [drawing.x.invert(brush.from), drawing.x.invert(brush.to)];
      changeWindow((_, nowMs) => showStretch(a, b, nowMs));
      return;
    }
    const subject = drawing.subjectAt(event.nativeEvent.offsetY);
    if (subject !== null) onPick(subject);
  };
  const onPointerLeave = () => setHover((before) => (before?.byKey ? before : null));
  const onPointerCancel = () => setBrush(null);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!drawing || event.ctrlKey || event.metaKey || event.altKey) return;
    const done = keyAction(event, drawing, hover, setHover, changeWindow);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handlers = { onPointerDown, onPointerMove, onPointerUp, onPointerLeave, onPointerCancel, onKeyDown };
  return { hover, brush, handlers };
}

function keyAction(
  event: KeyboardEvent,
  drawing: TimelineDrawing,
  hover: Hover | null,
  setHover: (hover: Hover | null) => void,
  changeWindow: ChangeWindow,
): boolean {
  const at = hover?.x ?? drawing.width / 2;
  const stepTo = (x: number) => setHover({ x: Math.min(drawing.width, Math.max(0, x)), byKey: true });
  const zoom = (factor: number) =>
    changeWindow((window, nowMs) => zoomTime(window, nowMs, factor, drawing.x.invert(at)));
  const step = KEY_PX * (event.shiftKey ? 10 : 1);
  switch (event.key) {
    case 'ArrowLeft':
      stepTo(at - step);
      return true;
    case 'ArrowRight':
      stepTo(at + step);
      return true;
    case '+':
    case '=':
      zoom(1 / ZOOM_STEP);
      return true;
    case '-':
      zoom(ZOOM_STEP);
      return true;
    case 'f':
      changeWindow((window) => ({ ...window, endMs: null }));
      return true;
    case 'Escape':
      setHover(null);
      return hover !== null;
    default:
      return false;
  }
}

function useWheel(
  plot: RefObject<HTMLElement | null>,
  drawing: TimelineDrawing | null,
  changeWindow: ChangeWindow,
) {
  useEffect(() => {
    const element = plot.current;
    if (!element || !drawing) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const [from, to] = drawing.x.domain();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
        const byMs = (sideways / Math.max(1, drawing.width)) * (to - from);
        changeWindow((window, nowMs) => panTime(window, nowMs, byMs));
        return;
      }
      const around = drawing.x.invert(event.offsetX);
      const factor = Math.exp(event.deltaY * WHEEL_STEP);
      changeWindow((window, nowMs) => zoomTime(window, nowMs, factor, around));
    };
    // Not passive: the page must not scroll or zoom meanwhile.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [plot, drawing, changeWindow]);
}
