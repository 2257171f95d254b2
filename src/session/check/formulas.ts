/**
 * Closed forms of queueing theory that the simulator is held against. Pure arithmetic in any one unit of time: rates are
 * per that unit, durations in it. They must not know designs, cases or how anything is simulated.
 */
import { exp, pow } from '../../engine/chance/elementary.ts';

/**
 * Erlang B: share of arrivals that find all servers busy and are turned away, M/G/c/c. It depends on the mean of the
 * service time alone. `offered` = rate × service, in erlangs.
 * Source: A. K. Erlang 1917; recursion as in R. B. Cooper, Introduction to Queueing Theory, 1981, §3.3.
 */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

/** Erlang C: share of arrivals that have to wait, M/M/c, offered < servers. Source: A. K. Erlang 1917. */
export function erlangC(servers: number, offered: number): number {
  const blocked = erlangB(servers, offered);
  const load = offered / servers;
  return blocked / (1 - load * (1 - blocked));
}

/** Mean response time of M/M/c: service plus Erlang C ÷ spare capacity. */
export function mmcResponse(rate: number, service: number, servers: number): number {
  return service + erlangC(servers, rate * service) / (servers / service - rate);
}

/**
 * Share of requests of an M/M/c queue that take longer than `time`: work, and for those who find all busy a wait that is
 * exponential with the spare capacity. Not for offered = servers − 1. Source: L. Kleinrock, Queueing Systems I, 1975.
 */
export function mmcSlowerThan(rate: number, service: number, servers: number, time: number): number {
  const offered = rate * service;
  const delayed = erlangC(servers, offered);
  const spare = servers - offered;
  const work = exp(-time / service);
  return work * (1 - delayed) + (delayed * (spare * work - exp((-spare * time) / service))) / (spare - 1);
}

/** Share of requests of an M/M/1 queue that take longer than `time`, waiting included: its response is exponential. */
export function mm1SlowerThan(rate: number, service: number, time: number): number {
  return exp(-(1 / service - rate) * time);
}

/**
 * Mean response time of M/G/1, first come first served; `cv` is standard deviation ÷ mean of the service time: 0 gives
 * M/D/1, 1 gives M/M/1. Source: F. Pollaczek 1930, A. Y. Khinchine 1932.
 */
export function mg1Response(rate: number, service: number, cv: number): number {
  const load = rate * service;
  return service + (load * service * (1 + cv * cv)) / (2 * (1 - load));
}

/**
 * Mean square of the response of M/M/1, last come first served without interruption, in squares of the service: the mean
 * square of the wait is 1 / (1 − ρ) times what it is in turn, 2ρ / (1 − ρ)² (L. Takács 1963).
 */
export function lastComeSquare(rate: number, service: number): number {
  const load = rate * service;
  const spare = 1 - load;
  return (2 * load) / (spare * spare * spare) + (2 * load) / spare + 2;
}

/**
 * Mean responses of classes that come before each other at one exponential server without interrupting work, the most
 * important first: each waits R / ((1 − σ before it)(1 − σ with it)), with R = ρ · service. Source: A. Cobham 1954.
 */
export function classResponses(service: number, rates: readonly number[]): number[] {
  const rest = rates.reduce((sum, rate) => sum + rate, 0) * service * service;
  let before = 0;
  return rates.map((rate) => {
    const withIt = before + rate * service;
    const wait = rest / ((1 - before) * (1 - withIt));
    before = withIt;
    return service + wait;
  });
}

/**
 * Share of arrivals that an M/M/c queue with room for `places` requests, those in service included, turns away.
 * Source: L. Kleinrock, Queueing Systems I, 1975, §3.6 (M/M/m/K).
 */
export function mmckRefused(servers: number, places: number, offered: number): number {
  let weight = 1;
  let sum = 1;
  for (let n = 1; n <= places; n++) {
    weight *= offered / Math.min(n, servers);
    sum += weight;
  }
  return weight / sum;
}

/**
 * Mean response time of one server that `users` share who think for `think` on average between an answer and the next
 * request; both exponential. Source: the machine repairman, C. Palm 1947; response by Little's law.
 */
export function repairmanResponse(users: number, think: number, service: number): number {
  let weight = 1;
  let sum = 1;
  for (let n = 1; n <= users; n++) {
    weight *= ((users - n + 1) * service) / think;
    sum += weight;
  }
  const throughput = (1 - 1 / sum) / service;
  return users / throughput - think;
}

/** Mean time through M/M/1 stations in a row. Each sees Poisson arrivals: P. J. Burke 1956, J. R. Jackson 1957. */
export function tandemResponse(rate: number, services: readonly number[]): number {
  return services.reduce((sum, service) => sum + mg1Response(rate, service, 1), 0);
}

/**
 * Mean response time when Poisson arrivals are dealt out in turn to `servers` queues of exponential work: each is an
 * Eₙ/M/1 queue, where an arrival finds the server busy with probability σ = (nλs / (nλs + 1 − σ))ⁿ, λ being the rate
 * of one queue. `rate` is that of all queues. Source: L. Kleinrock, Queueing Systems I, 1975, §6.4 (G/M/1).
 */
