/** The numbers of the link under the pointer, beside it. Written straight to the DOM with each frame. */
import { useEffect, useRef } from 'react';
import { useServices, useView } from '../app/context.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import { write } from './card-paint.ts';
import type { GeometryStore } from './geometry-store.ts';
import { pointAt } from './geometry.ts';
import { linkSentence } from './link-paint.ts';
import css from './LinkLabel.module.css';

/** Below the line, clear of the breaker in its middle; where it is wider than the gap, clear of the cards at both ends. */
const BELOW = 20;
const BELOW_CARDS = 66;

export function LinkLabel({ geometry }: { geometry: GeometryStore }) {
  const { run } = useServices();
  const id = useView((view) => view.hoveredLink);
  const label = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!id) return;
    const paint = () => {
      const element = label.current;
      const curve = geometry.curve(id);
      if (!element || !curve) return;
      const { x, y, zoom } = geometry.viewport();
      const middle = pointAt(curve, 0.5);
      write(element, linkSentence(run.live, id));
      const isWide = element.offsetWidth > Math.abs(curve.end.x - curve.start.x) * zoom;
      const below = isWide ? Math.max(BELOW, BELOW_CARDS * zoom) : BELOW;
      const [left, top] = [middle.x * zoom + x, middle.y * zoom + y + below];
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px) translateX(-50%)`;
    };
    paint();
    const leave = [everyAtMost(run.live, BEAT_MS, paint), geometry.subscribe(paint)];
    return () => leave.forEach((each) => each());
  }, [run, id, geometry]);
  return <div ref={label} className={`${css.label} number`} hidden={!id} role="tooltip" />;
}
