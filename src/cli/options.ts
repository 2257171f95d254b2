/** Values of options, from text. Each function takes the option's name, for the sentence when it refuses. */
import { MAX_SEED } from '../model/document.ts';
import { BadInput } from './bad-input.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** The longest run: a day of simulated time. */
const MAX_MS = 86_400_000;

/** The largest sweep: a few kilobytes per seed are kept, and an interval from more would be no narrower to the eye. */
export const MAX_SEEDS = 10_000;

/** More than any machine has cores, and few enough to start. */
const MAX_THREADS = 1_024;

/** A duration in ms. */
export function duration(name: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)$/.exec(text);
  const ms = match ? Number(match[1]) * UNITS[match[2]] : NaN;
  if (ms >= 0 && ms <= MAX_MS) return ms;
  throw new BadInput(`--${name} takes a time up to a day such as 500ms, 60s or 5m, not "${text}".`);
}

export function seed(name: string, text: string): number {
  return wholeNumber(name, text, 0, MAX_SEED);
}

export function seeds(name: string, text: string): number {
  return wholeNumber(name, text, 1, MAX_SEEDS);
}

export function threads(name: string, text: string): number {
  return wholeNumber(name, text, 1, MAX_THREADS);
}

/** A part and of how many it is one, from `3/8`. */
export function shard(name: string, text: string): { part: number; of: number } {
  const match = /^(\d{1,5})\/(\d{1,5})$/.exec(text);
  const part = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (part >= 1 && part <= of) return { part, of };
  throw new BadInput(`--${name} takes a part and their number such as 1/8 or 8/8, not "${text}".`);
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new BadInput(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}
