/** Says at the cursor, or at the chosen node, whether a connection can be made, and if not why. */
import { useEffect, useRef } from 'react';
import { useDesign, useServices, useView } from '../app/context.ts';
import { boxOf } from './flow.ts';
import { verdictText } from './linking.ts';
import css from './LinkingLayer.module.css';

export default function LinkingLayer() {
  const { canvas } = useServices();
  const linking = useView((view) => view.linking);
  const design = useDesign((each) => each);
  const bubble = useRef<HTMLDivElement>(null);
  const isByPointer = linking?.by === 'pointer';
  useEffect(() => {
    if (!isByPointer) return;
    // This layer is fetched when it is first needed: the pointer may have come to rest before.
    const now = canvas.pointer();
    if (now) place(bubble.current, now.x + 16, now.y + 18);
    const follow = (event: PointerEvent) => place(bubble.current, event.clientX + 16, event.clientY + 18);
    window.addEventListener('pointermove', follow);
    return () => window.removeEventListener('pointermove', follow);
  }, [canvas, isByPointer]);
  const chosen = linking?.by === 'keys' ? design.nodes.find((node) => node.id === linking.target) : undefined;
  useEffect(() => {
    if (!chosen) return;
    const { x, y, height } = boxOf(chosen);
    const at = canvas.clientAt({ x, y: y + height });
    place(bubble.current, at.x, at.y + 8);
  }, [canvas, chosen]);
  if (!linking) return null;
  const text = linking.target ? verdictText(design, linking, linking.target) : null;
  const hint = linking.by === 'keys' ? 'Tab or arrows choose · Enter links · Esc cancels' : null;
  const isLegal = linking.target !== null && linking.verdicts.get(linking.target) === 'legal';
  return (
    <div ref={bubble} className={css.bubble} data-legal={isLegal || undefined} hidden={!text}>
      {text}
      {hint && <small>{hint}</small>}
    </div>
  );
}

function place(bubble: HTMLElement | null, x: number, y: number): void {
  if (!bubble) return;
  const width = bubble.offsetWidth;
  const left = Math.max(8, Math.min(x, window.innerWidth - width - 8));
  bubble.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.min(y, window.innerHeight - 60))}px)`;
}
