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
