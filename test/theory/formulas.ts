// Closed forms of queueing theory, written from their textbooks and not from the simulator. Times in units of 1/µ unless
// a rate is given. Sources: Kleinrock, "Queueing Systems" I (1975); Harchol-Balter, "Performance Modeling" (2013).

/** Erlang B: share of calls lost by c servers without a queue at an offered load a, for any service distribution. */
export function erlangB(c: number, a: number): number {
  let b = 1;
  for (let k = 1; k <= c; k++) b = (a * b) / (k + a * b);
  return b;
}

/** Erlang C: share of calls that wait at c servers, exponential. */
export function erlangC(c: number, a: number): number {
  const b = erlangB(c, a);
  return b / (1 - (a / c) * (1 - b));
}

/** Mean wait of M/M/c. */
export function waitMMc(c: number, a: number): number {
  return erlangC(c, a) / (c - a);
}

/** P(time in system > t) of M/M/c with µ = 1 and offered load a; not for a = c − 1. */
export function tailMMc(c: number, a: number, t: number): number {
  const delayed = erlangC(c, a);
  const r = c - a;
  return Math.exp(-t) * (1 - delayed) + (delayed * (r * Math.exp(-t) - Math.exp(-r * t))) / (r - 1);
}

/** The t at which a falling tail crosses a share. */
export function quantileOf(tail: (t: number) => number, share: number): number {
  let low = 0;
  let high = 1;
  while (tail(high) > share) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = 0.5 * (low + high);
    if (tail(middle) > share) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** Mean wait of M/G/1 with mean service 1 (Pollaczek–Khinchine). */
export function waitMG1(rho: number, cv: number): number {
  return (rho * (1 + cv * cv)) / (2 * (1 - rho));
}

/** States 0 … k of M/M/c/k at an offered load a. */
export function statesMMcK(c: number, k: number, a: number): number[] {
  const p = [1];
  for (let n = 1; n <= k; n++) p.push((p[n - 1] * a) / Math.min(n, c));
  const sum = p.reduce((x, y) => x + y, 0);
  return p.map((x) => x / sum);
}

/** Machine repairman: completions per unit of time of N users who think for a mean z at one exponential server. */
export function throughputOfUsers(users: number, z: number): number {
  let weight = 1;
  let sum = 1;
  for (let n = 1; n <= users; n++) {
    weight *= (users - n + 1) / z;
    sum += weight;
  }
  return 1 - 1 / sum;
}

/**
 * Erlang A (Palm 1957): c servers with µ = 1, offered load a, callers who leave the queue at rate theta each. Share that
 * leaves, and mean number waiting, from the states of the birth and death process.
 */
export function erlangA(c: number, a: number, theta: number): { abandon: number; waiting: number } {
  let p = 1;
  let sum = 1;
  let waiting = 0;
  for (let n = 1; p > 1e-18 * sum || n <= a + c; n++) {
    p *= a / (Math.min(n, c) + Math.max(0, n - c) * theta);
    sum += p;
    waiting += Math.max(0, n - c) * p;
  }
  return { abandon: (theta * waiting) / sum / a, waiting: waiting / sum };
}

/** Mean time in system of M/M/1 whose arrivals come `batch` at a time, at a load rho. Source: Gross & Harris (1998), §3.1. */
export function timeInBatches(batch: number, rho: number): number {
  return (1 + batch) / (2 * (1 - rho));
}

/** Mean time in system of D/M/1: an arrival finds the server busy with probability σ = e^(−(1 − σ) / ρ). */
export function timeEvenlySpaced(rho: number): number {
  let sigma = rho;
  for (let i = 0; i < 1_000; i++) sigma = Math.exp(-(1 - sigma) / rho);
  return 1 / (1 - sigma);
}

type Matrix = readonly [a: number, b: number, c: number, d: number];

const times = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];
const plus = (m: Matrix, n: Matrix): Matrix => [m[0] + n[0], m[1] + n[1], m[2] + n[2], m[3] + n[3]];
const scaled = (m: Matrix, by: number): Matrix => [m[0] * by, m[1] * by, m[2] * by, m[3] * by];
const inverse = (m: Matrix): Matrix => scaled([m[3], -m[1], -m[2], m[0]], 1 / (m[0] * m[3] - m[1] * m[2]));

/**
 * Mean time in system of MMPP(2)/M/1 with µ = 1: arrivals at rates `calm` and `burst` by turns, in phases that last so long
 * on average. By the matrix R of the quasi birth and death process. Source: M. Neuts, Matrix-Geometric Solutions (1981).
 */
export function timeInBursts(calm: number, burst: number, calmLasts: number, burstLasts: number): number {
  const [leave, back] = [1 / calmLasts, 1 / burstLasts];
  const arrivals: Matrix = [calm, 0, 0, burst];
  const changes: Matrix = [-leave, leave, back, -back];
  const stays = plus(changes, scaled(plus(arrivals, [1, 0, 0, 1]), -1));
  let r: Matrix = [0, 0, 0, 0];
  for (let i = 0; i < 20_000; i++) r = times(scaled(plus(arrivals, times(r, r)), -1), inverse(stays));
  // Of an empty system: p (changes − arrivals + r) = 0, up to a factor.
  const empty = plus(plus(changes, scaled(arrivals, -1)), r);
  const p = [empty[2], -empty[0]] as const;
  const all = inverse(plus([1, 0, 0, 1], scaled(r, -1)));
  const sum = (m: Matrix) => p[0] * (m[0] + m[1]) + p[1] * (m[2] + m[3]);
  const inside = sum(times(r, times(all, all))) / sum(all);
  const rate = (calm * calmLasts + burst * burstLasts) / (calmLasts + burstLasts);
  return inside / rate;
}
