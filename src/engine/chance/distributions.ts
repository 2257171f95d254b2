// Random durations, sizes and gaps: samplers of non-negative numbers in the caller's unit, given by their
// mean and spread. They do not know what is measured; the stream to draw from comes with each draw.
import { exp, ln, pow } from './elementary.ts';
import { type Stream } from './random.ts';
import { drawExponential, drawNormal, exponential } from './ziggurat.ts';

/** A distribution of non-negative numbers. Immutable: all randomness is in the stream. */
export abstract class Sampler {
  /** Mean of the distribution, not of what was drawn. */
  readonly mean: number;
  /** Coefficient of variation: standard deviation by mean. May be Infinity. */
  readonly cv: number;

  constructor(mean: number, cv: number) {
    this.mean = mean;
    this.cv = cv;
  }

  /** Writes one value, at least 0, in the unit of `mean`, to `into[0]`: returning it would allocate a number. */
  abstract draw(stream: Stream, into: Float64Array): void;

  /** One value. For the request path there is `draw`. */
  sample(stream: Stream): number {
    const into = new Float64Array(1);
    this.draw(stream, into);
    return into[0];
  }
}

/** Always the same value. Takes nothing from the stream. */
class Constant extends Sampler {
  constructor(value: number) {
    super(value, 0);
  }

  draw(_stream: Stream, into: Float64Array): void {
    into[0] = this.mean;
  }
}

/** Without memory: the gaps of independent arrivals. */
class Exponential extends Sampler {
  constructor(mean: number) {
    super(mean, 1);
  }

  draw(stream: Stream, into: Float64Array): void {
    drawExponential(stream, into);
    into[0] *= this.mean;
  }
}

/** e^(μ + σz), σ² = ln(1 + cv²), e^μ = mean / √(1 + cv²). The usual shape of service times. */
class Lognormal extends Sampler {
  private readonly median: number;
  private readonly sigma: number;

  constructor(mean: number, cv: number) {
    super(mean, cv);
    this.median = mean / Math.sqrt(1 + cv * cv);
    this.sigma = Math.sqrt(ln(1 + cv * cv));
  }

  draw(stream: Stream, into: Float64Array): void {
    drawNormal(stream, into);
    into[0] = this.median * exp(this.sigma * into[0]);
  }
}

/**
 * One of two exponentials, both contributing half of the mean ("balanced means"): the first with
 * probability p = (1 + √((cv² - 1) / (cv² + 1))) / 2 and mean m / 2p, else mean m / 2(1 - p). cv >= 1.
 * Cheap and dear requests.
 */
class HyperExponential extends Sampler {
  private readonly probability: number;
  private readonly shortMean: number;
  private readonly longMean: number;

  constructor(mean: number, cv: number) {
    super(mean, cv);
    const p = 0.5 * (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1)));
    this.probability = p;
    this.shortMean = mean / (2 * p);
    this.longMean = mean / (2 * (1 - p));
  }

  draw(stream: Stream, into: Float64Array): void {
    const mean = stream.chance(this.probability) ? this.shortMean : this.longMean;
    drawExponential(stream, into);
    into[0] *= mean;
  }
}

/** Sum of k equal exponentials: cv = 1/√k. Work in k steps. */
class Erlang extends Sampler {
  private readonly phases: number;
  private readonly phaseMean: number;

  constructor(mean: number, phases: number) {
    super(mean, 1 / Math.sqrt(phases));
    this.phases = phases;
    this.phaseMean = mean / phases;
  }

  draw(stream: Stream, into: Float64Array): void {
    let sum = 0;
    for (let i = this.phases; i > 0; i--) sum += exponential(stream);
    into[0] = this.phaseMean * sum;
  }
}

