/** What follows the pointer while a component is dragged out of the palette. */
import { createPortal } from 'react-dom';
import { KindIcon } from '../canvas/KindIcon.tsx';
import { nodeSize } from '../canvas/geometry.ts';
import type { Ghost } from './use-dragging.ts';
import css from './DragGhost.module.css';

export function DragGhost({ ghost }: { ghost: Ghost | null }) {
  if (!ghost) return null;
  const { spec, at, isOverCanvas, words } = ghost;
  const { width, height } = nodeSize(spec);
  return createPortal(
    <div
      className={css.ghost}
      data-over={isOverCanvas || undefined}
      style={{ width, height, transform: `translate(${at.x - width / 2}px, ${at.y - height / 2}px)` }}
      aria-hidden
    >
      <KindIcon spec={spec} size={22} />
      <b>{spec.label}</b>
      {words && <span className={css.words}>{words}</span>}
    </div>,
    document.body,
  );
}
