/**
 * How many requests per second reach each component when nothing fails, nothing is retried and nothing is answered
 * on the way; from where on the latter may be so is marked. It must not know any kind.
 */
import type { Expected, Traits } from '../contract.ts';
import { ANY_ROUTE, ROUTES } from '../routes.ts';
import { type Known, onlyRouteFor, routesFor, type Wired } from './wiring.ts';

/** Requests by the number of their route. */
interface Sum {
  meanRps: number[];
  peakRps: number[];
  isAtMost: boolean;
  sources: Set<Traits>;
}

/** Of components by their ids, and over links, on average, by theirs. */
export interface Load {
  readonly nodes: ReadonlyMap<string, Expected>;
  readonly linksRps: ReadonlyMap<string, number>;
}

export function expectedLoad(known: ReadonlyMap<string, Known>): Load {
  const linksRps = new Map<string, number>();
  const sums = new Map<string, Sum>();
  for (const [id, { traits }] of known) {
    const { meanRps = 0, peakRps = 0, route = ANY_ROUTE } = traits.starts ?? {};
    const only = (rps: number) => Array.from({ length: ROUTES }, (_, number) => (number === route ? rps : 0));
    const sources = new Set(traits.starts ? [traits] : []);
    sums.set(id, { meanRps: only(meanRps), peakRps: only(peakRps), isAtMost: false, sources });
  }
  for (const id of callersFirst(known)) {
    const from = known.get(id)!;
    const sum = sums.get(id)!;
    for (const wired of from.out)
      linksRps.set(wired.link.id, pass(sum, sums.get(wired.other)!, from, wired, known));
  }
  const total = (rps: readonly number[]) => rps.reduce((all, each) => all + each, 0);
  const nodes = new Map(
    [...sums].map(([id, { meanRps, peakRps, isAtMost, sources }]) => [
      id,
      { meanRps: total(meanRps), peakRps: total(peakRps), isAtMost, sources: [...sources] },
    ]),
  );
  return { nodes, linksRps };
}

/** Returns how many go over the link, on average. */
function pass(sum: Sum, target: Sum, from: Known, wired: Wired, known: ReadonlyMap<string, Known>): number {
  let passed = 0;
  for (let route = 0; route < ROUTES; route++) {
    // There are many links and rarely more than one route.
    if (sum.peakRps[route] === 0 && sum.meanRps[route] === 0) continue;
    const share = wired.policy.callShare * shareOf(wired, from, route);
    passed += sum.meanRps[route] * share;
    target.meanRps[route] += sum.meanRps[route] * share;
    target.peakRps[route] += sum.peakRps[route] * share;
  }
  // Reads and writes are not told apart here, and a cache beside it answers for what it fronts.
  const isFronted = from.out.some((other) => other !== wired && known.get(other.other)!.traits.mayAnswer);
  if (sum.isAtMost || from.traits.mayAnswer || isFronted || wired.policy.carries !== 'all') {
    target.isAtMost = true;
  }
  for (const source of sum.sources) if (mayTake(wired, from, source)) target.sources.add(source);
  return passed;
}

/** Also where it only stands by for others. */
function mayTake(wired: Wired, { traits, out }: Known, { starts }: Traits): boolean {
  if (!traits.routes) return true;
  const route = starts?.route ?? ANY_ROUTE;
  return traits.chooses ? routesFor(out, route).includes(wired) : onlyRouteFor(out, route) === wired;
}

/** Of the requests for a route: all, or from a chooser even shares among its lowest tier and nothing for who stands by. */
function shareOf(wired: Wired, { traits, out }: Known, route: number): number {
  if (!traits.chooses && !traits.routes) return 1;
  if (!traits.chooses) return onlyRouteFor(out, route) === wired ? 1 : 0;
  const routed = traits.routes ? routesFor(out, route) : out;
  const tier = Math.min(...routed.map((each) => each.policy.tier));
  const used = routed.filter((each) => each.policy.tier === tier);
  return used.includes(wired) ? 1 / used.length : 0;
}

/** Each after all that call it; what stands in a loop comes last, in any order. */
function callersFirst(known: ReadonlyMap<string, Known>): string[] {
  const waiting = new Map([...known].map(([id, each]) => [id, each.in.length]));
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  for (const id of ready) {
    for (const { other } of known.get(id)!.out) {
      const left = waiting.get(other)! - 1;
      waiting.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  return ready;
}
