/**
 * What a service does for one request, in order: gets from the caches that front a store, the calls themselves, fills
 * after a miss, and what becomes of cached copies after a write (cache-aside). It must not know how calls are made.
 */
import { READ } from '../../engine/calls/calls.ts';
import type { Link } from '../../engine/link/link.ts';
import { MAX_CACHES } from '../../engine/limits.ts';
import { carries } from '../../engine/link/linksettings.ts';
import type { Station } from '../../engine/station/station.ts';

export type StepKind = 'get' | 'call' | 'fork' | 'invalidate' | 'fill';

export interface Step {
  readonly kind: StepKind;
  readonly link: Link;
  /** Of a fork: all that are called at once, this one's link first. */
  readonly branches: readonly Link[];
  /** For a get and a call: place of the first step after those that a hit, or no answer, makes unnecessary. */
  readonly afterHit: number;
  /** For a get and a fill: bit that remembers the miss in between. */
  readonly missBit: number;
}

const lookasideOf = (link: Link) => (link.callee as Station).lookaside;

/** Dependencies by their order parameter; at the same place caches first, then as they were drawn. */
export function inOrder(links: readonly Link[]): Link[] {
  return links
    .filter((link) => link.attached)
    .sort(
      (a, b) =>
        a.settings.order - b.settings.order ||
        Number(lookasideOf(b) !== null) - Number(lookasideOf(a) !== null) ||
        a.index - b.index,
    );
}

/**
 * The steps for an operation. A cache fronts the next dependency in order that is no cache: a hit skips that one, a
 * miss fills the cache with its answer, a write to it is followed by the cache's invalidation. `together`: dependencies
 * without a cache that stand at the same place in the order become one fork.
 */
export function planFor(links: readonly Link[], operation: number, together: boolean): Step[] {
  const steps: Step[] = [];
  let fronting: Link[] = [];
  let caches = 0;
  const add = (kind: StepKind, link: Link, missBit = 0) =>
    steps.push({ kind, link, branches: [link], afterHit: 0, missBit });
  for (const link of inOrder(links)) {
    if (lookasideOf(link) !== null) {
      fronting.push(link);
      continue;
    }
    if (!carries(link.settings, operation)) continue;
    if (together && fronting.length === 0 && joins(steps, link)) continue;
    const first = steps.length;
    const bits = fronting.map(() => (caches < MAX_CACHES ? 1 << caches++ : 0));
    if (operation === READ)
      fronting.forEach((cache, i) => carries(cache.settings, READ) && add('get', cache, bits[i]));
    add('call', link);
    for (const [i, cache] of fronting.entries()) {
      if (operation === READ) {
        if (carries(cache.settings, READ) && bits[i] !== 0) add('fill', cache, bits[i]);
      } else if (lookasideOf(cache)!.onWrite !== 'nothing') add('invalidate', cache);
    }
    const end = steps.length;
    for (let i = first; i < end; i++) steps[i] = { ...steps[i], afterHit: end };
    fronting = [];
  }
  return steps;
}

/** Makes the last step a fork that has this link too, where that is a call at the same place in the order. */
function joins(steps: Step[], link: Link): boolean {
  const last = steps.at(-1);
  if (last === undefined || (last.kind !== 'call' && last.kind !== 'fork')) return false;
  if (last.link.settings.order !== link.settings.order) return false;
  steps[steps.length - 1] = { ...last, kind: 'fork', branches: [...last.branches, link] };
  return true;
}
