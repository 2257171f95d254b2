/**
 * The circuit breaker as a state machine (semantics: resilience4j). It hears only real changes: that the window crossed
 * a threshold, how the trial calls ended, and what people order. Counting is done outside, in typed arrays.
 */
import { assign, setup } from 'xstate';

export interface BreakerTimes {
  /** How long it stays open, ms: the first time, and how many times longer each time trials have failed, up to most. */
  readonly openMs: number;
  readonly openGrowth: number;
  readonly openMostMs: number;
  /** How long half-open waits for trial calls, ms; 0 = for ever. */
  readonly trialMs: number;
}

export type BreakerEvent =
  /** The window holds enough results and crossed the failure or slow-call threshold. */
  | { readonly type: 'TRIP' }
  | { readonly type: 'TRIALS_OK' }
  | { readonly type: 'TRIALS_FAILED' }
  /** The caller gave a trial call up, and that is to open it again. */
  | { readonly type: 'TRIAL_CANCELLED' }
  | { readonly type: 'FORCE_OPEN' }
  | { readonly type: 'DISABLE' }
  | { readonly type: 'WATCH' }
  | { readonly type: 'RESET' }
  /** New times; `elapsedMs` is how long it has been in its state, which they count from. */
  | { readonly type: 'CONFIG'; readonly times: BreakerTimes; readonly elapsedMs: number };

/** Longer than any run: the delay of a timed transition that is switched off. */
const NEVER_MS = 8_640_000_000;

interface Context extends BreakerTimes {
  /** Times it has opened since it was last closed. */
  readonly openings: number;
}

/** How long it stays open for the n-th time in a row, ms. */
export function openWaitMs({ openMs, openGrowth, openMostMs }: BreakerTimes, n: number): number {
  let wait = openMs;
  for (let i = 1; i < n && wait < openMostMs; i++) wait *= openGrowth;
  return openGrowth === 1 ? openMs : Math.min(wait, openMostMs);
}

/** What is left of a wait: all of it when a state is entered, less after new times. */
function left(waitMs: number, event: BreakerEvent): number {
  return event.type === 'CONFIG' ? Math.max(0, waitMs - event.elapsedMs) : waitMs;
}

export const breakerMachine = setup({
  types: { context: {} as Context, events: {} as BreakerEvent, input: {} as BreakerTimes },
  actions: {
    setTimes: assign(({ event, context }) => (event.type === 'CONFIG' ? event.times : context)),
    countOpening: assign(({ context }) => ({ openings: context.openings + 1 })),
    forgetOpenings: assign({ openings: 0 }),
  },
  delays: {
    openWait: ({ context, event }) => left(openWaitMs(context, context.openings), event),
    trialWait: ({ context, event }) => left(context.trialMs > 0 ? context.trialMs : NEVER_MS, event),
  },
}).createMachine({
  id: 'breaker',
  context: ({ input }) => ({ ...input, openings: 0 }),
  initial: 'closed',
  on: {
    FORCE_OPEN: '.forcedOpen',
    DISABLE: '.disabled',
    WATCH: '.metricsOnly',
    RESET: '.closed',
    CONFIG: { actions: 'setTimes' },
  },
  states: {
    closed: { entry: 'forgetOpenings', on: { TRIP: { target: 'open', actions: 'countOpening' } } },
    open: {
      on: { CONFIG: { target: 'open', reenter: true, actions: 'setTimes' } },
      after: { openWait: 'halfOpen' },
    },
    halfOpen: {
      on: {
        TRIALS_OK: 'closed',
        TRIALS_FAILED: { target: 'open', actions: 'countOpening' },
        TRIAL_CANCELLED: { target: 'open', actions: 'countOpening' },
        CONFIG: { target: 'halfOpen', reenter: true, actions: 'setTimes' },
      },
      after: { trialWait: { target: 'open', actions: 'countOpening' } },
    },
    forcedOpen: {},
    disabled: {},
    metricsOnly: {},
  },
});
