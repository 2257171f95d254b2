/** Selects a node or link, brings it into view and puts the focus on it. */
import type { Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf } from '../canvas/geometry.ts';
import { nameOf } from '../run/design-source.ts';

type Showing = Pick<Services, 'design' | 'view' | 'canvas' | 'speech'>;

export function showElement({ design, view, canvas, speech }: Showing, id: string): void {
  const { design: shown } = design.getState();
  const link = shown.links.find((each) => each.id === id);
  const ends = link ? [link.from, link.to] : [id];
  const box = boundsOf(shown.nodes.filter((node) => ends.includes(node.id)).map((node) => boxOf(node)));
  if (!box) return;
  // The review lies over the right of the canvas.
  const panel = document.querySelector('[data-review]')?.clientWidth ?? 0;
  const zoom = canvas.clientAt({ x: 1, y: 0 }).x - canvas.clientAt({ x: 0, y: 0 }).x || 1;
  view.select([id]);
  canvas.reveal({ ...box, width: box.width + panel / zoom });
  speech.say(`${nameOf(shown, id)} is selected.`);
}
