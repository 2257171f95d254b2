/** Live detail of one node or link, asked from the worker a few times a second while it is shown. */
import { useEffect, useState } from 'react';
import type { Inspection } from '../../session/inspection.ts';
import { everyAtMost } from '../run/beat.ts';
import { useRun } from '../run/use-run.ts';

const EVERY_MS = 300;

export function useInspection(id: string): Inspection | null {
  const run = useRun();
  const [inspection, setInspection] = useState<Inspection | null>(null);
  useEffect(() => {
    let isHere = true;
    let isAsking = false;
    const ask = async () => {
      if (isAsking) return;
      isAsking = true;
      // A run that ended answers with a rejection; the last picture stays until the next run.
      const answer = await run.session.inspect(id).catch(() => null);
      isAsking = false;
      if (isHere) setInspection(answer);
    };
    void ask();
    const leave = everyAtMost(run.live, EVERY_MS, () => void ask());
    return () => {
      isHere = false;
      leave();
    };
  }, [run, id]);
  return inspection?.subject === id ? inspection : null;
}
