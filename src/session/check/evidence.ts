/**
 * From repeated runs to a verdict: an estimate, its standard error, and how surprising a difference is. It must not know
 * what was measured.
 */

/** What one run contributes: the quantity measured is Σ sum ÷ Σ weight over the runs. */
export interface Sample {
  readonly sum: number;
  readonly weight: number;
}

export interface Estimate {
  readonly value: number;
  /** Standard error of `value`, from the differences between the runs; NaN with fewer than two. */
  readonly standardError: number;
}

/**
 * Ratio estimate over independent runs. Pooling before dividing keeps the bias of a ratio at 1 ÷ all requests instead of
 * 1 ÷ requests of one run. Source: W. G. Cochran, Sampling Techniques, 1977, §6.4.
 */
export function estimate(samples: readonly Sample[]): Estimate {
  const n = samples.length;
  const sum = samples.reduce((total, sample) => total + sample.sum, 0);
  const weight = samples.reduce((total, sample) => total + sample.weight, 0);
  const value = sum / weight;
  const squares = samples.reduce((total, sample) => {
    const rest = sample.sum - value * sample.weight;
    return total + rest * rest;
  }, 0);
  return { value, standardError: n < 2 ? NaN : Math.sqrt(squares / (n - 1) / n) / (weight / n) };
}

/** Difference from theory in standard errors; ±Infinity where runs that never differ miss it. */
export function errorIn(found: Estimate, theory: number): number {
  const difference = found.value - theory;
  return difference === 0 ? 0 : difference / found.standardError;
}

/**
 * Chance that |error| exceeds `limit` although theory and simulation agree, for an even number of runs less one:
 * Student's t with that many degrees of freedom. Source: Abramowitz & Stegun 26.7.4.
 */
export function chanceBeyond(limit: number, degrees: number): number {
  if (degrees % 2 !== 0) throw new RangeError(`The series is for even degrees of freedom, not ${degrees}.`);
  const sine = limit / Math.sqrt(degrees + limit * limit);
  let term = 1;
  let sum = 1;
  for (let k = 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * (1 - sine * sine);
    sum += term;
  }
  return 1 - sine * sum;
}
