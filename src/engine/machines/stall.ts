/**
 * Whether the process of a unit gets on at all: it runs, stands still for a while (garbage collection, a frozen virtual
 * machine), or hangs. It must not know what becomes of the calls inside.
 */
import { assign, setup } from 'xstate';

export type StallEvent =
  /** Everything stands still for so long, ms. */
  | { readonly type: 'PAUSE'; readonly pauseMs: number }
  /** Nothing is answered any more. */
  | { readonly type: 'HANG' }
  | { readonly type: 'RELEASE' };

export const stallMachine = setup({
  types: { context: {} as { readonly pauseMs: number }, events: {} as StallEvent },
  actions: {
    setPause: assign(({ event, context }) => (event.type === 'PAUSE' ? { pauseMs: event.pauseMs } : context)),
  },
  delays: { pause: ({ context }) => context.pauseMs },
}).createMachine({
  id: 'stall',
  context: { pauseMs: 0 },
  initial: 'running',
  states: {
    running: { on: { PAUSE: { target: 'paused', actions: 'setPause' }, HANG: 'hung' } },
    paused: {
      after: { pause: 'running' },
      on: {
        PAUSE: { target: 'paused', reenter: true, actions: 'setPause' },
        HANG: 'hung',
        RELEASE: 'running',
      },
    },
    hung: { on: { RELEASE: 'running' } },
  },
});
