/**
 * Drills of a foreign document: steps and expectations that name things of this design, with times that make
 * sense. Which faults a kind has is checked where kinds are known, not here.
 */
import { MAX_DRILL_STEPS, MAX_NOTE, type Drill, type DrillStep, type Expectation } from './document.ts';
import { checkNames, type RawElement } from './elements.ts';
import { field, isFields, items } from './foreign.ts';
import { isId } from './identity.ts';
import type { References } from './parts.ts';
import { pathTo, quote, type ProblemList } from './problems.ts';
import { isFinite, readLabel, readText } from './values.ts';

/** Order is permanent: the place of a measure is its name in shared links. */
export const MEASURES = ['p50Ms', 'p95Ms', 'p99Ms', 'failedShare', 'okRps'] as const;
/** Order is permanent, for the same reason. */
export const COMPARISONS = ['below', 'above'] as const;

/** A day of simulated time: far beyond any drill. */
export const MAX_DRILL_MS = 86_400_000;
export const DEFAULT_DRILL_MS = 60_000;
/** Far above the number of parts of any node, and the strength of any fault. */
export const MAX_UNIT = 9_999;
export const MAX_FACTOR = 1_000_000;

const DRILL_FIELDS = ['id', 'name', 'hypothesis', 'durationMs', 'steps', 'expectations'];
const STEP_FIELDS = ['atMs', 'target', 'unit', 'fault', 'factor'];
const EXPECTATION_FIELDS = ['subject', 'measure', 'is', 'value', 'fromMs', 'toMs'];

/** Steps and expectations that cannot be carried out are left out; the drill stays. */
export function readDrills(
  elements: readonly RawElement[],
  nodes: References,
  targets: References,
  problems: ProblemList,
): readonly Drill[] {
  return elements.map(({ fields, path, id }) => {
    checkNames(fields, DRILL_FIELDS, path, 'drill', problems);
    const name = readLabel(fields, 'name', path, 'Drill', problems);
    const of = `drill “${name || id}”`;
    return {
      id,
      name,
      hypothesis: readText(fields, 'hypothesis', path, MAX_NOTE, problems),
      durationMs: readDuration(fields, path, of, problems),
      steps: readEach(fields, 'steps', path, of, problems, (step, place) => {
        checkNames(step, STEP_FIELDS, place, 'step', problems);
        return readStep(step, targets);
      }),
      expectations: readEach(fields, 'expectations', path, of, problems, (expectation, place) => {
        checkNames(expectation, EXPECTATION_FIELDS, place, 'expectation', problems);
        return readExpectation(expectation, nodes);
      }),
    };
  });
}

function readDuration(fields: object, path: string, of: string, problems: ProblemList): number {
  const value = field(fields, 'durationMs');
  if (isWithin(value, 0, MAX_DRILL_MS) && value > 0) return value;
  const rule = `The duration of ${of} must be above 0 and at most ${MAX_DRILL_MS} ms, not ${quote(value)}`;
  problems.error(pathTo(path, 'durationMs'), `${rule}; it is now ${DEFAULT_DRILL_MS} ms.`);
  return DEFAULT_DRILL_MS;
}

/** A part of a drill, or the reason why it cannot be carried out. */
type Part<T> = T | string;

function readEach<T extends object>(
  fields: object,
  name: string,
  path: string,
  of: string,
  problems: ProblemList,
  read: (part: object, place: string) => Part<T>,
): readonly T[] {
  const value = field(fields, name);
  const place = pathTo(path, name);
  const noun = name.slice(0, -1);
  if (value === undefined) return [];
  const found = items(value, MAX_DRILL_STEPS);
  if (found === null) {
    problems.error(place, `“${name}” of ${of} must be a list, not ${quote(value)}; it was read as empty.`);
    return [];
  }
  if (found.total > MAX_DRILL_STEPS) {
    problems.error(place, `The ${name} of ${of} are more than ${MAX_DRILL_STEPS}; the rest was left out.`);
  }
  const parts: T[] = [];
  for (const [i, item] of found.list.entries()) {
    const part = isFields(item) ? read(item, pathTo(place, i)) : `is ${quote(item)}, not an object`;
    if (typeof part !== 'string') parts.push(part);
    else problems.error(pathTo(place, i), `The ${noun} of ${of} was left out, because it ${part}.`);
  }
  return parts;
}

function readStep(step: object, targets: References): Part<DrillStep> {
  const [atMs, written, unit, fault, factor] = STEP_FIELDS.map((name) => field(step, name));
  const target = targets.get(written);
  if (target === undefined) return `names ${quote(written)}, which is no node or link of this design`;
  if (!isWithin(atMs, 0, MAX_DRILL_MS)) return `has no valid time “atMs” (${quote(atMs)})`;
  if (!isId(fault)) return `names no valid fault (${quote(fault)})`;
  if (unit !== undefined && !(isWithin(unit, 0, MAX_UNIT) && Number.isInteger(unit))) {
    return `names no valid unit (${quote(unit)})`;
  }
  if (factor !== undefined && !isWithin(factor, 0, MAX_FACTOR))
    return `has no valid factor (${quote(factor)})`;
  return {
    // Adding 0 makes −0 plain, as it is after a round trip through JSON.
    atMs: atMs + 0,
    target,
    ...(unit === undefined ? {} : { unit: unit + 0 }),
    fault,
    ...(factor === undefined ? {} : { factor: factor + 0 }),
  };
}

function readExpectation(expectation: object, nodes: References): Part<Expectation> {
  const [written, measure, is, value, fromMs, toMs] = EXPECTATION_FIELDS.map((name) =>
    field(expectation, name),
  );
  const subject = nodes.get(written);
  if (subject === undefined) return `names ${quote(written)}, which is no node of this design`;
  const known = MEASURES.find((name) => name === measure);
  if (known === undefined) return `measures ${quote(measure)}, not one of ${MEASURES.join(', ')}`;
  const comparison = COMPARISONS.find((name) => name === is);
  if (comparison === undefined) return `compares by ${quote(is)}, not by below or above`;
  if (!isFinite(value)) return `has no number to compare with (${quote(value)})`;
  if (!isWithin(fromMs, 0, MAX_DRILL_MS) || !isWithin(toMs, 0, MAX_DRILL_MS) || fromMs >= toMs) {
    return `has no valid stretch of time (${quote(fromMs)} to ${quote(toMs)} ms)`;
  }
  return { subject, measure: known, is: comparison, value: value + 0, fromMs: fromMs + 0, toMs };
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return isFinite(value) && value >= min && value <= max;
}
