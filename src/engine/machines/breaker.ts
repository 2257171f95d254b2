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
  | ({ readonly type: 'CONFIG' } & BreakerTimes);

/** Longer than any run: the delay of a timed transition that is switched off. */
const NEVER_MS = 8_640_000_000;

export const breakerMachine = setup({
  types: { context: {} as BreakerTimes, events: {} as BreakerEvent, input: {} as BreakerTimes },
  delays: {
    openWait: ({ context }) => context.openMs,
    trialWait: ({ context }) => (context.trialMs > 0 ? context.trialMs : NEVER_MS),
  },
}).createMachine({
  id: 'breaker',
  context: ({ input }) => ({ openMs: input.openMs, trialMs: input.trialMs }),
  initial: 'closed',
  on: {
    FORCE_OPEN: '.forcedOpen',
    DISABLE: '.disabled',
    RESET: '.closed',
    CONFIG: { actions: assign(({ event }) => ({ openMs: event.openMs, trialMs: event.trialMs })) },
  },
  states: {
    closed: { on: { TRIP: 'open' } },
    open: { after: { openWait: 'halfOpen' } },
    halfOpen: {
      on: { TRIALS_OK: 'closed', TRIALS_FAILED: 'open' },
      after: { trialWait: 'open' },
    },
    forcedOpen: {},
    disabled: {},
  },
});
