/** Keeps the frame or the card of a group up to date with what befell it. It must not know what is written. */
import { useEffect, type RefObject } from 'react';
import { useDesign } from '../app/context.ts';
import { useRun } from '../run/use-run.ts';

export function useGroupPaint(
  element: RefObject<HTMLElement | null>,
  id: string,
  how: 'frame' | 'card',
): void {
  const design = useDesign((each) => each);
  const run = useRun();
  useEffect(() => {
    let leave = () => {};
    let isHere = true;
    void import('./group-watch.ts').then(
      ({ watchGroup }) => {
        if (isHere && element.current) leave = watchGroup(run, design, id, element.current, how);
      },
      () => {}, // what stands in it still says how it is
    );
    return () => {
      isHere = false;
      leave();
    };
  }, [element, design, id, how, run]);
}
