/** A drill on a running design: its steps are faults, its readings the meters of nodes. */
import { Exercise } from '../drills/exercise.ts';
import type { Drill, DrillStep } from '../model/document.ts';
import type { Running } from './assemble.ts';
import { faultsOf } from './faults.ts';
import type { FaultOrder } from './protocol.ts';

/** `order` carries out a fault and keeps account of it. */
export function exerciseOn(running: Running, drill: Drill, order: (order: FaultOrder) => void): Exercise {
  return new Exercise(drill, {
    carryOut: (step: DrillStep) => {
      const own = faultsOf(running, step.target).find((f) => f.id === step.fault);
      order({
        target: step.target,
        unit: step.unit ?? null,
        fault: step.fault,
        factor: step.factor ?? own?.factor ?? 1,
      });
    },
    meterOf: (node) => running.stations.get(node)?.meter ?? null,
  });
}