/**
 * Heavy tail: P(X > x) = (scale / x)^alpha from `scale` on; larger values than `cap` count as `cap`. The
 * scale is solved so that the mean *with* the cap is the mean asked for. With s = scale, c = cap, a =
 * alpha: E X = s + s (1 - (s/c)^(a-1)) / (a-1), and E X² = s² + 2 s² ((s/c)^(a-2) - 1) / (2-a), or s² + 2
 * s² ln(c/s) if a = 2. Drawn as s e^(E/a) with E exponential.
 */
class Pareto extends Sampler {
  private readonly scale: number;
  private readonly cap: number;
  private readonly tailIndex: number;

  constructor(mean: number, alpha: number, cap: number) {
    const scale = paretoScale(mean, alpha, cap);
    super(mean, Math.sqrt(Math.max(0, paretoSquare(scale, alpha, cap) / (mean * mean) - 1)));
    this.scale = scale;
    this.cap = cap;
    this.tailIndex = 1 / alpha;
  }

  draw(stream: Stream, into: Float64Array): void {
    drawExponential(stream, into);
    into[0] = Math.min(this.cap, this.scale * exp(this.tailIndex * into[0]));
  }
}

function paretoScale(mean: number, alpha: number, cap: number): number {
  // Without a cap the mean is largest for a given scale: the lower bound. The mean is the upper one.
  let low = (mean * (alpha - 1)) / alpha;
  if (cap === Infinity) return low;
  let high = mean;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    const reached = middle + (middle * (1 - pow(middle / cap, alpha - 1))) / (alpha - 1);
    if (reached < mean) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

function paretoSquare(scale: number, alpha: number, cap: number): number {
  if (alpha === 2) return scale * scale * (1 + 2 * ln(cap / scale));
  return scale * scale * (1 + (2 * (pow(scale / cap, alpha - 2) - 1)) / (2 - alpha));
}

/** Every value from min to max equally likely. */
class Uniform extends Sampler {
  private readonly min: number;
  private readonly width: number;

  constructor(min: number, max: number) {
    const mean = 0.5 * (min + max);
    super(mean, mean > 0 ? (max - min) / (Math.sqrt(12) * mean) : 0);
    this.min = min;
    this.width = max - min;
  }

  draw(stream: Stream, into: Float64Array): void {
    into[0] = this.min + this.width * stream.uniform();
  }
}

/**
 * Values measured somewhere: n sorted values are read as the quantiles 0, 1/(n-1), … 1, and between
 * neighbours every value is equally likely (inverse transform with linear interpolation). So eleven deciles
 * or a million raw samples both make sense, and times do not coincide as they would if only the given
 * values could occur. Mean and cv are those of the interpolated distribution.
 */
class Empirical extends Sampler {
  private readonly values: Float64Array;

  constructor(sorted: Float64Array) {
    const last = sorted.length - 1;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < last; i++) {
      const a = sorted[i];
      const b = sorted[i + 1];
      sum += 0.5 * (a + b);
      squares += (a * a + a * b + b * b) / 3;
    }
    const mean = sum / last;
    super(mean, mean > 0 ? Math.sqrt(Math.max(0, squares / last / (mean * mean) - 1)) : 0);
    this.values = sorted;
  }

  draw(stream: Stream, into: Float64Array): void {
    const place = stream.uniform() * (this.values.length - 1);
    const i = Math.floor(place);
    const low = this.values[i];
    into[0] = low + (place - i) * (this.values[i + 1] - low);
  }
}

/** A sum of so many exponentials takes about a microsecond; beyond that a constant says the same. */
export const MAX_ERLANG_PHASES = 400;

