/**
 * The life of one unit (an instance, a shard, a point of presence) as a state machine. Hears faults, repairs and
 * scaling; never a request.
 */
import { assign, setup } from 'xstate';

export interface LifeTimes {
  /** From the start of the process until it answers, ms. */
  readonly startMs: number;
}

export type LifeEvent =
  | { readonly type: 'CRASH' }
  | { readonly type: 'RESTORE' }
  /** A fault that leaves it answering: slow, or failing some calls. */
  | { readonly type: 'DEGRADE' }
  | { readonly type: 'RECOVER' }
  /** Takes no new calls and ends when the last one is answered. */
  | { readonly type: 'DRAIN' }
  | { readonly type: 'EMPTY' }
  /** A new unit, or one brought back after it was drained. */
  | { readonly type: 'START' }
  | ({ readonly type: 'CONFIG' } & LifeTimes);

export const lifeMachine = setup({
  types: { context: {} as LifeTimes, events: {} as LifeEvent, input: {} as LifeTimes },
  delays: { startUp: ({ context }) => context.startMs },
}).createMachine({
  id: 'life',
  context: ({ input }) => ({ startMs: input.startMs }),
  initial: 'up',
  on: { CONFIG: { actions: assign(({ event }) => ({ startMs: event.startMs })) } },
  states: {
    starting: { after: { startUp: 'up' }, on: { CRASH: 'down', DRAIN: 'down' } },
    up: { on: { CRASH: 'down', DEGRADE: 'degraded', DRAIN: 'draining', START: 'starting' } },
    degraded: { on: { CRASH: 'down', RECOVER: 'up', DRAIN: 'draining' } },
    draining: { on: { CRASH: 'down', EMPTY: 'down', START: 'up' } },
    down: { on: { RESTORE: 'restarting', START: 'starting' } },
    restarting: { after: { startUp: 'up' }, on: { CRASH: 'down', DRAIN: 'down' } },
  },
});
