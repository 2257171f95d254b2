/** What a drag would do, over the canvas: lines it is flush with, outlines of copies, and words at the pointer. */
import { useViewport, ViewportPortal } from '@xyflow/react';
import { useView } from '../app/context.ts';
import css from './DragLayer.module.css';

export default function DragLayer() {
  const dragged = useView((view) => view.dragged);
  const { zoom } = useViewport();
  if (!dragged) return null;
  const { guides, copies, words, at } = dragged;
  return (
    <ViewportPortal>
      <svg className={css.guides} width="1" height="1" aria-hidden>
        {guides.map(({ from, to }, index) => (
          <line key={index} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        ))}
        {copies.map((box, index) => (
          <rect key={index} {...box} rx="10" />
        ))}
      </svg>
      {words && at && (
        <div
          className={css.words}
          style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${1 / zoom}) translate(-50%, 10px)` }}
        >
          {words}
        </div>
      )}
    </ViewportPortal>
  );
}
