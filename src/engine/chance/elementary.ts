// Natural logarithm, exponential and power out of + - * / alone, hence the same bits in every JavaScript
// engine (the standard leaves Math.log, Math.exp and Math.pow to the implementation, and they do differ in
// the last bit). Argument reduction by powers of two, then Taylor series cut where the rest is below the
// last bit.

/**
 * Position of the sign-and-exponent half of a double seen as two 32-bit words: 1 on little-endian machines.
 */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** ln 2 in two parts; the first has 42 bits, so that its product with any binary exponent is exact. */
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
const LOG2_E = 1.4426950408889634;

const MIN_EXPONENT = -1074;
const MAX_EXPONENT = 1023;
/** 2^k at index k - MIN_EXPONENT: a load is cheaper than assembling a double from two words. */
const POWERS_OF_TWO = new Float64Array(MAX_EXPONENT - MIN_EXPONENT + 1);
for (let k = 0, power = 1; k <= MAX_EXPONENT; k++, power *= 2) POWERS_OF_TWO[k - MIN_EXPONENT] = power;
for (let k = 0, power = 1; k >= MIN_EXPONENT; k--, power *= 0.5) POWERS_OF_TWO[k - MIN_EXPONENT] = power;

const TWO_TO_54 = 18014398509481984;
/** Added to the top 20 bits of a mantissa it carries into the exponent exactly from √2 upwards. */
const CARRY_FROM_SQRT_2 = 0x95f62;

/** Binary exponent of a positive, finite, normal double, one more if its mantissa is √2 or above. */
function exponentOf(x: number): number {
  double[0] = x;
  return ((words[HIGH] + CARRY_FROM_SQRT_2) >> 20) - 1023;
}

/**
 * Natural logarithm. Any double: ln(0) = -Infinity, ln(negative) = NaN.
 * With x = 2^k (1 + f), √½ <= 1 + f < √2 and s = f / (2 + f): ln(1 + f) = 2 (s + s³/3 + s⁵/5 + …).
 * Measured error: below 0.9 units in the last place.
 */
export function ln(x: number): number {
  if (!(x > 2.2250738585072014e-308 && x < Infinity)) return lnOfRare(x);
  const k = exponentOf(x);
  const f = x * POWERS_OF_TWO[-k - MIN_EXPONENT] - 1;
  const s = f / (2 + f);
  const u = s * s;
  const w = u * u;
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19 + w * (2 / 23)))));
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21))));
  const rest = u * (odd + u * even);
  // 2s = f - s f and s f = f²/2 - s f²/2: keeps the large term f free of rounding.
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
}

function lnOfRare(x: number): number {
  if (x === 0) return -Infinity;
  if (x > 0 && x < Infinity) return ln(x * TWO_TO_54) - 54 * LN2_HIGH - 54 * LN2_LOW;
  return x > 0 ? x : NaN;
}

/**
 * e to the power x. Any double: overflows to Infinity above 709.78, underflows to 0 below -745.13.
 * Measured error: below 0.75 units in the last place, also where the result is subnormal.
 */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/**
 * e to the power high + low, |low| far below |high|. With high + low = k ln 2 + r, |r| <= ln(2)/2: 2^k e^r.
 */
function expOfSum(high: number, low: number): number {
  if (!(high < 710)) return high > 0 ? Infinity : NaN;
  if (high < -746) return 0;
  const k = Math.floor(high * LOG2_E + 0.5);
  const top = high - k * LN2_HIGH;
  const bottom = low - k * LN2_LOW;
  const r = top + bottom;
  const lost = top - r + bottom;
  const r2 = r * r;
  const r4 = r2 * r2;
  const p0 = 1 / 2 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120));
  const p1 = 1 / 720 + r * (1 / 5040) + r2 * (1 / 40320 + r * (1 / 362880));
  const p2 = 1 / 3628800 + r * (1 / 39916800) + r2 * (1 / 479001600 + r * (1 / 6227020800));
  // 1 + r is rounded; what that took is put back with the rest.
  const a = 1 + r;
  const y = a + (1 - a + r + (r2 * (p0 + r4 * (p1 + r4 * p2)) + lost));
  if (k >= -1022 && k <= MAX_EXPONENT) return y * POWERS_OF_TWO[k - MIN_EXPONENT];
  const half = k >> 1;
  return y * POWERS_OF_TWO[half - MIN_EXPONENT] * POWERS_OF_TWO[k - half - MIN_EXPONENT];
}

