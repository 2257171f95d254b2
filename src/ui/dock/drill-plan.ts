/**
 * The drill that is carried out, as bars on the time axis: each step until the next one on the same target, each
 * expectation over its stretch and what became of it. It must not know canvases or React.
 */
import type { FaultSpec } from '../../kinds/contract.ts';
import { FLUSH } from '../../kinds/faults.ts';
import type { Design, Drill, DrillStep, Expectation } from '../../model/document.ts';
import { formatDuration, formatRate, formatShare } from '../format.ts';
import type { Verdict } from '../../session/protocol.ts';
import { faultsOf } from '../menu/faults.ts';
import { nameOf } from '../run/design-source.ts';
import type { Run } from '../run/run.ts';
import type { DrillPlan, Stretch } from './draw-bands.ts';

const MEASURES = {
  p50Ms: 'p50',
  p95Ms: 'p95',
  p99Ms: 'p99',
  failedShare: 'failures',
  okRps: 'goodput',
} as const;

const NO_PLAN: DrillPlan = { steps: [], expectations: [] };

/** Nothing while no drill is carried out: what will not happen has no place on the axis. */
export function drillPlan(run: Run): DrillPlan {
  const design = run.source.get();
  const { drill: id, verdicts } = run.state.getState();
  const drill = design.drills.find((each) => each.id === id);
  if (!drill) return NO_PLAN;
  return {
    steps: drill.steps.map((step) => stretchOfStep(design, drill, step)),
    expectations: drill.expectations.map((expectation) =>
      stretchOfExpectation(design, expectation, verdictOn(expectation, verdicts)),
    ),
  };
}

/** Verdicts come from the worker with a copy of their expectation. */
function verdictOn(expectation: Expectation, verdicts: readonly Verdict[]): Verdict | undefined {
  const { subject, measure, fromMs, toMs } = expectation;
  return verdicts.find(
    ({ expectation: other }) =>
      other.subject === subject &&
      other.measure === measure &&
      other.fromMs === fromMs &&
      other.toMs === toMs,
  );
}

function stretchOfStep(design: Design, drill: Drill, step: DrillStep): Stretch {
  const later = drill.steps.filter((other) => other.target === step.target && other.atMs > step.atMs);
  const toMs = later.reduce((end, other) => Math.min(end, other.atMs), drill.durationMs);
  const fault = faultsOf(design, step.target).find((each) => each.id === step.fault);
  const isHarm = fault?.endedBy !== undefined || step.fault === FLUSH.id;
  return {
    fromMs: step.atMs,
    toMs,
    text: `${nameOf(design, step.target)}: ${labelOf(step, fault)}`,
    fill: isHarm ? '--warn-soft' : '--sunken',
    ink: isHarm ? '--warn-ink' : '--ink-2',
  };
}

/** "traffic ×3", where the fault itself would be ten times. */
function labelOf({ fault: id, factor }: DrillStep, fault: FaultSpec | undefined): string {
  const label = (fault?.label ?? id).toLowerCase();
  return fault && factor !== undefined ? label.replace(`×${fault.factor}`, `×${factor}`) : label;
}

function stretchOfExpectation(design: Design, expectation: Expectation, verdict?: Verdict): Stretch {
  const { subject, measure, is, value, fromMs, toMs } = expectation;
  const bound = `${MEASURES[measure]} of ${nameOf(design, subject)} ${is} ${inUnit(measure, value)}`;
  if (!verdict) return { fromMs, toMs, text: `expected: ${bound}`, fill: '--brand-soft', ink: '--brand' };
  const result = `${verdict.passed ? 'held' : 'missed'}: ${bound}, measured ${inUnit(measure, verdict.measured)}`;
  return verdict.passed
    ? { fromMs, toMs, text: result, fill: '--ok-soft', ink: '--ok' }
    : { fromMs, toMs, text: result, fill: '--bad-soft', ink: '--bad' };
}

function inUnit(measure: Expectation['measure'], value: number): string {
  if (measure === 'failedShare') return formatShare(value);
  return measure === 'okRps' ? formatRate(value) : formatDuration(value);
}
