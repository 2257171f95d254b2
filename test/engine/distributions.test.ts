// Samplers draw from the distribution they claim: moments, tails and shape, with tolerances from the number
// of draws.
import { describe, expect, it } from 'vitest';
import {
  createSampler,
  MAX_ERLANG_PHASES,
  type Distribution,
} from '../../src/engine/chance/distributions.ts';
import { createStream, hash32, type Stream } from '../../src/engine/chance/random.ts';
import { drawNormal, exponential } from '../../src/engine/chance/ziggurat.ts';

const N = 1_000_000;

/** Everything is allowed to be off by five standard errors: one test in a million fails by chance. */
const Z = 5;

/** P(Z > z) of the standard normal (Abramowitz & Stegun 26.2.17, error below 7.5e-8). */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const p = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const poly = t * (p[0] + t * (p[1] + t * (p[2] + t * (p[3] + t * p[4]))));
  return (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * poly;
}

/** Largest distance between the empirical distribution of n draws and the true one, times √n (Kolmogorov). */
function kolmogorov(draw: (stream: Stream) => number, tail: (x: number) => number, seed: number): number {
  const stream = createStream(seed, 'test', 'kolmogorov');
  const sorted = Float64Array.from({ length: N }, () => draw(stream)).sort();
  let worst = 0;
  for (let i = 0; i < N; i++) {
    const below = 1 - tail(sorted[i]);
    worst = Math.max(worst, Math.abs(below - i / N), Math.abs((i + 1) / N - below));
  }
  return worst * Math.sqrt(N);
}

const drawn = new Float64Array(1);
function normal(stream: Stream): number {
  drawNormal(stream, drawn);
  return drawn[0];
}

describe('ziggurat', () => {
  // √n D exceeds 2.3 in 5 of 100,000 runs: 2 e^(-2 x²).
  it.each([1, 2, 3])('exponential: a million draws pass Kolmogorov-Smirnov at 0.005 % (seed %i)', (seed) => {
    expect(kolmogorov(exponential, (x) => Math.exp(-x), seed)).toBeLessThan(2.3);
  });

  it.each([1, 2, 3])('normal: a million draws pass Kolmogorov-Smirnov at 0.005 % (seed %i)', (seed) => {
    expect(kolmogorov(normal, normalTail, seed)).toBeLessThan(2.3);
  });

  it('exponential: also beyond 7.7, in the tail, the share of 10 million is e^-x ± 5 standard errors', () => {
    const stream = createStream(4, 'test', 'tail');
    const points = [0.00048, 2, 7, 7.6971, 7.8, 9, 12];
    const counts = new Float64Array(points.length);
    for (let i = 0; i < 10 * N; i++) {
      const x = exponential(stream);
      for (let j = 0; j < points.length; j++) if (x > points[j]) counts[j]++;
    }
    points.forEach((x, j) => {
      const p = Math.exp(-x);
      expect(Math.abs(counts[j] / (10 * N) - p)).toBeLessThan(Z * Math.sqrt((p * (1 - p)) / (10 * N)));
    });
  });

  it('normal: also beyond ±3.65, in the tails, the share of 30 million is right ± 5 standard errors', () => {
    const stream = createStream(4, 'test', 'tail');
    const points = [0.2, 1, 3, 3.65, 3.8, 4.5];
    const [above, below] = [new Float64Array(points.length), new Float64Array(points.length)];
    for (let i = 0; i < 30 * N; i++) {
      const x = normal(stream);
      for (let j = 0; j < points.length; j++) {
        if (x > points[j]) above[j]++;
        if (x < -points[j]) below[j]++;
      }
    }
    points.forEach((x, j) => {
      const p = normalTail(x);
      const most = Z * Math.sqrt(p / (30 * N)) + 7.5e-8;
      expect(Math.abs(above[j] / (30 * N) - p)).toBeLessThan(most);
      expect(Math.abs(below[j] / (30 * N) - p)).toBeLessThan(most);
    });
  });

  it('exponentials are above 0; means of both to the powers 1 to 4 are those of theory', () => {
    const stream = createStream(5, 'test', 'moments');
    const sums = new Float64Array(8);
    let least = Infinity;
    for (let i = 0; i < N; i++) {
      const [e, z] = [exponential(stream), normal(stream)];
      least = Math.min(least, e);
      for (let k = 0; k < 4; k++) {
        sums[k] += e ** (k + 1);
        sums[4 + k] += z ** (k + 1);
      }
    }
    expect(least).toBeGreaterThan(0);
    // E X^k = k! and 0, 1, 0, 3; the variance of X^k is E X^2k - (E X^k)².
    const expected = [1, 2, 6, 24, 0, 1, 0, 3];
    const squares = [2, 24, 720, 40320, 1, 3, 15, 105];
    expected.forEach((m, k) => {
      expect(Math.abs(sums[k] / N - m)).toBeLessThan(Z * Math.sqrt((squares[k] - m * m) / N));
    });
  });
});

