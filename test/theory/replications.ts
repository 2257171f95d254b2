// How a simulation is compared with a closed form: 16 independent seeds give a mean and its standard error, and the mean may
// be off by four standard errors. What could show nothing fails as well: a standard error above 1 % of the theory, or a mean
// that work of 2 % more would explain as well. With THEORY_TABLE=1 every case prints its line.
import { expect } from 'vitest';
import { hashString } from '../../src/engine/chance/random.ts';
import { toNs } from '../../src/engine/time.ts';
import type { Design } from '../../src/model/document.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { forgetWarmUp } from '../../src/session/headless.ts';

export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean, from the scatter over the seeds. */
  readonly error: number;
}

/** Standard errors a mean may be off. */
const ALLOWED = 4;
/** Largest standard error of a run that can show anything, as a share of the theory. */
const POWER = 0.01;
/** How much longer work takes with the error that has to be noticed. */
export const LONGER = 1.02;

/** Seeds of a case: from its name, so that no two cases see the same arrivals and err together. */
function seedsOf(what: string, count: number): number[] {
  return Array.from({ length: count }, (_, i) => hashString(what, i));
}

const SEEDS = 16;

/** Runs a case under 16 seeds and averages every figure over them. */
export function replicate<T extends Readonly<Record<string, number>>>(
  what: string,
  run: (seed: number) => T,
): { readonly [K in keyof T]: Estimate } {
  const runs = seedsOf(what, SEEDS).map(run);
  const names = Object.keys(runs[0]) as (keyof T)[];
  const estimates = names.map((name) => [name, estimate(runs.map((r) => r[name]))]);
  return Object.fromEntries(estimates) as { readonly [K in keyof T]: Estimate };
}

function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const square = values.reduce((a, b) => a + (b - mean) * (b - mean), 0);
  return { mean, error: Math.sqrt(square / (n - 1) / n) };
}

/**
 * The mean of a figure over 16 seeds, rid of what a figure whose mean is known explains of it, by linear regression
 * (control variates; Lavenberg and Welch 1981): a queue is long mostly because more work came than on average.
 */
export function controlled(
  what: string,
  known: number,
  run: (seed: number) => { readonly figure: number; readonly control: number },
): Estimate {
  const runs = seedsOf(what, SEEDS).map(run);
  const figure = estimate(runs.map((r) => r.figure)).mean;
  const control = estimate(runs.map((r) => r.control)).mean;
  let both = 0;
  let square = 0;
  for (const r of runs) {
    both += (r.figure - figure) * (r.control - control);
    square += (r.control - control) ** 2;
  }
  const slope = both / square;
  const left = runs.map((r) => (r.figure - figure - slope * (r.control - control)) ** 2);
  const variance = left.reduce((a, b) => a + b, 0) / (SEEDS - 2);
  // What the estimate of the control's mean adds (the regression's intercept at the known mean).
  const lever = 1 / SEEDS + (control - known) ** 2 / square;
  return { mean: figure - slope * (control - known), error: Math.sqrt(variance * lever) };
}

export interface Allowance {
  /** Known error of the theory or of the reading, in the unit of the figure: a rounded table, a bucket. */
  readonly known?: number;
  /** Largest standard error ÷ theory that still shows something. */
  readonly power?: number;
  /** What theory says of a server whose work takes LONGER: what was found must be as far from that as from any error. */
  readonly slower?: number;
  /** What the specification allows beside: the mean is no further off than this share of the theory. */
  readonly within?: number;
}

/** Standard errors between simulation and theory, beyond what is known to be off. */
export function distance(estimate: Estimate, theory: number, known = 0): number {
  return Math.max(0, Math.abs(estimate.mean - theory) - known) / estimate.error;
}

/** The mean over the seeds is the theory's, to within four standard errors. */
export function expectTheory(what: string, found: Estimate, theory: number, more: Allowance = {}): void {
  const { known = 0, power = POWER, slower, within = Infinity } = more;
  const off = distance(found, theory, known);
  const line =
    `${what}: simulated ${found.mean.toPrecision(5)} ± ${found.error.toPrecision(2)}, ` +
    `theory ${theory.toPrecision(5)}, ${off.toFixed(1)} standard errors off`;
  const offSlower = slower === undefined ? undefined : distance(found, slower, known);
  if (process.env.THEORY_TABLE) console.log(line, offSlower?.toFixed(1) ?? '–');
  expect(found.error / theory, `${line}; too little power`).toBeLessThan(power);
  expect(off, line).toBeLessThanOrEqual(ALLOWED);
  expect(Math.abs(found.mean / theory - 1), line).toBeLessThanOrEqual(within);
  if (offSlower === undefined) return;
  expect(offSlower, `${line}; work of 2 % more would pass too`).toBeGreaterThan(ALLOWED);
}

/** The same comparison, expected to fail: what was planted is noticed. */
export function expectRejected(what: string, found: Estimate, theory: number, known = 0): void {
  const off = distance(found, theory, known);
  if (process.env.THEORY_TABLE)
    console.log(`${what}: planted error noticed, ${off.toFixed(1)} standard errors off`);
  expect(off, `${what}: the planted error passes unnoticed`).toBeGreaterThan(ALLOWED);
}

/** A design that ran, and what happened after its warm-up. */
export interface Observed {
  readonly running: Running;
  readonly lengthMs: number;
  /** Mean number of busy servers of a station. */
  busy(id: string): number;
  /** Mean number of calls in the queues of a station. */
  waiting(id: string): number;
  /** Calls that arrived at a station per ms. */
  rate(id: string): number;
}

export function observe(design: Design, warmupMs: number, forMs: number): Observed {
  const running = assemble(design, warmupMs + forMs);
  const { system, stations } = running;
  system.run(toNs(warmupMs), Infinity);
  forgetWarmUp(running);
  const integrals = (id: string) => {
    const pools = stations.get(id)!.units.map((unit) => unit.pool!);
    return {
      busy: pools.reduce((sum, pool) => sum + pool.busyTime, 0),
      waiting: pools.reduce((sum, pool) => sum + pool.waitingTime, 0),
      inside: stations.get(id)!.units.reduce((sum, unit) => sum + unit.inside, 0),
    };
  };
  const withPools = [...stations.keys()].filter((id) => stations.get(id)!.units.every((unit) => unit.pool));
  const before = new Map(withPools.map((id) => [id, integrals(id)]));
  system.run(toNs(warmupMs + forMs), Infinity);
  const grown = (id: string, what: 'busy' | 'waiting') =>
    (integrals(id)[what] - before.get(id)![what]) / toNs(forMs);
  return {
    running,
    lengthMs: forMs,
    busy: (id) => grown(id, 'busy'),
    waiting: (id) => grown(id, 'waiting'),
    rate: (id) => (stations.get(id)!.meter.arrived - before.get(id)!.inside) / forMs,
  };
}
