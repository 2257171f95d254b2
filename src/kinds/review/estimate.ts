/**
 * What a design costs a month, roughly: the quantities its kinds declare times the prices somebody set. It must not
 * know where the prices are kept.
 */
import type { Design } from '../../model/document.ts';
import type { CostItem } from '../contract.ts';
import { PRICES, SIZES, type Price, type PriceId, type Sizes } from '../prices.ts';
import { adviceOf, placesOf } from './places.ts';

/** The numbers an estimate is made with; people edit them. */
export interface Rates {
  readonly prices: Readonly<Record<PriceId, number>>;
  readonly sizes: Sizes;
}

export const DEFAULT_RATES: Rates = { prices: defaultsOf(PRICES), sizes: defaultsOf(SIZES) };

function defaultsOf<K extends string>(table: Readonly<Record<K, Price>>): Readonly<Record<K, number>> {
  const entries = Object.entries<Price>(table).map(([id, { default: value }]) => [id, value]);
  return Object.fromEntries(entries) as Record<K, number>;
}

export interface Charge extends CostItem {
  readonly amount: number;
}

export interface NodeCost {
  readonly node: string;
  readonly label: string;
  readonly charges: readonly Charge[];
  readonly total: number;
}

export interface Estimate {
  /** The dearest first; components that cost nothing are left out. */
  readonly nodes: readonly NodeCost[];
  readonly total: number;
  /** Labels of kinds in the design of which nobody has said what they cost. */
  readonly unpriced: readonly string[];
  /** Somewhere the requests counted are a bound, because a cache may answer before. */
  readonly isAtMost: boolean;
}

export function estimateCost(
  design: Design,
  { prices, sizes }: Rates,
  adviceFor: typeof adviceOf = adviceOf,
): Estimate {
  let isAtMost = false;
  const unpriced = new Set<string>();
  const nodes = [...placesOf(design).values()].flatMap((place): NodeCost[] => {
    const { cost } = adviceFor(place.node.kind);
    if (!cost) unpriced.add(place.spec.label);
    const items = cost?.(place, sizes) ?? [];
    const charges = items.map((item) => ({ ...item, amount: item.quantity * prices[item.price] }));
    if (charges.length === 0) return [];
    const isCounted = items.some(({ price }) => price === 'cdnMillion' || price === 'balancerMillion');
    if (isCounted && place.expected.isAtMost) isAtMost = true;
    const total = charges.reduce((sum, { amount }) => sum + amount, 0);
    return [{ node: place.node.id, label: place.node.label, charges, total }];
  });
  nodes.sort((a, b) => b.total - a.total);
  const total = nodes.reduce((sum, each) => sum + each.total, 0);
  return { nodes, total, unpriced: [...unpriced], isAtMost };
}
