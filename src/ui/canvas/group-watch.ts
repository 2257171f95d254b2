/**
 * Keeps the frame or the card of a group up to date with what befell it. No part of the first picture: nothing has
 * befallen anything yet. It must not know React.
 */
import type { Design } from '../../model/document.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import type { Run } from '../run/run.ts';
import { paintCard, paintFrame } from './group-paint.ts';
import { membersOf } from './grouping.ts';

/** Only the simulation knows whether its border is cut. */
const ASK_MS = 300;

/** Returns the way out. */
export function watchGroup(
  run: Run,
  design: Design,
  id: string,
  element: HTMLElement,
  how: 'frame' | 'card',
): () => void {
  const members = membersOf(design, id);
  const write = how === 'frame' ? paintFrame : paintCard;
  let isCut = false;
  const paint = () => write(element, { members, isCut }, design, run.live);
  const ask = async () => {
    // A run that ended does not answer; then nothing is cut.
    const answer = await run.session.inspect(id).catch(() => null);
    isCut = answer?.faults.some(({ fault }) => fault === 'partition') ?? false;
  };
  paint();
  void ask();
  const leave = [everyAtMost(run.live, BEAT_MS, paint), everyAtMost(run.live, ASK_MS, () => void ask())];
  return () => leave.forEach((out) => out());
}
