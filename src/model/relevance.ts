/** Whether what depends on a parameter means anything to somebody with these settings. */
import type { Condition, ParamOverrides, ParamTable } from './params.ts';

export function holds(when: Condition | undefined, table: ParamTable, params: ParamOverrides): boolean {
  if (!when || !Object.hasOwn(table, when.param)) return true;
  const value = params[when.param] ?? table[when.param].default;
  return 'is' in when ? when.is.includes(value) : !when.isNot.includes(value);
}
