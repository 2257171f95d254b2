/**
 * What of a painted board is touched: under the pointer, selected alone, renamed or being linked. That becomes an
 * element, in time for the press that may follow; what is pressed without one, links and all under a finger, is found
 * by its place. It must not know how anything is painted.
 */
import { useEffect, useImperativeHandle, useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useServices, useView, type Services } from '../app/context.ts';
import type { GeometryStore } from '../canvas/geometry-store.ts';
import { hoverTarget } from '../canvas/linking.ts';
import type { PaintedPresses } from '../canvas/painted-presses.ts';
import type { Selecting } from '../canvas/use-selecting.ts';
import { openLinkMenu, openNodeMenu } from '../menu/open.ts';
import { linkUnder, nodeUnder } from './under-point.ts';

/** A pointer this near to a link means it, CSS pixels. */
const REACH = 6;

export interface Touching {
  readonly geometry: GeometryStore;
  readonly selecting: Pick<Selecting, 'box' | 'pick'>;
  readonly frame: RefObject<HTMLElement | null>;
  readonly presses: RefObject<PaintedPresses | null>;
  /** Makes elements of these. */
  touch(ids: ReadonlySet<string>): void;
}

export function useTouching({ geometry, selecting, frame, presses, touch }: Touching): void {
  const services = useServices();
  const hovered = useHovered(geometry, frame);
  const renamed = useView((view) => view.renaming);
  const linked = useView((view) => view.linking?.from ?? null);
  const selected = useView((view) => (view.selection.size === 1 ? [...view.selection][0] : null));
  useLayoutEffect(() => {
    touch(new Set([hovered, renamed, linked, selected].filter((id) => id !== null)));
  }, [touch, hovered, renamed, linked, selected]);
  useImperativeHandle(
    presses,
    (): PaintedPresses => ({
      click(event) {
        const { node, link } = paintedAt(services, geometry, event);
        // React Flow forgets the selection of its elements right after this.
        queueMicrotask(() => selecting.pick(node ?? link));
      },
      menu(event) {
        const { node, link } = paintedAt(services, geometry, event);
        if (link) openLinkMenu(services, event, link);
        else if (node) openNodeMenu(services, event, node);
        return (node ?? link) !== null;
      },
    }),
    [services, geometry, selecting],
  );
}

/** The component under a pointer that nothing is held with; the link there becomes the hovered one. */
function useHovered(geometry: GeometryStore, frame: RefObject<HTMLElement | null>): string | null {
  const services = useServices();
  const [hovered, setHovered] = useState<string | null>(null);
  useEffect(() => {
    const canvas = frame.current;
    if (!canvas) return;
    let last: string | null = null;
    const show = (id: string | null) => {
      // At once: the press that may follow has to meet an element.
      if (id !== last) flushSync(() => setHovered(id));
      last = id;
    };
    const move = (event: PointerEvent) => {
      const isLinking = services.view.getState().linking?.by === 'pointer';
      if (!isLinking && (event.buttons !== 0 || event.pointerType === 'touch')) return;
      const isOver = document.elementFromPoint(event.clientX, event.clientY)?.closest('.react-flow__pane');
      const { node, link } = isOver ? paintedAt(services, geometry, event) : NOTHING;
      if (isLinking) return hoverTarget(services, node);
      show(node);
      services.view.setState({ hoveredLink: link });
    };
    const leave = (event: PointerEvent) => event.buttons === 0 && show(null);
    window.addEventListener('pointermove', move);
    canvas.addEventListener('pointerleave', leave);
    return () => {
      window.removeEventListener('pointermove', move);
      canvas.removeEventListener('pointerleave', leave);
    };
  }, [services, geometry, frame]);
  return hovered;
}

interface Found {
  readonly node: string | null;
  readonly link: string | null;
}

const NOTHING: Found = { node: null, link: null };

function paintedAt(
  { design, canvas }: Services,
  geometry: GeometryStore,
  { clientX: x, clientY: y }: { readonly clientX: number; readonly clientY: number },
): Found {
  const point = canvas.pointAt({ x, y });
  if (!point) return NOTHING;
  const node = nodeUnder(geometry, point);
  if (node !== null) return { node, link: null };
  const reach = REACH / geometry.viewport().zoom;
  return { node, link: linkUnder(design.getState().design, geometry, point, reach) };
}
