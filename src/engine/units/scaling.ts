/**
 * How many instances there should be: the rules of the Kubernetes horizontal pod autoscaler (v2), as pure functions of
 * what was measured and what was done before. It must not know units or time.
 */

/** Of one metric, whose target is for each instance. */
export interface Readings {
  /** Of instances that are ready and have been measured. */
  readonly measured: readonly number[];
  /** Ready, but nothing is known of them yet. */
  readonly missing: number;
  /** Not ready: they start, or crashed. */
  readonly unready: number;
}

export interface ScalingRules {
  readonly least: number;
  readonly most: number;
  /** A recommendation to grow counts once it has held for so long, one to shrink likewise, ms. */
  readonly upWindowMs: number;
  readonly downWindowMs: number;
  /** In `PERIOD_MS` at most so many more, or so many times as many, whichever is more. */
  readonly upCount: number;
  readonly upFactor: number;
}

/** What was recommended and done: plain data, oldest first. */
export interface Past {
  recommended: { readonly atMs: number; readonly count: number }[];
  added: { readonly atMs: number; readonly by: number }[];
}

export interface Decision {
  readonly count: number;
  /** What would be right by the last readings alone. */
  readonly recommended: number;
  /** Why it is not that: a window has not passed, growth is limited, or a bound of the number. */
  readonly heldBy: 'nothing' | 'window' | 'pace' | 'least' | 'most';
}

/** Within this share of the target nothing is done. */
const TOLERANCE = 0.1;
/** 66 ÷ 60 is not quite 1.1. */
const SLACK = 1e-9;
export const PERIOD_MS = 15_000;

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const isNear = (ratio: number) => Math.abs(1 - ratio) <= TOLERANCE + SLACK;
const enough = (ratio: number, instances: number) => Math.ceil(ratio * instances - SLACK);

/** How many instances the readings ask for; `current` where they ask for no change. */
export function recommend({ measured, missing, unready }: Readings, target: number, current: number): number {
  if (measured.length === 0) return current;
  const ratio = sumOf(measured) / measured.length / target;
  if (missing === 0 && (unready === 0 || ratio <= 1)) {
    return isNear(ratio) ? current : enough(ratio, measured.length);
  }
  // Those of which nothing is known are taken to be as little help to the change as they could be.
  const others = ratio > 1 ? missing + unready : missing;
  const assumed = ratio > 1 ? 0 : missing * target;
  const cautious = (sumOf(measured) + assumed) / (measured.length + others) / target;
  if (isNear(cautious) || ratio < 1 !== cautious < 1) return current;
  const count = enough(cautious, measured.length + others);
  return cautious < 1 === count < current ? count : current;
}

/** How many instances there will be. Adds to the past. */
export function decide(
  past: Past,
  nowMs: number,
  current: number,
  recommended: number,
  rules: ScalingRules,
): Decision {
  if (past.recommended.length === 0) past.recommended.push({ atMs: nowMs, count: current });
  const within = (windowMs: number) =>
    past.recommended.filter(({ atMs }) => atMs > nowMs - windowMs).map(({ count }) => count);
  const up = Math.min(recommended, ...within(rules.upWindowMs));
  const down = Math.max(recommended, ...within(rules.downWindowMs));
  const stable = current < up ? up : current > down ? down : current;
  past.recommended.push({ atMs: nowMs, count: recommended });
  const longest = Math.max(rules.upWindowMs, rules.downWindowMs);
  past.recommended = past.recommended.filter(({ atMs }) => atMs > nowMs - longest);

  past.added = past.added.filter(({ atMs }) => atMs > nowMs - PERIOD_MS);
  const before = current - past.added.reduce((sum, { by }) => sum + by, 0);
  const pace = Math.max(before + rules.upCount, Math.ceil(before * rules.upFactor - SLACK), current);
  const paced = Math.min(stable, pace);
  const count = Math.max(rules.least, Math.min(rules.most, paced));
  if (count > current) past.added.push({ atMs: nowMs, by: count - current });
  const heldBy =
    count > paced
      ? 'least'
      : count < paced
        ? 'most'
        : paced < stable
          ? 'pace'
          : stable !== recommended
            ? 'window'
            : 'nothing';
  return { count, recommended, heldBy };
}
