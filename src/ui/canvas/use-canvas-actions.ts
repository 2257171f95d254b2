/** Lets the rest of the interface move the view and the focus, through the canvas handle. */
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import type { Point, Viewport } from '../../model/document.ts';
import { useServices } from '../app/context.ts';
import type { CanvasActions } from './handle.ts';
import { boundsOf, noteBox, type Box } from './geometry.ts';
import { boxOf } from './flow.ts';

/** Room around what is shown, in CSS pixels. */
const EDGE = 40;
const STEP_MS = 160;
const LEAST_ZOOM = 0.1;

export function useCanvasActions(frame: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const { canvas, design } = useServices();
  useEffect(() => {
    const pointer = followPointer(frame.current);
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : STEP_MS;
    const size = () => frame.current?.getBoundingClientRect() ?? new DOMRect();
    const fit = (box?: Box | null, ms = duration) => {
      const { nodes, notes } = design.getState().design;
      const around = box ?? boundsOf([...nodes.map((node) => boxOf(node)), ...notes.map(noteBox)], EDGE);
      const { width, height } = size();
      // Nothing to show: life size, for what will be drawn.
      if (!around) void flow.setViewport({ x: 0, y: 0, zoom: 1 }, { duration: ms });
      else if (width > 0) void flow.setViewport(viewOf(around, width, height), { duration: ms });
    };
    const actions: CanvasActions = {
      centre() {
        const { left, top, width, height } = size();
        return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 }, { snapToGrid: false });
      },
      pointer: pointer.where,
      pointAt({ x, y }) {
        const { left, top, right, bottom } = size();
        const isInside = x >= left && x <= right && y >= top && y <= bottom;
        return isInside ? flow.screenToFlowPosition({ x, y }, { snapToGrid: false }) : null;
      },
      clientAt: (point) => flow.flowToScreenPosition(point),
      fit: (box) => fit(box),
      reveal(box) {
        const { left, top, right, bottom } = size();
        if (right <= left) return;
        const from = flow.flowToScreenPosition(box);
        const to = flow.flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
        const x = Math.max(0, left + EDGE - from.x) || Math.min(0, right - EDGE - to.x);
        const y = Math.max(0, top + EDGE - from.y) || Math.min(0, bottom - EDGE - to.y);
        if (x === 0 && y === 0) return;
        const view = flow.getViewport();
        void flow.setViewport({ ...view, x: view.x + x, y: view.y + y }, { duration });
      },
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration }),
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration }),
      panBy: (delta) => void store.getState().panBy(delta),
      focus(id) {
        const element = id
          ? frame.current?.querySelector<HTMLElement>(
              `[role="group"][tabindex="0"][data-id="${CSS.escape(id)}"]`,
            )
          : frame.current;
        element?.focus({ preventScroll: true });
      },
    };
    const detach = canvas.attach(actions);
    const stopKeeping = keepMiddle(frame.current, actions.panBy);
    const leave = design.source.subscribe((change) => change === 'open' && fit(null, 0));
    // The design may have come before the canvas.
    fit(null, 0);
    return () => {
      pointer.stop();
      stopKeeping();
      detach();
      leave();
    };
  }, [flow, store, canvas, design, frame]);
}

/** The whole box in the middle, never larger than life. */
function viewOf(box: Box, width: number, height: number): Viewport {
  const zoom = Math.max(LEAST_ZOOM, Math.min(1, width / box.width, height / box.height));
  return {
    x: (width - box.width * zoom) / 2 - box.x * zoom,
    y: (height - box.height * zoom) / 2 - box.y * zoom,
    zoom,
  };
}

/** What is in the middle stays there when the canvas grows or shrinks: a dock that opens must not cover it. */
function keepMiddle(element: HTMLElement | null, panBy: (delta: Point) => void): () => void {
  let last = { width: 0, height: 0 };
  const resized = new ResizeObserver(([{ contentRect: next }]) => {
    const [x, y] = [(next.width - last.width) / 2, (next.height - last.height) / 2];
    // Before it had a size there was no middle.
    if (last.width > 0 && last.height > 0) panBy({ x, y });
    last = next;
  });
  if (element) resized.observe(element);
  return () => resized.disconnect();
}

/** A finger that was lifted is nowhere; a mouse stays where it is. */
function followPointer(element: HTMLElement | null): { where(): Point | null; stop(): void } {
  let at: Point | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  const see = (event: PointerEvent) => {
    at = event.pointerType === 'touch' ? null : { x: event.clientX, y: event.clientY };
  };
  element?.addEventListener('pointermove', see, { signal, passive: true });
  element?.addEventListener('pointerleave', () => (at = null), { signal });
  return { where: () => at, stop: () => stop.abort() };
}
