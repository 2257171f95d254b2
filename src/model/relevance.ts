/** Whether what depends on a parameter means anything to somebody with these settings. */
import type { Condition, ParamOverrides, ParamTable } from './params.ts';

export function holds(when: Condition | undefined, table: ParamTable, params: ParamOverrides): boolean {
  if (!when || !Object.hasOwn(table, when.param)) return true;
  return when.is.includes(params[when.param] ?? table[when.param].default);
}
