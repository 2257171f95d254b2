/**
 * The life of one unit (an instance, a shard, a point of presence) as a state machine. Hears faults, repairs, scaling
 * and deploys; never a request.
 */
import { assign, setup } from 'xstate';

export interface LifeTimes {
  /** From the start of the process until it answers, ms. */
  readonly startMs: number;
  /** How long a unit on its way out may take for the calls inside, ms; 0 = as long as they take. */
  readonly drainMs: number;
  /** Somebody starts it again after a crash, with longer and longer pauses. */
  readonly restarts: boolean;
  /** When a process that is broken dies, ms: `EARLY`, so long after it is up, or `NEVER_MS` for a sound one. */
  readonly diesAfterMs: number;
}

export type LifeEvent =
  /** `upMs`: how long it has been up. */
  | { readonly type: 'CRASH'; readonly upMs: number }
  | { readonly type: 'RESTORE' }
  /** A fault that leaves it answering: slow, or failing some calls. */
  | { readonly type: 'DEGRADE' }
  | { readonly type: 'RECOVER' }
  /** Is given no new calls and ends when the last one is answered. */
  | { readonly type: 'DRAIN' }
  /** Refuses new calls and ends when the last one is answered; of its longest drain so much is over, ms. */
  | { readonly type: 'CLOSE'; readonly spentMs: number }
  | { readonly type: 'EMPTY' }
  /** A new unit, or one brought back after it was drained. */
  | { readonly type: 'START' }
  /** Is taken away as it stands. */
  | { readonly type: 'KILL' }
  | ({ readonly type: 'CONFIG' } & LifeTimes);

/** Longer than any run: the delay of a timed transition that is switched off. */
export const NEVER_MS = 8_640_000_000;
/** It dies before it ever answers. */
export const EARLY = -1;

/** Pause before the first restart and the longest one, ms; it doubles with each crash (Kubernetes). */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;
/** Who has been up for so long begins again with the first pause, ms. */
const FORGIVEN_AFTER_MS = 600_000;

/** Pause before the restart after so many crashes in a row, ms. */
export function restartPauseMs(crashes: number): number {
  let pause = FIRST_PAUSE_MS;
  for (let i = 1; i < crashes && pause < LONGEST_PAUSE_MS; i++) pause *= 2;
  return Math.min(LONGEST_PAUSE_MS, pause);
}

interface LifeContext extends LifeTimes {
  /** Crashes in a row. */
  readonly crashes: number;
}

const crash = [{ guard: 'restarts', target: 'backOff', actions: 'countCrash' }, { target: 'down' }] as const;
const started = [
  { guard: 'isStillborn', target: 'backOff', actions: 'countCrash' },
  { target: 'up' },
] as const;
const dies = { lifeSpan: { guard: 'isDoomed', target: 'backOff', actions: 'countCrash' } } as const;
const leaves = { DRAIN: 'stopped', CLOSE: 'stopped' } as const;

export const lifeMachine = setup({
  types: { context: {} as LifeContext, events: {} as LifeEvent, input: {} as LifeTimes },
  actions: {
    configure: assign(({ event, context }) => (event.type === 'CONFIG' ? timesOf(event) : context)),
    countCrash: assign({
      crashes: ({ context, event }) =>
        event.type === 'CRASH' && event.upMs >= FORGIVEN_AFTER_MS ? 1 : context.crashes + 1,
    }),
  },
  guards: {
    restarts: ({ context }) => context.restarts || context.diesAfterMs !== NEVER_MS,
    isStillborn: ({ context }) => context.diesAfterMs === EARLY,
    isDoomed: ({ context }) => context.diesAfterMs !== NEVER_MS,
  },
  delays: {
    startUp: ({ context }) => context.startMs,
    drainLimit: ({ context, event }) => {
      const spent = event.type === 'CLOSE' ? event.spentMs : 0;
      return context.drainMs > 0 ? Math.max(0, context.drainMs - spent) : NEVER_MS;
    },
    lifeSpan: ({ context }) => Math.max(0, context.diesAfterMs),
    pause: ({ context }) => restartPauseMs(context.crashes),
  },
}).createMachine({
  id: 'life',
  context: ({ input }) => ({ ...timesOf(input), crashes: 0 }),
  initial: 'up',
  on: { CONFIG: { actions: 'configure' }, KILL: '.stopped' },
  states: {
    starting: { after: { startUp: started }, on: { CRASH: crash, ...leaves } },
    up: {
      after: dies,
      on: { CRASH: crash, DEGRADE: 'degraded', DRAIN: 'draining', CLOSE: 'closing', START: 'starting' },
    },
    degraded: { after: dies, on: { CRASH: crash, RECOVER: 'up', DRAIN: 'draining', CLOSE: 'closing' } },
    draining: {
      after: { drainLimit: 'stopped' },
      on: { CRASH: 'stopped', EMPTY: 'stopped', START: 'up', CLOSE: 'closing' },
    },
    down: { on: { RESTORE: 'restarting', ...leaves } },
    restarting: { after: { startUp: started }, on: { CRASH: crash, ...leaves } },
    stopped: { on: { START: 'starting' } },
    backOff: { after: { pause: 'restarting' }, on: { RESTORE: 'restarting', ...leaves } },
    closing: { after: { drainLimit: 'stopped' }, on: { CRASH: 'stopped', EMPTY: 'stopped' } },
  },
});

function timesOf({ startMs, drainMs, restarts, diesAfterMs }: LifeTimes): LifeTimes {
  return { startMs, drainMs, restarts, diesAfterMs };
}
