/**
 * A failure drill as a state machine on the simulated clock: it waits for one instant after another, has judged what is to
 * be judged there, and knows what it is in the middle of. Who runs it does what is due at each instant it has passed. It
 * must not know faults or meters.
 */
import { assign, setup } from 'xstate';

/** What a drill is in the middle of: before its first fault, with faults active, after the last one was ended. */
export type DrillCourse = 'steady' | 'disturbed' | 'recovering';

export interface DrillInstant {
  /** Since the start of the run, in ms that are whole ns. */
  readonly atMs: number;
  /** What follows it; `over`: it is the last. */
  readonly then: DrillCourse | 'over';
}

export interface DrillContext {
  /** Ascending, at least one; the last is the one that says `over`. */
  readonly instants: readonly DrillInstant[];
  /** Index of the instant it waits for. */
  readonly next: number;
  /** Expectations that did not come true so far. */
  readonly missed: number;
}

const upNext = ({ instants, next }: DrillContext) => instants[next];

const reach = ['judge', 'lookAhead'] as const;
const leadsTo = (course: DrillCourse) =>
  ({
    guard: { type: 'leadsTo', params: { course } },
    target: course,
    reenter: true,
    actions: reach,
  }) as const;
const onward = {
  untilNext: [
    leadsTo('steady'),
    leadsTo('disturbed'),
    leadsTo('recovering'),
    { target: 'over', actions: reach },
  ],
} as const;

export const drillMachine = setup({
  types: { context: {} as DrillContext, input: {} as Pick<DrillContext, 'instants'> },
  actions: {
    /** Replaced by whoever runs the drill, with the count of expectations missed at `upNext`. */
    judge: assign({ missed: ({ context }) => context.missed }),
    lookAhead: assign({ next: ({ context }) => context.next + 1 }),
  },
  guards: {
    leadsTo: ({ context }, { course }: { readonly course: DrillCourse }) => upNext(context).then === course,
    hasMissed: ({ context }) => context.missed > 0,
  },
  delays: {
    untilNext: ({ context }) =>
      upNext(context).atMs - (context.next === 0 ? 0 : context.instants[context.next - 1].atMs),
  },
}).createMachine({
  id: 'drill',
  context: ({ input }) => ({ instants: input.instants, next: 0, missed: 0 }),
  initial: 'steady',
  states: {
    steady: { after: onward },
    disturbed: { after: onward },
    recovering: { after: onward },
    over: { always: [{ guard: 'hasMissed', target: 'missed' }, { target: 'held' }] },
    held: { type: 'final' },
    missed: { type: 'final' },
  },
});
