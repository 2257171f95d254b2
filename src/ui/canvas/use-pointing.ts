/**
 * What mouse, trackpad, fingers and keyboard do on the canvas beyond React Flow: two fingers pan, a node reached by Tab
 * is selected, a tap on the ground selects nothing or what is painted there, a long press on a touch screen opens the
 * menu. It must not know what the menu holds.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import { useServices } from '../app/context.ts';
import type { PaintedPresses } from './painted-presses.ts';

const LONG_PRESS_MS = 550;
const PRESS_SLACK = 10;

export function usePointing(
  frame: RefObject<HTMLElement | null>,
  presses: RefObject<PaintedPresses | null>,
): void {
  const store = useStoreApi();
  const { view } = useServices();
  useEffect(() => {
    const canvas = frame.current;
    if (!canvas) return;
    const onWheel = (event: WheelEvent) => {
      if (!isTrackpad(event) || !(event.target instanceof Element) || event.target.closest('.nowheel'))
        return;
      event.preventDefault();
      event.stopPropagation();
      void store.getState().panBy({ x: -event.deltaX, y: -event.deltaY });
    };
    const onFocus = (event: FocusEvent) => {
      const element = event.target as HTMLElement;
      if (!element.matches('[role="group"][data-id]:focus-visible')) return;
      const id = element.dataset.id;
      if (id && !view.getState().linking) view.select([id]);
    };
    const onClick = (event: MouseEvent) => {
      // React Flow hears of clicks with a mouse only.
      if (press.pointerType() !== 'touch' || !(event.target as Element).matches('.react-flow__pane')) return;
      if (presses.current) presses.current.click(event);
      else view.select([]);
    };
    const press = longPress();
    canvas.addEventListener('wheel', onWheel, { capture: true, passive: false });
    canvas.addEventListener('focusin', onFocus);
    canvas.addEventListener('click', onClick);
    canvas.addEventListener('pointerdown', press.begin, { capture: true });
    window.addEventListener('pointermove', press.move);
    window.addEventListener('pointerup', press.end);
    window.addEventListener('pointercancel', press.end);
    return () => {
      press.end();
      canvas.removeEventListener('wheel', onWheel, { capture: true });
      canvas.removeEventListener('focusin', onFocus);
      canvas.removeEventListener('click', onClick);
      canvas.removeEventListener('pointerdown', press.begin, { capture: true });
      window.removeEventListener('pointermove', press.move);
      window.removeEventListener('pointerup', press.end);
      window.removeEventListener('pointercancel', press.end);
    };
  }, [frame, presses, store, view]);
}

/** Two fingers move in both directions and in odd steps; a wheel turns in whole notches. Ctrl means pinch: zoom. */
function isTrackpad(event: WheelEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.deltaMode !== 0) return false;
  if (event.deltaX !== 0 && !event.shiftKey) return true;
  const notch = (event as WheelEvent & { wheelDeltaY?: number }).wheelDeltaY ?? 120;
  return Math.abs(notch) % 120 !== 0 && Math.abs(event.deltaY) < 50;
}

/** Touch screens that send no context menu of their own (Safari) get one after a long press. */
function longPress() {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let start = { x: 0, y: 0 };
  let pointerType = '';
  const end = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    end,
    /** What was pressed with last. */
    pointerType: () => pointerType,
    begin(event: PointerEvent) {
      end();
      pointerType = event.pointerType;
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      const { target, clientX, clientY } = event;
      start = { x: clientX, y: clientY };
      timer = setTimeout(() => {
        const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY });
        target?.dispatchEvent(menu);
      }, LONG_PRESS_MS);
    },
    move(event: PointerEvent) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > PRESS_SLACK) end();
    },
  };
}
