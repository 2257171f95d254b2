/** The order in which a form shows parameters: that of their table, but for those that say what they belong behind. */
import type { Param, ParamTable } from '../../model/params.ts';

export function inFormOrder(table: ParamTable): readonly (readonly [string, Param])[] {
  const entries = Object.entries(table);
  const ordered = entries.filter(([, { after }]) => after === undefined);
  for (const entry of entries) {
    const { after } = entry[1];
    if (after === undefined) continue;
    let at = ordered.findIndex(([name]) => name === after) + 1;
    // Behind those that came there before it.
    while (at < ordered.length && ordered[at][1].after === after) at++;
    ordered.splice(at, 0, entry);
  }
  return ordered;
}
