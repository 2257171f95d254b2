/** Means over independent replications and how far they can be trusted. It must not know what was measured. */

/** Mean over the seeds, and half the width of its 95 % confidence interval. */
export interface Interval {
  /** Null when no seed has a value. */
  readonly mean: number | null;
  /** The interval is mean ± ci95; null for fewer than two seeds, which say nothing about their spread. */
  readonly ci95: number | null;
  /** How many seeds have a value. */
  readonly n: number;
}

/**
 * The interval x̄ ± t s / √n with s² = Σ (x − x̄)² / (n − 1) and t the 0.975-quantile of Student's distribution with n − 1
 * degrees of freedom (method of independent replications: Law, Simulation Modeling and Analysis, 5th ed., §9.4.1).
 */
export function intervalOf(values: readonly (number | null)[]): Interval {
  const known = values.filter((value) => value !== null);
  const n = known.length;
  if (n === 0) return { mean: null, ci95: null, n };
  const mean = known.reduce((sum, x) => sum + x, 0) / n;
  if (n === 1) return { mean, ci95: null, n };
  const squares = known.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, ci95: studentT975(n - 1) * Math.sqrt(squares / (n - 1) / n), n };
}

/**
 * The 0.975-quantile of Student's t, for a whole number of degrees of freedom from 1 on. Found by bisection, and rounded
 * to six decimals: that is as good as any table, and no machine's last bit of an arctangent shows.
 */
export function studentT975(freedom: number): number {
  let low = 0;
  let high = 13; // t is 12.706 for one degree, and smaller for more
  while (high - low > 1e-9) {
    const middle = 0.5 * (low + high);
    if (shareWithin(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return Math.round(low * 1e6) / 1e6;
}

/**
 * The share of Student's distribution that lies within ± t. With θ = arctan(t / √ν) it is a finite sum (Abramowitz and
 * Stegun, 26.7.3 and 26.7.4), for odd ν > 1 and for even ν:
 *   2/π (θ + sin θ (cos θ + 2/3 cos³ θ + … + 2·4···(ν−3) / 1·3···(ν−2) cos^(ν−2) θ))
 *   sin θ (1 + 1/2 cos² θ + 1·3 / 2·4 cos⁴ θ + … + 1·3···(ν−3) / 2·4···(ν−2) cos^(ν−2) θ)
 */
function shareWithin(t: number, freedom: number): number {
  const isOdd = freedom % 2 === 1;
  const cosine2 = freedom / (freedom + t * t);
  const sine = Math.sqrt(1 - cosine2);
  let term = isOdd ? Math.sqrt(cosine2) : 1;
  let sum = freedom > 1 ? term : 0;
  for (let power = isOdd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= (cosine2 * (power - 1)) / power;
    sum += term;
  }
  if (!isOdd) return sine * sum;
  return (2 / Math.PI) * (Math.atan(t / Math.sqrt(freedom)) + sine * sum);
}
