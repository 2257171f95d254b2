// The page's main thread out of a trace: every task, how long it took and how much of that the processor worked.

export const MARK = 'bench: same instant';

/** `markedMs` is when the page set MARK. Times are ms of the page's own clock. */
export function mainThreadTasks(trace, markedMs) {
  const { traceEvents } = JSON.parse(trace);
  const mark = traceEvents.find(({ name }) => name === MARK);
  if (!mark) throw new Error('The trace does not hold the mark of the page.');
  const { pid, tid } = mark;
  return traceEvents
    .filter((event) => event.pid === pid && event.tid === tid && /(^|::)RunTask$/.test(event.name))
    .map(({ ts, dur = 0, tdur = 0 }) => ({
      start: markedMs + (ts - mark.ts) / 1_000,
      length: dur / 1_000,
      cpu: tdur / 1_000,
    }));
}