const factorial = [1, 1, 2, 6, 24];

interface Case {
  readonly name: string;
  readonly spec: Distribution;
  readonly mean: number;
  readonly cv: number;
  /** E X^k, k = 1 to 4. */
  readonly moment: (k: number) => number;
  /** P(X > x). */
  readonly tail: (x: number) => number;
}

/** Balanced means with cv² = 4: p = (1 + √(3/5))/2. */
const P = 0.8872983346207417;
const shortMean = 3 / (2 * P);
const longMean = 3 / (2 * (1 - P));
/** Pareto from 1 with tail index 2.5 and cap 100. */
const paretoMoment = (k: number) => 1 + (k * (100 ** (k - 2.5) - 1)) / (k - 2.5);

const CASES: Case[] = [
  {
    name: 'exponential, mean 4',
    spec: { distribution: 'exponential', mean: 4 },
    mean: 4,
    cv: 1,
    moment: (k) => factorial[k] * 4 ** k,
    tail: (x) => Math.exp(-x / 4),
  },
  {
    name: 'lognormal, mean 20, cv 0.5',
    spec: { distribution: 'lognormal', mean: 20, cv: 0.5 },
    mean: 20,
    cv: 0.5,
    moment: (k) => 20 ** k * 1.25 ** ((k * k - k) / 2),
    tail: (x) => normalTail(Math.log((x / 20) * Math.sqrt(1.25)) / Math.sqrt(Math.log(1.25))),
  },
  {
    name: 'hyperexponential, mean 3, cv 2',
    spec: { distribution: 'hyperexponential', mean: 3, cv: 2 },
    mean: 3,
    cv: 2,
    moment: (k) => factorial[k] * (P * shortMean ** k + (1 - P) * longMean ** k),
    tail: (x) => P * Math.exp(-x / shortMean) + (1 - P) * Math.exp(-x / longMean),
  },
  {
    name: 'Erlang, mean 8, 4 phases',
    spec: { distribution: 'erlang', mean: 8, phases: 4 },
    mean: 8,
    cv: 0.5,
    moment: (k) => [1, 4, 20, 120, 840][k] * 2 ** k,
    tail: (x) => Math.exp(-x / 2) * (1 + x / 2 + (x / 2) ** 2 / 2 + (x / 2) ** 3 / 6),
  },
  {
    name: 'Pareto from 1, alpha 2.5, cap 100',
    spec: { distribution: 'pareto', mean: paretoMoment(1), alpha: 2.5, cap: 100 },
    mean: paretoMoment(1),
    cv: Math.sqrt(paretoMoment(2) / paretoMoment(1) ** 2 - 1),
    moment: paretoMoment,
    tail: (x) => (x < 1 ? 1 : x >= 100 ? 0 : x ** -2.5),
  },
  {
    name: 'uniform from 2 to 6',
    spec: { distribution: 'uniform', min: 2, max: 6 },
    mean: 4,
    cv: 4 / Math.sqrt(12) / 4,
    moment: (k) => (6 ** (k + 1) - 2 ** (k + 1)) / (4 * (k + 1)),
    tail: (x) => Math.min(1, Math.max(0, (6 - x) / 4)),
  },
  {
    name: 'empirical with the quartiles 0, 1, 2, 4, 20',
    spec: { distribution: 'empirical', values: [0, 1, 2, 4, 20] },
    // Four pieces with the means 0.5, 1.5, 3, 12 and the mean squares 1/3, 7/3, 28/3, 496/3.
    mean: 4.25,
    cv: Math.sqrt((1 / 3 + 7 / 3 + 28 / 3 + 496 / 3) / 4 / 4.25 ** 2 - 1),
    moment: (k) => {
      const piece = (a: number, b: number) => (b ** (k + 1) - a ** (k + 1)) / ((k + 1) * (b - a));
      return (piece(0, 1) + piece(1, 2) + piece(2, 4) + piece(4, 20)) / 4;
    },
    tail: (x) =>
      x >= 20 ? 0 : x > 4 ? (0.25 * (20 - x)) / 16 : x > 2 ? 0.25 + (0.25 * (4 - x)) / 2 : 1 - x / 4,
  },
];

