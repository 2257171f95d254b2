/**
 * How many requests per second reach each component when nothing fails, nothing is retried and nothing is answered
 * on the way; from where on the latter may be so is marked. It must not know any kind.
 */
import type { Expected, Traits } from '../contract.ts';
import type { Known, Wired } from './wiring.ts';

interface Sum {
  meanRps: number;
  peakRps: number;
  isAtMost: boolean;
  sources: Set<Traits>;
}

export function expectedLoad(known: ReadonlyMap<string, Known>): ReadonlyMap<string, Expected> {
  const sums = new Map<string, Sum>();
  for (const [id, { traits }] of known) {
    const { meanRps = 0, peakRps = 0 } = traits.starts ?? {};
    sums.set(id, { meanRps, peakRps, isAtMost: false, sources: new Set(traits.starts ? [traits] : []) });
  }
  for (const id of callersFirst(known)) {
    const from = known.get(id)!;
    const sum = sums.get(id)!;
    for (const wired of from.out) pass(sum, sums.get(wired.other)!, from, wired, known);
  }
  return new Map([...sums].map(([id, sum]) => [id, { ...sum, sources: [...sum.sources] }]));
}

function pass(sum: Sum, target: Sum, from: Known, wired: Wired, known: ReadonlyMap<string, Known>): void {
  const share = wired.policy.callShare * (from.traits.chooses ? shareOf(wired, from.out) : 1);
  target.meanRps += sum.meanRps * share;
  target.peakRps += sum.peakRps * share;
  // Reads and writes are not told apart here, and a cache beside it answers for what it fronts.
  const isFronted = from.out.some((other) => other !== wired && known.get(other.other)!.traits.mayAnswer);
  if (sum.isAtMost || from.traits.mayAnswer || isFronted || wired.policy.carries !== 'all') {
    target.isAtMost = true;
  }
  for (const source of sum.sources) target.sources.add(source);
}

/** Of a chooser: even among its lowest tier, nothing for those that stand by. */
function shareOf({ policy }: Wired, out: readonly Wired[]): number {
  const tier = Math.min(...out.map((each) => each.policy.tier));
  return policy.tier > tier ? 0 : 1 / out.filter((each) => each.policy.tier === tier).length;
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
