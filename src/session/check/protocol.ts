/** What crosses between the page and the worker of the model check. It must not know the engine or the DOM. */

/** Runs of each case; odd, because the distribution of the error is then a short series. */
export const RUNS = 33;
/** A case passes when simulation and theory differ by at most so many standard errors. */
export const LIMIT = 4;
/** Seeds of the simulator that one seed of the page stands for: seed 7 runs 7000, 7001, … so that 8 shares none. */
export const SEEDS_APART = 1_000;
export const MAX_CHECK_SEED = 999_999;

export type CheckUnit = 'ms' | 'share' | 'factor';

/** A case as the page shows it before it ran. */
export interface CheckEntry {
  readonly id: string;
  readonly name: string;
  readonly what: string;
  readonly quantity: string;
  readonly source: string;
  readonly unit: CheckUnit;
  readonly theory: number;
  /** Fragment of an address, without `#`, that opens the case's design. */
  readonly link: string;
}

/** How a case stands; final once `runs` is RUNS. */
export interface CheckResult {
  readonly id: string;
  readonly runs: number;
  readonly requests: number;
  readonly simulated: number;
  /** Of `simulated`, over the runs; NaN after the first. */
  readonly standardError: number;
  /** (simulated − theory) ÷ standard error. */
  readonly error: number;
  readonly passed: boolean;
}

export interface CheckApi {
  cases(): Promise<readonly CheckEntry[]>;
  /** Runs every case in order, and tells how each stands as its runs end. Resolves when all are done. */
  run(seed: number, onResult: (result: CheckResult) => void): Promise<void>;
}