/** What `createSampler` makes a sampler of. A field that the distribution does not use is ignored. */
export interface Distribution {
  readonly distribution:
    | 'constant'
    | 'exponential'
    | 'lognormal'
    | 'hyperexponential'
    | 'erlang'
    | 'pareto'
    | 'uniform'
    | 'empirical';
  /** All but uniform and empirical: at least 0, in the caller's unit. 0 gives the constant 0. */
  readonly mean?: number | undefined;
  /**
   * Lognormal: >= 0. Hyperexponential: >= 1. Erlang without `phases`: 1/cv² is rounded. Pareto without
   * `alpha`.
   */
  readonly cv?: number | undefined;
  /** Erlang: number of exponentials summed, 1 to MAX_ERLANG_PHASES. */
  readonly phases?: number | undefined;
  /** Pareto: tail index, above 1. From a cv it is 1 + √(1 + 1/cv²), exact without a cap. */
  readonly alpha?: number | undefined;
  /** Pareto: largest value, above the mean. Default none. */
  readonly cap?: number | undefined;
  /** Uniform: 0 <= min <= max. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Empirical: at least one value, each at least 0, ascending. Copied. */
  readonly values?: ArrayLike<number> | undefined;
}

/** Makes a sampler. RangeError, one sentence, if a number it needs is missing or out of its range. */
export function createSampler(d: Distribution): Sampler {
  if (d.distribution === 'uniform') {
    const min = demand(d.min, 'The smallest value of a uniform distribution', 0, Infinity);
    return new Uniform(min, demand(d.max, 'The largest value of a uniform distribution', min, Infinity));
  }
  if (d.distribution === 'empirical') return createEmpirical(d.values ?? []);
  const mean = demand(d.mean, `The mean of the ${d.distribution} distribution`, 0, Infinity);
  if (mean === 0) return new Constant(0);
  switch (d.distribution) {
    case 'constant':
      return new Constant(mean);
    case 'exponential':
      return new Exponential(mean);
    case 'lognormal':
      return new Lognormal(mean, demand(d.cv, 'The cv of a lognormal distribution', 0, 1e6));
    case 'hyperexponential':
      return new HyperExponential(mean, demand(d.cv, 'The cv of a hyperexponential distribution', 1, 1e6));
    case 'erlang':
      return new Erlang(mean, erlangPhases(d));
    case 'pareto':
      return createPareto(d, mean);
  }
}

function erlangPhases(d: Distribution): number {
  if (d.phases !== undefined) {
    return Math.round(demand(d.phases, 'The number of Erlang phases', 1, MAX_ERLANG_PHASES));
  }
  const cv = demand(d.cv, 'The cv of an Erlang distribution', 0, 1);
  return Math.min(MAX_ERLANG_PHASES, Math.round(1 / (cv * cv)));
}

function createPareto(d: Distribution, mean: number): Sampler {
  const cap = d.cap === undefined ? Infinity : d.cap;
  if (!(cap > mean))
    throw new RangeError(`The cap of a Pareto distribution is above its mean ${mean}, not ${cap}.`);
  const cv = d.alpha === undefined ? demand(d.cv, 'The cv of a Pareto distribution', 1e-6, 1e6) : 1;
  const alpha = d.alpha ?? 1 + Math.sqrt(1 + 1 / (cv * cv));
  if (!(alpha > 1 && alpha < Infinity)) {
    throw new RangeError(`The tail index of a Pareto distribution is above 1, not ${alpha}.`);
  }
  return new Pareto(mean, alpha, cap);
}

function createEmpirical(values: ArrayLike<number>): Sampler {
  const sorted = Float64Array.from(values);
  if (sorted.length === 0) throw new RangeError('An empirical distribution needs at least one value.');
  for (let i = 0; i < sorted.length; i++) {
    demand(sorted[i], `Value ${i} of an empirical distribution`, i === 0 ? 0 : sorted[i - 1], Infinity);
  }
  return sorted.length === 1 ? new Constant(sorted[0]) : new Empirical(sorted);
}

function demand(value: number | undefined, what: string, least: number, most: number): number {
  if (value === undefined) throw new RangeError(`${what} is missing.`);
  if (value >= least && value <= most && value < Infinity) return value;
  throw new RangeError(
    `${what} is ${most < Infinity ? `from ${least} to ${most}` : `${least} or more`}, not ${value}.`,
  );
}
