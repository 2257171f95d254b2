/**
 * The states of the player as a machine: loading, paused, playing, failed. It says what may follow what; what
 * the states do (sending play and pause to the worker) is handed in. It must not know frames, React or the DOM.
 */
import { assign, setup } from 'xstate';
import type { Failure } from './protocol.ts';

export type PlayerEvent =
  | { readonly type: 'load' }
  | { readonly type: 'loaded' }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  /** The worker answered `play`: what frames say about playing counts from now on. */
  | { readonly type: 'started' }
  /** A frame says that the run stands still, for instance because "pause at" was reached. */
  | { readonly type: 'halted' }
  | { readonly type: 'failed'; readonly failure: Failure };

interface PlayerContext {
  /** Play was asked for while loading. */
  readonly eager: boolean;
  readonly failure: Failure | null;
}

export const playerMachine = setup({
  types: { context: {} as PlayerContext, events: {} as PlayerEvent },
  actions: {
    /** Replaced by the run store; here so that the chart names them. */
    sendPlay: () => {},
    sendPause: () => {},
    noteEager: assign({ eager: true }),
    forgetEager: assign({ eager: false }),
    noteFailure: assign({
      failure: ({ event }) => (event.type === 'failed' ? event.failure : null),
      eager: false,
    }),
    forgetFailure: assign({ failure: null }),
  },
  guards: { isEager: ({ context }) => context.eager },
}).createMachine({
  id: 'player',
  context: { eager: false, failure: null },
  initial: 'loading',
  on: {
    failed: { target: '.failed', actions: 'noteFailure' },
    load: '.loading',
  },
  states: {
    loading: {
      entry: 'forgetFailure',
      on: {
        play: { actions: 'noteEager' },
        pause: { actions: 'forgetEager' },
        loaded: [{ guard: 'isEager', target: 'playing' }, { target: 'paused' }],
      },
    },
    paused: { on: { play: 'playing' } },
    playing: {
      entry: ['forgetEager', 'sendPlay'],
      initial: 'asked',
      on: { pause: { target: 'paused', actions: 'sendPause' } },
      states: {
        // Frames sent before the worker heard of `play` still say that it stands still.
        asked: { on: { started: 'confirmed' } },
        confirmed: { on: { halted: '#player.paused' } },
      },
    },
    // Only a fresh start leads out: the worker is gone.
    failed: {},
  },
});
