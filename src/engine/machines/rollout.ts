/**
 * Whether a new version is being brought to all units of a station, and whether it gets on. It hears that a unit became
 * ready or left, never of a request. It must not know what is started and stopped.
 */
import { setup } from 'xstate';

export type RolloutEvent =
  | { readonly type: 'DEPLOY' }
  /** One more unit of the new version is ready, or one more of an old version is gone. */
  | { readonly type: 'PROGRESS' }
  /** No unit of another version is left. */
  | { readonly type: 'DONE' };

/** Without progress for so long it counts as stalled, ms (Kubernetes: `progressDeadlineSeconds`). */
const PROGRESS_DEADLINE_MS = 600_000;

const again = { target: 'rolling', reenter: true } as const;

export const rolloutMachine = setup({
  types: { events: {} as RolloutEvent },
  delays: { deadline: PROGRESS_DEADLINE_MS },
}).createMachine({
  id: 'rollout',
  initial: 'complete',
  states: {
    complete: { on: { DEPLOY: 'rolling' } },
    rolling: { after: { deadline: 'stalled' }, on: { DEPLOY: again, PROGRESS: again, DONE: 'complete' } },
    stalled: { on: { DEPLOY: 'rolling', PROGRESS: 'rolling', DONE: 'complete' } },
  },
});
