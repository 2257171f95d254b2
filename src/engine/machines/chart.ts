/** A state machine as data for drawing: read off the machine that runs, so the picture cannot differ from it. */
import type { AnyStateMachine } from 'xstate';

export interface Chart {
  readonly states: readonly string[];
  readonly transitions: readonly {
    readonly from: string;
    readonly to: string;
    readonly event: string;
    /** True for a transition made by the clock. */
    readonly timed: boolean;
  }[];
}

/** States in declaration order and the transitions between them; orders that lead anywhere from anywhere are left out,
 * and what stays in its state (new times restart a timer). */
export function chartOf(machine: AnyStateMachine): Chart {
  const states = Object.keys(machine.root.states);
  const transitions = states.flatMap((from) => {
    const state = machine.root.states[from];
    const timed = state.after.flatMap((t) =>
      (t.target ?? []).map((to) => ({ from, to: to.key, event: `after ${String(t.delay)}`, timed: true })),
    );
    const heard = state.events
      .filter((event) => !event.startsWith('xstate.'))
      .flatMap((event) => state.transitions.get(event) ?? [])
      .flatMap((t) => (t.target ?? []).map((to) => ({ from, to: to.key, event: t.eventType, timed: false })));
    return [...heard, ...timed].filter((t) => t.to !== t.from);
  });
  return { states, transitions };
}