/** 2^27 + 1: splits a double into two halves whose products are exact (Veltkamp 1968). */
const SPLITTER = 134217729;

/** What rounding took from product = fl(a b), exactly (Dekker 1971). |a| and |b| below 2^996. */
function lostInProduct(a: number, b: number, product: number): number {
  const ca = SPLITTER * a;
  const aHigh = ca - (ca - a);
  const aLow = a - aHigh;
  const cb = SPLITTER * b;
  const bHigh = cb - (cb - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

const TWO_THIRDS_HIGH = 0.6666666666666666;
const TWO_THIRDS_LOW = 3.700743415417188e-17;

/**
 * x to the power y, for x >= 0 (NaN below). Edges as in IEEE 754: pow(x, 0) = pow(1, y) = 1, pow(0, y < 0)
 * = Infinity. The logarithm is carried to about 65 bits as a sum of two doubles, because an error in it is
 * multiplied by up to 709. Measured error: below 0.75 units in the last place (1.5 for a subnormal x).
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (!(x > 2.2250738585072014e-308 && x < Infinity && y > -1e300 && y < 1e300)) return powOfRare(x, y);
  const k = exponentOf(x);
  const m = x * POWERS_OF_TWO[-k - MIN_EXPONENT];
  // s = (m - 1) / (m + 1) as s + sLow
  const f = m - 1;
  const t = m + 1;
  const s = f / t;
  const st = s * t;
  const sLow = (f - st - lostInProduct(s, t, st) - s * (f - (t - 2))) / t;
  // 2 atanh(s) = s q,  q = 2 + u v,  u = s²,  v = 2/3 + w,  w = 2u/5 + 2u²/7 + …
  const u = s * s;
  const uLow = lostInProduct(s, s, u) + 2 * s * sLow;
  const u2 = u * u;
  const odd = 2 / 5 + u2 * (2 / 9 + u2 * (2 / 13 + u2 * (2 / 17 + u2 * (2 / 21))));
  const even = 2 / 7 + u2 * (2 / 11 + u2 * (2 / 15 + u2 * (2 / 19 + u2 * (2 / 23))));
  const w = u * (odd + u * even);
  const v = TWO_THIRDS_HIGH + w;
  const vLow = TWO_THIRDS_HIGH - v + w + TWO_THIRDS_LOW;
  const p = u * v;
  const pLow = lostInProduct(u, v, p) + (u * vLow + uLow * v);
  const q = 2 + p;
  const qLow = 2 - q + p + pLow;
  const a = s * q;
  const aLow = lostInProduct(s, q, a) + (s * qLow + sLow * q);
  // ln x = k ln 2 + a, then times y
  const base = k * LN2_HIGH;
  const sum = base + a;
  const kept = sum - base;
  const sumLow = base - (sum - kept) + (a - kept) + (aLow + k * LN2_LOW);
  const product = sum * y;
  if (!(product > -746 && product < 710)) return product > 0 ? Infinity : 0;
  return expOfSum(product, lostInProduct(sum, y, product) + sumLow * y);
}

function powOfRare(x: number, y: number): number {
  if (!(x >= 0) || y !== y) return NaN;
  const grows = x > 1 === y > 0;
  if (x === 0 || x === Infinity || y > 1e300 || y < -1e300) return grows ? Infinity : 0;
  // x is subnormal: 2^-54y could overflow on its own, but then so does the result.
  return pow(x * TWO_TO_54, y) * pow(1 / TWO_TO_54, y);
}
