/** What follows the pointer while a component is dragged out of the palette. */
import { createPortal } from 'react-dom';
import { useServices } from '../app/context.ts';
import { KindIcon } from '../canvas/KindIcon.tsx';
import { nodeSize } from '../canvas/geometry.ts';
import type { Ghost } from './use-dragging.ts';
import css from './DragGhost.module.css';

/** Smaller nobody could read what is dragged. */
const LEAST_ZOOM = 0.4;

/** As large as the card will be on the canvas. */
export function DragGhost({ ghost }: { ghost: Ghost | null }) {
  const { canvas } = useServices();
  if (!ghost) return null;
  const { spec, at, isOverCanvas, words } = ghost;
  const { width, height } = nodeSize(spec);
  const zoom = Math.max(LEAST_ZOOM, canvas.clientAt({ x: 1, y: 0 }).x - canvas.clientAt({ x: 0, y: 0 }).x);
  return createPortal(
    <div className={css.pointer} style={{ transform: `translate(${at.x}px, ${at.y}px)` }} aria-hidden>
      <div
        className={css.ghost}
        data-over={isOverCanvas || undefined}
        style={{ width, height, scale: `${zoom}` }}
      >
        <KindIcon spec={spec} size={22} />
        <b>{spec.label}</b>
      </div>
      {words && (
        <span className={css.words} style={{ top: (height / 2) * zoom + 8 }}>
          {words}
        </span>
      )}
    </div>,
    document.body,
  );
}
