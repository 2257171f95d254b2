/** Shows things on their way from where they were to where the document already has them. It must not know why. */
import type { Point } from '../../model/document.ts';
import type { Move } from '../../model/edit-data.ts';
import type { ViewStore } from '../app/view.ts';

const GLIDE_MS = 200;

/** Over at once where motion is unwanted, or nobody is looking. */
export function glide(
  view: Pick<ViewStore, 'setState'>,
  before: ReadonlyMap<string, Point>,
  moves: readonly Move[],
): Promise<void> {
  const isStill = document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (isStill) return Promise.resolve();
  const begin = performance.now();
  return new Promise((resolve) => {
    const show = () => {
      const share = Math.min(1, (performance.now() - begin) / GLIDE_MS);
      if (share >= 1) {
        view.setState({ shifted: null });
        return resolve();
      }
      const eased = 1 - (1 - share) ** 3;
      const shifted = moves.map(({ id, position }): [string, Point] => {
        const from = before.get(id) ?? position;
        return [id, { x: from.x + (position.x - from.x) * eased, y: from.y + (position.y - from.y) * eased }];
      });
      view.setState({ shifted: new Map(shifted) });
      requestAnimationFrame(show);
    };
    show();
  });
}
