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
import { pickDots } from './pick.ts';
import styles from './TrafficLayer.module.css';

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
    const painter = createPainter(canvas, run.recycle);
    const stopFeeding = feedPainter(painter, run, geometry, parent);
    const root = parent.closest<HTMLElement>('.react-flow') ?? parent.parentElement;
    const stopPicking = root ? pickDots(root, parent, painter, run.openTrace) : () => {};
    return () => {
      stopPicking();
      stopFeeding();
      painter.stop();
      canvas.remove();
    };
  }, [run, geometry, isStill]);

  return <div ref={box} className={styles.layer} aria-hidden="true" data-testid="traffic" />;
}
