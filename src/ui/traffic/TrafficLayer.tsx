/**
 * The canvas layer of moving dots: fills its parent, in step with the view, never in the way of a pointer. A click on
 * a dot (or near it) opens the trace of its request. It must not know how dots are moved or drawn.
 */
import { useEffect, useRef } from 'react';
import type { CanvasGeometry } from '../canvas/geometry.ts';
import { useReducedMotion } from '../run/use-reduced-motion.ts';
import { useRun } from '../run/use-run.ts';
import { feedPainter } from './feed.ts';
import { createPainter } from './painter.ts';
import styles from './TrafficLayer.module.css';

/** Where a click may mean a dot: empty canvas and links, never nodes or handles. */
const UNDER_DOTS = '.react-flow__pane, .react-flow__edge';

export function TrafficLayer({ geometry }: { readonly geometry: CanvasGeometry }) {
  const run = useRun();
  const box = useRef<HTMLDivElement>(null);
  const isStill = useReducedMotion();

  useEffect(() => {
    const parent = box.current;
    if (!parent || isStill) return;
    // Made here and not in the markup: a canvas can be handed to a worker only once.
    const canvas = document.createElement('canvas');
    parent.append(canvas);
    const painter = createPainter(canvas);
    const stopFeeding = feedPainter(painter, run, geometry, parent);
    const root = parent.closest<HTMLElement>('.react-flow') ?? parent.parentElement;
    const openTrace = async (event: MouseEvent) => {
      if (!(event.target instanceof Element) || !event.target.closest(UNDER_DOTS)) return;
      const corner = parent.getBoundingClientRect();
      const request = await painter.hitTest(event.clientX - corner.left, event.clientY - corner.top);
      if (request !== null) run.openTrace(request);
    };
    const onClick = (event: MouseEvent) => void openTrace(event);
    root?.addEventListener('click', onClick);
    return () => {
      root?.removeEventListener('click', onClick);
      stopFeeding();
      painter.stop();
      canvas.remove();
    };
  }, [run, geometry, isStill]);

  return <div ref={box} className={styles.layer} aria-hidden="true" data-testid="traffic" />;
}
