/** Groups inside groups: no group may come to stand inside itself. */

/** Whether the chain of parents from `start` passes through `target`. The chain so far has no circle. */
export function leadsTo(start: string, target: string, parents: ReadonlyMap<string, string>): boolean {
  for (let at: string | undefined = start; at !== undefined; at = parents.get(at)) {
    if (at === target) return true;
  }
  return false;
}
