/**
 * Holds a layer that draws in pixels of the screen between the links and the nodes, and tells the geometry where the
 * view looks, in the same moment as React Flow moves it. It must not know what the layer draws.
 */
import { useViewport, ViewportPortal } from '@xyflow/react';
import { useLayoutEffect, type ReactNode, type RefObject } from 'react';
import type { GeometryStore } from './geometry-store.ts';
import css from './Canvas.module.css';

/** Below this zoom numbers cannot be read and make room for name and state. */
const FAR_BELOW = 0.5;

interface ScreenLayerProps {
  readonly geometry: GeometryStore;
  readonly frame: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

export function ScreenLayer({ geometry, frame, children }: ScreenLayerProps) {
  const { x, y, zoom } = useViewport();
  useLayoutEffect(() => {
    geometry.look({ x, y, zoom });
    if (frame.current) frame.current.dataset.far = zoom < FAR_BELOW ? 'yes' : '';
  }, [geometry, frame, x, y, zoom]);
  return (
    <ViewportPortal>
      <div className={css.screen} style={{ transform: `scale(${1 / zoom}) translate(${-x}px, ${-y}px)` }}>
        {children}
      </div>
    </ViewportPortal>
  );
}
