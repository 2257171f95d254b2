/**
 * The prices and assumptions somebody estimates with. They are the person's, not the design's: kept in this browser,
 * only where they differ from the defaults. It must not know how an estimate is made.
 */
import { DEFAULT_RATES, type Rates } from '../../kinds/review/estimate.ts';

export interface OwnRates extends Rates {
  /** What amounts are called: a currency's code. */
  readonly currency: string;
  /** Day of the last change, as 2026-01-31; null for the defaults. */
  readonly changedOn: string | null;
}

export const DEFAULT_CURRENCY = 'USD';
const KEY = 'loadbearing/rates';
/** Above any price there is; keeps totals finite. */
export const MAX_RATE = 1_000_000;

export function readRates(storage: () => Storage = () => localStorage): OwnRates {
  let own: unknown = null;
  try {
    own = JSON.parse(storage().getItem(KEY) ?? 'null');
  } catch {
    // Refused or damaged: the defaults.
  }
  const from = (own !== null && typeof own === 'object' ? own : {}) as Partial<
    Record<keyof OwnRates, unknown>
  >;
  return {
    prices: merged(DEFAULT_RATES.prices, from.prices),
    sizes: merged(DEFAULT_RATES.sizes, from.sizes),
    currency: cleanCurrency(from.currency) ?? DEFAULT_CURRENCY,
    changedOn: typeof from.changedOn === 'string' ? from.changedOn.slice(0, 10) : null,
  };
}

/** False when this browser refuses to keep them; they then last as long as the page. */
export function keepRates(rates: OwnRates, storage: () => Storage = () => localStorage): boolean {
  try {
    const text = JSON.stringify({
      ...rates,
      prices: differing(DEFAULT_RATES.prices, rates.prices),
      sizes: differing(DEFAULT_RATES.sizes, rates.sizes),
    });
    storage().setItem(KEY, text);
    return storage().getItem(KEY) === text;
  } catch {
    return false;
  }
}

/** "eur" → "EUR"; null when it is no code of one to five letters. */
export function cleanCurrency(value: unknown): string | null {
  return typeof value === 'string' && /^[\p{L}\p{Sc}]{1,5}$/u.test(value.trim())
    ? value.trim().toUpperCase()
    : null;
}

export function isRate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_RATE;
}

function merged<K extends string>(
  defaults: Readonly<Record<K, number>>,
  own: unknown,
): Readonly<Record<K, number>> {
  const from = (own !== null && typeof own === 'object' ? own : {}) as Record<string, unknown>;
  const entries = Object.entries<number>(defaults).map(([id, value]) => [
    id,
    isRate(from[id]) ? from[id] : value,
  ]);
  return Object.fromEntries(entries) as Record<K, number>;
}

function differing(defaults: Readonly<Record<string, number>>, own: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(own).filter(([id, value]) => value !== defaults[id]));
}
