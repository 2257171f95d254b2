/**
 * What a drill has to do at which simulated instant, and whether what was expected came true. The drill's machine says
 * when. It must not know how a fault takes effect or how time passes.
 */
import type { DrillCourse, DrillInstant } from '../engine/machines/drill.ts';
import type { Meter } from '../engine/records/meter.ts';
import { toMs, toNs } from '../engine/time.ts';
import type { FaultSpec } from '../kinds/contract.ts';
import type { Drill, DrillStep, Expectation } from '../model/document.ts';
import { measure, read, type Reading } from './measure.ts';

/** What a drill needs of the running system. */
export interface Ground {
  carryOut(step: DrillStep): void;
  /** What can be done to a node or link; nothing when it does not exist. */
  faultsOf(target: string): readonly FaultSpec[];
  /** Counters of a node as its callers see it; null when it does not exist. */
  meterOf(node: string): Meter | null;
}

/** What became of one expectation. */
export interface Verdict {
  readonly expectation: Expectation;
  /** In the unit of the measure; NaN when nothing happened that could be. */
  readonly measured: number;
  readonly passed: boolean;
}

export class Exercise {
  /** When there is something to do, and what the drill is in the middle of from then on. */
  readonly instants: readonly DrillInstant[];
  /** Of all expectations decided so far. */
  readonly verdicts: Verdict[] = [];
  private readonly drill: Drill;
  private readonly ground: Ground;
  private readonly from = new Map<Expectation, Reading | null>();

  constructor(drill: Drill, ground: Ground) {
    this.drill = drill;
    this.ground = ground;
    this.instants = instantsOf(drill, (target) => ground.faultsOf(target));
  }

  /** Reads the meters where something is expected from now or until now; how many expectations were missed. */
  judge(atMs: number): number {
    let missed = 0;
    for (const expectation of this.drill.expectations) {
      const { subject, fromMs, toMs: untilMs } = expectation;
      if (wholeNs(fromMs) === atMs) this.from.set(expectation, this.read(subject, atMs));
      if (wholeNs(untilMs) === atMs) {
        const verdict = this.verdictOn(expectation, atMs);
        this.verdicts.push(verdict);
        if (!verdict.passed) missed++;
      }
    }
    return missed;
  }

  carryOut(atMs: number): void {
    for (const step of this.drill.steps) if (wholeNs(step.atMs) === atMs) this.ground.carryOut(step);
  }

  /** The meters have just been set back to nothing: what is being watched is watched from now. */
  restartReadings(atMs: number): void {
    for (const [expectation, reading] of this.from) {
      if (reading) this.from.set(expectation, this.read(expectation.subject, atMs));
    }
  }

  private read(subject: string, atMs: number): Reading | null {
    const meter = this.ground.meterOf(subject);
    return meter && read(meter, atMs);
  }

  private verdictOn(expectation: Expectation, atMs: number): Verdict {
    const before = this.from.get(expectation) ?? null;
    const after = this.read(expectation.subject, atMs);
    const measured = before && after ? measure(expectation.measure, before, after) : NaN;
    const passed = expectation.is === 'below' ? measured < expectation.value : measured > expectation.value;
    return { expectation, measured, passed };
  }
}

/** Times of a drill in ms that are whole ns, as the engine keeps them. */
const wholeNs = (ms: number) => toMs(toNs(ms));

function instantsOf(drill: Drill, faultsOf: (target: string) => readonly FaultSpec[]): DrillInstant[] {
  const times = [
    ...drill.steps.map((step) => step.atMs),
    ...drill.expectations.flatMap((expectation) => [expectation.fromMs, expectation.toMs]),
    drill.durationMs,
  ];
  const ascending = [...new Set(times.map(wholeNs))].sort((a, b) => a - b);
  return ascending.map((atMs) => ({
    atMs,
    then: atMs === ascending[ascending.length - 1] ? 'over' : courseAfter(drill, atMs, faultsOf),
  }));
}

/** Disturbed while a fault that can be ended has not been; a flush is over at once. */
function courseAfter(
  { steps }: Drill,
  atMs: number,
  faultsOf: (target: string) => readonly FaultSpec[],
): DrillCourse {
  const done = steps.filter((step) => wholeNs(step.atMs) <= atMs).sort((a, b) => a.atMs - b.atMs);
  if (done.length === 0) return 'steady';
  const active = new Set<string>();
  for (const { target, fault, unit } of done) {
    const specs = faultsOf(target);
    const keyOf = (id: string) => `${target} ${unit ?? 'all'} ${id}`;
    for (const spec of specs) if (spec.endedBy === fault) active.delete(keyOf(spec.id));
    if (specs.some((spec) => spec.id === fault && spec.endedBy !== undefined)) active.add(keyOf(fault));
  }
  return active.size > 0 ? 'disturbed' : 'recovering';
}