describe.each(CASES)('$name', ({ spec, mean, cv, moment, tail }) => {
  const sampler = createSampler(spec);
  const stream = createStream(6, 'test', spec.distribution);
  const sample = Float64Array.from({ length: N }, () => sampler.sample(stream));

  it('says its mean and cv, to 12 digits', () => {
    expect(Math.abs(sampler.mean / mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(sampler.cv / cv - 1)).toBeLessThan(1e-12);
    expect(Math.abs(moment(1) / mean - 1)).toBeLessThan(1e-12);
  });

  it('has that mean over a million draws, ± 5 σ/√n, and never draws below 0', () => {
    const sum = sample.reduce((a, b) => a + b);
    expect(Math.abs(sum / N - mean)).toBeLessThan((Z * cv * mean) / Math.sqrt(N));
    expect(sample.reduce((a, b) => Math.min(a, b))).toBeGreaterThanOrEqual(0);
  });

  it('has the variance σ² ± 5 √((μ₄ - σ⁴)/n)', () => {
    const variance = (cv * mean) ** 2;
    const fourth = moment(4) - 4 * mean * moment(3) + 6 * mean ** 2 * moment(2) - 3 * mean ** 4;
    const measured = sample.reduce((a, b) => a + (b - mean) ** 2, 0) / N;
    expect(Math.abs(moment(2) - mean * mean - variance)).toBeLessThan(1e-9 * moment(2));
    expect(Math.abs(measured - variance)).toBeLessThan(Z * Math.sqrt((fourth - variance ** 2) / N));
  });

  it('exceeds 0.25, 0.5, 1, 2, 3, 5 and 8 times its mean with the frequency p ± 5 √(p(1 - p)/n)', () => {
    for (const factor of [0.25, 0.5, 1, 2, 3, 5, 8]) {
      const p = tail(factor * mean);
      const share = sample.reduce((count, x) => count + (x > factor * mean ? 1 : 0), 0) / N;
      expect(Math.abs(share - p)).toBeLessThan(Z * Math.sqrt((p * (1 - p)) / N) + 1e-7);
    }
  });
});

describe('Pareto', () => {
  it('capped at 10 times its mean still has the mean asked for, for any tail index', () => {
    for (const alpha of [1.01, 1.5, 2, 2.5, 3]) {
      const sampler = createSampler({ distribution: 'pareto', mean: 7, alpha, cap: 70 });
      const stream = createStream(7, 'test', 'pareto');
      let sum = 0;
      let largest = 0;
      for (let i = 0; i < N; i++) {
        const value = sampler.sample(stream);
        sum += value;
        largest = Math.max(largest, value);
      }
      expect(largest).toBe(70);
      expect(Math.abs(sum / N - 7)).toBeLessThan((Z * 7 * sampler.cv) / Math.sqrt(N));
    }
  });

  it('without a cap has cv 1/√(alpha (alpha - 2)), infinite up to alpha 2', () => {
    expect(createSampler({ distribution: 'pareto', mean: 1, alpha: 3 }).cv).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(createSampler({ distribution: 'pareto', mean: 1, alpha: 2 }).cv).toBe(Infinity);
    expect(createSampler({ distribution: 'pareto', mean: 1, alpha: 1.5 }).cv).toBe(Infinity);
  });

  it('by mean and cv 0.75 has that cv', () => {
    expect(createSampler({ distribution: 'pareto', mean: 5, cv: 0.75 }).cv).toBeCloseTo(0.75, 12);
  });
});

describe('createSampler', () => {
  it('a constant is the same value without a draw, and so is any distribution of mean 0', () => {
    const stream = createStream(8, 'test', 'constant');
    const before = stream.state.slice();
    expect(createSampler({ distribution: 'constant', mean: 3 }).sample(stream)).toBe(3);
    expect(createSampler({ distribution: 'lognormal', mean: 0, cv: 1 }).sample(stream)).toBe(0);
    expect(createSampler({ distribution: 'empirical', values: [5] }).sample(stream)).toBe(5);
    expect(stream.state).toEqual(before);
  });

  it('Erlang by cv 0.25 has 16 phases, and a cv of 0 as many as there may be', () => {
    expect(createSampler({ distribution: 'erlang', mean: 1, cv: 0.25 }).cv).toBe(0.25);
    expect(createSampler({ distribution: 'erlang', mean: 1, cv: 0 }).cv).toBe(
      1 / Math.sqrt(MAX_ERLANG_PHASES),
    );
  });

  it('hyperexponential with cv 1 is the exponential, lognormal with cv 0 the constant', () => {
    const [a, b] = [createStream(9, 'test', 'x'), createStream(9, 'test', 'x')];
    b.uniform();
    const value = createSampler({ distribution: 'hyperexponential', mean: 2, cv: 1 }).sample(a);
    expect(value).toBe(createSampler({ distribution: 'exponential', mean: 2 }).sample(b));
    expect(createSampler({ distribution: 'lognormal', mean: 2, cv: 0 }).sample(a)).toBe(2);
  });

  const MISTAKES: [Distribution, string][] = [
    [{ distribution: 'exponential' }, 'The mean of the exponential distribution is missing.'],
    [{ distribution: 'constant', mean: -1 }, 'The mean of the constant distribution is 0 or more, not -1.'],
    [
      { distribution: 'constant', mean: Infinity },
      'The mean of the constant distribution is 0 or more, not Infinity.',
    ],
    [
      { distribution: 'lognormal', mean: NaN, cv: 1 },
      'The mean of the lognormal distribution is 0 or more, not NaN.',
    ],
    [{ distribution: 'lognormal', mean: 1 }, 'The cv of a lognormal distribution is missing.'],
    [
      { distribution: 'hyperexponential', mean: 1, cv: 0.9 },
      'The cv of a hyperexponential distribution is from 1 to 1000000, not 0.9.',
    ],
    [{ distribution: 'erlang', mean: 1, phases: 0 }, 'The number of Erlang phases is from 1 to 400, not 0.'],
    [
      { distribution: 'pareto', mean: 1, alpha: 1 },
      'The tail index of a Pareto distribution is above 1, not 1.',
    ],
    [
      { distribution: 'pareto', mean: 2, alpha: 3, cap: 2 },
      'The cap of a Pareto distribution is above its mean 2, not 2.',
    ],
    [
      { distribution: 'uniform', min: 2, max: 1 },
      'The largest value of a uniform distribution is 2 or more, not 1.',
    ],
    [{ distribution: 'empirical', values: [] }, 'An empirical distribution needs at least one value.'],
    [
      { distribution: 'empirical', values: [1, 0] },
      'Value 1 of an empirical distribution is 1 or more, not 0.',
    ],
  ];
  it.each(MISTAKES)('refuses %o', (spec, sentence) => {
    expect(() => createSampler(spec)).toThrow(new RangeError(sentence));
  });
});

/** One number for all bits of 10,000 draws. */
function digest(draw: (stream: Stream) => number): string {
  const stream = createStream(10, 'test', 'digest');
  const double = new DataView(new ArrayBuffer(8));
  let hash = 0;
  for (let i = 0; i < 10_000; i++) {
    double.setFloat64(0, draw(stream));
    hash = hash32(double.getInt32(4), hash32(double.getInt32(0), hash));
  }
  return hash.toString(16);
}

it('every bit of 10,000 draws of each distribution is the same in every engine', () => {
  const digests = CASES.map(({ spec }) => digest((stream) => createSampler(spec).sample(stream)));
  expect([digest(exponential), digest(normal), ...digests]).toEqual([
    '8b05e372',
    '3890b81f',
    '7a2f6a0f',
    'a1a3ac31',
    '321860c5',
    '98093c14',
    '8bdc632a',
    '25519718',
    '9785ac38',
  ]);
});
