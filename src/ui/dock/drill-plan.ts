/**
 * The drills of a design as bars on the time axis: each step until the next one on the same target, each expectation
 * over its stretch. It must not know canvases or React.
 */
import { CALM, FLUSH, LINK_FAULTS, SERVER_FAULTS, TRAFFIC } from '../../kinds/faults.ts';
import type { Design, Drill, DrillStep, Expectation } from '../../model/document.ts';
import { formatCompact, formatDuration, formatShare } from '../format.ts';
import { nameOf } from '../run/design-source.ts';
import type { DrillPlan, Stretch } from './draw-bands.ts';

const LABELS = new Map(
  [...SERVER_FAULTS, FLUSH, TRAFFIC, CALM, ...LINK_FAULTS].map((fault) => [fault.id, fault]),
);
const MEASURES = {
  p50Ms: 'p50',
  p95Ms: 'p95',
  p99Ms: 'p99',
  failedShare: 'failures',
  okRps: 'goodput',
} as const;

export function drillPlan(design: Design): DrillPlan {
  return {
    steps: design.drills.flatMap((drill) => drill.steps.map((step) => stretchOfStep(design, drill, step))),
    expectations: design.drills.flatMap((drill) =>
      drill.expectations.map((expectation) => stretchOfExpectation(design, expectation)),
    ),
  };
}

function stretchOfStep(design: Design, drill: Drill, step: DrillStep): Stretch {
  const later = drill.steps.filter((other) => other.target === step.target && other.atMs > step.atMs);
  const toMs = later.reduce((end, other) => Math.min(end, other.atMs), drill.durationMs);
  const fault = LABELS.get(step.fault);
  const isHarm = fault?.endedBy !== undefined || step.fault === FLUSH.id;
  return {
    fromMs: step.atMs,
    toMs,
    text: `${nameOf(design, step.target)}: ${(fault?.label ?? step.fault).toLowerCase()}`,
    fill: isHarm ? '--warn-soft' : '--sunken',
    ink: isHarm ? '--warn-ink' : '--ink-2',
  };
}

function stretchOfExpectation(
  design: Design,
  { subject, measure, is, value, fromMs, toMs }: Expectation,
): Stretch {
  const bound =
    measure === 'failedShare'
      ? formatShare(value)
      : measure === 'okRps'
        ? `${formatCompact(value)} rps`
        : formatDuration(value);
  const text = `Expect ${MEASURES[measure]} of ${nameOf(design, subject)} ${is} ${bound}`;
  return { fromMs, toMs, text, fill: '--brand-soft', ink: '--brand' };
}
