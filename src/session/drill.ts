/**
 * A drill on a running design: its machine runs on the simulated clock, its steps are faults, its readings the meters of
 * nodes. Its timers are events of the run like any other, so it makes no difference who runs it or in what slices.
 */
import { assign, createActor } from 'xstate';
import { Exercise, type Verdict } from '../drills/exercise.ts';
import { drillMachine } from '../engine/machines/drill.ts';
import type { Drill, DrillStep } from '../model/document.ts';
import type { Running } from './assemble.ts';
import { faultsOf } from './faults.ts';
import type { DrillState, FaultOrder } from './protocol.ts';

export interface DrillRun {
  readonly state: DrillState;
  /** Of all expectations decided so far. */
  readonly verdicts: readonly Verdict[];
  /** The meters have just been set back to nothing, because a warm-up ended. */
  restartReadings(atMs: number): void;
}

/** To be called at time 0. `order` carries out a fault and keeps account of it. */
export function startDrill(running: Running, drill: Drill, order: (order: FaultOrder) => void): DrillRun {
  const exercise = new Exercise(drill, {
    carryOut: (step) => order(orderOf(running, step)),
    faultsOf: (target) => faultsOf(running, target),
    meterOf: (node) => running.stations.get(node)?.meter ?? null,
  });
  const machine = drillMachine.provide({
    actions: {
      judge: assign({
        missed: ({ context: { instants, next, missed } }) => missed + exercise.judge(instants[next].atMs),
      }),
    },
  });
  const actor = createActor(machine, {
    clock: running.system.core.clock,
    input: { instants: exercise.instants },
  });
  let done = 0;
  // Here and not as an action of the machine: a fault starts machines of its own.
  actor.subscribe(({ context: { instants, next } }) => {
    while (done < next) exercise.carryOut(instants[done++].atMs);
  });
  actor.start();
  return {
    get state() {
      const { value } = actor.getSnapshot();
      // It is never seen there: it goes on to its verdict at once.
      return value === 'over' ? 'held' : value;
    },
    verdicts: exercise.verdicts,
    restartReadings: (atMs) => exercise.restartReadings(atMs),
  };
}

function orderOf(running: Running, { target, unit, fault, factor }: DrillStep): FaultOrder {
  const own = faultsOf(running, target).find((each) => each.id === fault);
  return { target, unit: unit ?? null, fault, factor: factor ?? own?.factor ?? 1 };
}
