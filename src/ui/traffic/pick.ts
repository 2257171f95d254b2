/**
 * Finds the dot that a pointer means, without standing in the way of nodes and links: listens on the canvas and asks the
 * painter what is drawn there. It must not know what is done with the request.
 */
import type { Painter } from './painter.ts';

/** Where a pointer may mean a dot: empty canvas and links, never nodes or handles. */
const UNDER_DOTS = '.react-flow__pane, .react-flow__edge';
/** Looks for a dot under a moving pointer so often, ms. */
const LOOK_MS = 60;

/** `box` is where the dots are drawn. Marks `root` with `data-over-dot` while a click would hit one. */
export function pickDots(
  root: HTMLElement,
  box: HTMLElement,
  painter: Pick<Painter, 'hitTest'>,
  onPick: (request: number) => void,
): () => void {
  let lookedAt = -Infinity;
  const find = (event: MouseEvent): Promise<number | null> => {
    if (!(event.target instanceof Element) || !event.target.closest(UNDER_DOTS)) return Promise.resolve(null);
    const corner = box.getBoundingClientRect();
    return painter.hitTest(event.clientX - corner.left, event.clientY - corner.top);
  };
  const onClick = (event: MouseEvent) =>
    void find(event).then((request) => {
      if (request !== null) onPick(request);
    });
  const onMove = (event: PointerEvent) => {
    if (event.buttons !== 0 || event.timeStamp - lookedAt < LOOK_MS) return;
    lookedAt = event.timeStamp;
    void find(event).then((request) => root.toggleAttribute('data-over-dot', request !== null));
  };
  root.addEventListener('click', onClick);
  root.addEventListener('pointermove', onMove);
  return () => {
    root.removeEventListener('click', onClick);
    root.removeEventListener('pointermove', onMove);
    root.removeAttribute('data-over-dot');
  };
}
