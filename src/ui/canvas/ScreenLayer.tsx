/**
 * Holds a layer that draws in pixels of the screen, and tells the geometry where the view looks, in the same moment as
 * React Flow moves it. It must not know what the layer draws.
 */
import { useViewport, ViewportPortal } from '@xyflow/react';
import { useLayoutEffect, type ReactNode } from 'react';
import type { GeometryStore } from './geometry-store.ts';
import css from './Canvas.module.css';

interface ScreenLayerProps {
  readonly geometry: GeometryStore;
  /** What it lies among: links are lowest, then dots, then cards. */
  readonly depth: 'links' | 'dots' | 'cards';
  readonly children: ReactNode;
}

export function ScreenLayer({ geometry, depth, children }: ScreenLayerProps) {
  const { x, y, zoom } = useViewport();
  useLayoutEffect(() => geometry.look({ x, y, zoom }), [geometry, x, y, zoom]);
  return (
    <ViewportPortal>
      <div
        className={css.screen}
        data-depth={depth}
        style={{ transform: `scale(${1 / zoom}) translate(${-x}px, ${-y}px)` }}
      >
        {children}
      </div>
    </ViewportPortal>
  );
}
