/**
 * The circuit breaker as a state machine (semantics: resilience4j). It hears only real changes: that the window crossed
 * a threshold, how the trial calls ended, and what people order. Counting is done outside, in typed arrays.
 */
import { assign, setup } from 'xstate';

export interface BreakerTimes {
  /** How long it stays open, ms. */
  readonly openMs: number;
  /** How long half-open waits for trial calls, ms; 0 = for ever. */
  readonly trialMs: number;
}

export type BreakerEvent =
  /** The window holds enough results and crossed the failure or slow-call threshold. */
  | { readonly type: 'TRIP' }
  | { readonly type: 'TRIALS_OK' }
  | { readonly type: 'TRIALS_FAILED' }
  | { readonly type: 'FORCE_OPEN' }
  | { readonly type: 'DISABLE' }
  | { readonly type: 'RESET' }
  /** New times; `elapsedMs` is how long it has been in its state, which they count from. */
  | ({ readonly type: 'CONFIG'; readonly elapsedMs: number } & BreakerTimes);

/** Longer than any run: the delay of a timed transition that is switched off. */
const NEVER_MS = 8_640_000_000;

/** What is left of a wait: all of it when a state is entered, less after new times. */
function left(waitMs: number, event: BreakerEvent): number {
  return event.type === 'CONFIG' ? Math.max(0, waitMs - event.elapsedMs) : waitMs;
}

export const breakerMachine = setup({
  types: { context: {} as BreakerTimes, events: {} as BreakerEvent, input: {} as BreakerTimes },
  actions: {
    setTimes: assign(({ event, context }) =>
      event.type === 'CONFIG' ? { openMs: event.openMs, trialMs: event.trialMs } : context,
    ),
  },
  delays: {
    openWait: ({ context, event }) => left(context.openMs, event),
    trialWait: ({ context, event }) => left(context.trialMs > 0 ? context.trialMs : NEVER_MS, event),
  },
}).createMachine({
  id: 'breaker',
  context: ({ input }) => ({ openMs: input.openMs, trialMs: input.trialMs }),
  initial: 'closed',
  on: {
    FORCE_OPEN: '.forcedOpen',
    DISABLE: '.disabled',
    RESET: '.closed',
    CONFIG: { actions: 'setTimes' },
  },
  states: {
    closed: { on: { TRIP: 'open' } },
    open: {
      on: { CONFIG: { target: 'open', reenter: true, actions: 'setTimes' } },
      after: { openWait: 'halfOpen' },
    },
    halfOpen: {
      on: {
        TRIALS_OK: 'closed',
        TRIALS_FAILED: 'open',
        CONFIG: { target: 'halfOpen', reenter: true, actions: 'setTimes' },
      },
      after: { trialWait: 'open' },
    },
    forcedOpen: {},
    disabled: {},
  },
});
