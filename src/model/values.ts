/**
 * Single values of a foreign document: labels, positions, params. Each check gives a usable value and reports
 * what it had to change. It must not know where in a design the value stands.
 */
import { MAX_LABEL, MAX_POSITION, type Point } from './document.ts';
import { field, fieldNames, isFields } from './foreign.ts';
import { cleanLine, cleanLines } from './labels.ts';
import { paramProblem } from './param-checks.ts';
import type { ParamOverrides, ParamTable, ParamValue } from './params.ts';
import { clampCoordinate } from './position.ts';
import { pathTo, quote, type ProblemList } from './problems.ts';

/** The field `label` (or another line of text) of an object, cleaned; `fallback` when missing or no text. */
export function readLabel(
  fields: object,
  name: string,
  path: string,
  fallback: string,
  problems: ProblemList,
): string {
  const value = field(fields, name);
  if (value === undefined) return fallback;
  if (typeof value !== 'string') {
    problems.warn(
      pathTo(path, name),
      `“${name}” must be text, not ${quote(value)}; it is now “${fallback}”.`,
    );
    return fallback;
  }
  const clean = cleanLine(value, MAX_LABEL);
  if (clean !== value) {
    const limit = `plain text on one line, at most ${MAX_LABEL} characters`;
    problems.warn(
      pathTo(path, name),
      `“${name}” must be ${limit}; it was shortened or cleaned to “${clean}”.`,
    );
  }
  return clean;
}

/** Plain text of several lines, cleaned; empty when missing or no text. */
export function readText(
  fields: object,
  name: string,
  path: string,
  limit: number,
  problems: ProblemList,
): string {
  const value = field(fields, name);
  if (value === undefined) return '';
  const clean = typeof value === 'string' ? cleanLines(value, limit) : '';
  if (clean !== value) {
    const message = `“${name}” must be plain text, at most ${limit} characters; it was shortened or cleaned.`;
    problems.warn(pathTo(path, name), message);
  }
  return clean;
}

/** The field `position` of an object; `fallback` when it is missing or unreadable. */
export function readPosition(fields: object, path: string, fallback: Point, problems: ProblemList): Point {
  const value = field(fields, 'position');
  const x = isFields(value) ? field(value, 'x') : undefined;
  const y = isFields(value) ? field(value, 'y') : undefined;
  const place = pathTo(path, 'position');
  if (!isFinite(x) || !isFinite(y)) {
    problems.warn(
      place,
      `The position must be finite numbers x and y; it is now ${fallback.x}, ${fallback.y}.`,
    );
    return fallback;
  }
  const point = { x: clampCoordinate(x), y: clampCoordinate(y) };
  if (point.x !== x || point.y !== y) {
    problems.warn(
      place,
      `The position lies beyond ±${MAX_POSITION}; it was moved to ${point.x}, ${point.y}.`,
    );
  }
  return point;
}

export function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Foreign params may have any number of names; this many are looked at for unknown ones. */
const MAX_NAMES = 500;

/**
 * The field `params` of an object, checked against its table. What is wrong falls back to the default; what
 * equals the default is left out; the result has the order of the table.
 * @param owner how the sentences call the element: `node “api”`.
 */
export function readParams(
  fields: object,
  table: ParamTable,
  path: string,
  owner: string,
  problems: ProblemList,
): ParamOverrides {
  const value = field(fields, 'params');
  const place = pathTo(path, 'params');
  const result: Record<string, ParamValue> = {};
  if (value === undefined) return result;
  if (!isFields(value)) {
    problems.error(place, `“params” must be an object, not ${quote(value)}; ${owner} keeps all defaults.`);
    return result;
  }
  for (const name of fieldNames(value, MAX_NAMES)) {
    if (Object.hasOwn(table, name)) continue;
    problems.error(pathTo(place, name), `${quote(name)} is not a parameter of ${owner}; it was left out.`);
  }
  for (const [name, param] of Object.entries(table)) {
    const written = field(value, name);
    if (written === undefined || written === param.default) continue;
    const problem = paramProblem(param, written);
    if (problem === null) result[name] = written === 0 ? 0 : (written as ParamValue);
    else {
      const instead = `${owner} keeps the default ${String(param.default)}`;
      problems.error(pathTo(place, name), `${problem.slice(0, -1)}, not ${quote(written)}; ${instead}.`);
    }
  }
  return result;
}
