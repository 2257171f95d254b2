/**
 * How React components reach the run: the run itself, its slow state, and live numbers at a rate people can read.
 * Nothing in here may re-render a component once per frame.
 */
import { createContext, useContext, useEffect, useReducer, useRef } from 'react';
import { useStore } from 'zustand';
import { everyAtMost } from './beat.ts';
import type { Live } from './live.ts';
import type { Run } from './run.ts';
import type { RunState } from './run-state.ts';

const RunContext = createContext<Run | null>(null);
export const RunProvider = RunContext.Provider;

export function useRun(): Run {
  const run = useContext(RunContext);
  if (!run) throw new Error('There is no RunProvider above this component.');
  return run;
}

/** Play state, speed, seed and the like: things that change when people act. */
export function useRunState<T>(select: (state: RunState) => T): T {
  return useStore(useRun().state, select);
}

/** Digits that change more often cannot be read. */
const READABLE_MS = 250;

/**
 * A value made from the latest frame, looked at again every `everyMs` at most; renders only when it changed.
 * `select` must give a primitive, or the same object for the same content.
 */
export function useLive<T>(select: (live: Live, run: Run) => T, everyMs = READABLE_MS): T {
  const run = useRun();
  const [, render] = useReducer((count: number) => count + 1, 0);
  const value = select(run.live, run);
  const shown = useRef({ select, value });
  useEffect(() => {
    shown.current = { select, value };
  });
  useEffect(() => {
    const check = () => {
      const { select: current, value: before } = shown.current;
      if (!Object.is(current(run.live, run), before)) render();
    };
    return everyAtMost(run.live, everyMs, check);
  }, [run, everyMs]);
  return value;
}
