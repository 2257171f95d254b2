/**
 * Params, drill steps and expectations as rows for links: places instead of names, defaults left out. Reading
 * assumes nothing and never throws; parsing checks what comes out.
 */
import { asList, noSuch } from './columns.ts';
import { MAX_DRILL_STEPS, type Drill } from './document.ts';
import { COMPARISONS, MEASURES } from './drills.ts';
import type { Param, ParamOverrides, ParamTable, ParamValue, SetParam } from './params.ts';
import { chosenOf, setText } from './sets.ts';

/** `[place in the table, value, place, value …]`; choices as the place of the option, sets as bits, flags as 0 and 1. */
export function writeParams(params: ParamOverrides, table: ParamTable): readonly unknown[] {
  const row: unknown[] = [];
  for (const [place, [name, param]] of Object.entries(table).entries()) {
    const value = Object.hasOwn(params, name) ? params[name] : param.default;
    if (value !== param.default) row.push(place, writeValue(param, value));
  }
  return row;
}

function writeValue(param: Param, value: ParamValue): unknown {
  if (param.type === 'flag') return value === true ? 1 : 0;
  if (param.type === 'set') {
    const chosen = chosenOf(String(value));
    return param.options.reduce((bits, option, i) => bits | (chosen.includes(option.value) ? 1 << i : 0), 0);
  }
  return param.type === 'choice' ? param.options.findIndex((option) => option.value === value) : value;
}

/**
 * Params by name. A place the table does not have becomes a name it does not have, so that parsing reports
 * it.
 */
export function readParams(row: unknown, table: ParamTable): Record<string, unknown> {
  const entries = Object.entries(table);
  const list = asList(row).slice(0, 2 * entries.length + 2);
  const params: Record<string, unknown> = {};
  for (let i = 0; i < list.length; i += 2) {
    const place = list[i];
    const [name, param] = (typeof place === 'number' ? entries[place] : undefined) ?? [noSuch(place), null];
    params[name] = param === null ? null : readValue(param, list[i + 1]);
  }
  return params;
}

function readValue(param: Param, value: unknown): unknown {
  if (param.type === 'flag') return value === 1 ? true : value === 0 ? false : value;
  if (param.type === 'set') return readSet(param, value);
  if (param.type !== 'choice') return value;
  return (typeof value === 'number' ? param.options[value]?.value : undefined) ?? noSuch(value);
}

function readSet({ options }: SetParam, value: unknown): string {
  const bits = typeof value === 'number' ? value >>> 0 : NaN;
  if (bits !== value || bits >>> options.length > 0) return noSuch(value);
  return setText(options, (_, place) => (bits & (1 << place)) !== 0);
}

/** `[name, hypothesis, duration, steps, expectations]`; targets by their place among nodes, then links. */
export function writeDrill(drill: Drill, places: ReadonlyMap<string, number>): readonly unknown[] {
  const steps = drill.steps.map(({ atMs, target, unit, fault, factor }) => {
    const row: unknown[] = [atMs, places.get(target) ?? -1, fault];
    if (unit !== undefined || factor !== undefined) row.push(unit ?? -1);
    if (factor !== undefined) row.push(factor);
    return row;
  });
  const expectations = drill.expectations.map(({ subject, measure, is, value, fromMs, toMs }) => {
    return [
      places.get(subject) ?? -1,
      MEASURES.indexOf(measure),
      COMPARISONS.indexOf(is),
      value,
      fromMs,
      toMs,
    ];
  });
  return [drill.name, drill.hypothesis, drill.durationMs, steps, expectations];
}

export function readDrill(row: unknown, id: unknown, idAt: (place: number) => unknown): object {
  const [name, hypothesis, durationMs, steps, expectations] = asList(row);
  const nameOf = (place: unknown): unknown =>
    (typeof place === 'number' ? idAt(place) : null) ?? noSuch(place);
  return {
    id,
    name,
    hypothesis,
    durationMs,
    steps: head(steps).map((step) => {
      const [atMs, target, fault, unit, factor] = asList(step);
      return { atMs, target: nameOf(target), unit: unit === -1 ? undefined : unit, fault, factor };
    }),
    expectations: head(expectations).map((expectation) => {
      const [subject, measure, is, value, fromMs, toMs] = asList(expectation);
      const named = { measure: at(MEASURES, measure), is: at(COMPARISONS, is) };
      return { subject: nameOf(subject), ...named, value, fromMs, toMs };
    }),
  };
}

function at(names: readonly string[], place: unknown): string {
  return (typeof place === 'number' ? names[place] : undefined) ?? noSuch(place);
}

/** One more than allowed stays, for parsing to report. */
function head(value: unknown): readonly unknown[] {
  return asList(value).slice(0, MAX_DRILL_STEPS + 1);
}