export function roundRobinResponse(rate: number, service: number, servers: number): number {
  const offered = rate * service;
  let busy = 0;
  for (let step = 0; step < 10_000; step++) {
    const next = pow(offered / (offered + 1 - busy), servers);
    if (Math.abs(next - busy) < 1e-15) break;
    busy = next;
  }
  return service / (1 - busy);
}

/** Longer queues than this are left out: at 80 % load one in 10¹¹ arrivals would meet one. */
const LONGEST = 60;

/**
 * Mean response time of two exponential servers when each arrival joins the shorter queue. No short closed form exists
 * (I. Adan, J. Wessels, W. Zijm 1990 give a series); this solves the balance equations of the states (shorter, longer)
 * by Gauss-Seidel sweeps and applies Little's law.
 */
export function shorterOfTwoResponse(rate: number, service: number): number {
  const load = rate * service;
  const side = LONGEST + 2;
  const p = new Float64Array(side * side);
  for (let longer = 0; longer <= LONGEST; longer++) {
    for (let shorter = 0; shorter <= longer; shorter++)
      p[shorter * side + longer] = pow(load / 2, longer + shorter);
  }
  for (let mean = 0; ;) {
    const next = sweepOfTwo(p, side, load);
    if (Math.abs(next - mean) < 1e-13 * next) return next / rate;
    mean = next;
  }
}

/** Replaces each probability by what its neighbours ask for, longest queues first; returns the mean number inside. */
function sweepOfTwo(p: Float64Array, side: number, load: number): number {
  let sum = 0;
  let inside = 0;
  for (let longer = LONGEST; longer >= 0; longer--) {
    for (let shorter = longer; shorter >= 0; shorter--) {
      const here = shorter * side + longer;
      const isLevel = shorter === longer;
      const out = (isLevel && longer === LONGEST ? 0 : load) + Number(shorter > 0) + Number(longer > 0);
      // By an arrival at the shorter queue, at one of two level ones, and by an end at the longer queue.
      let flow = p[here + 1] + (shorter > 0 ? load * p[here - side] : 0);
      if (longer === shorter + 1) flow += load * p[here - 1];
      // By an end at the shorter queue, or at either of two level ones.
      if (!isLevel) flow += p[here + side] * (shorter + 1 === longer ? 2 : 1);
      p[here] = flow / out;
      sum += p[here];
      inside += (shorter + longer) * p[here];
    }
  }
  return inside / sum;
}

/** Mean number of attempts, of at most `attempts`, when each fails with probability `failing` on its own. */
export function meanAttempts(failing: number, attempts: number): number {
  return (1 - pow(failing, attempts)) / (1 - failing);
}

/**
 * Share of calls that a breaker still lets through to a callee that fails them all: each round it stays open for `open`,
 * then `trials` calls fail and open it again (renewal-reward theorem).
 */
export function breakerPassed(rate: number, open: number, trials: number): number {
  return trials / (trials + rate * open);
}

/** Mean time until two M/M/1 queues that get every request at once have both answered (Flatto and Hahn 1984). */
export function forkJoinResponse(arrivalsPerMs: number, workMs: number): number {
  const load = arrivalsPerMs * workMs;
  return (((12 - load) / 8) * workMs) / (1 - load);
}

/** Share of calls slower than `ms` when a second attempt is sent after `delayMs`; exponential answers without queues. */
export function hedgedSlowerThan(workMs: number, delayMs: number, ms: number): number {
  return Math.exp(-(2 * ms - delayMs) / workMs);
}

/**
 * Mean wait for a name that a resolver forgets after `ttlMs`: of a cycle of that time, the pause until somebody asks, and
 * the lookup, whoever comes first and all that come during the lookup wait for one each. Renewal-reward theorem.
 */
export function lookupWait(arrivalsPerMs: number, ttlMs: number, lookupMs: number): number {
  const waiting = 1 + arrivalsPerMs * lookupMs;
  return (lookupMs * waiting) / (arrivalsPerMs * ttlMs + waiting);
}

/** Mean response of M/G/1 with processor sharing: the same for every distribution of work with this mean. */
export function sharedResponse(arrivalsPerMs: number, workMs: number): number {
  return workMs / (1 - arrivalsPerMs * workMs);
}

/**
 * Share of calls that leave the queue of M/M/c+M (Erlang A): `load` in units of one server, `leaving` the rate at which
 * each that waits gives up, in units of the service rate. From the states of the birth and death process.
 */
export function erlangALeft(servers: number, load: number, leaving: number): number {
  let p = 1;
  let sum = 1;
  let waiting = 0;
  for (let n = 1; n <= servers + load || p > 1e-18 * sum; n++) {
    const beyond = Math.max(0, n - servers);
    p *= load / (Math.min(n, servers) + beyond * leaving);
    sum += p;
    waiting += beyond * p;
  }
  return (leaving * waiting) / (sum * load);
}
