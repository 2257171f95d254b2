/**
 * The autoscaler as a state machine: it wakes regularly, has the readings judged, and is in what came of it. Who runs it
 * judges and tells the verdict. It must not know readings or units.
 */
import { setup } from 'xstate';

export type ScalingVerdict =
  | { readonly type: 'ENOUGH' }
  /** More are wanted, or fewer. */
  | { readonly type: 'MORE' }
  | { readonly type: 'FEWER' }
  /** Fewer would do, but have not for long enough. */
  | { readonly type: 'TOO_SOON' };

const wakes = (state: 'steady' | 'growing' | 'waiting' | 'shrinking') =>
  ({ sync: { target: state, reenter: true, actions: 'judge' } }) as const;
const OUT = { MORE: 'growing' } as const;
const STEADY = { ENOUGH: 'steady' } as const;
const WAIT = { TOO_SOON: 'waiting' } as const;
const IN = { FEWER: 'shrinking' } as const;

export const autoscalerMachine = setup({
  types: {
    context: {} as { readonly syncMs: number },
    input: {} as { readonly syncMs: number },
    events: {} as ScalingVerdict,
  },
  actions: {
    /** Replaced by whoever runs it. */
    judge: () => {},
  },
  delays: { sync: ({ context }) => context.syncMs },
}).createMachine({
  id: 'autoscaler',
  context: ({ input }) => ({ syncMs: input.syncMs }),
  initial: 'steady',
  states: {
    steady: { after: wakes('steady'), on: { ...OUT, ...WAIT, ...IN } },
    growing: { after: wakes('growing'), on: { ...STEADY, ...WAIT, ...IN } },
    waiting: { after: wakes('waiting'), on: { ...STEADY, ...OUT, ...IN } },
    shrinking: { after: wakes('shrinking'), on: { ...STEADY, ...OUT, ...WAIT } },
  },
});
